"""Answers that plainly deny or correct what a question is about are taken the first time, with what follows."""

from __future__ import annotations

import time

import pytest

from bot.planning.built_in.phrases.denied_nouns import denied_nouns
from bot.planning.built_in.phrases.told_denials import counted_in, in_short_denial, of_ourselves, only_one
from tests.planning.talking import asked, propose, shape, talk

ROOMS = "Rooms have a name. A desk belongs to a room. Courses have a title. Each course is in a room."
FLIGHTS = (
    "Flights have a number and a date. Each flight belongs to a gate. "
    "Passengers have a name and a phone number. Each passenger is on a flight."
)
REPAIRS = "Repairs have a price. Each repair is of a bike. Each repair is done by a mechanic."
PARCELS = "Parcels have a weight and a phone number. Each parcel belongs to a shelf."
FIRMS = {
    "company": "Flights have a number. Each flight belongs to a company.",
    "bakery": "Breads have a name. Each bread belongs to a bakery.",
    "shop": "Cakes have a price. Each cake belongs to a shop.",
}


@pytest.mark.parametrize(
    "answer",
    ["There is no list of desks", "I told you, there are no desks to keep", "We have no desks", "no list of desks",
     "we don't keep a list of desks", "I told you already: no desks!", "As I said, there are no desks",
     "we've said that there are no desks", "there is no separate list of the desks", "We have no desks to manage"],
)  # fmt: skip
def test_what_is_not_kept_goes_with_its_links(answer: str) -> None:
    conversation = talk(ROOMS, answers={"fields:desk": answer})
    assert shape(propose(conversation)) == {"Room": "name:str", "Course": "title:str room_id:int->Room"}
    assert not any("desk" in key for key in asked(conversation))


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("There is no list of desks, we just count the pupils", "number_of_pupils:int"),
        ("There is no list of desks. We just count the pupils.", "number_of_pupils:int"),
        ("there are no desks, just the number of pupils", "number_of_pupils:int"),
        ("We have no desks, we only note how many there are", "number_of_desks:int"),
        ("no list of desks, we just count them", "number_of_desks:int"),
    ],
)
def test_what_is_only_counted_is_a_number(answer: str, kept: str) -> None:
    proposal = propose(talk(ROOMS, answers={"fields:desk": answer}))
    assert shape(proposal)["Room"] == f"name:str {kept}"
    assert "Desk" not in shape(proposal)
    assert proposal.unread == ()


def test_what_is_kept_itself_is_counted_there_and_gets_no_number() -> None:
    said = "There is no list of desks, we just count the courses"
    proposal = propose(talk(ROOMS, answers={"fields:desk": said}))
    assert shape(proposal)["Room"] == "name:str"
    assert "“we just count the courses” (Jon)" in proposal.decisions


@pytest.mark.parametrize("answer", ["There is no list of desks yet", "we have no list of desks, that's the problem"])
def test_who_misses_a_list_denies_nothing(answer: str) -> None:
    assert "Desk" in shape(propose(talk(ROOMS, answers={"fields:desk": answer})))


@pytest.mark.parametrize("firm", FIRMS)
@pytest.mark.parametrize(
    "answer",
    ["The {0} is just us, we don't need to keep that", "the {0} is us", "That's us", "we are the {0}",
     "There is only one {0}, us", "it's just us, no need to keep it", "The {0} is our own, we need no record of it"],
)  # fmt: skip
def test_a_firm_that_is_whoever_speaks_is_not_kept(firm: str, answer: str) -> None:
    conversation = talk(FIRMS[firm], answers={f"fields:{firm}": answer.format(firm)})
    assert len(shape(propose(conversation))) == 1
    assert f"{firm}_id" not in str(shape(propose(conversation)))
    assert not any(firm in key for key in asked(conversation))


@pytest.mark.parametrize("firm", ["shop"])
@pytest.mark.parametrize(
    "answer",
    ["there's just one {0}", "we only have the one", "we are one {0}", "it is our own {0}", "always the same",
     "no need for that, it's always the same one", "The {0}? That's us.", "that's us, the {0}",
     "Our {0}? There is only one.", "sorry, wrong question, the {0} is us"],
)  # fmt: skip
def test_what_there_is_only_one_of_is_not_kept_and_was_understood(firm: str, answer: str) -> None:
    proposal = propose(talk(FIRMS[firm], answers={f"fields:{firm}": answer.format(firm)}))
    assert (len(shape(proposal)), proposal.unread) == (1, ())


def test_one_of_what_another_has_several_of_is_no_denial() -> None:
    assert "Desk" in shape(propose(talk("A room has many desks.", answers={"fields:desk": "there's only one desk"})))


@pytest.mark.parametrize("answer", ["a weight; {0}", "a weight and a note. {0}", "weight, and {0}", "a weight, {0}"])
@pytest.mark.parametrize(
    "other",
    ["there is no list of mechanics", "mechanics aren't kept", "I told you, there are no mechanics",
     "as for the mechanics, there is no list of them"],
)  # fmt: skip
def test_what_an_answer_says_of_another_thing_is_taken_too(answer: str, other: str) -> None:
    conversation = talk(REPAIRS, answers={"fields:bike": answer.format(other)})
    assert "Mechanic" not in shape(propose(conversation))
    assert shape(propose(conversation))["Bike"].startswith("weight:float")
    assert asked(conversation) == ["use"]


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("a weight, and the mechanic is just text", "mechanic:str"),
        ("a weight; a mechanic is only a number on the repair", "mechanic:int"),
        ("weight, the mechanic is just the letter on the repair", "mechanic:str"),
        ("a weight. And mechanics are just a name on the repair too", "mechanic:str"),
    ],
)
def test_another_thing_that_is_only_a_field_is_kept_where_it_hung(answer: str, kept: str) -> None:
    proposal = propose(talk(REPAIRS, answers={"fields:bike": answer}))
    assert shape(proposal) == {"Repair": f"price:Decimal bike_id:int->Bike {kept}", "Bike": "weight:float"}
    assert proposal.unread == ()


def test_who_did_it_may_be_a_name_written_on_it() -> None:
    for answer in ("Just the mechanic's name on the repair", "only a name on the repair"):
        assert "mechanic:str" in shape(propose(talk(REPAIRS, answers={"fields:mechanic": answer})))["Repair"]
    for answer in ("only the mechanic's name", "it's just a name", "they're only names"):
        assert shape(propose(talk(REPAIRS, answers={"fields:mechanic": answer})))["Mechanic"] == "name:str"


BOXES = "Boxes have a weight. Each box belongs to a client. Each pallet holds several boxes. A pallet has a colour."


@pytest.mark.parametrize(
    ("answer", "client"),
    [
        ("Yes, but a client is just text", "client:str"),
        ("yes, and the client is just a name on the box", "client:str"),
        ("Yes; the client is only a number of the box", "client:int"),
        ("yes, but there are no clients", ""),
        ("Yes, several. No list of clients!", ""),
    ],
)
def test_both_parts_of_an_answer_about_a_link_are_taken(answer: str, client: str) -> None:
    conversation = talk(BOXES, answers={"several:pallet:box": answer})
    assert shape(propose(conversation))["Box"] == f"weight:float {client}".strip()
    assert {"PalletBox"} < set(shape(propose(conversation)))
    assert not any("client" in key for key in asked(conversation))


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("There is no list of guests, just how many there were", "number_of_guests:int"),
        ("we only write down how many guests came", "number_of_guests:int"),
        ("no guests, only a head count", "number_of_guests:int"),
        ("just the head count", "number_of_guests:int"),
        ("no, we don't keep guests", ""),
    ],
)
def test_guests_that_are_only_counted_are_no_link_to_several(answer: str, number: str) -> None:
    said = "A trip has a start and many guests. Each trip is with a boat. Boats have a name."
    proposal = propose(talk(said, answers={"several:trip:guest": answer}))
    assert shape(proposal) == {"Trip": f"start:datetime boat_id:int->Boat {number}".strip(), "Boat": "name:str"}
    assert "several" not in " ".join(proposal.decisions)


def test_what_a_denial_says_of_another_thing_is_quoted_where_it_cannot_be_taken() -> None:
    said = "mechanics aren't kept, a repair just says whose shift and hour"
    assert "a repair just says whose shift and hour" in propose(talk(REPAIRS, answers={"fields:mechanic": said})).unread


def test_people_who_are_us_stay_unless_no_record_is_wanted() -> None:
    said = "Breads have a price. Each bread belongs to a baker."
    for answer in ("the baker is us", "we are the bakers", "that's us"):
        assert asked(talk(said, answers={"fields:baker": answer})) == ["fields:baker:again"]
        assert "baker:str" not in shape(propose(talk(said, answers={"fields:baker": answer})))["Baker"]
    assert not of_ourselves("the baker is us")
    assert of_ourselves("the baker is just us, no record of it") == "baker"


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("It's not a thing, it's just a number", "gate:int"),
        ("It's not a thing. It's just a number, like 12A", "gate:str"),
        ("not a thing, only a text", "gate:str"),
        ("that's only a number of the flight", "gate:int"),
        ("just text", "gate:str"),
        ("that is only a text", "gate:str"),
        ("It's just text on the flight", "gate:str"),
        ("only a word we write down", "gate:str"),
    ],
)
def test_what_is_only_a_field_is_kept_where_it_hung(answer: str, kept: str) -> None:
    conversation = talk(FLIGHTS, answers={"fields:gate": answer})
    assert shape(propose(conversation)) == {
        "Flight": f"number:str date:date {kept}",
        "Passenger": "name:str phone_number:str flight_id:int->Flight",
    }
    assert not any("gate" in key for key in asked(conversation))


def test_a_field_in_the_place_of_a_thing_takes_no_other_away() -> None:
    for answer in ("it's not a thing, it's just a number", "that's only a number of the parcel"):
        proposal = propose(talk(PARCELS, answers={"fields:shelf": answer}))
        assert shape(proposal) == {"Parcel": "weight:float phone_number:str shelf:int"}


def test_a_number_may_be_a_field_of_the_thing() -> None:
    assert shape(propose(talk(PARCELS, answers={"fields:shelf": "just a number"})))["Shelf"] == "number:str"


@pytest.mark.parametrize(
    "said",
    ["I said that there are seats", "the list of seats is long", "we told you who we are", "the winner is the shop"],
)
def test_other_sentences_deny_nothing(said: str) -> None:
    assert denied_nouns(said) == ()
    assert counted_in(said) is None


def test_long_texts_are_looked_through_quickly() -> None:
    denied_nouns("there is no list")  # patterns are compiled at their first use
    before = time.perf_counter()
    for text in (
        "no no " * 400,
        "we just count the " * 100,
        "the shop is us, " * 100,
        "there is no list of " * 90,
        "as for the " * 100,
        "wrong question, " * 90,
        "a a a a: " * 90,
        "the shop? " * 90,
    ):
        in_short_denial(text[:200])
        of_ourselves(text[:200])
        counted_in(text[:200])
        only_one(text[:200], "desk")
    assert time.perf_counter() - before < 1
