"""Questions in words for somebody who never saw a database: what is seen later, what stays open, who signs in."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.permissions_said import permission_in
from bot.planning.conversation import Question
from tests.planning.talking import interview, propose, shape, talk

FOOD = "A volunteer has a name. A parcel has a weight. Volunteers pack parcels."
PACKING = "link:pack:volunteer:parcel"
HELPERS = "Helpers have a name. Parcels have a weight. Crates have a size."
NO_WORDS = ("record", "a link", "foreign", "many to many", "unique key", "entity", "table", "field", "happened at")


def question_of(text: str, key: str) -> Question:
    """Return a question that is asked about an idea."""
    return next(one for one in interview(talk(text)).questions if one.id == key)


def test_a_link_is_told_by_what_can_be_seen_later() -> None:
    asked = question_of(FOOD, PACKING)
    assert asked.text == "“Volunteers pack parcels”: what do you want to see later?"
    assert asked.options == (
        "Every packing, also old ones, with its date",
        "One volunteer for each parcel: a new one replaces the one before",
        "Several volunteers for each parcel, without dates",
        "Nothing of it",
    )
    assert len(asked.examples) == len(asked.options)
    told = " ".join((asked.text, asked.reason, *asked.options, *asked.examples)).lower()
    assert not [word for word in NO_WORDS if word in told]


@pytest.mark.parametrize(
    ("answer", "things"),
    [("", "Packing"), ("1", "Packing"), ("a record", "Packing"), ("every packing", "Packing"),
     ("every packing, with its day", "Packing"), ("all of them, also old ones", "Packing"),
     ("A packing of its own, with happened at", "Packing"),
     ("A volunteer parcel of its own, with happened at", "VolunteerParcel"),
     ("Many to many: several parcels for each volunteer, and the other way round", "VolunteerParcel"),
     ("many to many", "VolunteerParcel"), ("several", "VolunteerParcel"),
     ("Several volunteers for each parcel, without dates", "VolunteerParcel"),
     ("only a link", ""), ("who packs it now", ""), ("Only a link: each parcel names one volunteer", ""),
     ("One volunteer for each parcel: a new one replaces the one before", ""),
     ("Nothing of it", ""), ("They are not linked", "")],
)  # fmt: skip
def test_each_choice_is_taken_by_button_in_own_words_and_in_the_words_of_before(answer: str, things: str) -> None:
    proposal = propose(talk(FOOD, answers={PACKING: answer}))
    added = set(shape(proposal)) - {"Volunteer", "Parcel"}
    assert (things in added) if things else not added
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "noun"),
    [("Walkers have a name. Dogs have a name. Walkers walk dogs.", "walk"),
     ("Gardeners have a name. Beds have a number. Gardeners water beds.", "watering"),
     ("Fixers have a name. Lamps have a brand. Fixers fix lamps.", "repair"),
     ("Rangers have a name. Trails have a name. Rangers patrol trails.", "patrol"),
     ("Cleaners have a name. Flats have a number. Cleaners clean flats.", "cleaning")],
)  # fmt: skip
def test_what_somebody_does_again_and_again_is_kept_each_time_unless_told_otherwise(said: str, noun: str) -> None:
    asked = next(one for one in interview(talk(said)).questions if one.id.startswith("link:"))
    assert asked.default == asked.options[0] == f"Every {noun}, also old ones, with its date"
    assert noun.title() in shape(propose(talk(said)))


def test_two_deeds_of_one_verb_are_two_lists() -> None:
    found = shape(propose(talk(f"{HELPERS} Helpers pack parcels. Helpers pack crates.")))
    assert {"ParcelPacking", "CratePacking"} <= set(found)


@pytest.mark.parametrize(
    "said",
    ["Members see only their own fees.", "Members can only see their own fees.",
     "Only coordinators may give out parcels.",
     "Staff can change a price.", "Visitors can't see each other's e-mails.",
     "Nobody but the treasurer may change a fee.",
     "Parents see only the fees of their own kids."],
)  # fmt: skip
def test_where_something_is_left_to_some_accounts_are_the_default_and_the_question_says_why(said: str) -> None:
    asked = question_of(f"A parcel has a weight. {said}", "use")
    assert asked.default != "No accounts: whoever reaches it may use it"
    assert f"“{said.rstrip('.')}” can only be kept where people log in." in asked.reason


@pytest.mark.parametrize(
    "said",
    ["only available bikes can be booked", "only one member may book a bike at a time",
     "a closed order can't be changed",
     "only adults may borrow power tools", "members can borrow 3 tools", "a price must not change",
     "only paid orders can be delivered", "nobody may have more than 2 loans", "members can see all tools"],
)  # fmt: skip
def test_other_limits_need_no_accounts(said: str) -> None:
    assert permission_in(said) == ""
    assert permission_in(f"{said}. The notes are visible only to vets.")


def test_what_could_not_be_read_is_listed_with_an_example_of_the_own_things() -> None:
    odd = ["The moon is green", "A cake must never sing", "The sea hums a tune", "Clouds are soft today"]
    asked = question_of(f"{FOOD} {'. '.join(odd)}.", "unread")
    assert asked.text.startswith("Can you say these in other words? For example: “each parcel has a note”") or (
        asked.text.startswith("Can you say these in other words? For example: “each volunteer has a note”")
    )
    assert asked.text.count("\n• “") == len(odd)
