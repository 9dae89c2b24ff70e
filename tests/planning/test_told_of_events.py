"""What is told behind a deed is kept about the deed: of an application, a reservation, a booking; not of the object."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, propose, quoted, shape, talk

WITH_FACTS = {
    "Candidates apply to jobs with a CV and a cover letter. Jobs have a title.": (
        "Application", "cv:str cover_letter:str candidate_id:int->Candidate job_id:int->Job",
    ),
    "Guests reserve tables for a date and a number of people. A table has a number.": (
        "Reservation", "date:date number_of_people:int guest_id:int->Guest table_id:int->Table",
    ),
    "Customers rent vans from a pick-up date to a return date. Vans have a plate.": (
        "Rental", "pick_up_date:date return_date:date customer_id:int->Customer van_id:int->Van",
    ),
    "Employees can book a court for a time slot. Courts have a number.": (
        "Booking", "starts_at:datetime ends_at:datetime employee_id:int->Employee court_id:int->Court",
    ),
    "Students enroll in courses with a grade and a start date. Courses have a title.": (
        "Enrollment", "grade:str start_date:date student_id:int->Student course_id:int->Course",
    ),
    "Visitors rate museums with a score and a comment. Museums have a name.": (
        "Rating", "score:int comment:str visitor_id:int->Visitor museum_id:int->Museum",
    ),
    "Volunteers register for shifts with a note. Shifts have a start and an end.": (
        "Registration", "note:str volunteer_id:int->Volunteer shift_id:int->Shift",
    ),
    "Members borrow tools with a due date. Tools have a name.": (
        "Loan", "due_date:date member_id:int->Member tool_id:int->Tool",
    ),
}  # fmt: skip
OF_THE_OBJECT = {
    "Members borrow books with a title and an author.": ("Book", "title:str author:str"),
    "Customers rent boats with a name and a length.": ("Boat", "name:str length:float"),
}


@pytest.mark.parametrize("text", WITH_FACTS)
def test_facts_behind_a_deed_are_kept_about_its_record_and_nobody_is_asked(text: str) -> None:
    name, fields = WITH_FACTS[text]
    proposal = propose(talk(text))

    assert shape(proposal)[name] == fields
    assert not quoted(proposal)
    assert not [one for one in asked(talk(text)) if one.startswith("link:")]
    assert len(shape(proposal)) == 3


@pytest.mark.parametrize("text", OF_THE_OBJECT)
def test_what_names_the_object_stays_with_it(text: str) -> None:
    name, fields = OF_THE_OBJECT[text]

    assert shape(propose(talk(text)))[name] == fields


def test_a_time_slot_of_a_record_that_is_listed_is_its_own() -> None:
    text = "Rooms with a name, and bookings. Staff book a room for a time slot."

    assert shape(propose(talk(text)))["Booking"].startswith("starts_at:datetime ends_at:datetime")
