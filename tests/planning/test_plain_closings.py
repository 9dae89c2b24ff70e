"""What is closed in a state, full, or told with its reason: as people say it about flights, boats and reports."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, rules_of, talk

FLIGHTS = (
    "Passengers have a name. A flight has a date and a status planned, flown or called off. "
    "A booking belongs to a flight and a passenger."
)
FULL, CLOSED = "at most 8 Booking per flight", "create only while flight.status is planned | flown"


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("Once a flight is called off nobody can book on it any more.", [CLOSED]),
        ("When a flight has been called off, no one may book it again.", [CLOSED]),
        ("Never put more than eight passengers on one flight.", [FULL]),
        ("Never book more than 8 passengers on a flight, and once a flight is called off nobody can book it.",
         [FULL, CLOSED]),
    ],
)  # fmt: skip
def test_what_is_full_or_closed_takes_nobody(said: str, rules: list[str]) -> None:
    proposal = propose(talk(f"{FLIGHTS} {said}"))

    assert [rule for rule in rules_of(proposal) if not rule.startswith("transition")] == rules
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    "said", ["Once a month nobody can book a flight.", "Never put more than 12 sweets into a bag."]
)
def test_what_names_no_state_or_no_thing_is_no_rule(said: str) -> None:
    assert not [rule for rule in rules_of(propose(talk(f"{FLIGHTS} {said}"))) if not rule.startswith("transition")]


@pytest.mark.parametrize(
    "said",
    [
        "A flight is planned first, then it's confirmed the day before, and in the end flown or called off due to fog.",
        "A flight is planned, then confirmed a week in advance, then flown or called off due to strong wind.",
    ],
)
def test_when_and_why_something_happens_is_no_part_of_its_state(said: str) -> None:
    assert rules_of(propose(talk(f"A flight has a date. {said}"))) == [
        "transition status: planned -> confirmed, confirmed -> flown | called_off"
    ]
