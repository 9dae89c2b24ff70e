"""Whether a number fits, and whether two records at once are kept apart: no or yes first, then the rule."""

from __future__ import annotations

import pytest

from bot.workflow.named_in_questions import asked_about
from bot.workflow.told_of_limits import told_of_limit
from tests.planning.talking import propose, talk

STORE = (
    "Racks have a name. Costumes have a name. Each costume belongs to a rack. A rack can hold at most 40 costumes. "
    "A booking has a costume, a start and an end. Bookings of the same costume must not overlap."
)
OPEN = "Racks have a name. Costumes have a name. Each costume belongs to a rack."


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("can a rack hold 41 costumes", "No: A rack has at most 40 costumes."),
        ("can a rack hold forty-one costumes", "No: A rack"),
        ("may a rack have more than forty costumes", "No: A rack"),
        ("can a rack hold more than 39 costumes", "Yes: A rack"),
        ("do 40 costumes fit on one rack", "Yes: A rack"),
        ("is double booking prevented or still open", "Yes: Bookings with the same costume don't overlap in time"),
        ("is double-booking still possible", "No: Bookings with the same costume"),
        ("can a costume be booked twice", "No: Bookings with the same costume"),
        ("are overlapping bookings allowed", "No: Bookings with the same costume"),
        ("does it prevent double bookings", "Yes: Bookings with the same costume"),
    ],
)
def test_no_or_yes_comes_first(question: str, answer: str) -> None:
    specs = propose(talk(STORE)).specs
    assert told_of_limit(specs, asked_about(specs, question)).startswith(answer)


LOANS = (
    "Bikes have a name. Members have a name. A loan has a bike, a member, a due date and a returned date. "
    "A member has at most 2 open loans."
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("can a member have a third loan", "No: A member has at most 2 open loans"),
        ("can a member have a third loan after two are back", "That depends on what still counts then: A member has"),
        ("may a member have 2 loans if one is late", "That depends on what still counts then: A member has"),
        ("how many bikes can a member borrow", "A member has at most 2 open loans"),
        ("how many loans may a member have", "A member has at most 2 open loans"),
        ("how many members can borrow a bike", ""),
        ("can a bike have 3 members", ""),
    ],
)
def test_a_limit_tells_what_counts_and_answers_for_what_it_counts_alone(question: str, answer: str) -> None:
    specs = propose(talk(LOANS)).specs
    told = told_of_limit(specs, asked_about(specs, question))
    assert told.startswith(answer)
    assert bool(told) == bool(answer)


def test_what_happens_when_two_come_at_once_is_the_rule() -> None:
    specs = propose(talk(STORE)).specs
    asked = asked_about(specs, "what if two people book the same costume at the same time")
    assert told_of_limit(specs, asked).startswith("Who comes second is refused: Bookings with the same costume")


@pytest.mark.parametrize(
    ("question", "answer"),
    [("is double booking prevented", "No, no rule"), ("can a costume be booked twice", "Yes, no")],
)
def test_where_no_rule_keeps_records_apart_that_is_said(question: str, answer: str) -> None:
    specs = propose(talk(OPEN)).specs
    assert told_of_limit(specs, asked_about(specs, question)).startswith(answer)


@pytest.mark.parametrize(
    "question", ["can a rack hold costumes", "what does a rack hold", "can two people book", "how many racks are there"]
)
def test_other_questions_are_others(question: str) -> None:
    specs = propose(talk(STORE)).specs
    assert told_of_limit(specs, asked_about(specs, question)) == ""


def test_a_limit_that_stands_in_a_field_depends_on_it() -> None:
    specs = propose(
        talk(
            "Courses have a name and a number of places. Enrolments have a course and a date. "
            "A course can't have more enrolments than its places."
        )
    ).specs
    told = told_of_limit(specs, asked_about(specs, "can a course have 30 enrolments"))
    assert told.startswith("That depends on its ")
