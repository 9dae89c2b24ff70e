"""What a plan answers to what is in a state: whether it is in another one too, and whether it keeps others away."""

from __future__ import annotations

import pytest

from bot.workflow.named_in_questions import asked_about
from bot.workflow.told_of_states import told_of_state
from tests.planning.talking import propose, talk

SHELTER = (
    "Dogs have a name. Walkers have a name. A booking has a dog, a walker, a start and an end. A booking has a status: "
    "planned, under way, over or called off. Bookings of the same dog must not overlap. "
    "A booking goes from planned to under way, from under way to over, and from planned to called off."
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "is a walk over when it was called off",
            "No. Over and called off are two values of `Booking.status`, which",
        ),
        ("is a walk over when it was called off", "one of them at a time. It never goes from called off to over."),
        ("is a booking over once it is under way", "It may go from under way to over."),
        (
            "does an over booking still block the dog",
            "A booking that is over counts as any other: Bookings",
        ),
        ("is the dog free again when a walk is under way", "A booking that is under way counts as any other: "),
    ],
)
def test_states_are_told_with_the_rules_that_look_at_them(question: str, answer: str) -> None:
    specs = propose(talk(SHELTER)).specs
    assert answer in told_of_state(specs, asked_about(specs, question))


@pytest.mark.parametrize("question", ["does a called off walk still block the dog", "does a walk called off count"])
def test_what_is_left_out_of_a_rule_does_not_count(question: str) -> None:
    specs = propose(talk(f"{SHELTER} Bookings that were called off don't count.")).specs
    told = told_of_state(specs, asked_about(specs, question))
    assert told.startswith("A booking that is called off doesn't count: Bookings with the same dog don't overlap")


@pytest.mark.parametrize("question", ["is a walk long when it rains", "does a walk count", "is a booking over"])
def test_where_no_state_is_named_nothing_is_told(question: str) -> None:
    specs = propose(talk(SHELTER)).specs
    assert told_of_state(specs, asked_about(specs, question)) == ""
