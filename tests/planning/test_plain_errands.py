"""What people come with: whom they sign up, what they found, what is broken, what they ask for."""

from __future__ import annotations

import pytest

from tests.planning.talking import enums, propose, quoted, rules_of, shape, talk


@pytest.mark.parametrize(
    ("said", "record", "fields"),
    [
        (
            "Parents sign their child up for a trip.",
            "Registration",
            "child_id:int->Child parent_id:int->Parent trip_id:int->Trip",
        ),
        (
            "Each teacher can sign up their class for a trip.",
            "Registration",
            "class_id:int->Class teacher_id:int->Teacher trip_id:int->Trip",
        ),
        (
            "Managers enrol their employees in a course.",
            "Enrolment",
            "employee_id:int->Employee manager_id:int->Manager course_id:int->Course",
        ),
    ],
)
def test_who_is_signed_up_and_for_what_is_a_registration(said: str, record: str, fields: str) -> None:
    proposal = propose(talk(said))
    assert shape(proposal)[record] == fields
    assert quoted(proposal) == []


def test_who_signs_a_form_leaves_a_signature() -> None:
    assert "Signature" in shape(propose(talk("Parents sign the form.")))


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (
            "Drivers hand in what they find, with a description, the place and the line.",
            "description:str place:str line:str driver_id:int->Driver",
        ),
        (
            "Guides report whatever they have found on the trail, with a photo and the place.",
            "photo:str place:str guide_id:int->Guide",
        ),
    ],
)
def test_what_people_find_belongs_to_them_with_its_facts(said: str, fields: str) -> None:
    proposal = propose(talk(said))
    assert shape(proposal)["FoundItem"] == fields
    assert quoted(proposal) == []


REPORTING = (
    "In our block the tenants should report what is broken: heating, water, electricity or something else, and how "
    "urgent it is"
)
BUT = "and nothing may be closed that nobody took on"


@pytest.mark.parametrize(
    ("said", "record", "fields"),
    [
        (f"{REPORTING}.", "Report", "kind:ReportKind urgency:str tenant_id:int->Tenant"),
        ("Guests tell us what is broken, and where it is.", "Report", "description:str place:str guest_id:int->Guest"),
        (
            "Pupils report what's broken, with the room and a photo. A problem has a title.",
            "Problem",
            "description:str room:str photo:str title:str pupil_id:int->Pupil",
        ),
    ],
)
def test_what_is_broken_is_reported(said: str, record: str, fields: str) -> None:
    proposal = propose(talk(said))
    assert shape(proposal)[record] == fields
    assert quoted(proposal) == []
    if record == "Report" and "kind" in fields:
        assert enums(proposal)["ReportKind"] == ("heating", "water", "electricity", "other")


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        (
            f"{REPORTING}; the caretaker takes a report on, repairs it and closes it, {BUT}.",
            "open -> taken_on, taken_on -> repaired, repaired -> closed",
        ),
        (
            "Jobs have a title and belong to a customer. A mechanic takes on a job, checks it and finishes it.",
            "open -> taken_on, taken_on -> checked, checked -> finished",
        ),
    ],
)  # fmt: skip
def test_what_somebody_takes_on_goes_through_what_is_done_with_it(said: str, ways: str) -> None:
    proposal = propose(talk(said))
    assert rules_of(proposal) == [f"transition status: {ways}"]
    assert quoted(proposal) == []


def test_nothing_is_taken_for_certain_where_nobody_takes_it_on() -> None:
    said = "Reports have a title. A report is open, then closed. Nothing may be closed that nobody took on."
    assert quoted(propose(talk(said))) == ["Nothing may be closed that nobody took on"]


@pytest.mark.parametrize(
    ("said", "record", "fields"),
    [
        (
            "A customer asks for an appointment with an artist and leaves a deposit of 50 euros.",
            "Appointment",
            "deposit:Decimal customer_id:int->Customer artist_id:int->Artist starts_at:datetime",
        ),
        (
            "A patient asks for an appointment with a doctor.",
            "Appointment",
            "patient_id:int->Patient doctor_id:int->Doctor starts_at:datetime",
        ),
        (
            "A guest books a room and pays a deposit of 30 euros.",
            "Booking",
            "deposit:Decimal guest_id:int->Guest room_id:int->Room",
        ),
    ],
)
def test_what_somebody_asks_for_is_a_record_with_its_deposit(said: str, record: str, fields: str) -> None:
    proposal = propose(talk(said))
    assert shape(proposal)[record] == fields
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("said", "enum", "values"),
    [
        (
            "An artist has a name and a style: blackwork, traditional or fine line.",
            "ArtistStyle",
            ("blackwork", "traditional", "fine_line"),
        ),
        (
            "Each bike has a number, a frame size: small, medium or large.",
            "BikeFrameSize",
            ("small", "medium", "large"),
        ),
    ],
)
def test_values_behind_a_colon_are_those_of_the_fact_before_it(said: str, enum: str, values: tuple[str, ...]) -> None:
    proposal = propose(talk(said))
    assert enums(proposal)[enum] == values
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("said", "enum", "values"),
    [
        (
            "An artist has a name and one or more styles such as blackwork, traditional or fine line.",
            "StyleKind",
            ("blackwork", "traditional", "fine_line", "other"),
        ),
        ("A tutor has a name and at least one subject. A tutor gives one or more courses like maths or physics.",
         "CourseKind", ("math", "physics", "other")),
    ],
)  # fmt: skip
def test_examples_of_one_or_more_are_kinds_of_them(said: str, enum: str, values: tuple[str, ...]) -> None:
    assert enums(propose(talk(said)))[enum] == values


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ("a title and a comment", "It may only be closed once it has a comment"),
        ("a title, a comment and a date", "A report can only be closed when the report has a comment"),
    ],
)
def test_what_is_needed_only_later_may_be_missing_at_first(facts: str, rule: str) -> None:
    proposal = propose(talk(f"A report has {facts}. A report is open, then closed. {rule}."))
    assert "comment:str?" in shape(proposal)["Report"].split()
    assert quoted(proposal) == [rule]
