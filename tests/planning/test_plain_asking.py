"""What is asked for is a request with its status, what is reported a report, and what is done to it are its states."""

from __future__ import annotations

import pytest

from tests.planning.talking import enums, propose, quoted, shape, talk


def test_a_hall_that_is_lent_is_booked_decided_on_and_looked_at_afterwards() -> None:
    proposal = propose(
        talk(
            "Our parish lends out its hall. People ask for a date, we look at the calendar and say yes or no, and "
            "after the event we write down what was broken. A booking costs 80 euros for members."
        )
    )
    booking = set(shape(proposal)["Booking"].split())
    assert {"date:date", "problem:str", "hall_id:int->Hall", "status:BookingStatus"} <= booking
    assert enums(proposal)["BookingStatus"] == ("requested", "accepted", "declined")
    assert "Hall" in shape(proposal)


@pytest.mark.parametrize(
    ("text", "of", "states"),
    [
        (
            "Our club hires out its boathouse. Groups request a weekend and the warden approves or declines.",
            "boathouse_id:int->Boathouse",
            ("requested", "approved", "declined"),
        ),
        (
            "The village hires out its two barns. Families ask for a day and the mayor agrees or refuses.",
            "barn_id:int->Barn",
            ("requested", "accepted", "refused"),
        ),
        (
            "Our company lends out its projectors. Colleagues request a day, the office says yes or no.",
            "projector_id:int->Projector",
            ("requested", "accepted", "declined"),
        ),
        (
            "Employees ask for a day off and the boss says yes or no.",
            "employee_id:int->Employee",
            ("requested", "accepted", "declined"),
        ),
        (
            "At the animal shelter people come and ask for a dog. We talk to them and say yes or no.",
            "dog_id:int->Dog",
            ("requested", "accepted", "declined"),
        ),
        (
            "Our museum rents out its rooms. Companies ask for an evening and we confirm or decline it.",
            "room_id:int->Room",
            ("requested", "confirmed", "declined"),
        ),
    ],
)
def test_what_somebody_asks_for_is_a_request_with_its_status(text: str, of: str, states: tuple[str, ...]) -> None:
    proposal = propose(talk(text))
    assert of in shape(proposal)["Request"].split()
    assert enums(proposal)["RequestStatus"] == states
    assert quoted(proposal) == []


def test_what_is_missing_when_it_comes_back_is_a_fact_of_the_request() -> None:
    text = "Our club lends out its tents. Groups request a weekend, we agree or refuse, and when it comes back we note "
    assert "missing_part:str" in shape(propose(talk(f"{text}what is missing.")))["Request"].split()


@pytest.mark.parametrize(
    ("text", "record", "fields", "states"),
    [
        (
            (
                "Teachers report when something in a classroom is broken, with a photo link and how urgent it is. The "
                "caretaker takes it over, fixes it and closes it."
            ),
            "Report",
            (
                "description:str photo_link:HttpUrl urgency:str teacher_id:int->Teacher classroom_id:int->Classroom "
                "caretaker_id:int?->Caretaker status:ReportStatus"
            ),
            ("reported", "taken_over", "fixed", "closed"),
        ),
        (
            (
                "Nurses report when a device on a ward doesn't work, with a short description. A technician takes the "
                "case over, repairs the device and closes the case."
            ),
            "Report",
            (
                "description:str nurse_id:int->Nurse device_id:int->Device technician_id:int?->Technician "
                "status:ReportStatus"
            ),
            ("reported", "taken_over", "repaired", "closed"),
        ),
        (
            (
                "Residents complain when something in the house is too loud, too dirty or broken. The manager looks "
                "into it, answers the resident and settles it."
            ),
            "Complaint",
            "description:str resident_id:int->Resident manager_id:int?->Manager status:ComplaintStatus",
            ("open", "looked_into", "answered", "settled"),
        ),
        (
            "Tenants report if something in their flat is broken. The janitor looks at it and repairs it.",
            "Report",
            "description:str tenant_id:int->Tenant flat_id:int->Flat janitor_id:int?->Janitor status:ReportStatus",
            ("reported", "checked", "repaired"),
        ),
        (
            "Members tell us when a machine breaks, with a photo link. A volunteer checks it and repairs it.",
            "Report",
            (
                "description:str photo_link:HttpUrl member_id:int->Member machine_id:int->Machine "
                "volunteer_id:int?->Volunteer status:ReportStatus"
            ),
            ("reported", "checked", "repaired"),
        ),
        (
            "Cyclists report that a path is blocked, with the place and a photo link.",
            "Report",
            "description:str place:str photo_link:HttpUrl cyclist_id:int->Cyclist path_id:int->Path",
            (),
        ),
        (
            "Drivers report when one of our vans needs a repair, with the mileage.",
            "Report",
            "description:str mileage:int driver_id:int->Driver van_id:int->Van",
            (),
        ),
    ],
)
def test_what_is_reported_when_something_is_amiss_is_a_report(
    text: str, record: str, fields: str, states: tuple[str, ...]
) -> None:
    proposal = propose(talk(text))
    assert set(shape(proposal)[record].replace("short_", "").split()) == set(fields.split())
    assert enums(proposal).get(f"{record}Status", ()) == states
    assert quoted(proposal) == []


def test_who_may_not_close_what_somebody_else_reported_stays_a_task() -> None:
    text = "Teachers report when something in a classroom is broken. Nobody can close a report of somebody else."
    assert quoted(propose(talk(text))) == ["Nobody can close a report of somebody else"]


def test_what_is_told_of_a_state_or_a_slot_elsewhere_stays() -> None:
    text = "Tenants report if something in a flat is broken. A report is new, open or done. The janitor checks it and "
    assert enums(propose(talk(f"{text}repairs it.")))["ReportStatus"] == ("new", "open", "done")
    slots = propose(talk("Parents ask for a slot, the teacher agrees or declines. A slot has a start."))
    assert "Slot" in shape(slots)
    assert "Request" not in shape(slots)
