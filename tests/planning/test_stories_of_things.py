"""What people tell as a story: what is brought in and what becomes of it, what is lent, and what is taken back."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_stories import in_plain_stories
from tests.planning.talking import asked, enums, propose, quoted, shape, talk

CAFE = (
    "Visitors bring in broken things and we write down what it is, what's wrong with it and the visitor's phone "
    "number. A volunteer takes care of it. In the end it's either repaired, thrown away or taken home as it is."
)
LENT = (
    "We lend wheelchairs and crutches to patients. Each has a tag. A patient borrows it and leaves a deposit, "
    "which they get back on return. If it's not back after 30 days we call them."
)


def test_what_is_brought_in_is_a_thing_with_what_becomes_of_it() -> None:
    proposal = propose(talk(CAFE))
    assert shape(proposal) == {
        "Visitor": "name:str phone_number:str",
        "BrokenThing": (
            "description:str fault:str status:BrokenThingStatus visitor_id:int->Visitor volunteer_id:int->Volunteer"
        ),
        "Volunteer": "name:str",
    }
    assert enums(proposal)["BrokenThingStatus"] == ("repaired", "thrown_away", "taken_home")
    assert not proposal.unread


def test_each_of_several_things_that_are_lent_has_loans_of_its_own() -> None:
    found = shape(propose(talk(LENT)))
    assert found["Wheelchair"] == found["Crutch"] == "tag:str"
    for name, thing in (("WheelchairLoan", "wheelchair"), ("CrutchLoan", "crutch")):
        assert f"{thing}_id:int->{thing.capitalize()}" in found[name]
        assert "deposit:Decimal" in found[name]
        assert "patient_id:int->Patient" in found[name]
    assert "link:borrow:patient:wheelchair" in asked(talk(LENT))


def test_what_happens_to_what_is_lent_stays_quoted() -> None:
    unread = quoted(propose(talk(LENT)))
    assert "A patient borrows it and leaves a deposit, which they get back on return" in unread
    assert "If it's not back after 30 days we call them" in unread


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Track the beehives... no, forget that. We run a makerspace.", "We run a makerspace."),
        ("We collect radios. No, wait, let's do cameras.", "We keep cameras."),
        ("A list of our boats, no wait, of our moorings.", "A list of our moorings."),
        ("We keep boats, I mean moorings.", "We keep moorings."),
        ("Track the dogs; sorry, I meant cats.", "Track the cats."),
        (
            "A repair has a date. In the end the watch is sold or thrown away.",
            "A repair has a date. A watch is either sold or thrown away.",
        ),
        ("Keep our books. Oh no, scratch that! We have films.", "We have films."),
        ("A member has a nickname, no wait, a username.", "A member has a username."),
        ("We have a phone, or rather an e-mail.", "We have an e-mail."),
        ("Our farm has fields.", "we keep fields."),
        ("Our shop sells vinyl records. A record has a title.", "we keep records. A record has a title."),
        ("In our restaurant there are tables.", "we keep tables."),
        ("We rent rooms to guests.", "we keep rooms. Guests rent rooms."),
        (
            "Farmers bring samples and we write down the date and the farmer's name.",
            "A farmer has a name. A sample belongs to a farmer. A sample has the date.",
        ),
    ],
)
def test_a_story_is_said_plainly(said: str, plain: str) -> None:
    assert in_plain_stories(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "Don't forget that members have a name.",
        "We never cancel it. Please forget the price.",
        "A nurse looks after them.",
        "Our cat has kittens.",
        "We lend laptops to pupils.",
        "No, forget that.",
        "We have no members.",
    ],
)
def test_what_is_no_story_stays_as_it_is(said: str) -> None:
    assert in_plain_stories(said) == said


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Our farm has fields. A field has a name.", {"Field": "name:str"}),
        (
            "Farmers own fields. Each field has a size in hectares and a crop.",
            {"Farmer": "name:str", "Field": "size_hectares:float crop:str farmer_id:int->Farmer"},
        ),
        (
            "Our shop sells vinyl records. A record has a title, an artist and a year.",
            {"Record": "title:str artist:str year:int"},
        ),
        ("Forms have fields. A field has a label.", {"Form": "name:str", "Field": "label:str"}),
    ],
)
def test_a_thing_may_be_called_like_a_word_of_ours(said: str, expected: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == expected
    assert not proposal.unread


def test_records_and_fields_of_anything_else_are_no_things() -> None:
    found = shape(propose(talk("A tool has a name. Each record has a date. A field for the price is optional.")))
    assert found == {"Tool": "name:str"}


COURIERS = (
    "Drivers of our courier firm report damage to vans. A report says which van, what is wrong and how bad it is: "
    "minor, serious or unsafe. A mechanic closes the report with a note; a van has a number plate and a mileage, and "
    "with an open unsafe report it mustn't be driven."
)


def test_what_is_reported_and_closed_names_its_people_and_keeps_the_facts_before_a_ban() -> None:
    proposal = propose(talk(COURIERS))
    found = shape(proposal)
    assert found["Van"] == "number_plate:str! mileage:int"
    for field in ("description:str", "driver_id:int->Driver", "van_id:int->Van", "mechanic_id:int?->Mechanic"):
        assert field in found["Report"].split()
    assert enums(proposal)["ReportSeverity"] == ("minor", "serious", "unsafe")
    assert enums(proposal)["ReportStatus"] == ("open", "closed")
    assert "note:str?" in found["Report"]
    assert "it mustn't be driven" in str((proposal.unread, proposal.custom))


@pytest.mark.parametrize(
    ("text", "name", "ban"),
    [
        ("A bed has a number and a ward, and without a clean sheet it can't be given away.", "Bed", "clean sheet"),
        ("A lane has a number and a depth, and during a lesson it must not be used.", "Lane", "during a lesson"),
        ("A bike has a frame number and a colour, but with a flat tyre it can't be rented.", "Bike", "flat tyre"),
        ("A boat has a name and a length, and in bad weather it may not leave the harbour.", "Boat", "bad weather"),
        ("A locker has a number and a size, and after three reminders nobody may use it.", "Locker", "reminders"),
        ("A horse has a name and a breed, and on hot days it must not be ridden.", "Horse", "hot days"),
        ("Members have a name and an e-mail, and without a paid fee they can't vote.", "Member", "paid fee"),
        ("A car has a plate and a colour, and if its inspection is overdue it mustn't be driven.", "Car", "overdue"),
        ("Vans have a number plate and a mileage, with an open report they mustn't be driven.", "Van", "open report"),
    ],
)
def test_a_ban_behind_plain_facts_is_quoted_and_the_facts_are_read(text: str, name: str, ban: str) -> None:
    proposal = propose(talk(f"We keep a list. {text}"))
    assert list(shape(proposal)) == [name]
    assert len(shape(proposal)[name].split()) == 2
    assert ban in str((proposal.unread, proposal.custom))


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Climbers log an ascent with the date; a route that is down can't be climbed any more.", "route"),
        ("Members log a ride with the date; a bike that is broken can't be ridden any more.", "bike"),
        ("Divers log a dive with the depth; a site that is closed can't be dived.", "site"),
        ("Pilots log a flight with the date. A plane that is damaged must not be flown.", "plane"),
    ],
)
def test_what_a_deed_is_done_to_is_named_by_its_record(text: str, link: str) -> None:
    assert f" belongs to a {link}. " in in_plain_stories(text)
