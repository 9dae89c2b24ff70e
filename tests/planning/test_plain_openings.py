"""How people begin: who speaks, what they keep, what the whole is called; and who books or brings them something."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_openings import in_plain_openings
from bot.planning.built_in.words.plain_requests import in_plain_requests
from tests.planning.talking import propose, shape, talk


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Our club wants to manage tournaments.", "We keep tournaments."),
        ("A shed with a key: members take tools.", "Shed: members take tools."),
        ("A recycling centre: citizens bring waste.", "We run a recycling centre. Citizens bring waste."),
        ("A running club plans training sessions. Every session has a coach.",
         "We keep sessions. Every session has a coach."),
        ("Our village has a hall that clubs and families can hire.",
         "We keep halls. Clubs and families can hire a hall."),
    ],
)  # fmt: skip
def test_an_opening_is_said_plainly(said: str, plain: str) -> None:
    assert in_plain_openings(said) == plain


@pytest.mark.parametrize(
    "said", ["A book: chapters with a title.", "A member: name, e-mail.", "A shop sells bread. A shop has a name."]
)
def test_what_means_something_else_stays_as_it_was_said(said: str) -> None:
    assert in_plain_openings(said) == said


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Couples book us for their wedding day, with a location and a start time.",
         "Each booking belongs to a couple. A booking has a location and a start time."),
        ("People donate items, we note who gave what and when.", "People donate items."),
    ],
)  # fmt: skip
def test_who_books_and_brings_is_said_plainly(said: str, plain: str) -> None:
    assert in_plain_requests(said) == plain


def test_where_a_plant_stands_is_a_place_and_what_was_done_last_a_date() -> None:
    said = "I want to keep track of my houseplants: where each one stands, when it was watered and fertilised last."
    assert shape(propose(talk(said))) == {"Houseplant": "place:str last_watered_on:date last_fertilised_on:date"}


def test_one_of_several_that_has_many_is_a_thing_though_a_text_begins_with_it() -> None:
    given = shape(propose(talk("A choir has several singers. A singer has a name and a voice.")))
    assert given == {"Choir": "name:str", "Singer": "name:str voice:str choir_id:int->Choir"}
    assert set(shape(propose(talk("A small library has many books. A book has a title.")))) == {"Book"}
