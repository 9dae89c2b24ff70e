"""What only tells how bad things are today is talk: nobody is asked about it, and the facts beside it are read."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_complaints import without_complaints
from tests.planning.talking import asked_until_done, propose, quoted, shape, talk


@pytest.mark.parametrize(
    "said",
    [
        "Right now it's all in a spreadsheet that nobody trusts",
        "We're tired of the whiteboard",
        "I'm fed up with sticky notes",
        "We are drowning in emails",
        "It's all on paper and half of it is wrong",
        "The calendar on the wall is always out of date",
        "Nobody knows who has what",
        "We keep forgetting who has the key",
        "So far we phone each other",
        "We write everything down in a notebook",
    ],
)
def test_how_bad_things_are_is_neither_asked_about_nor_quoted(said: str) -> None:
    conversation = talk(f"{said}. Each lamp has a colour.")
    assert "unread" not in asked_until_done(conversation)
    assert shape(propose(conversation)) == {"Lamp": "colour:str"}
    assert not quoted(propose(conversation))


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Our spreadsheet is a mess.",
        "Right now it's all in a spreadsheet with a name and a phone for each member. A lamp has a name.",
        "Nobody knows the code of a safe except its owner. A safe has a code.",
        "Nobody can book a kiln twice. A kiln has a name.",
        "The diary is kept by the nurse. A nurse has a name.",
        "Everything must be on paper. A lamp has a name.",
        "Notes are lost. A note has a text.",
    ],
)
def test_what_may_be_a_fact_or_a_rule_or_is_all_there_is_stays(said: str) -> None:
    assert without_complaints(said) == said


def test_the_things_beside_a_complaint_are_kept() -> None:
    proposal = propose(
        talk(
            "We are a shared pottery studio with about forty potters and two kilns, and right now everything is on a "
            "clipboard that gets lost. A firing has a date."
        )
    )
    assert set(shape(proposal)) == {"Potter", "Kiln", "Firing"}
    assert not quoted(proposal)


@pytest.mark.parametrize(
    ("said", "things"),
    [
        ("We are a boatyard with thirty boats, two cranes and four berths.", {"Boat", "Crane", "Berth"}),
        ("We're a riding club with sixty members and about 25 horses.", {"Member", "Horse"}),
        ("I run a hostel for cats, twelve rooms, and two yards. Each cat has a name.", {"Room", "Yard", "Cat"}),
    ],
)
def test_how_many_there_are_is_no_part_of_a_name(said: str, things: set[str]) -> None:
    assert set(shape(propose(talk(said)))) == things


def test_long_texts_are_read_quickly() -> None:
    for text in (" " * 8_000, "\n" * 8_000, " and " * 1_600, "it is all " * 800, "right now " * 790):
        assert without_complaints(text) == text


@pytest.mark.parametrize(
    "said", ["The customer gets a call once the clock is ready", "Parents get a letter before a trip"]
)
def test_what_somebody_is_told_on_an_occasion_is_no_field(said: str) -> None:
    proposal = propose(talk(f"A customer has a name. A parent has a name. {said}."))
    assert said in quoted(proposal)
    assert "call" not in shape(proposal)["Customer"]
    assert "letter" not in shape(proposal)["Parent"]
