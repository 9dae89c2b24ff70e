"""What people want to see, tell and get: which goes to which, what somebody tells, whom one can ring."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("text", "things"),
    [
        (
            "For our removals firm I'd like to see which van and which crew go to which move. A move has a day.",
            {"Move": "day:date van_id:int?->Van crew_id:int?->Crew", "Van": "name:str", "Crew": "name:str"},
        ),
        (
            "We'd like to keep track of which pupil has which locker. Lockers have a floor.",
            {"Locker": "floor:int pupil_id:int?->Pupil", "Pupil": "name:str"},
        ),
        (
            "I want to know which child is in which group. A child has a name.",
            {"Child": "name:str group_id:int?->Group", "Group": "name:str"},
        ),
        (
            "We need to know which driver takes which bus on which day.",
            {
                "Assignment": "date:date driver_id:int->Driver bus_id:int->Bus",
                "Driver": "name:str",
                "Bus": "name:str",
            },
        ),
        (
            "We need an overview of which customer bought which painting and for how much.",
            {
                "Purchase": "price:Decimal customer_id:int->Customer painting_id:int->Painting",
                "Customer": "name:str",
                "Painting": "name:str",
            },
        ),
        (
            "Travellers send in a claim describing what they lost and where.",
            {"Claim": "description:str place:str traveller_id:int->Traveller", "Traveller": "name:str"},
        ),
        (
            "Employees hand in a request stating when they want to be away.",
            {"Request": "date:date employee_id:int->Employee", "Employee": "name:str"},
        ),
        (
            "Donors tell us their blood group and when they last gave.",
            {"Donor": "name:str blood_group:str last_donation_date:date?"},
        ),
        (
            "Our tenants inform us of their meter reading once a year.",
            {"MeterReading": "date:date value:str tenant_id:int->Tenant", "Tenant": "name:str"},
        ),
        (
            "Every building has a caretaker we can ring and an address.",
            {"Building": "caretaker_name:str caretaker_phone_number:str address:str"},
        ),
        (
            "A hospital has a contact we can write to.",
            {"Hospital": "contact_name:str contact_email_address:EmailStr!"},
        ),
    ],
)
def test_what_people_want_to_see_and_tell_is_read(text: str, things: dict[str, str]) -> None:
    proposal = propose(talk(text))
    assert shape(proposal) == things
    assert quoted(proposal) == []


def test_how_something_is_has_a_name_in_a_list() -> None:
    proposal = propose(talk("A visit records the faults we found (description, how serious, photo)."))
    assert shape(proposal)["Fault"].startswith("description:str severity:FaultSeverity photo:str")
    assert quoted(proposal) == []


def test_what_somebody_gets_time_and_again_is_theirs_and_how_often_is_quoted_as_it_was_written() -> None:
    proposal = propose(talk("Cafés have a name. Each month the café gets one invoice."))
    assert shape(proposal) == {"Cafe": "name:str", "Invoice": "date:date cafe_id:int->Cafe"}
    assert quoted(proposal) == ["Each month the café gets one invoice"]
