"""What people tell as a story: what is brought in and what becomes of it, what is lent, and what is taken back."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_stories import in_plain_stories
from tests.planning.talking import asked, enums, propose, shape, talk

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
        "Visitor": "phone_number:str",
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
    unread = propose(talk(LENT)).unread
    assert "On return they get the deposit back" in unread
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
