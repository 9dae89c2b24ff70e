"""A third thing in a sentence is linked where it belongs: shifts at events, sessions with tutors, desks in rooms."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, propose, quoted, shape, talk

THIRD = {
    "Volunteers sign up for shifts at events. An event has a name. Each shift has a size.": (
        "Shift", "size:str event_id:int->Event",
    ),
    "Students book sessions with tutors for a date and time. Tutors with a name.": (
        "Session", "date_and_time:datetime student_id:int->Student tutor_id:int->Tutor",
    ),
    "Music school: pupils take lessons with teachers in rooms. A lesson has a duration.": (
        "Lesson", "duration:int pupil_id:int->Pupil teacher_id:int->Teacher room_id:int->Room",
    ),
    "Desks with a number. Desks are in rooms, rooms are on floors.": ("Desk", "number:str room_id:int->Room"),
    "A parcel has a weight and is sent by a sender to a recipient.": (
        "Parcel", "weight:float sender_id:int->Sender recipient_id:int->Recipient",
    ),
    "Teams, players with a name. A player plays for a team.": ("Player", "name:str team_id:int->Team"),
    "Concerts with a title. Rehearsals have a note. A rehearsal is always for one particular concert.": (
        "Rehearsal", "note:str concert_id:int->Concert",
    ),
    "Rooms with a name. Workshops have a title. Every workshop is in one of our rooms.": (
        "Workshop", "title:str room_id:int->Room",
    ),
    "Matches, teams with a name. A match is played between two teams on a date and has a score.": (
        "Match", "first_team_id:int->Team second_team_id:int->Team date:date score:int",
    ),
    "Visitors bring devices. Devices have a brand.": ("Device", "brand:str visitor_id:int->Visitor"),
    "Tenants with a name, flats with a number, leases with a rent. Tenants rent flats through leases.": (
        "Lease", "rent:Decimal tenant_id:int->Tenant flat_id:int->Flat",
    ),
    "Users upload photos with a caption. Other users can look at photos and comment on them.": (
        "Comment", "text:str user_id:int->User photo_id:int->Photo",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", THIRD)
def test_each_thing_names_what_it_belongs_to(text: str) -> None:
    name, fields = THIRD[text]
    proposal = propose(talk(text))

    assert shape(proposal)[name] == fields
    assert not quoted(proposal)
    assert not [one for one in asked(talk(text)) if one.startswith("link:") and name.lower() in one.split(":")[1:3]]


def test_whom_something_is_delivered_to_is_told_of_the_delivery() -> None:
    found = shape(propose(talk("Customers with a name. Couriers deliver parcels to customers. Parcels have a weight.")))

    assert found["Delivery"] == "courier_id:int->Courier parcel_id:int->Parcel customer_id:int->Customer"
    assert found["Parcel"] == "weight:float"


def test_points_after_an_occasion_are_read() -> None:
    text = (
        "Tutors with a name, students with a name, sessions with a date. "
        "After a session the student can rate the tutor from 1 to 5 with a comment."
    )

    assert shape(propose(talk(text)))["Rating"] == "value:int comment:str student_id:int->Student tutor_id:int->Tutor"


@pytest.mark.parametrize(
    "text", ["Products with a name. Prices are in euros.", "Courses with a title. They are on weekends."]
)
def test_a_measure_or_a_day_is_no_thing(text: str) -> None:
    assert len(shape(propose(talk(text)))) == 1
