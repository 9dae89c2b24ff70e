"""A sentence about the trade, by which an idea opens, names its things and the record of what happens with them."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, rules_of, shape, talk


@pytest.mark.parametrize(
    ("text", "things"),
    [
        (
            (
                "At our driving school every learner has one instructor, though instructors look after a dozen "
                "learners each. Lessons have a date."
            ),
            {
                "Learner": "instructor_id:int->Instructor name:str",
                "Instructor": "name:str",
                "Lesson": "date:date learner_id:int->Learner",
            },
        ),
        (
            "At the care home each resident has one carer, but carers look after several residents each.",
            {"Resident": "carer_id:int->Carer name:str", "Carer": "name:str"},
        ),
        (
            "At our music school every pupil has one teacher and one instrument.",
            {
                "Pupil": "teacher_id:int->Teacher instrument_id:int->Instrument",
                "Teacher": "name:str",
                "Instrument": "name:str",
            },
        ),
        (
            (
                "Our translation office receives documents from clients and passes them to freelance translators. "
                "A job has a deadline."
            ),
            {
                "Job": "deadline:date client_id:int->Client translator_id:int?->Translator",
                "Client": "name:str",
                "Translator": "name:str",
                "Document": "job_id:int->Job name:str",
            },
        ),
        (
            "Our office collects complaints from tenants and sends them to craftsmen. Each complaint has a date.",
            {
                "Complaint": "date:date tenant_id:int->Tenant craftsman_id:int?->Craftsman",
                "Tenant": "name:str",
                "Craftsman": "name:str",
            },
        ),
        (
            "The amateur theatre lends its costumes to schools. A costume has a size. Each loan has a start date.",
            {
                "School": "name:str",
                "Costume": "size:str",
                "Loan": "start_date:date school_id:int->School costume_id:int->Costume",
            },
        ),
        (
            "Our workshop sells furniture to hotels.",
            {"Purchase": "date:date hotel_id:int->Hotel", "Hotel": "name:str"},
        ),
        (
            "Our technicians read meters in flats. A meter has a number; a reading has a value.",
            {
                "Meter": "number:str flat_id:int->Flat",
                "Flat": "name:str",
                "Reading": "value:str meter_id:int->Meter technician_id:int->Technician",
                "Technician": "name:str",
            },
        ),
        (
            (
                "Cafés order bread from our bakery every day, mostly the same thing each week. An order has a "
                "delivery time."
            ),
            {"Order": "delivery_time:time cafe_id:int->Cafe", "Cafe": "name:str"},
        ),
        (
            "Clubs order shirts from our print shop. A shirt has a size. Each order has a due date.",
            {
                "Club": "name:str",
                "Shirt": "size:str",
                "Order": "due_date:date club_id:int->Club shirt_id:int->Shirt",
            },
        ),
        (
            (
                "People leave their bicycles with us to be mended, and we keep losing track of who owns which one. "
                "For each repair we write down the price."
            ),
            {
                "Bicycle": "owner_id:int->Owner name:str",
                "Owner": "name:str",
                "Repair": "price:Decimal bicycle_id:int->Bicycle",
            },
        ),
        (
            "Guests leave their dogs with us to be looked after. A stay has a start date.",
            {
                "Dog": "guest_id:int->Guest name:str",
                "Guest": "name:str",
                "Stay": "start_date:date dog_id:int->Dog",
            },
        ),
    ],
)
def test_an_opening_sentence_names_the_things_and_what_happens(text: str, things: dict[str, str]) -> None:
    proposal = propose(talk(text))
    assert shape(proposal) == things
    assert quoted(proposal) == []


def test_how_often_something_must_be_done_stays_a_task() -> None:
    proposal = propose(talk("My team inspects lifts in office buildings twice a year. Every building has an address."))
    assert shape(proposal) == {
        "Lift": "building_id:int->Building name:str",
        "Building": "address:str",
        "Inspection": "date:date lift_id:int->Lift",
    }
    assert "twice a year" in quoted(proposal)[0]


def test_a_limit_behind_a_link_is_not_lost() -> None:
    proposal = propose(talk("In the kennel each dog has one box, though a box holds two dogs. A dog has a breed."))
    assert shape(proposal)["Dog"] == "breed:str box_id:int->Box"
    assert rules_of(proposal) == ["at most 2 Dog per box"]
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    "text",
    [
        "Members write reviews of books. Books have a title. Reviews have a text.",
        "We lend laptops to pupils. A laptop has a number.",
        "Every member has one phone number. A member has a name.",
    ],
)
def test_what_was_read_before_is_read_as_it_was(text: str) -> None:
    proposal = propose(talk(text))
    assert not {"Reviewing", "Writing", "Phone", "PhoneNumber", "Owner"} & set(shape(proposal))
    assert quoted(proposal) == []
