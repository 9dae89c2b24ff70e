"""Where it all is says nothing of what is kept: what stands behind the place is read as if it stood alone."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.chat_text import cleaned
from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("In our repair café ", "visitors bring bikes with a brand and a colour."),
        ("At our farm shop, ", "customers order cakes for a day."),
        ("In the workshop ", "each machine has a number."),
        ("At our practice ", "patients book appointments with a doctor."),
        ("At the animal shelter ", "people adopt dogs."),
        ("In our gym ", "we have courses with a name."),
        ("In our fire station ", "every truck has a number and a plate."),
        ("In our garden ", "there are beds with a name."),
        ("In my salon ", "a customer books a chair for an hour."),
    ],
)
def test_a_place_before_who_does_something_is_no_part_of_it(place: str, said: str) -> None:
    proposal, plain = propose(talk(place + said)), propose(talk(said[:1].upper() + said[1:]))
    assert shape(proposal) == shape(plain)
    assert quoted(proposal) == quoted(plain) == []


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Members of our tennis club have a name and an e-mail.", "Members have a name and an e-mail."),
        ("Customers of our bakery order cakes.", "Customers order cakes."),
        ("The children of our kindergarten have a birthday.", "The children have a birthday."),
        ("Drivers of our courier firm report damages with a text.", "Drivers report damages with a text."),
        ("Every pupil at our music school has a grade.", "Every pupil has a grade."),
    ],
)
def test_whose_people_they_are_is_no_part_of_them(said: str, plain: str) -> None:
    assert shape(propose(talk(said))) == shape(propose(talk(plain)))
    assert quoted(propose(talk(said))) == []


@pytest.mark.parametrize(
    "said",
    [
        "In our school each classroom has a number. Every school has a name.",
        "In our clubs members pay a fee.",
        "In the house each flat has a number.",
        "Part of our garden needs water.",
        "In our calendar members see their dates.",
    ],
)
def test_a_place_that_may_be_one_of_several_stays(said: str) -> None:
    assert said.split(". ", maxsplit=1)[0].rstrip(".") in cleaned(said)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Each removal job at our moving company has an old address.", "Each removal job has an old address."),
        ("Each painting in our collection has a title and a year.", "Each painting has a title and a year."),
        ("Every hire bike in the shop has a frame number.", "Every hire bike has a frame number."),
        ("Each guest room in our hotel has a floor and a price.", "Each guest room has a floor and a price."),
        ("Every fruit tree in our orchard has a variety.", "Every fruit tree has a variety."),
        ("Each wine bottle in our cellar has a year.", "Each wine bottle has a year."),
        ("Every delivery van in our fleet has a plate.", "Every delivery van has a plate."),
        ("Each board game in the library has a title.", "Each board game has a title."),
        ("Each sailing boat at our club has a length.", "Each sailing boat has a length."),
        ("Every grave in the cemetery has a row.", "Every grave has a row."),
        ("Each oak tree in our arboretum has a height.", "Each oak tree has a height."),
    ],
)
def test_a_place_behind_a_name_of_two_words_is_no_part_of_it(said: str, plain: str) -> None:
    assert cleaned(said) == plain
    proposal = propose(talk(said))
    assert shape(proposal) == shape(propose(talk(plain))) != {}
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("Each room in the house has a number. A house has an address.", "house"),
        ("Each hospital bed on the ward has a number. Wards have a name.", "ward"),
        ("Each desk in our office has a number. Each office has a name.", "office"),
    ],
)
def test_a_place_that_is_told_of_is_what_something_belongs_to(said: str, whole: str) -> None:
    proposal = propose(talk(said))
    assert len(shape(proposal)) == 2
    assert any(f"{whole}_id:int->" in fields for fields in shape(proposal).values())
    assert quoted(proposal) == []
