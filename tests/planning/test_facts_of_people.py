"""What is kept of "them" belongs to the people who were just told of, not to the record of what they do."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("text", "who", "facts", "other", "kept"),
    [
        (
            (
                "At the dental practice, patients book appointments with a dentist for a treatment. "
                "We need their phone number, date of birth and insurance."
            ),
            "Patient",
            "name:str phone_number:str date_of_birth:date insurance:str",
            "Appointment",
            "patient_id:int->Patient dentist_id:int->Dentist treatment_id:int->Treatment starts_at:datetime",
        ),
        (
            "Donors come to a session in a village hall, and we record their blood group, weight and the amount given.",
            "Donor",
            "name:str blood_group:str weight:float",
            "Session",
            "amount_given:Decimal donor_id:int->Donor village_hall_id:int->VillageHall starts_at:datetime",
        ),
        (
            "Hikers take part in tours. We want to know their weight, height and the boots borrowed.",
            "Hiker",
            "name:str weight:float height:float",
            "Participation",
            "boots_borrowed:str hiker_id:int->Hiker tour_id:int->Tour",
        ),
        (
            "Pupils take lessons with a teacher, and we note their level.",
            "Pupil",
            "name:str level:str",
            "Lesson",
            "pupil_id:int->Pupil teacher_id:int->Teacher",
        ),
        (
            "A patient books an appointment with a dentist. We need their phone number and date of birth.",
            "Patient",
            "name:str phone_number:str date_of_birth:date",
            "Appointment",
            "patient_id:int->Patient dentist_id:int->Dentist starts_at:datetime",
        ),
        (
            "Members book a court for an hour. We need their phone number and e-mail.",
            "Member",
            "name:str phone_number:str email:EmailStr!",
            "Booking",
            "starts_at:datetime ends_at:datetime member_id:int->Member court_id:int->Court",
        ),
        (
            "Campers book a pitch for some nights, and we write down their number plate.",
            "Camper",
            "name:str number_plate:str!",
            "Booking",
            "starts_at:datetime ends_at:datetime camper_id:int->Camper pitch_id:int->Pitch",
        ),
    ],
)
def test_what_is_kept_of_them_is_kept_of_the_people(text: str, who: str, facts: str, other: str, kept: str) -> None:
    proposal = propose(talk(text))
    assert set(shape(proposal)[who].split()) | {"name:str"} == set(facts.split())
    assert set(shape(proposal)[other].split()) == set(kept.split())
    assert not quoted(proposal)


@pytest.mark.parametrize(
    ("text", "who", "facts"),
    [
        ("Members visit the gym. We record their weight.", "Member", "weight:float"),
        ("Runners register for a race. Their age and shirt size are recorded.", "Runner", "age:int shirt_size:str"),
        ("Children visit the library. We need their age and school.", "Child", "age:int school:str"),
        ("Our singers rehearse every week. We keep their voice and their birthday.", "Singer", "voice:str"),
        ("Our choir has singers. We note their voice.", "Singer", "voice:str"),
        ("Blood donors come to a session. We record their blood group.", "BloodDonor", "blood_group:str"),
        ("Visitors come to the museum. They pay. We need their postcode.", "Visitor", "postcode:str"),
        ("Tourists rent kayaks. Before they leave we take down their experience.", "Tourist", "experience:str"),
        ("Pupils belong to a class, we keep their first and last name.", "Pupil", "first_name:str last_name:str"),
        ("Swimmers come to a training. The coach records their best time.", "Swimmer", "best_time:time"),
        ("Parents register their children for a camp. We need their date of birth.", "Child", "date_of_birth:date"),
        ("Parents register their children for a camp. We need their phone number.", "Parent", "phone_number:str"),
        ("Customers bring their bikes to the shop. We note their colour.", "Bike", "colour:str"),
        ("Customers bring their bikes to the shop. We note their phone number.", "Customer", "phone_number:str"),
        ("Owners bring their dogs for a check. We note their breed and age.", "Dog", "breed:str age:int"),
        ("Members borrow books. We note their title and author.", "Book", "title:str author:str"),
        ("Hens live in coops. We note their weight.", "Hen", "weight:float"),
    ],
)
def test_whose_facts_they_are_is_told_by_who_does_what(text: str, who: str, facts: str) -> None:
    shapes = shape(propose(talk(text)))
    assert set(facts.split()) <= set(shapes[who].split())
    assert not any(fact in " ".join(kept for name, kept in shapes.items() if name != who) for fact in facts.split())


def test_of_two_kinds_of_people_none_is_taken_for_them() -> None:
    proposal = propose(talk("We teach adults and children. We note their level. Rooms have a number."))
    assert "level" not in str(shape(proposal))
    assert "We note their level" in quoted(proposal)


@pytest.mark.parametrize(
    "facts", ["their age, and", "their age, , shoe size", "their , and their age", "their age and ,"]
)
def test_a_list_with_a_hole_is_read_as_far_as_it_goes(facts: str) -> None:
    shapes = shape(propose(talk(f"Donors come to a session. We need {facts}. Rooms have a number.")))
    assert "number:str" in shapes["Room"]
