"""How something goes on, as people tell it: from one state to the next, one deed after the other, who works on it."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_clauses import in_plain_clauses
from tests.planning.talking import propose, rules_of, shape, talk


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("It goes from accepted to in work to done.", "transition status: accepted -> in_work, in_work -> done"),
        ("Its status goes from new to sent.", "transition status: new -> sent"),
        ("An order moves from open via packed to sent.", "transition status: open -> packed, packed -> sent"),
        ("Orders go from draft to placed.", "transition status: draft -> placed"),
        ("Orders are packed, weighed and sent off.", "transition status: packed -> weighed, weighed -> sent_off"),
    ],
)
def test_steps_are_read(said: str, rule: str) -> None:
    proposal = propose(talk(f"An order has a number. {said}"))
    assert rules_of(proposal) == [rule]
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "thing", "fields"),
    [
        ("An order has a number. A mechanic works on it.", "Order", "number:str mechanic_id:int->Mechanic"),
        ("Trainings have a date. Players have a name. For every training we note who was there.", "Attendance",
         "training_id:int->Training player_id:int->Player"),
        ("Children have a name. Parents report a child sick with a reason.", "SickReport",
         "reason:str child_id:int->Child parent_id:int->Parent"),
    ],
)  # fmt: skip
def test_what_goes_on_is_read(said: str, thing: str, fields: str) -> None:
    proposal = propose(talk(said))
    assert shape(proposal)[thing] == fields
    assert proposal.unread == ()


@pytest.mark.parametrize(
    "said",
    [
        "The train goes from Berlin.",
        "Orders are red, green and blue.",
        "Orders are packed and sent.",
        "A motor works on it.",
        "For every day we note who was there.",
        "Parents report a hole.",
    ],
)
def test_what_means_something_else_stays_as_it_is(said: str) -> None:
    assert in_plain_clauses(said) == said
