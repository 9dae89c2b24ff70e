"""Items of lists of facts, rules told in one sentence, and how things go their way, each said as people say it."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, rules_of, shape, talk


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("Lessons: date, type (normal, night), and whether it's booked, driven or no-show.", "status:LessonStatus"),
        ("Every lesson has a date, a shed or no shed, and a price.", "has_shed:bool"),
        ("Lessons: name, serial number, year, upright or grand, a price.", "type:LessonType"),
        ("Lessons: name, weight, living or deceased.", "status:LessonStatus"),
        ("Lessons have a name, a year, left or right handed, and a price.", "hand:LessonHand"),
        ("Lessons (name, birth year, medical certificate valid until).", "medical_certificate_expiry_date:date"),
        ("Lessons have a name, whether it's dangerous (blades, glass, guns), and a price.", "is_dangerous:bool"),
        ("Lessons have a name, and whether dogs are allowed there.", "dogs_allowed:bool"),
        ("Lessons have a patient code (no names, for privacy), and a price.", "patient_code:str"),
        ("Lessons have a name, the kind of work like crown or bridge, a price.", "kind_of_work:LessonKindOfWork"),
        ("Lessons have a name, a level (A1 to C2), and a price.", "level:str"),
        ("Lessons have a name, a year and what it burns: wood, oil or gas.", "fuel:LessonFuel"),
        ("Lessons have a name, a model and the year built.", "year_built:int"),
        ("Lessons have a name, and they're new, in the waiting room, in treatment or missed.", "status:LessonStatus"),
        ("For every lesson we give we keep the date and a price.", "date:date"),
    ],
)  # fmt: skip
def test_an_item_of_a_list_is_read_as_people_mean_it(said: str, fields: str) -> None:
    proposal = propose(talk(said))
    assert fields in shape(proposal)["Lesson"].split()
    assert proposal.unread == ()


@pytest.mark.parametrize(
    "said",
    [
        "Items with a code, a colour, either red, green or blue.",
        "Items have a code and are free, taken or resting.",
        "Items have a code and a size, which is small, medium or large.",
    ],
)
def test_the_last_value_of_a_fact_is_no_fact_of_its_own(said: str) -> None:
    assert len(shape(propose(talk(said)))["Item"].split()) == 2


def test_parts_told_of_with_the_whole_have_their_own_facts() -> None:
    said = "For every house we look after we keep the address and the stoves in it, each with its maker and a weight."
    assert shape(propose(talk(said))) == {"House": "address:str", "Stove": "maker:str weight:float house_id:int->House"}
    said = "What matters to us: the parks, the turbines in them (number, model) and the faults."
    assert shape(propose(talk(said)))["Turbine"] == "number:str model:str park_id:int->Park"


BOTH = ["no overlap of start, end per room", "no overlap of start, end per vet"]


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("No two visits in the same room or with the same vet at the same time, and emergencies go first.", BOTH),
        ("Never two visits in the same room or with the same vet at once!", BOTH),
        ("Neither a room nor a vet can be in two visits at once.", BOTH),
        ("A room or a vet can't have two visits at the same time.", BOTH),
        ("Two visits in the same room must never overlap (happened twice last summer, never again!).", BOTH[:1]),
    ],
)
def test_two_at_once_are_refused_of_each_thing_named(said: str, rules: list[str]) -> None:
    things = "Rooms have a number. Vets have a name. Visits have a vet, a room, a start and an end."
    assert rules_of(propose(talk(f"{things} {said}"))) == rules


def test_two_rules_of_one_sentence_are_two_rules() -> None:
    said = (
        "A house has an address. A visit belongs to a house and a sweep, and has a date. A sweep has a name. "
        "Only a master may add a visit or delete a house, and sweeps see only their own visits."
    )
    rules = rules_of(propose(talk(said)))
    assert sorted(rules) == ["create only by role master", "delete only by role master", "read only by sweep"]


def test_a_condition_keeps_what_follows_it() -> None:
    said = "Courses have a name. At most 12 people in a course, and if fewer than 5 have signed up, we cancel it."
    proposal = propose(talk(said))
    assert set(shape(proposal)) == {"Course"}


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        (
            "A job has a date. A job first is just a request, then confirmed once it was paid, then finished.",
            "transition status: requested -> confirmed, confirmed -> finished",
        ),
        (
            "A job has a date and a fixed price, and it goes from new to accepted to done.",
            "transition status: new -> accepted, accepted -> done",
        ),
    ],
)
def test_how_something_goes_its_way(said: str, ways: str) -> None:
    assert rules_of(propose(talk(said))) == [ways]


CHIMNEYS = (
    "Houses have an address. We keep masters. We keep sweeps. We book a visit to a house for a date and a sweep. "
    "Only a master may delete a house, and sweeps see only their own visits."
)


def test_who_has_own_rows_signs_in_and_who_has_none_is_a_role_of_theirs() -> None:
    proposal = propose(talk(CHIMNEYS))
    assert "Master" not in shape(proposal)
    assert shape(proposal)["Visit"] == "date:date house_id:int->House sweep_id:int->Sweep"
    assert sorted(rules_of(proposal)) == ["delete only by role master", "read only by sweep"]


def test_what_is_written_down_on_the_way_is_a_record_of_both() -> None:
    said = (
        "A visit has a date. A stove has a maker. During a visit the sweep writes down a finding for each stove that "
        "has something wrong, with a description and how bad it is, light or dangerous."
    )
    assert shape(propose(talk(said)))["Finding"] == (
        "description:str severity:FindingSeverity visit_id:int->Visit stove_id:int->Stove"
    )
