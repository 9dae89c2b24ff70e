"""What was misread or is not wanted is taken back in plain words, before the review and in it."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk

HARBOUR = (
    "A harbour. A boat has a name, a favourite colour and a due_at. Pennants have a motto. "
    "Trips have a day. A boat has many trips. A boat in repair can't be moved."
)
RULE = "A boat in repair can't be moved"


def proposals(sentence: str) -> list[tuple[dict[str, str], list[str]]]:
    """Return what comes of a sentence said while the plan gathers, and of the same asked for in review."""
    both = [propose(talk(HARBOUR, sentence)), propose(talk(HARBOUR, changes=(sentence,)))]
    return [(shape(proposal), quoted(proposal)) for proposal in both]


@pytest.mark.parametrize(
    ("sentence", "field"),
    [
        ("I take the favourite colour back: it was a joke", "favourite_colour"),
        ("Take the favourite colour out again", "favourite_colour"),
        ("The favourite colour: I don't want it any more", "favourite_colour"),
        ("You invented the favourite colour", "favourite_colour"),
        ("There is no field due_at, you made that up.", "due_at"),
        ("You made up due_at, take it out", "due_at"),
        ("due_at is made up", "due_at"),
        ("On second thought, leave the favourite colour out again.", "favourite_colour"),
        ("please leave due_at out", "due_at"),
        ("We don't need due_at any more, because nobody fills it in", "due_at"),
    ],
)
def test_a_field_is_taken_back(sentence: str, field: str) -> None:
    before = shape(propose(talk(HARBOUR)))
    for built, left in proposals(sentence):
        gone = [part for part in before["Boat"].split() if part not in built["Boat"].split()]
        assert [part.split(":")[0] for part in gone] == [field]
        assert left == [RULE]


@pytest.mark.parametrize(
    "sentence",
    ["scrap the pennants", "no pennants after all", "we don't need pennants after all", "I no longer want the pennants",
     "Pennants: we don't need them after all"],
)  # fmt: skip
def test_a_thing_is_taken_back(sentence: str) -> None:
    for built, left in proposals(sentence):
        assert set(built) == {"Boat", "Trip"}
        assert left == [RULE]


def test_a_thing_that_others_name_goes_there_too() -> None:
    for built, _ in proposals("no boats after all"):
        assert "Boat" not in built
        assert "boat_id" not in built["Trip"]


@pytest.mark.parametrize(
    "sentence",
    ["The rule about the boat in repair: I don't want it any more", "We don't need the rule about the repair any more",
     "I take the rule about the boat in repair back, sorry"],
)  # fmt: skip
def test_a_rule_is_taken_back(sentence: str) -> None:
    for built, left in proposals(sentence):
        assert set(built) == {"Boat", "Trip", "Pennant"}
        assert left == []


def test_what_is_not_there_or_may_be_several_is_quoted() -> None:
    for built, left in proposals("no hammocks after all"):
        assert set(built) == {"Boat", "Trip", "Pennant"}
        assert any("no hammocks after all" in piece for piece in left)
    zoo = "A zoo. Keepers have a name. Cages have a name and a size."
    proposal = propose(talk(zoo, changes=("scrap the name",)))
    assert any("Keeper.name or Cage.name" in piece for piece in quoted(proposal))


@pytest.mark.parametrize(
    "sentence",
    ["rename day to sails_on in Trip", "rename day to sails_on of trips", "in Trip rename day to sails_on",
     "For trips: rename day to sails_on"],
)  # fmt: skip
def test_a_name_is_given_where_the_sentence_says(sentence: str) -> None:
    ferry = f"{HARBOUR} Pennants have a day."
    for conversation in (talk(ferry, sentence), talk(ferry, changes=(sentence,))):
        built = shape(propose(conversation))
        assert built["Trip"].split()[0] == "sails_on:date"
        assert "day:date" in built["Pennant"].split()


@pytest.mark.parametrize(
    "said",
    [
        "I take the last change back, the name needn't be unique after all",
        "the name needn't be unique after all",
        "On reflection, the name needn't be unique",
    ],
)
def test_what_is_wanted_after_second_thoughts_is_read(said: str) -> None:
    first = talk("Boats have a name. Trips have a day.", changes=("the name is unique",))
    assert shape(propose(first))["Boat"] == "name:str!"
    both = talk("Boats have a name. Trips have a day.", changes=("the name is unique", said))
    assert shape(propose(both))["Boat"] == "name:str"
    assert quoted(propose(both)) == []


def test_the_first_words_are_not_quoted_as_if_nothing_of_them_was_taken_back() -> None:
    text = "Each farm has a name, a village and a phone."
    assert "asked for in these words: “Each farm" in propose(talk(text)).introduction
    assert "these words" in propose(talk(text, changes=("add a note to farms",))).introduction
    changed = propose(talk(text, changes=("drop the village",))).introduction
    assert changed.endswith(f" The first words for it were: “{text}” Some of that was taken back or changed since.")
