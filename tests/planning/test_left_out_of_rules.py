"""What was called off is in nobody's way: as people say it, or as its status suggests."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, rules_of, talk

ROOMS = (
    "Rooms have a name. Guests book a room from one day to another, and bookings of the same room never overlap. "
    "A booking is requested, confirmed, over or cancelled."
)
BOATS = (
    "Boats have a name. Members have a name. A member reserves a boat from a start to an end. "
    "A reservation is open, used or withdrawn."
)
PLAIN = "no overlap of from_day, to_day per room"


def test_what_is_cancelled_is_left_out_as_an_assumption() -> None:
    proposal = propose(talk(ROOMS))
    assert rules_of(proposal) == [f"{PLAIN} unless status is cancelled"]
    assert any("cancelled is in nobody's way" in one for one in proposal.assumptions)


@pytest.mark.parametrize(
    "said",
    [
        "Cancelled bookings don't count.",
        "A booking that was cancelled does not block the room.",
        "Cancelled bookings free the room.",
        "A cancelled booking makes the room available again.",
        "The room is free again when a booking is cancelled.",
    ],
)
def test_people_say_what_does_not_count(said: str) -> None:
    proposal = propose(talk(f"{ROOMS} {said}"))
    assert f"{PLAIN} unless status is cancelled" in rules_of(proposal)
    assert quoted(proposal) == []
    assert not any("in nobody's way" in one for one in proposal.assumptions)


def test_what_is_over_is_left_out_beside_what_is_cancelled() -> None:
    rules = rules_of(propose(talk(ROOMS, "Bookings that are over do not count.")))
    assert rules == [f"{PLAIN} unless status is over | cancelled"]


def test_cancelled_bookings_may_count_all_the_same() -> None:
    proposal = propose(talk(ROOMS, changes=("Cancelled bookings still block the room.",)))
    assert rules_of(proposal) == [PLAIN]
    assert not any("in nobody's way" in one for one in proposal.assumptions)


@pytest.mark.parametrize(
    "said",
    [
        "Reservations of the same boat must not overlap unless one of them was withdrawn.",
        "A boat can't be reserved twice at the same time, except if one of them was withdrawn.",
    ],
)
def test_the_rule_itself_says_what_it_leaves_out(said: str) -> None:
    assert rules_of(propose(talk(f"{BOATS} {said}"))) == [
        "no overlap of start, end per boat unless status is withdrawn"
    ]


def test_a_state_that_nothing_has_leaves_the_rule_in_its_own_words() -> None:
    said = "Reservations of the same boat must not overlap unless one of them was paid."
    proposal = propose(talk(f"{BOATS} {said}"))
    assert not [rule for rule in rules_of(proposal) if "overlap" in rule]
    assert any("unless one of them was paid" in one for one in quoted(proposal))


def test_how_every_record_begins_is_never_left_out() -> None:
    text = ROOMS.replace("requested, confirmed, over or cancelled", "cancelled or confirmed")
    assert rules_of(propose(talk(text))) == [PLAIN]


def test_a_change_says_what_does_not_count_and_takes_it_back() -> None:
    changes = ("Reservations of a boat must not overlap.", "A reservation that was used does not block the boat.")
    proposal = propose(talk(BOATS, changes=changes))
    assert rules_of(proposal) == ["no overlap of start, end per boat unless status is used | withdrawn"]
    later = (*changes, "Reservations of the same boat never overlap.")
    assert rules_of(propose(talk(BOATS, changes=later))) == rules_of(proposal)
    dropped = (*changes, f"Drop the rule “{rules_of(proposal)[0]}”")
    assert rules_of(propose(talk(BOATS, changes=dropped))) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("Rename the status of a booking to state", [f"{PLAIN} unless state is cancelled"]),
        ("Drop the status of a booking", [PLAIN]),
        ("The status of a booking is requested, confirmed, over or declined", [f"{PLAIN} unless status is declined"]),
        ("The status of a booking is requested, confirmed or over", [PLAIN]),
    ],
)
def test_the_rule_goes_along_with_its_status(change: str, expected: list[str]) -> None:
    assert rules_of(propose(talk(ROOMS, changes=(change,)))) == expected
