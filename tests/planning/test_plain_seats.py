"""Whoever books a seat books what it is on, at the time that this has; seats that are told of are things."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, interview, propose, shape, talk

FLIGHTS = "Flights have a date and a launch site."
BOOKING = "passenger_id:int->Passenger flight_id:int->Flight booked_at:datetime"


@pytest.mark.parametrize(
    "said",
    [
        "Passengers have a name. Passengers book seats on a flight.",
        "Passengers have a name. Passengers can reserve a place on a flight.",
        "A flight also has a code, and people book seats on it: we write down the passenger's name.",
        "People book spots on a flight; then we note the passenger's name.",
    ],
)
def test_a_seat_on_something_is_a_booking_of_it(said: str) -> None:
    plan = shape(propose(talk(f"{FLIGHTS} {said}")))
    assert BOOKING in {*plan.values(), plan.get("Reservation", "")}
    assert "Seat" not in plan
    assert plan["Passenger"] == "name:str"


def test_seats_with_facts_are_things() -> None:
    plan = shape(propose(talk("Guests have a name. Seats have a number and a row. Guests book a seat in a hall.")))
    assert plan["Seat"] == "number:str row:str"


def test_who_sits_in_the_office_has_an_account() -> None:
    idea = talk(f"{FLIGHTS} Only the office may take bookings.")
    assert "use" in asked(idea)
    [use] = [one for one in interview(idea).questions if one.id == "use"]
    assert use.default == "People sign in with an e-mail and a password"
