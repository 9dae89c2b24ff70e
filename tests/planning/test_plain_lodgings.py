"""What stands where, how many live in it, and what is so or not."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, rules_of, shape, talk


@pytest.mark.parametrize(
    ("said", "shapes"),
    [
        (
            "We have gauges along the river, each with a name, a place and a warning level in centimetres.",
            {"Gauge": "name:str place:str warning_level_centimetres:float"},
        ),
        (
            "There are beehives in the orchard, each with a number and a colour.",
            {"Beehive": "number:str colour:str"},
        ),
        (
            "We keep boats at the pier, each of them with a name and a length in metres.",
            {"Boat": "name:str length_metres:float"},
        ),
    ],
)
def test_where_things_stand_takes_no_fact_from_them(said: str, shapes: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == shapes
    assert quoted(proposal) == []


def test_where_things_stand_is_quoted_where_it_is_a_thing_itself() -> None:
    proposal = propose(talk("We have lockers in the room, each with a number. A room has a name."))
    assert quoted(proposal) == ["We have lockers in the room, each with a number"]


@pytest.mark.parametrize(
    ("said", "shapes", "rules"),
    [
        (
            "Every flat has a number and a floor, and up to three tenants live in it. Tenants have a name.",
            {"Flat": "number:str floor:int", "Tenant": "name:str flat_id:int->Flat"},
            ["at most 3 Tenant per flat"],
        ),
        (
            "Each stable has a name. Up to six horses stand in it. Horses have a breed.",
            {"Stable": "name:str", "Horse": "breed:str stable_id:int->Stable"},
            ["at most 6 Horse per stable"],
        ),
        (
            "Up to ten plants grow in each bed. A bed has a number. A plant has a species.",
            {"Bed": "number:str", "Plant": "species:str bed_id:int->Bed"},
            ["at most 10 Plant per bed"],
        ),
        (
            "In our block every flat has a number, and up to three tenants live in it. Tenants have a name.",
            {"Flat": "number:str", "Tenant": "name:str flat_id:int->Flat"},
            ["at most 3 Tenant per flat"],
        ),
        (
            "Flats have a number. Tenants live in the flats, up to three of them in each. A tenant has a name.",
            {"Flat": "number:str", "Tenant": "name:str flat_id:int->Flat"},
            ["at most 3 Tenant per flat"],
        ),
        (
            "Each pond has a name, and several fish swim in it. A fish has a species.",
            {"Pond": "name:str", "Fish": "species:str pond_id:int->Pond"},
            [],
        ),
        (
            "Every flat has a number and up to five people live in it.",
            {"Flat": "number:str number_of_people:int"},
            [],
        ),
    ],
)
def test_who_lives_in_something_belongs_to_it(said: str, shapes: dict[str, str], rules: list[str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == shapes
    assert rules_of(proposal) == rules
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("Walkers have a name. A walker is experienced or not.", "name:str is_experienced:bool"),
        ("Walkers have a name. They are experienced or not.", "name:str is_experienced:bool"),
        ("Walkers have a name and are experienced or not.", "name:str is_experienced:bool"),
        (
            "Walkers have a name. Whether a walker is experienced is a yes or no, not a status.",
            "name:str is_experienced:bool",
        ),
    ],
)
def test_what_is_so_or_not_is_yes_or_no(said: str, fields: str) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == {"Walker": fields}
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("A loan is open, then returned, and then the book is available again.", "The book is available again"),
        ("A loan is open, then returned. Then the book can be lent again.", "the book can be lent again"),
    ],
)
def test_what_becomes_of_a_thing_is_no_step_of_its_record(said: str, quote: str) -> None:
    proposal = propose(talk(f"Books have a title. A loan has a book. {said}"))
    assert rules_of(proposal) == ["transition status: open -> returned"]
    assert quoted(proposal) == [quote]


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        (
            "A walk is planned, then under way, then over, or it gets called off.",
            "planned -> under_way | called_off, under_way -> over | called_off",
        ),
        (
            "A walk is planned, then confirmed, then held or missed, or it can be cancelled.",
            "planned -> confirmed | cancelled, confirmed -> held | missed | cancelled",
        ),
        (
            "A walk is asked for, then checked, then approved, or it is rejected.",
            "asked_for -> checked, checked -> approved | rejected",
        ),
    ],
)
def test_what_is_called_off_is_so_from_every_step_before_the_end(said: str, ways: str) -> None:
    proposal = propose(talk(f"Walks have a day. {said}"))
    assert rules_of(proposal) == [f"transition status: {ways}"]
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("said", "shapes"),
    [
        (
            "Lost items have a description, a place in the tram and a time it was found.",
            {"LostItem": "description:str place:str found_at:datetime"},
        ),
        (
            "Lost items have a description, the place in the tram and the line.",
            {"LostItem": "description:str place:str line:str"},
        ),
        ("A reading has a time and a level.", {"Reading": "time:datetime level:str"}),
        ("A reading has a date, a time and a level.", {"Reading": "date:date time:time level:str"}),
        ("A course has a title and a time.", {"Course": "title:str time:time"}),
    ],
)
def test_what_happened_once_has_a_date_and_a_time(said: str, shapes: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == shapes
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    "said",
    [
        "A member books a room on a certain day, from when to when.",
        "A member books a room and tells us on which day and from when to when.",
        "A booking belongs to a member and a room. For each booking we note which day and from when to when.",
    ],
)
def test_a_day_from_when_to_when_is_two_moments(said: str) -> None:
    proposal = propose(talk(f"Rooms have a name. {said}"))
    assert sorted(shape(proposal)["Booking"].split()) == [
        "ends_at:datetime", "member_id:int->Member", "room_id:int->Room", "starts_at:datetime",
    ]  # fmt: skip
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("said", "rule", "quote"),
    [
        (
            "Parents sign up for a trip. Once the trip is full the sign-up goes on the waiting list.",
            "at most trip.number_of_seats Registration per trip",
            "Once the trip is full the sign-up goes on the waiting list",
        ),
        (
            "Parents sign their child up for a trip. As soon as a trip is full, further sign-ups go on a waiting list.",
            "at most trip.number_of_seats SignUp per trip",
            "As soon as a trip is full, further sign-ups go on a waiting list",
        ),
    ],
)
def test_a_waiting_list_stays_a_task_and_its_limit_is_kept(said: str, rule: str, quote: str) -> None:
    proposal = propose(talk(f"Trips have a title and a number of seats. {said}"))
    assert rules_of(proposal) == [rule]
    assert quoted(proposal) == [quote]


def test_a_waiting_list_limits_nothing_but_who_is_signed_up() -> None:
    said = "Buses have a name and a number of seats. A trip has a bus. Once the bus is full the trip goes in the queue."
    assert rules_of(propose(talk(said))) == []


def test_what_is_free_again_once_it_is_called_off_is_in_nobodys_way() -> None:
    said = "A booking is planned, then over, or it gets called off, and then the dog is free again."
    proposal = propose(
        talk(f"Dogs have a name. A booking has a dog, a start and an end. {said} Bookings of a dog must not overlap.")
    )
    assert rules_of(proposal) == [
        "transition status: planned -> over | called_off",
        "no overlap of start, end per dog unless status is called_off",
    ]
    assert quoted(proposal) == []
