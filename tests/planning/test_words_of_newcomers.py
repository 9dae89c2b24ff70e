"""What newcomers wrote and what they meant: lists, kinds and choices in their own words, and rules about time."""

from __future__ import annotations

import pytest

from bot.documents.entities.rule_lines import write_rule
from tests.planning.talking import asked, asked_until_done, enums, propose, shape, talk

ROOMS = "rooms with a name and a floor; employees with a name; "
BOOKED = "no overlap of starts_at, ends_at per room"


@pytest.mark.parametrize(
    ("said", "field", "values"),
    [
        ("name, e-mail and phone", "name:str email:EmailStr! phone:str", ()),
        ("a list of tags", "tags:str[]", ()),
        ("yes/no paid", "paid:bool", ()),
        ("a yes/no field for vegan", "vegan:bool", ()),
        ("when it was bought", "bought_on:date", ()),
        ("first and last name", "first_name:str last_name:str", ()),
        ("opening hours", "opening_hours:str", ()),
        ("the number of copies we have", "number_of_copies:int", ()),
        ("whether it is strong, weak or dead", "status:ItemStatus", ("strong", "weak", "dead")),
        ("whether it's strong, weak or dead", "status:ItemStatus", ("strong", "weak", "dead")),
        ("how strong it is (strong, weak or dead)", "status:ItemStatus", ("strong", "weak", "dead")),
        ("is it strong or weak", "status:ItemStatus", ("strong", "weak")),
        ("a colour, either red, green or blue", "colour:ItemColour", ("red", "green", "blue")),
        ("a category like bread, cake or pastry", "category:ItemCategory", ("bread", "cake", "pastry")),
        ("a status: new, baking, ready, picked up", "status:ItemStatus", ("new", "baking", "ready", "picked_up")),
    ],
)
def test_facts_are_read_as_people_mean_them(said: str, field: str, values: tuple[str, ...]) -> None:
    text = f"items with a code, {said}"
    proposal = propose(talk(text))

    assert shape(proposal) == {"Item": f"code:str {field}"}
    assert list(enums(proposal).values()) == ([values] if values else [])
    assert proposal.unread == ()
    assert set(asked_until_done(talk(text))) <= {"use", "unique"}


def test_a_list_of_values_ends_where_the_next_fact_begins() -> None:
    proposal = propose(talk("orders with a status: new, ready, a pickup date and a total"))

    assert enums(proposal) == {"OrderStatus": ("new", "ready")}
    assert shape(proposal)["Order"] == "status:OrderStatus pickup_date:date total:Decimal"


@pytest.mark.parametrize(
    "rule",
    [
        "a room can't be booked twice at the same time",
        "rooms can't be double-booked",
        "no two employees can book the same room at the same time",
        "nobody can book a room that's already booked",
        "a room can't be booked by two people at the same time",
        "no double bookings of a room",
    ],
)
@pytest.mark.parametrize(
    "before",
    [
        ROOMS,
        f"{ROOMS}an employee books rooms; ",
        f"{ROOMS}bookings belong to a room and an employee and have a title; ",
    ],
)
def test_a_rule_against_overlaps_gets_the_times_it_needs(rule: str, before: str) -> None:
    proposal = propose(talk(before + rule))

    booking = next(one for one in proposal.specs.entities if one.name == "Booking")
    assert {"starts_at:datetime", "room_id:int->Room"} <= set(shape(proposal)["Booking"].split())
    assert [write_rule(one) for one in booking.rules] == [BOOKED]
    assert any(rule in line for line in proposal.decisions)
    assert proposal.unread == ()


def test_times_that_a_rule_needed_are_an_assumption() -> None:
    proposal = propose(talk(f"{ROOMS}bookings belong to a room and have a title; rooms can't be double-booked"))

    assert "A booking has starts_at and ends_at: “rooms can't be double-booked” needs them" in proposal.assumptions


def test_a_rule_about_all_bookings_is_about_the_thing_that_is_booked() -> None:
    text = f"{ROOMS}bookings belong to a room and an employee and have a title; bookings can't overlap"

    assert [write_rule(one) for one in propose(talk(text)).specs.entities[2].rules] == [BOOKED]


def test_a_record_with_another_date_is_asked_when_it_starts_and_ends() -> None:
    text = "rooms with a name; bookings with a title and a date; a booking belongs to a room; bookings can't overlap"

    assert asked(talk(text))[0] == "period:booking"
    added = propose(talk(text, answers={"period:booking": "1"}))
    assert shape(added)["Booking"].endswith("date:date room_id:int->Room starts_at:datetime ends_at:datetime")
    assert [write_rule(one) for one in added.specs.entities[1].rules] == [BOOKED]
    left = propose(talk(text, answers={"period:booking": "2"}))
    assert "starts_at" not in shape(left)["Booking"]
    assert left.unread == ("bookings can't overlap",)


def test_a_start_and_an_end_time_become_moments_where_a_rule_compares_them() -> None:
    text = "rooms with a name; bookings have a weekday, a start time and an end time; a booking belongs to a room; "

    assert shape(propose(talk(text)))["Booking"].startswith("weekday:str start_time:time end_time:time")
    proposal = propose(talk(f"{text}bookings can't overlap"))
    assert shape(proposal)["Booking"].startswith("weekday:str start_time:datetime end_time:datetime")
    assert any("are each a date and time" in line and "can't overlap" in line for line in proposal.assumptions)


def test_a_heading_that_the_sentence_after_it_repeats_is_no_thing() -> None:
    proposal = propose(talk("meeting rooms: rooms have a name and a capacity"))

    assert proposal.title == "Meeting rooms"
    assert list(shape(proposal)) == ["Room"]
