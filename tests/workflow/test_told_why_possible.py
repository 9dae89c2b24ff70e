"""Why something is possible, or isn't: the link that allows it, the rule that limits it, and how to change it."""

from __future__ import annotations

import pytest

from bot.workflow.named_in_questions import asked_about
from bot.workflow.told_why_possible import told_why_not, told_why_possible
from tests.planning.talking import propose, talk

FLIGHTS = propose(
    talk("A balloon has a name. A passenger has a name. A booking has a balloon, a passenger and a price.")
).specs
LOANS = propose(
    talk(
        "Bikes have a name and a status: free, lost. A lost bike can't be changed. "
        "Members have a name and an age. A loan has a bike, a member, a due date and a returned "
        "date. A member has at most 2 open loans. Members sign in. Only clerks can delete loans. "
        "The age of a member is at least 16."
    )
).specs


@pytest.mark.parametrize(
    ("question", "answer", "change"),
    [
        ("why can one person be in several balloons", "Each booking joins", "`a passenger has at most 2 bookings`"),
        ("why can a passenger have two bookings at once", "Each booking names one passenger", "at most 2 bookings`"),
        ("why can a balloon be booked twice", "Each booking names one balloon", "`a balloon has at most 2 bookings`"),
        (
            "why are overlapping bookings possible",
            "No rule keeps bookings apart.",
            "`bookings of the same balloon must",
        ),
        ("why is there a balloon", "", ""),
        ("why can only passengers book", "", ""),
        ("can a passenger have two bookings", "", ""),
    ],
)
def test_where_no_rule_limits_it_the_link_and_such_a_rule_are_told(question: str, answer: str, change: str) -> None:
    told = told_why_possible(FLIGHTS, asked_about(FLIGHTS, question))
    assert told.startswith(answer), told
    assert bool(told) == bool(answer)
    assert change in told


def test_a_rule_that_limits_it_is_told() -> None:
    told = told_why_possible(LOANS, asked_about(LOANS, "why can a member have two loans at once"))
    assert "What limits it: A member has at most 2 open loans" in told
    assert told.endswith("Should it be otherwise, say that rule in other words.")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("why can't a member have 3 loans", "A member has at most 2 open loans"),
        ("why can't a member be 15 years old", "The age of a member is at least 16. Should it be taken, say"),
        ("why can't members delete loans", "A loan can be deleted only by a clerk"),
        ("why can't a lost bike be changed", "A bike can be changed only while it is free."),
        ("why can't a member have a phone", ""),
        ("why can't a member have 2 loans", ""),
    ],
)
def test_why_something_is_impossible_is_its_limit(question: str, answer: str) -> None:
    told = told_why_not(LOANS, question)
    assert told.startswith(answer), told
    assert bool(told) == bool(answer)
