"""What is noted on an occasion, what a noun right before "which has" has, what is written when something happens."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_occasions import in_plain_occasions
from tests.planning.talking import asked_until_done, propose, shape, talk

DONATIONS = (
    "We organise blood donations. A donor has a name, a blood group (A, B, AB or 0) and a date of birth, and signs up "
    "for an appointment at a donation centre, which has an address and a number of chairs. Nobody may donate more "
    "often than every eight weeks, and after each donation the nurse notes the haemoglobin value and how much was "
    "taken in millilitres."
)
BICYCLES = (
    "A bicycle workshop: customers bring in their bikes, and for each bike we keep the frame number, brand and model. "
    "A repair order says what is wrong, gets a mechanic, and moves from received to in progress to ready to "
    "collected; the parts used are listed with quantity and price. An order can't be collected before it is paid."
)
ESCAPES = (
    "Our escape rooms have a name, a difficulty from 1 to 5 and a maximum number of players. Groups book a room for a "
    "date and a start time with a contact name, phone number and group size, and no group may be larger than the room "
    "allows. After the game the game master records whether they escaped and how many minutes they needed."
)
COSTUMES = (
    "Each costume has a name and a size. When a costume comes back damaged, the wardrobe assistant writes a damage "
    "report with a description and an estimated repair cost."
)


def test_a_donation_has_what_the_nurse_notes_and_a_centre_what_it_has() -> None:
    proposal = propose(talk(DONATIONS))
    assert shape(proposal) == {
        "Donor": "name:str blood_group:DonorBloodGroup date_of_birth:date",
        "Appointment": "donor_id:int->Donor donation_centre_id:int->DonationCentre starts_at:datetime",
        "DonationCentre": "address:str number_of_chairs:int",
        "Donation": (
            "haemoglobin_value:str amount_taken_in_millilitres:Decimal donor_id:int->Donor nurse_id:int?->Nurse"
        ),
        "Nurse": "name:str",
    }
    assert [one.values for one in proposal.specs.enums] == [("a", "b", "ab", "zero")]
    assert proposal.unread == ()
    assert [one.title for one in proposal.custom] == ["“Nobody may donate more often than every eight weeks”"]


def test_a_repair_order_has_its_bike_its_way_and_its_parts() -> None:
    proposal = propose(talk(BICYCLES))
    assert shape(proposal) == {
        "Customer": "name:str",
        "Bike": "frame_number:str brand:str model:str customer_id:int?->Customer",
        "RepairOrder": "problem:str is_paid:bool status:RepairOrderStatus bike_id:int->Bike mechanic_id:int->Mechanic",
        "Mechanic": "name:str",
        "Part": "name:str quantity:int price:Decimal repair_order_id:int->RepairOrder",
    }
    assert [one.values for one in proposal.specs.enums] == [("received", "in_progress", "ready", "collected")]
    assert proposal.unread == ()


def test_a_booking_has_its_moments_and_what_came_of_the_game() -> None:
    proposal = propose(talk(ESCAPES))
    assert shape(proposal)["Booking"] == (
        "date:date start_time:time contact_name:str phone_number:str group_size:str escaped:bool minutes:int "
        "group_id:int->Group escape_room_id:int->EscapeRoom game_master_id:int?->GameMaster"
    )
    assert set(shape(proposal)) == {"EscapeRoom", "Booking", "Group", "GameMaster"}
    assert proposal.unread == ()


def test_what_is_written_when_something_comes_back_belongs_to_it() -> None:
    proposal = propose(talk(COSTUMES))
    assert shape(proposal)["DamageReport"] == (
        "description:str estimated_repair_cost:Decimal costume_id:int->Costume "
        "wardrobe_assistant_id:int->WardrobeAssistant"
    )
    assert proposal.unread == ()


def test_who_notes_something_does_not_hide_that_it_is_linked_to_nothing() -> None:
    said = "Patients have a name. Each session has a date. After each session the therapist notes the progress."
    assert "links" in asked_until_done(talk(said))


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "After every drill the officer records how long it took.",
            "A drill may belong to an officer. A drill has how long it took.",
        ),
        (
            (
                "Teams book a pitch for a day and a start time with a contact name. At the end of each match "
                "the referee "
                "records the score."
            ),
            (
                "Each booking belongs to a team and a pitch. A booking has a day, a start time, a contact name. "
                "A booking "
                "may belong to a referee. A booking has the score."
            ),
        ),
        (
            "When a hive is inspected, the beekeeper notes the mood of the bees.",
            (
                "Each inspection belongs to a hive. An inspection may belong to a beekeeper. An inspection has "
                "the mood of "
                "the bees."
            ),
        ),
        (
            "When a turbine fails, the technician notes the cause and the downtime.",
            (
                "Each failure belongs to a turbine. A failure may belong to a technician. A failure has the "
                "cause and the "
                "downtime."
            ),
        ),
        (
            (
                "Visitors rent a boat for a day with a deposit. When a boat is returned, the harbour master "
                "notes the fuel "
                "level."
            ),
            (
                "Each rental belongs to a visitor and a boat. A rental has a day, a deposit. A rental may belong to a "
                "harbour master. A rental has the fuel level."
            ),
        ),
        (
            "Whenever a member returns a book, the librarian fills in a return slip with a condition.",
            "Each return slip belongs to a member, a book and a librarian. A return slip has a condition.",
        ),
        (
            "If a machine breaks down, an operator files a fault report with a description.",
            "Each fault report belongs to a machine and an operator. A fault report has a description.",
        ),
        (
            "When a car is damaged, an accident report is written by the driver with a date and a place.",
            "Each accident report belongs to a car and a driver. An accident report has a date and a place.",
        ),
        (
            "Tenants live in a flat in a building, which has an address.",
            "Tenants live in a flat in a building. A building has an address.",
        ),
        (
            "A parcel has a weight and moves from received to sorted to shipped.",
            "A parcel has a weight. A parcel moves from received to sorted to shipped.",
        ),
        (
            "Each repair has a date. The materials needed are recorded with amount and cost.",
            "Each repair has a date. Each material belongs to a repair. A material has a name, amount and cost.",
        ),
        (
            "Clients drop off their dogs. A grooming order has a price.",
            "Clients drop off their dogs. Each grooming order belongs to a dog. A grooming order has a price.",
        ),
        (
            "After each visit the nurse writes a visit report with a diagnosis and a weight.",
            "Each visit report belongs to a visit and a nurse. A visit report has a diagnosis and a weight.",
        ),
        (
            "We note how much honey was harvested in kilos.",
            "We note the amount of honey harvested in kilos.",
        ),
    ],
)
def test_each_way_of_speaking_has_one_meaning(said: str, plain: str) -> None:
    assert in_plain_occasions(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "When a member returns a book, it is available again.",
        "After the deadline the date can't be changed.",
        "When a costume comes back, the assistant writes an e-mail.",
        "A guest books a table for a date.",
        "When a customer pays, the clerk records a payment.",
        "After the date the clerk notes the reason.",
        "A train moves from a station to another one.",
    ],
)
def test_what_means_something_else_stays_as_it_is(said: str) -> None:
    assert in_plain_occasions(said) == said


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("A donor has a name and a blood group A, B, AB or 0.", ("a", "b", "ab", "zero")),
        ("A donor has a name and a blood group (A, B, AB or 0).", ("a", "b", "ab", "zero")),
        ("A donor has a blood group (A/B/AB/0) and a name.", ("a", "b", "ab", "zero")),
        ("A donor has a blood group (A+, A-, 0+ or 0-) and a name.", ("a_plus", "a_minus", "zero_plus", "zero_minus")),
        ("An exam has a date, a grade A, B, C, D or F and a room number.", ("a", "b", "c", "d", "f")),
        ("A licence has a class B, C or D and a number.", ("b", "c", "d")),
        ("A patient has a name and a risk group I, II or III.", ("i", "ii", "iii")),
        ("A hall has a name and an energy rating (A, B, C or D).", ("a", "b", "c", "d")),
        ("Each wine has a name and a category of A, B or C.", ("a", "b", "c")),
    ],
)
def test_short_codes_behind_a_field_are_its_values(said: str, values: tuple[str, ...]) -> None:
    proposal = propose(talk(said))
    assert [one.values for one in proposal.specs.enums] == [values]
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "link"),
    [
        (
            "Each donation has a date. Each appointment is at a donation centre.",
            "donation_centre_id:int->DonationCentre",
        ),
        ("Books have a title. Each reading belongs to a book club.", "book_club_id:int->BookClub"),
        ("Tickets have a number. Each member works at a ticket desk.", "ticket_desk_id:int->TicketDesk"),
    ],
)
def test_half_a_word_is_no_name(said: str, link: str) -> None:
    proposal = propose(talk(said))
    assert any(link in fields for fields in shape(proposal).values())
    assert proposal.unread == ()


def test_a_change_links_to_what_it_names_whole() -> None:
    base = "Each donation has a date. An appointment has a day and a number of chairs."
    change = "each appointment is at a donation centre; a donation centre has an address"
    assert shape(propose(talk(base, changes=(change,)))) == {
        "Donation": "date:date",
        "Appointment": "day:date number_of_chairs:int donation_centre_id:int->DonationCentre",
        "DonationCentre": "address:str",
    }
