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
