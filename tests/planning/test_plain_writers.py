"""Who notes what about which thing: the details are the thing's; what depends on the unread builds nothing."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk

LOANED = "starts_at:datetime ends_at:datetime costume_id:int->Costume school_id:int->School"
MARKED = "lesson_id:int->Lesson teacher_id:int?->Teacher"


@pytest.mark.parametrize(
    ("said", "things"),
    [
        (
            (
                "Things left on our trains end up in the lost property office. Staff note what it is, the colour, "
                "the line it was found on and the day."
            ),
            {"Item": "description:str colour:str line:str day:date"},
        ),
        (
            "Each item has a number. Staff note the colour, the line and the day of each item.",
            {"Item": "number:str colour:str line:str day:date"},
        ),
        ("For each item staff note the colour and the day it was found.", {"Item": "colour:str found_on:date"}),
        (
            "Each hive has a number. Beekeepers record the weight and the number of frames of each hive.",
            {"Hive": "number:str weight:float number_of_frames:int"},
        ),
        ("With every parcel the drivers write down the weight and the street.", {"Parcel": "weight:float street:str"}),
        (
            "A sample comes from a lake. Lab assistants write down the depth and the temperature.",
            {"Sample": "depth:float temperature:float lake_id:int->Lake", "Lake": "name:str"},
        ),
        ("About each tree, gardeners note the height and the species.", {"Tree": "height:float species:str"}),
        ("Volunteers record the breed and the age of every dog.", {"Dog": "breed:str age:int"}),
    ],
)
def test_what_somebody_notes_of_a_thing_are_its_details(said: str, things: dict[str, str]) -> None:
    assert shape(propose(talk(said))) == things


def test_what_people_note_of_themselves_or_time_and_again_stays_theirs() -> None:
    weighed = shape(propose(talk("A tree has a species. The gardener notes its height and its girth every year.")))
    assert weighed["Tree"] == "species:str"
    climbed = shape(
        propose(talk("Each wall has routes with a grade. Climbers log an ascent with the date and how many tries."))
    )
    assert "date:date" in climbed["Ascent"].split()
    marked = shape(propose(talk("Teachers enter the marks of each pupil. Pupils have a class.")))
    assert marked["Mark"] == "teacher_id:int->Teacher pupil_id:int->Pupil"


@pytest.mark.parametrize(
    ("said", "record", "fields"),
    [
        (
            "A costume has a size and a photo, and each loan says which school took it, from when until when.",
            "Loan",
            LOANED,
        ),
        ("A costume has a size. Each loan shows which school took it, from when to when.", "Loan", LOANED),
        (
            "A tool has a name. Each rental records which member borrowed it and a price.",
            "Rental",
            "price:Decimal tool_id:int->Tool member_id:int->Member",
        ),
        (
            "A horse has a name. Every ride tells us which pupil rode it, with a date.",
            "Ride",
            "date:date horse_id:int->Horse pupil_id:int->Pupil",
        ),
    ],
)
def test_a_record_that_says_which_of_others_did_it_is_linked_to_both(said: str, record: str, fields: str) -> None:
    assert shape(propose(talk(said)))[record] == fields


@pytest.mark.parametrize(
    ("said", "record", "fields"),
    [
        (
            "Donors tell us their blood group; at every evening a nurse notes whether they were accepted.",
            "Check",
            "is_accepted:bool donor_id:int->Donor evening_id:int->Evening nurse_id:int?->Nurse",
        ),
        (
            "At every evening a nurse notes whether each donor was accepted. A donor has a blood group.",
            "Check",
            "is_accepted:bool donor_id:int->Donor evening_id:int->Evening nurse_id:int?->Nurse",
        ),
        (
            "Pupils have a name and a grade. In every lesson the teacher notes whether they were present.",
            "Attendance",
            f"is_present:bool pupil_id:int->Pupil {MARKED}",
        ),
        (
            "At each training the coach writes down which players were there. A player has a shirt number.",
            "Attendance",
            "player_id:int->Player training_id:int->Training coach_id:int?->Coach",
        ),
        (
            "Singers have a voice. During each rehearsal the conductor marks whether they were late.",
            "Check",
            "is_late:bool singer_id:int->Singer rehearsal_id:int->Rehearsal conductor_id:int?->Conductor",
        ),
    ],
)
def test_whether_each_was_something_each_time_is_a_row_for_both(said: str, record: str, fields: str) -> None:
    assert shape(propose(talk(said)))[record] == fields


@pytest.mark.parametrize(
    "said",
    [
        "When a claim matches an item, the item is marked as returned and the traveller signs for it",
        "If a bike is broken, a mechanic repairs it and a customer gets another bike",
        "If a tool is lost, the member pays for it and the board buys a new one",
    ],
)
def test_what_depends_on_something_unread_is_quoted_whole_and_builds_nothing(said: str) -> None:
    proposal = propose(talk(f"A locker has a number. {said}."))
    assert shape(proposal) == {"Locker": "number:str"}
    assert quoted(proposal) == [said]


@pytest.mark.parametrize(
    ("said", "record"),
    [
        ("A parcel has a number. The neighbour signs for it.", "Signature"),
        ("A contract has a date. The customer signs the contract.", "Signature"),
        ("A course has a title. Students sign up for a course.", "Registration"),
    ],
)
def test_who_signs_for_something_signs_up_for_nothing(said: str, record: str) -> None:
    things = shape(propose(talk(said)))
    assert record in things
    assert len({"Signature", "Registration"} & set(things)) == 1
