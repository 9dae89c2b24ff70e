"""What lasts from one moment to another has a start and an end; that it ends after it starts is a rule about it."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked_until_done, propose, quoted, rules_of, shape, talk


@pytest.mark.parametrize(
    ("said", "entity", "fields"),
    [
        (
            "bookings with a note; a booking is from a start to an end",
            "Booking",
            "note:str start:datetime end:datetime",
        ),
        ("Loans have a note and a loan is from a start to an end", "Loan", "note:str start:datetime end:datetime"),
        ("shifts: name, from a start to an end, and nothing else", "Shift", "name:str start:datetime end:datetime"),
        (
            "courses with a title, each from a start date to an end date",
            "Course",
            "title:str start_date:date end_date:date",
        ),
        ("Exhibitions run from a beginning until an end", "Exhibition", "beginning:datetime end:datetime"),
        (
            "leases with a rent. Each lease runs from a start date until an end date",
            "Lease",
            "rent:Decimal start_date:date end_date:date",
        ),
        ("permits are valid from a date to a date", "Permit", "from_date:date to_date:date"),
        (
            "lessons with a topic; lessons go from a start time to an end time",
            "Lesson",
            "topic:str start_time:datetime end_time:datetime",
        ),
        (
            "rentals with a price; a rental is from a pick-up date to a return date",
            "Rental",
            "price:Decimal pick_up_date:date return_date:date",
        ),
        (
            "meetings with a subject; a meeting lasts from start to end",
            "Meeting",
            "subject:str start:datetime end:datetime",
        ),
    ],
)
def test_what_lasts_from_to_has_a_start_and_an_end(said: str, entity: str, fields: str) -> None:
    proposal = propose(talk(said))

    assert shape(proposal)[entity] == fields
    assert proposal.unread == ()
    assert "unread" not in asked_until_done(talk(said))


@pytest.mark.parametrize(
    "said",
    [
        "a booking must end after it starts",
        "A booking must start before it ends.",
        "Bookings can't end before they start",
        "a booking never starts after its end",
        "bookings should always end after they have started",
    ],
)
def test_that_it_ends_after_it_starts_is_a_rule_and_no_link(said: str) -> None:
    proposal = propose(talk(f"bookings with a start and an end. {said}"))

    assert shape(proposal) == {"Booking": "start:datetime end:datetime"}
    assert quoted(proposal) == [said.strip(".")]
    assert any("I understood: end of a booking is never before its start" in note for note in proposal.assumptions)


def test_a_rule_against_overlaps_keeps_the_order_too() -> None:
    said = (
        "rooms with a name; bookings with a room, from a start to an end; "
        "a room can't be booked twice at the same time, and a booking must end after it starts"
    )
    proposal = propose(talk(said))

    assert rules_of(proposal) == ["no overlap of start, end per room"]
    assert quoted(proposal) == []
