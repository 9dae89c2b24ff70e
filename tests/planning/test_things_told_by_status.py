"""A status that is told of a shorter name, or of what something is booked for, is no thing of its own."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, rules_of, shape, talk

OF_COURTS = "Courts have a number. Members have a name. Members reserve a court for a match from when to when. "
OF_DOGS = "Dogs have a name. Walkers have a name. A walker books a dog for a walk on a certain day. "


@pytest.mark.parametrize(
    ("text", "thing", "short"),
    [
        ("Teachers plan school trips with a date and a price. A trip is planned or cancelled.", "SchoolTrip", "Trip"),
        ("The club organises bike tours with a date and a length. A tour is open, full or over.", "BikeTour", "Tour"),
        ("Each repair order has a number and a price. An order is open, done or paid.", "RepairOrder", "Order"),
    ],
)
def test_the_status_of_a_shorter_name_is_that_of_the_thing(text: str, thing: str, short: str) -> None:
    told = shape(propose(talk(text)))
    assert f"status:{thing}Status" in told[thing]
    assert short not in told


@pytest.mark.parametrize(
    ("text", "record"),
    [
        (f"{OF_DOGS}A walk is planned, then under way, then over.", "Booking"),
        (f"{OF_COURTS}A match is set, then played.", "Reservation"),
    ],
)
def test_what_something_is_booked_for_is_the_booking(text: str, record: str) -> None:
    proposal = propose(talk(text))
    told = shape(proposal)
    assert f"status:{record}Status" in told[record]
    assert len(told) == 3
    assert f"->{record}" not in told[record]
    assert any(rule.startswith("transition status: ") for rule in rules_of(proposal))
    assert any(f"means the {record.lower()}" in one for one in proposal.assumptions)
    assert quoted(proposal) == []


def test_a_purpose_that_is_described_is_a_thing() -> None:
    told = shape(propose(talk(f"{OF_DOGS}A walk has a length and is planned or over. Each walk has a route.")))
    assert "Walk" in told
    assert "->Walk" in told["Booking"]
