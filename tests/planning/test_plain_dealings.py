"""What people get and use up, what they write afterwards, and for when they order are records and their facts."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("text", "entitlement", "fields", "use", "used"),
    [
        (
            (
                "Patients of our physiotherapy practice get a prescription for a number of treatments. Each "
                "appointment uses up one of them, is with one therapist and has a date."
            ),
            "Prescription",
            "number_of_treatments:int patient_id:int->Patient",
            "Appointment",
            "date:date prescription_id:int->Prescription therapist_id:int->Therapist",
        ),
        (
            (
                "Pupils of our music school get a voucher for ten lessons. Each lesson uses up one of them, is with "
                "one teacher and takes place in a room."
            ),
            "Voucher",
            "lesson_count:int pupil_id:int->Pupil",
            "Lesson",
            "voucher_id:int->Voucher teacher_id:int->Teacher room_id:int->Room",
        ),
        (
            "Swimmers buy a ticket with 12 entries. Each entry uses one of the entries and has a date.",
            "Ticket",
            "entry_count:int swimmer_id:int->Swimmer",
            "Entry",
            "date:date ticket_id:int->Ticket",
        ),
        (
            "Clients have a contract for several cleanings. Each cleaning takes up one of them and has a note.",
            "Contract",
            "cleaning_count:int client_id:int->Client",
            "Cleaning",
            "note:str contract_id:int->Contract",
        ),
    ],
)
def test_what_is_good_for_a_number_of_things_is_used_up_by_them(
    text: str, entitlement: str, fields: str, use: str, used: str
) -> None:
    found = shape(propose(talk(text)))
    assert set(fields.split()) <= set(found[entitlement].split())
    assert set(used.split()) <= set(found[use].split())
    assert quoted(propose(talk(text))) == []


@pytest.mark.parametrize(
    ("text", "record", "field"),
    [
        ("A lesson is for one dog. After the lesson she writes a short report.", "Lesson", "report:str"),
        ("Guides lead tours. A tour has a date. After the tour the guide writes a short report.", "Tour", "report:str"),
        ("A session belongs to a client. At the end of the session the coach adds a few notes.", "Session", "note:str"),
        ("A lesson has a date. After each lesson the teacher writes a few lines on how it went.", "Lesson", "note:str"),
        ("Members book a court. After the match they leave a comment.", "Booking", "comment:str"),
        ("Guests book a room. After their stay they leave a review.", "Booking", "review:str"),
    ],
)
def test_what_is_written_afterwards_is_a_text_of_it(text: str, record: str, field: str) -> None:
    proposal = propose(talk(text))
    assert field in shape(proposal)[record].split()
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            "At our farm shop customers order boxes of vegetables for Friday.",
            "date:date customer_id:int->Customer box_id:int->Box",
        ),
        ("Families order trays of eggs for Saturday.", "date:date family_id:int->Family tray_id:int->Tray"),
        ("Parents order meals for the next day.", "date:date parent_id:int->Parent meal_id:int->Meal"),
        ("Restaurants order crates of fish for Monday.", "date:date restaurant_id:int->Restaurant crate_id:int->Crate"),
        ("Customers order rolls for the weekend.", "date:date customer_id:int->Customer roll_id:int->Roll"),
    ],
)
def test_what_is_ordered_for_a_day_is_an_order_with_its_date(text: str, fields: str) -> None:
    proposal = propose(talk(text))
    assert set(shape(proposal)["Order"].split()) == set(fields.split())
    assert quoted(proposal) == []


def test_until_when_an_order_can_be_changed_and_what_is_decided_each_week_are_quoted_whole() -> None:
    text = (
        "At our farm shop customers order boxes of vegetables for Friday. Each week we decide what goes in. Orders can "
        "be changed until Wednesday evening."
    )
    said = quoted(propose(talk(text)))
    assert "Orders can be changed until Wednesday evening" in said
    assert any("each week we decide what goes in" in piece.lower() for piece in said)


@pytest.mark.parametrize(
    ("text", "fields", "rule"),
    [
        (
            "Actors take a prop for a play and bring it back after the show.",
            {"actor_id:int->Actor", "prop_id:int->Prop", "play_id:int->Play", "returned_at:datetime?"},
            ["A prop must be given back after the show"],
        ),
        (
            "Employees fetch a projector and bring it back. We want to know who has it and what was damaged.",
            {"employee_id:int->Employee", "projector_id:int->Projector", "lent_at:datetime", "returned_at:datetime?"},
            [],
        ),
        (
            "Students take a laptop home and return it before the holidays.",
            {"student_id:int->Student", "laptop_id:int->Laptop", "due_at:datetime"},
            ["A laptop must be given back before the holidays"],
        ),
    ],
)
def test_what_is_taken_and_brought_back_is_a_loan(text: str, fields: set[str], rule: list[str]) -> None:
    proposal = propose(talk(text))
    assert fields <= set(shape(proposal)["Loan"].split())
    assert len(quoted(proposal)) == len(rule)


@pytest.mark.parametrize(
    ("text", "thing", "link"),
    [
        ("A court is looked after by one groundsman.", "Court", "groundsman_id:int->Groundsman"),
        ("Each flat is taken care of by a janitor.", "Flat", "janitor_id:int->Janitor"),
        ("Every grave is cared for by a volunteer.", "Grave", "volunteer_id:int->Volunteer"),
    ],
)
def test_who_looks_after_something_is_a_link(text: str, thing: str, link: str) -> None:
    assert link in shape(propose(talk(text)))[thing].split()
