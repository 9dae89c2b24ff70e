"""What people say loosely and in passing: conditions, purposes, pronouns, lists behind the name of a thing."""

from __future__ import annotations

import pytest

from tests.planning.talking import enums, propose, shape, talk


@pytest.mark.parametrize(
    ("fact", "field"),
    [
        ("purpose if they feel like it", "purpose:str?"),
        ("phone if she wants to give it", "phone:str?"),
        ("a remark if need be", "remark:str?"),
        ("a ticket price unless admission is free", "ticket_price:Decimal?"),
        ("an email if they have one at all", "email:EmailStr?!"),
        ("an hourly rate (only some have one)", "hourly_rate:Decimal?"),
        ("sometimes there's a comment", "comment:str?"),
        ("the shelf code so they go back where they belong", "shelf_code:str"),
        ("a note about what to bring", "note:str"),
        ("the reason for it", "reason:str"),
        ("the serial number on the plate", "serial_number:str!"),
        ("the date their passport is valid until", "passport_valid_until:date"),
        ("since when they have been members", "member_since:date"),
        ("whether there are nuts in it", "has_nuts:bool"),
        ("how many seats there are", "seats:int"),
        ("roughly how many minutes it takes", "minutes:int"),
        ("the price as it was at the time", "price:Decimal"),
        ("somebody's phone number", "phone_number:str"),
        ("hours worked", "hours_worked:float"),
        ("last inspected", "last_inspected:date"),
        ("next service", "next_service:date"),
        ("from when till when", "starts_at:datetime ends_at:datetime"),
        ("from/to with time", "starts_at:datetime ends_at:datetime"),
        ("arrival and departure day", "arrival_day:date departure_day:date"),
        ("which voice they sing, i.e. soprano, alto or bass", "voice:EntryVoice"),
    ],
)
def test_a_fact_said_in_passing_is_that_fact(fact: str, field: str) -> None:
    proposal = propose(talk(f"A tool for us. Entries: title, {fact}, colour."))

    assert shape(proposal)["Entry"] == f"title:str {field} colour:str"
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "things"),
    [
        ("Nurses. Name, email, staff number.", {"Nurse": "name:str email:EmailStr! staff_number:str"}),
        ("Trainings. Date, title, trainer's name.", {"Training": "date:date title:str trainer_name:str"}),
        ("3. Venues are the places where we're guests: name, address", {"Venue": "name:str address:str"}),
        ("What we need is a list of the singers (name, email)", {"Singer": "name:str email:EmailStr!"}),
        ("5.1 Boats have a name\n5.2 Boats have a length", {"Boat": "name:str length:float"}),
        (
            "Rooms have a name. Rehearsals have a title and are in one of our rooms.",
            {"Room": "name:str", "Rehearsal": "title:str room_id:int->Room"},
        ),
        (
            "Concerts have a title. A rehearsal has a date and is for one particular concert.",
            {"Concert": "title:str", "Rehearsal": "date:date concert_id:int->Concert"},
        ),
        (
            "Articles: headline, standfirst (not always there), body",
            {"Article": "headline:str standfirst:str? body:str"},
        ),
        (
            "We've got about 400 games (title, min and max players, the shelf code so they go back where they belong).",
            {"Game": "title:str min_players:int max_players:int shelf_code:str"},
        ),
        ("Tables only have a number and how many seats.", {"Table": "number:str seats:int"}),
        ("Trips have a meeting point and a credit.", {"Trip": "meeting_point:str credit:str"}),
        (
            "Pupils belong to a class, we keep their first and last name and date of birth. Classes have a name.",
            {"Pupil": "first_name:str last_name:str date_of_birth:date class_id:int->Class", "Class": "name:str"},
        ),
        (
            "Samples have a number. To be recorded: volume in ml, remarks if there are any.",
            {"Sample": "number:str volume_ml:float remarks:str?"},
        ),
        (
            "Stays: arrival day, departure day, and obviously the same run can't be given away twice.",
            {"Stay": "arrival_day:date departure_day:date"},
        ),
    ],
)
def test_things_named_loosely_have_their_facts(said: str, things: dict[str, str]) -> None:
    assert shape(propose(talk(f"A tool for us.\n{said}"))) == things


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Guided tours.\nGuides, buses and drivers. A tour has a date.", ["Guide", "Bus", "Driver", "Tour"]),
        ("Guided tours. Guides with a name, buses with a plate.", ["Guide", "Bus"]),
        ("Book reviews. Users, books, reviews.", ["User", "Book", "Review"]),
    ],
)
def test_a_title_before_a_list_of_things_is_none_of_them(said: str, names: list[str]) -> None:
    assert list(shape(propose(talk(said)))) == names


@pytest.mark.parametrize(
    "said",
    [
        "Nurses have a name. They sign in too.",
        "Nurses have a name. Everybody logs in.",
        "Nurses log in (name, staff number)",
        "What we need is a list of nurses (name, which ward they know, i.e. north or south), and they can log in.",
        "All of the nurses log in with name + staff number.",
        "Nurses must be able to sign in, since they make their appointments themselves. Nurses have a name.",
    ],
)
def test_whoever_was_spoken_of_logs_in(said: str) -> None:
    proposal = propose(talk(f"A tool for us. Rooms have a number. {said}"))

    assert [entity.name for entity in proposal.specs.entities if entity.account] == ["Nurse"]
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("A job can be new, in work, done.", "new in_work done"),
        ("Jobs can be open, in progress, closed.", "open in_progress closed"),
        ("A job may be planned, confirmed, called off.", "planned confirmed called_off"),
        ("A job is open, waiting for parts or closed.", "open waiting_for_parts closed"),
        ("Jobs are new, in work, done.", "new in_work done"),
        ("It is free, lent, out of order.", "free lent out_of_order"),
    ],
)
def test_states_with_nothing_but_commas_are_a_status(said: str, values: str) -> None:
    proposal = propose(talk(f"A job has a title. {said}"))

    assert shape(proposal) == {"Job": "title:str status:JobStatus"}
    assert enums(proposal) == {"JobStatus": tuple(values.split())}
    assert proposal.unread == ()


@pytest.mark.parametrize("said", ["A boat is small, fast, cheap", "It can be lent to clubs, schools, families"])
def test_what_is_no_list_of_states_stays_unread(said: str) -> None:
    proposal = propose(talk(f"A boat has a name. {said}."))

    assert (shape(proposal), proposal.unread) == ({"Boat": "name:str"}, (said,))


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("A lift has a number and when its next inspection is due.", "next_inspection_date:date"),
        ("Each lift has a number, and when the next service will be.", "next_service_date:date"),
        ("A lift has a number. We want to know when the next rope change is due.", "next_rope_change_date:date"),
        ("We keep lifts: number, when the last check was.", "last_check_date:date"),
        (
            "A lift has a number. For each lift we note when the last check was and when the next one is due.",
            "last_check_date:date next_check_date:date",
        ),
    ],
)
def test_when_the_next_is_due_is_a_date(said: str, fields: str) -> None:
    proposal = propose(talk(said))

    assert (shape(proposal), proposal.unread) == ({"Lift": f"number:str {fields}"}, ())


@pytest.mark.parametrize(
    "said", ["When the next tuning is due, we send a mail", "We send a mail when the next tuning is due"]
)
def test_a_condition_of_what_is_next_is_no_date_and_no_thing(said: str) -> None:
    proposal = propose(talk(f"A piano has a maker. {said}."))

    assert (shape(proposal), proposal.unread) == ({"Piano": "maker:str"}, (said,))
