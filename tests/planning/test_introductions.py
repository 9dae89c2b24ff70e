"""A first sentence that only introduces what is told names the whole, and is no wish that was missed."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("I'd like something for the car repair garage. A car has a colour.", "Car repair garage"),
        ("We would like something for our garage. A car has a colour.", "Garage"),
        ("I want something simple for my bakery. A cake has a colour.", "Bakery"),
        ("Running a kennel means knowing which dog is in which run. A dog has a colour.", "Kennel"),
        ("I'll explain how our library works. A book has a colour.", "Library"),
        ("Here's what we do at the workshop. A repair has a date.", "Workshop"),
        ("Let me introduce our sailing club. Boats have a colour.", "Sailing club"),
        ("This is about our museum. A painting has a title.", "Museum"),
        ("Managing a campsite means keeping an eye on many things. A pitch has a price.", "Campsite"),
        ("Hello! I'm writing on behalf of our choir. A singer has a voice.", "Choir"),
        ("Let me describe our blood donation evenings. A donor has a weight.", "Donors"),
    ],
)
def test_an_introduction_names_the_whole_and_nothing_is_missed(text: str, title: str) -> None:
    proposal = propose(talk(text))
    assert proposal.title == title
    assert len(shape(proposal)) == 1
    assert not quoted(proposal)


def test_a_cemetery_is_kept_in_order() -> None:
    proposal = propose(
        talk(
            "Keeping the town cemetery in order means knowing which grave is where. Graves lie in a section, have a "
            "row and a number."
        )
    )
    assert set(shape(proposal)) == {"Grave", "Section"}
    assert not quoted(proposal)


def test_what_is_told_behind_an_introduction_is_read() -> None:
    proposal = propose(talk("Let me tell you about our allotments: plots have a number and a size."))
    assert shape(proposal) == {"Plot": "number:str size:str"}


def test_a_wish_in_a_first_sentence_stays() -> None:
    text = "Running a gym means knowing who has paid. A member has an e-mail."
    assert any("who has paid" in piece for piece in quoted(propose(talk(text))))
