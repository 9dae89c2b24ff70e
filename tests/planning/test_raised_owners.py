"""A rule that keeps records apart by what they only name as text makes a thing of it."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, rules_of, shape, talk

BOOKING = "A booking has a room, a start and an end."
APART = ["no overlap of start, end per room"]


@pytest.mark.parametrize(
    "rule",
    ["A room can't be booked twice at the same time.", "Bookings of the same room must not overlap.",
     "No two bookings of the same room may overlap.", "A room can't have two bookings at the same time."],
)  # fmt: skip
def test_what_records_are_kept_apart_by_is_a_thing(rule: str) -> None:
    proposal = propose(talk(f"{BOOKING} {rule}"))
    assert shape(proposal)["Booking"] == "room_id:int->Room start:datetime end:datetime"
    assert shape(proposal)["Room"] == "name:str"
    assert rules_of(proposal) == APART
    assert any(one.startswith("Each room is kept as a thing of its own, since a rule") for one in proposal.assumptions)


def test_a_rule_that_a_change_adds_makes_it_one_too() -> None:
    proposal = propose(talk(BOOKING, changes=("A room can't be booked twice at the same time",)))
    assert "room_id:int->Room" in shape(proposal)["Booking"]
    assert rules_of(proposal) == APART


def test_who_says_that_there_is_no_such_thing_keeps_the_text() -> None:
    said = f"{BOOKING} Bookings of the same room must not overlap."
    proposal = propose(talk(said, answers={"fields:room": "There is no such thing"}))
    assert "Room" not in shape(proposal)


@pytest.mark.parametrize(
    "text",
    ["A booking has a room, a start and an end.",
     "A booking has a title, a start and an end. A title can't be booked twice.",
     "A note has a room and a text. A room can't be booked twice at the same time.",
     "A booking has a room (a / b / c), a start and an end. A room can't be booked twice at the same time."],
)  # fmt: skip
def test_where_nothing_is_sure_it_stays_as_it_was(text: str) -> None:
    assert len(shape(propose(talk(text)))) == 1


@pytest.mark.parametrize(
    ("text", "rule"),
    [("A course has a title and a teacher. A teacher can give at most three courses.", "at most 3 Course per teacher"),
     ("A task has a title and an assignee. An assignee can have at most 5 tasks.", "at most 5 Task per assignee"),
     ("A rack has a name. A costume has a size and a rack. A rack can hold at most 40 costumes.",
      "at most 40 Costume per rack"),
     ("A loan has a book, a borrower and a day it came back. A borrower can have at most five open loans.",
      "at most 5 Loan per borrower until came_back_on")],
)  # fmt: skip
def test_what_records_are_counted_for_is_a_thing(text: str, rule: str) -> None:
    proposal = propose(talk(text))
    assert rules_of(proposal) == [rule]
    assert len(shape(proposal)) == 2
    assert not proposal.custom
