"""Numbers of things that are kept: how many fit, as people say it, and no thing that is called number."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, shape, talk


@pytest.mark.parametrize(
    "said",
    [
        "For every balloon we keep its name, and the number of people who fit in the basket.",
        "A balloon has a name. For each balloon also keep the number of people who fit in the basket.",
        "For every balloon we keep its name and how many people fit in the basket.",
        "A balloon has a name and a number of people that can go aboard.",
        "A balloon has a name. For every balloon please note the number of people that may sit in it.",
    ],
)
def test_how_many_fit_is_a_number(said: str) -> None:
    assert shape(propose(talk(said))) == {"Balloon": "name:str number_of_people:int"}


def test_what_is_kept_too_is_of_the_thing_that_is_named() -> None:
    proposal = propose(talk("A balloon has a name. For every balloon please keep its colour and the number of seats."))
    assert shape(proposal) == {"Balloon": "name:str colour:str number_of_seats:int"}
    assert not proposal.unread


@pytest.mark.parametrize(
    "answer", ["Only a number, how many fit in the basket.", "just a number: how many it can take"]
)
def test_an_answer_that_says_what_a_number_tells_is_a_number(answer: str) -> None:
    asked = talk("Balloons have a name. A balloon has several people.", answers={"several:balloon:person": answer})
    assert shape(propose(asked)) == {"Balloon": "name:str number_of_people:int"}


def test_a_phone_number_is_none_of_the_numbers_that_are_kept() -> None:
    proposal = propose(talk("Numbers have a value. Pilots have a phone number. A ticket belongs to a number."))
    assert shape(proposal)["Pilot"] == "name:str phone_number:str"
    assert "number_id:int->Number" in shape(proposal)["Ticket"]
