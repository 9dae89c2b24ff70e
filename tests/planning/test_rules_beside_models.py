"""Rules said in words, or in the bot's own notation, beside a pasted model: before it, after it, as a change."""

from __future__ import annotations

import pytest

from bot.documents.entities.rule_lines import write_rule
from bot.planning.conversation import Conversation, Proposal
from tests.planning.talking import asked, propose, quoted, shape, talk

MILL = """
CREATE TABLE silos (id serial PRIMARY KEY, label text NOT NULL);
CREATE TABLE loads (
  id serial PRIMARY KEY,
  silo_id int NOT NULL REFERENCES silos(id),
  filled_at timestamp,
  emptied_at timestamp,
  status text NOT NULL DEFAULT 'raw' CHECK (status IN ('raw', 'milled', 'sacked'))
);
"""
STEPS = "A load goes from raw to milled, and from milled to sacked"
WAYS = "transition status: raw -> milled, milled -> sacked"


def rules(proposal: Proposal, name: str = "Load") -> list[str]:
    """Return the rules of one entity, as documents have them."""
    return [write_rule(rule) for entity in proposal.specs.entities if entity.name == name for rule in entity.rules]


@pytest.mark.parametrize(
    "conversation",
    [
        talk(f"mill: {STEPS}.", MILL),
        talk("mill", MILL, STEPS),
        talk(f"mill. {STEPS}.\n{MILL}"),
        talk("mill", MILL, answers={"use": f"no accounts. {STEPS}."}),
        talk("mill", MILL, changes=(STEPS,)),
        talk("mill", MILL, changes=(WAYS,)),
        talk("mill", MILL, changes=(f"please add the rule: {WAYS}",)),
        talk("mill", MILL, changes=(f"RULES:\n  - {WAYS}",)),
        talk("mill", MILL, changes=(f"Load: {WAYS}",)),
        talk("mill", MILL, changes=(f"ENTITY: Load\nRULES:\n  - {WAYS}",)),
        talk("mill", MILL, f"ENTITY: Load\nRULES:\n  - {WAYS}"),
    ],
)
def test_the_steps_of_a_pasted_status_are_kept_wherever_they_are_said(conversation: Conversation) -> None:
    proposal = propose(conversation)
    assert rules(proposal) == [WAYS]
    assert shape(proposal)["Load"] == "silo_id:int->Silo filled_at:datetime? emptied_at:datetime? status:LoadStatus"
    assert not [piece for piece in quoted(proposal) if "milled" in piece]


def test_a_step_to_a_value_that_the_model_lacks_adds_it_and_says_so() -> None:
    proposal = propose(talk("mill", MILL, "A load goes from raw to milled, and from milled to sold"))
    assert rules(proposal) == ["transition status: raw -> milled, milled -> sold"]
    assert [enum.values for enum in proposal.specs.enums] == [("raw", "milled", "sacked", "sold")]
    assert "Load: sold is one more status, as the steps name it" in proposal.assumptions


def test_a_transition_in_the_notation_takes_the_place_of_the_one_before() -> None:
    proposal = propose(talk("mill", MILL, STEPS, changes=("transition status: raw -> sacked",)))
    assert rules(proposal) == ["transition status: raw -> sacked"]


@pytest.mark.parametrize("said", ["Loads of the same silo must not overlap", "A silo can't have two loads at a time"])
def test_periods_of_a_pasted_record_are_its_only_two_moments(said: str) -> None:
    conversation = talk("mill", MILL, said)
    assert not [point for point in asked(conversation) if point.startswith("period")]
    proposal = propose(conversation)
    assert rules(proposal) == ["no overlap of filled_at, emptied_at per silo"]
    assert shape(proposal)["Load"].startswith("silo_id:int->Silo filled_at:datetime emptied_at:datetime? status")
    assert any(note.startswith("Load.filled_at must be given") for note in proposal.assumptions)


@pytest.mark.parametrize(
    "said",
    [
        "Loads of the same silo must not overlap, from filled_at until emptied_at",
        "Loads of the same silo must not overlap from filled to emptied",
        "no overlap of filled_at, emptied_at per silo",
    ],
)
def test_a_rule_against_overlaps_may_name_its_moments(said: str) -> None:
    assert rules(propose(talk("mill", MILL, changes=(said,)))) == ["no overlap of filled_at, emptied_at per silo"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("transition colour: red -> blue", "transition colour: red -> blue (nothing here has colour)"),
        ("delete only by silo", "delete only by silo (silo must be named by it, and log in)"),
        (
            "Loads of the same silo must not overlap, from lunch until emptied_at",
            "Loads of the same silo must not overlap, from lunch until emptied_at",
        ),
    ],
)
def test_a_rule_that_the_model_can_not_hold_is_quoted_with_what_is_missing(said: str, told: str) -> None:
    proposal = propose(talk("mill", MILL, changes=(said,)))
    assert (rules(proposal), quoted(proposal)) == ([], [told])
    assert shape(proposal)["Load"].startswith("silo_id:int->Silo filled_at:datetime? emptied_at:datetime? status")


def test_a_transition_of_a_status_that_two_things_have_asks_which() -> None:
    model = MILL + "CREATE TABLE carts (id serial PRIMARY KEY, status text CHECK (status IN ('raw', 'milled')));"
    (told,) = quoted(propose(talk("mill", model, changes=("transition status: raw -> milled",))))
    assert "which one is meant: Load or Cart? Say it such as “Load: transition status: raw -> milled”" in told
    proposal = propose(talk("mill", model, changes=(WAYS,)))
    assert (rules(proposal), rules(proposal, "Cart")) == ([WAYS], [])


def test_the_notation_is_understood_beside_prose_too() -> None:
    said = (
        "books with a title and a status, which is open, paid or sent.\ntransition status: open -> paid, paid -> sent"
    )
    assert rules(propose(talk(said)), "Book") == ["transition status: open -> paid, paid -> sent"]
