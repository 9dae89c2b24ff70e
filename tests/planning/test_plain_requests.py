"""What people ask of each other: who brings what to whom, who decides, who comes, what a room is reserved for."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_requests import in_plain_requests
from tests.planning.talking import propose, shape, talk

FLATS = "We rent out holiday flats. A guest books a flat from one day to another and pays a deposit."
CHOIR = (
    "A community choir wants to plan concerts. For each concert we have a date and a venue; singers say if they "
    "can come."
)
PARCELS = (
    "Drivers bring parcels to customers. Every parcel has a tracking number; it's at the depot, on its way, "
    "delivered or "
    "refused."
)
MEETINGS = (
    "Our company has meeting rooms. Colleagues reserve a room for a meeting with a topic and a number of "
    "participants. No "
    "two meetings in one room at the same time."
)
HOLIDAYS = "Employees request holidays from one date to another. Their manager approves or declines."
CANTEEN = "The school canteen sells meals. A pupil has a card with a balance, buys a meal."


@pytest.mark.parametrize(
    ("said", "things"),
    [
        (
            FLATS,
            {
                "Flat": "name:str",
                "Guest": "name:str",
                "Booking": "from_day:date to_day:date deposit:Decimal guest_id:int->Guest flat_id:int->Flat",
            },
        ),
        (
            CHOIR,
            {
                "Concert": "date:date venue:str",
                "Attendance": "come:bool singer_id:int->Singer concert_id:int->Concert",
                "Singer": "name:str",
            },
        ),
        (
            PARCELS,
            {
                "Parcel": "tracking_number:str! status:ParcelStatus driver_id:int->Driver customer_id:int->Customer",
                "Driver": "name:str",
                "Customer": "name:str",
            },
        ),
        (
            MEETINGS,
            {
                "Room": "name:str",
                "Meeting": "start:datetime end:datetime topic:str number_of_participants:int "
                "colleague_id:int->Colleague room_id:int->Room",
                "Colleague": "name:str",
            },
        ),
        (
            HOLIDAYS,
            {
                "Employee": "name:str",
                "Holiday": "from_date:date to_date:date status:HolidayStatus employee_id:int->Employee "
                "manager_id:int?->Manager",
                "Manager": "name:str",
            },
        ),
        (
            CANTEEN,
            {
                "Meal": "name:str",
                "Pupil": "card_id:int->Card name:str",
                "Card": "balance:Decimal",
                "Purchase": "pupil_id:int->Pupil meal_id:int->Meal purchased_at:datetime",
            },
        ),
    ],
)
def test_an_idea_is_read_as_its_writer_means_it(said: str, things: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == things
    assert proposal.unread == ()


NOTARY = (
    "Our notary's office handles files. Every file has a reference number, a client and a clerk who works on it; "
    "documents are attached to a file with a title. A file is open, on hold or closed, and nothing can be added to a "
    "closed file."
)


def test_nothing_is_no_thing_and_who_works_on_it_is_a_link() -> None:
    proposal = propose(talk(NOTARY))
    assert shape(proposal) == {
        "File": "reference_number:str client:str status:FileStatus clerk_id:int->Clerk",
        "Clerk": "name:str",
        "Document": "title:str file_id:int->File",
    }
    assert [task.title for task in proposal.custom] == ["“nothing can be added to a closed file”"]


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "A fighter has a weight, they take part in tournaments and we keep their placing.",
            (
                "A fighter has a weight. Each participation belongs to a fighter and a tournament. A "
                "participation has a placing."
            ),
        ),
        ("A courier carries a letter to a tenant.", "Each letter belongs to a courier and a tenant."),
        (
            "Students hand in essays. A teacher accepts or rejects.",
            (
                "Students hand in essays. An essay may belong to a teacher. An essay is submitted, then accepted or "
                "rejected."
            ),
        ),
        (
            "Families apply for an allotment and we decide yes or no.",
            "Families apply for an allotment. An allotment is submitted, then accepted or refused.",
        ),
        (
            "Every lamp has a number; it's in the store, on loan or broken.",
            "Every lamp has a number; A lamp has a status (in_store/on_loan/broken).",
        ),
        (
            "A member has a locker with a code, rents a towel.",
            "A member has a locker with a code. A member rents a towel.",
        ),
    ],
)
def test_it_is_said_plainly(said: str, plain: str) -> None:
    assert in_plain_requests(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "Trucks bring parcels to depots.",
        "Wheels take part in tournaments.",
        "The manager approves or declines.",
        "Members say if they can come.",
        "A lamp has a number. It's new, old or broken.",
        "We rent out holiday flats. A holiday flat has a name, a flat has a number.",
        "A room has a number, takes a key.",
        "Machines reserve a slot for a meeting.",
    ],
)
def test_what_means_something_else_stays_as_it_was_said(said: str) -> None:
    assert in_plain_requests(said) == said
