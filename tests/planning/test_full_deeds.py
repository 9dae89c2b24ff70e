"""Deeds as people tell them to a colleague, with all details in one sentence: who, what, with whom, when, how many."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.full_deeds import read_full_deed
from tests.planning.talking import asked, propose, quoted, rules_of, shape, talk

TOLD = {
    "A potter (name, phone number) books a firing in a kiln from a start to an end time and says how many pieces go "
    "in.": {
        "Potter": "name:str phone_number:str",
        "Firing": "starts_at:datetime ends_at:datetime pieces:int potter_id:int->Potter kiln_id:int->Kiln",
    },
    "A team (name, captain) books a court from a start to an end and says how many players come.": {
        "Team": "name:str captain:str",
        "Booking": "starts_at:datetime ends_at:datetime players:int team_id:int->Team court_id:int->Court",
    },
    "Drivers (name, phone) offer a ride from a place to another place on a date and say how many seats are free.": {
        "Driver": "name:str phone:str",
        "Ride": "from_place:str to_place:str date:date seats:int driver_id:int->Driver",
    },
    "A patient (name, date of birth) books a consultation with a doctor on a date, along with a reason.": {
        "Patient": "name:str date_of_birth:date",
        "Consultation": "date:date reason:str patient_id:int->Patient doctor_id:int->Doctor",
    },
    "A customer (name, phone) orders a cake for a day and says which message goes on it.": {
        "Customer": "name:str phone:str",
        "Order": "date:date message:str customer_id:int->Customer cake_id:int->Cake",
    },
    "A school class books a guided tour with a guide on a date and says how many pupils come.": {
        "GuidedTour": "date:date pupils:int school_class_id:int->SchoolClass guide_id:int->Guide",
    },
    "A mechanic with a name and an hourly rate repairs a bike on a date and notes what was replaced.": {
        "Mechanic": "name:str hourly_rate:Decimal",
        "Repair": "date:date replaced_item:str mechanic_id:int->Mechanic bike_id:int->Bike",
    },
    "A guest books a room that has a number and a price per night for a number of people from an arrival date to a "
    "departure date.": {
        "Room": "number:str price_per_night:Decimal",
        "Booking": "number_of_people:int arrival_date:date departure_date:date guest_id:int->Guest room_id:int->Room",
    },
    "A parent books a place in a course for a child on a date and says how old it is.": {
        "Booking": "date:date age:int parent_id:int->Parent course_id:int->Course child_id:int->Child",
    },
    "A donor (name, phone) gives an object to the museum on a date and says where it was found.": {
        "Object": "date:date place_found:str donor_id:int->Donor",
    },
    "A curator requests an object for an exhibition from a first day to a last day and notes why.": {
        "Request": "first_day:date last_day:date reason:str curator_id:int->Curator object_id:int->Object "
        "exhibition_id:int->Exhibition",
    },
    "A guide leads a tour on a date and for a number of people.": {
        "Tour": "date:date number_of_people:int guide_id:int->Guide",
    },
    "A member, who gives a name and a phone number, reserves a boat on a date and for a number of hours.": {
        "Member": "name:str phone_number:str",
        "Reservation": "date:date number_of_hours:int member_id:int->Member boat_id:int->Boat",
    },
}  # fmt: skip
RULES = ["due_at = lent_at + 7 days", "one open Loan per item until returned_at"]
LOAN = "student_id:int->Student item_id:int->Item lent_at:datetime due_at:datetime returned_at:datetime?"


@pytest.mark.parametrize(("text", "things"), TOLD.items())
def test_a_deed_is_one_record_with_all_that_is_said_of_it(text: str, things: dict[str, str]) -> None:
    proposal = propose(talk(text))
    assert {name: shape(proposal)[name] for name in things} == things
    assert not quoted(proposal)
    assert {question.partition(":")[0] for question in asked(talk(text))} <= {"fields", "use"}


def test_a_visit_that_is_booked_has_a_moment_unless_another_sentence_says_when_it_is() -> None:
    visit = "An owner books a visit for an animal with a vet."
    ends = "owner_id:int->Owner animal_id:int->Animal vet_id:int->Vet"
    assert shape(propose(talk(visit)))["Visit"] == f"{ends} starts_at:datetime ends_at:datetime?"
    assert shape(propose(talk(visit, "A visit has a date.")))["Visit"] == f"date:date {ends}"


@pytest.mark.parametrize(
    "text",
    [
        (
            "A student with a matriculation number takes an item for at most seven days, and an item that is out can't "
            "be taken by someone else."
        ),
        (
            "Items such as a projector can be lent to a student (matriculation number) for up to seven days, and no "
            "item that is already out may be lent to somebody else."
        ),
        "A student (matriculation number) borrows an item for a week, and nobody can borrow an item that is lent.",
        (
            "A student, who has a matriculation number, takes out an item for no more than 7 days. An item which is on "
            "loan cannot be lent again."
        ),
    ],
)  # fmt: skip
def test_what_is_taken_comes_back_in_time_and_is_out_once_only(text: str) -> None:
    proposal = propose(talk(text))
    assert shape(proposal) == {"Student": "name:str matriculation_number:str", "Item": "name:str", "Loan": LOAN}
    assert sorted(rules_of(proposal)) == RULES
    assert not quoted(proposal)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Tools such as a wheelbarrow can be lent to a gardener until a given day.", "gardener"),
        ("We lend our tools to gardeners until an agreed day.", "gardener"),
        ("A neighbour borrows a tool until a given day.", "neighbour"),
        ("A tool is lent to a volunteer until a return date.", "volunteer"),
    ],
)
def test_what_is_lent_until_a_day_is_a_loan(text: str, who: str) -> None:
    proposal = propose(talk(text))
    dates = "lent_at:datetime due_at:datetime returned_at:datetime?"
    assert shape(proposal)["Loan"] == f"{who}_id:int->{who.capitalize()} tool_id:int->Tool {dates}"
    assert not quoted(proposal)


def test_an_example_of_what_is_lent_is_said_back_as_that() -> None:
    proposal = propose(talk("Batteries such as a power bank can be lent to a camper until a given day."))
    assert "“such as a power bank” is an example of batteries" in proposal.assumptions


def test_what_is_rented_for_a_season_names_it_and_a_quota_counts_its_rows() -> None:
    proposal = propose(talk("A gardener rents a plot for one season, and nobody may rent more than two plots."))
    assert shape(proposal)["Rental"] == "season:str gardener_id:int->Gardener plot_id:int->Plot"
    assert rules_of(proposal) == ["at most 2 Rental per gardener"]
    assert quoted(proposal) == []


def test_a_season_that_people_told_of_is_named_by_the_rental() -> None:
    text = "A season has a name and a start date. A singer rents a costume for a season on a date."
    assert "season_id:int->Season" in shape(propose(talk(text)))["Rental"]


def test_whoever_it_is_is_no_thing_and_who_it_was_is_asked() -> None:
    text = "Kayaks have a number. Anybody can borrow a kayak for at most two hours."
    assert set(shape(propose(talk(text)))) == {"Kayak", "Loan"}
    assert "doer:loan" in asked(talk(text))


@pytest.mark.parametrize(
    ("text", "title", "left"),
    [
        ("We are a small vet practice with an emergency rota.", "Vet practice", ["with an emergency rota"]),
        ("I run a car pool with my neighbours.", "Car pool", []),
        ("We're a sports hall.", "Sports hall", []),
        ("This is for our pottery workshop.", "Pottery workshop", []),
        ("I work for a museum in the old town.", "Museum", []),
    ],
)
def test_whoever_speaks_is_what_the_whole_is_called_and_no_thing(text: str, title: str, left: list[str]) -> None:
    proposal = propose(talk(f"{text} Animals have a name and a species."))
    assert set(shape(proposal)) == {"Animal"}
    assert (proposal.title, list(proposal.unread)) == (title, left)


def test_what_a_club_has_so_many_of_are_things() -> None:
    text = "Our choir has 40 singers and about 200 scores. A singer borrows a score for at most three weeks."
    assert set(shape(propose(talk(text)))) == {"Singer", "Score", "Loan"}


def test_a_library_that_is_described_stays_a_thing() -> None:
    text = "We are a library. A library has a name and an address. Books have a title and belong to a library."
    assert "Library" in shape(propose(talk(text)))


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("An animal has a name, a race and an owner with a phone number.", "name:str race:str owner_id:int->Owner"),
        ("An animal has a name and its owner with a phone number.", "name:str owner_id:int->Owner"),
        ("Animals have a name and an owner who has a name and a phone number.", "name:str owner_id:int->Owner"),
    ],
)  # fmt: skip
def test_one_other_with_its_facts_inside_a_thing_is_named_by_it(text: str, fields: str) -> None:
    found = shape(propose(talk(text)))
    assert found["Animal"] == fields
    assert "phone_number:str" in found["Owner"]


@pytest.mark.parametrize(
    "text",
    [
        "A cake has a name and costs a price.",
        "Cakes have a name and cost a price.",
        "A cake has a name and goes for a price.",
        "A cake has a name. It is sold for a price.",
    ],
)
def test_what_costs_a_price_has_one(text: str) -> None:
    assert shape(propose(talk(text))) == {"Cake": "name:str price:Decimal"}


@pytest.mark.parametrize(
    ("text", "things"),
    [
        (
            "A concert takes place on a date in a church and has a programme.",
            {"Concert": "date:date programme:str church_id:int->Church"},
        ),
        (
            "The tour is on a date, for a number of people and costs a price per person.",
            {"Tour": "date:date number_of_people:int price_per_person:Decimal"},
        ),
        (
            "A class is on a weekday at a time for a number of weeks.",
            {"Class": "weekday:str time:time number_of_weeks:int"},
        ),
        (
            "Volunteers help at an event on a date for a number of hours.",
            {
                "Event": "date:date",
                "Participation": "number_of_hours:int volunteer_id:int->Volunteer event_id:int->Event",
            },
        ),
        (
            "Our singers (name, voice) sing in concerts, and each concert is on a date in a hall.",
            {
                "Singer": "name:str voice:str",
                "Concert": "date:date hall_id:int->Hall",
                "Participation": "singer_id:int->Singer concert_id:int->Concert",
            },
        ),
        (
            "A room costs a price per night and is for a number of people.",
            {"Room": "price_per_night:Decimal number_of_people:int"},
        ),
        (
            "A firing is booked by a potter in a kiln from a start to an end.",
            {"Firing": "starts_at:datetime ends_at:datetime potter_id:int->Potter kiln_id:int->Kiln"},
        ),
        (
            "Members may keep a tool for two weeks, and a tool can be out with one member at a time.",
            {"Loan": "member_id:int->Member tool_id:int->Tool lent_at:datetime due_at:datetime returned_at:datetime?"},
        ),
        (
            "A member borrows a key and returns it by a given day.",
            {"Loan": "member_id:int->Member key_id:int->Key lent_at:datetime due_at:datetime returned_at:datetime?"},
        ),
        (
            "A patient (name, date of birth) sees a doctor on a date and says what is wrong.",
            {"Visit": "date:date problem:str patient_id:int->Patient doctor_id:int->Doctor"},
        ),
    ],
)  # fmt: skip
def test_when_where_and_for_how_many_something_is(text: str, things: dict[str, str]) -> None:
    proposal = propose(talk(text))
    assert {name: shape(proposal)[name] for name in things} == things
    assert not quoted(proposal)


@pytest.mark.parametrize(
    "text",
    [
        "Rooms are in a building on a street in a city.",
        "A member with a card borrows books with a title and an author.",
        "Tenants rent flats through leases.",
        "Guests book rooms in advance and by phone.",
    ],
)
def test_what_is_no_deed_with_details_is_read_as_before(text: str) -> None:
    assert read_full_deed(text.strip(" ."), frozenset()) is None


@pytest.mark.parametrize(
    ("text", "things"),
    [
        (
            "A client (name, phone) brings a bike for a repair and says what broke. A mechanic repairs it on a day.",
            {
                "Client": "name:str phone:str",
                "Repair": "problem:str day:date client_id:int->Client bike_id:int->Bike "
                "mechanic_id:int->Mechanic",
                "Mechanic": "name:str",
            },
        ),
        (
            "Bikes have a number. A mechanic repairs it on a date and notes what was replaced.",
            {"Repair": "date:date replaced_item:str mechanic_id:int->Mechanic bike_id:int->Bike"},
        ),
        (
            "A gardener waters a bed on a date.",
            {"Watering": "date:date gardener_id:int->Gardener bed_id:int->Bed"},
        ),
        (
            "A technician calibrates a gauge on a date and notes the deviation.",
            {"Calibration": "date:date deviation:str technician_id:int->Technician gauge_id:int->Gauge"},
        ),
        (
            "A volunteer signs up for a shift on a date along with a comment.",
            {"Registration": "date:date comment:str volunteer_id:int->Volunteer shift_id:int->Shift"},
        ),
        (
            "A lender (name, country) lends an object to us until a return date and says where it comes from.",
            {
                "Lender": "name:str country:str",
                "Loan": "origin:str lender_id:int->Lender object_id:int->Object lent_at:datetime "
                "due_at:datetime returned_at:datetime?",
            },
        ),
        (
            "In our workshop a user takes a drill for up to four hours.",
            {"Loan": "user_id:int->User drill_id:int->Drill lent_at:datetime due_at:datetime returned_at:datetime?"},
        ),
        (
            "A hiker reserves one of our bunks in a hut from an arrival date to a departure date.",
            {
                "Reservation": "arrival_date:date departure_date:date hiker_id:int->Hiker bunk_id:int->Bunk",
                "Bunk": "hut_id:int->Hut name:str",
            },
        ),
    ],
)  # fmt: skip
def test_what_is_done_to_a_thing_is_a_record_of_its_own(text: str, things: dict[str, str]) -> None:
    proposal = propose(talk(text))
    assert {name: shape(proposal)[name] for name in things} == things
    assert not quoted(proposal)
