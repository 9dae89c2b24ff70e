"""Whether a value fits is answered from the range of its field: no or yes first, then the range and its change."""

from __future__ import annotations

import pytest

from bot.workflow.named_in_questions import asked_about
from bot.workflow.told_of_values import told_of_value
from tests.planning.talking import propose, talk

FLIGHTS = propose(
    talk(
        "A balloon has a name and a length in meters. A passenger has a name, an age and a body weight. "
        "A booking has a balloon, a passenger and a price. The body weight of a passenger is at most 120. "
        "The age of a passenger is at least 6."
    )
).specs


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("can a passenger of 125 kilos be entered", "No: the body weight of a passenger is at most 120. Should it be"),
        ("is a passenger of 120 kg ok", "Yes: the body weight of a passenger is at most 120."),
        ("what if someone weighs 130", "It is refused, and nothing is kept: the body weight of a passenger is at most"),
        ("is 130 kg too much", "Yes: the body weight of a passenger is at most 120."),
        ("can a passenger be 5 years old", "No: the age of a passenger is at least 6."),
        ("may a booking cost 50 euros", "Yes: nothing limits the price of a booking. For a limit say `the price of a"),
        ("can a balloon be 12 meters long", "Yes: nothing limits the length of a balloon."),
        ("can a passenger weigh 100 pounds", "Yes: the body weight of a passenger is at most 120."),
        ("what about 200 kg passengers", "It is refused, and nothing is kept: the body weight of a passenger"),
        ("can two passengers ride", ""),
        ("how heavy may a passenger be", ""),
        ("can a passenger book 3 balloons", ""),
        ("add a price of 12 euros", ""),
    ],
)
def test_a_value_is_measured_by_its_field(question: str, answer: str) -> None:
    told = told_of_value(FLIGHTS, asked_about(FLIGHTS, question))
    assert told.startswith(answer), told
    assert bool(told) == bool(answer)


def test_what_is_refused_says_the_sentence_that_would_take_it() -> None:
    told = told_of_value(FLIGHTS, asked_about(FLIGHTS, "can a passenger of 125 kilos be entered"))
    assert told.endswith("Should it be taken, say `the body weight of a passenger is at most 125`.")


def test_a_limit_that_was_not_read_is_said_to_be_open() -> None:
    asked = asked_about(FLIGHTS, "can a booking cost 50 euros")
    told = told_of_value(FLIGHTS, asked, ["No price under 20 if it rains"])
    assert told.startswith("That is open: I could not read “No price under 20 if it rains”.")
    assert told_of_value(FLIGHTS, asked, ["No price at all", "20 guests"]).startswith("Yes: nothing limits the price")
