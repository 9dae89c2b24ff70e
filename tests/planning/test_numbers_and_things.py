"""What is only a number, or no thing at all: read as such, asked about, and taken back in plain words."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.plain_facts import PlainFact, read_plain_answer, read_plain_fact
from tests.planning.talking import asked, interview, propose, shape, talk

BERTHS = "A boat has a name. A boat has many berths."
NUMBER = {"Boat": "name:str number_of_berths:int"}


@pytest.mark.parametrize(
    ("said", "thing", "field"),
    [
        ("A boat has a name and a number of berths", "Boat", "number_of_berths:int"),
        ("Huts with a name and a number of beds", "Hut", "number_of_beds:int"),
        ("A recipe has a title and a number of portions", "Recipe", "number_of_portions:int"),
        ("Each bus has a plate, a number of seats and a colour", "Bus", "number_of_seats:int"),
        ("A piece has a composer and a number of voices", "Piece", "number_of_voices:int"),
        ("Every hall has the number of chairs and an address", "Hall", "number_of_chairs:int"),
        ("Games have a title and a number of players from 2 to 6", "Game", "number_of_players:int"),
        ("A garden bed has a label and a number of plants", "GardenBed", "number_of_plants:int"),
        ("Hives: a nickname, a number of frames", "Hive", "number_of_frames:int"),
        ("A course has a name, a number of lessons, a price", "Course", "number_of_lessons:int"),
        ("Trains have a number of wagons and a name", "Train", "number_of_wagons:int"),
    ],
)
def test_a_number_of_things_is_a_number(said: str, thing: str, field: str) -> None:
    found = shape(propose(talk(said)))

    assert list(found) == [thing]
    assert field in found[thing].split()


@pytest.mark.parametrize(
    ("said", "owner", "things"),
    [
        ("A boat has a name and a number of berths. A berth has a length.", "boat", "berths"),
        ("Authors have a name and a number of books. Books have a title.", "author", "books"),
        ("Chapters have a title. A novel has a title and a number of chapters.", "novel", "chapters"),
    ],
)
def test_a_number_of_things_that_are_told_of_is_asked_about(said: str, owner: str, things: str) -> None:
    question = next(one for one in interview(talk(said)).questions if one.id.startswith("several:"))
    only = f"Only a number of the {owner}: how many {things} it has"

    assert question.options[-2:] == (only, "They have nothing to do with each other")
    assert len(question.examples) == len(question.options)
    number = shape(propose(talk(said, answers={question.id: only})))
    assert f"number_of_{things}:int" in number[owner.capitalize()]
    assert len(number) == 2, "what people told of stays a thing"
    assert not any("->" in fields for fields in number.values())
    linked = shape(propose(talk(said)))
    assert any("->" in fields for fields in linked.values())


@pytest.mark.parametrize(
    "said",
    [
        "berths aren't a thing, they are just a number", "no, just a number", "only a number on the boat",
        "berths is a number", "Berths are not things.", "a berth is just a number of the boat",
        "berths aren’t a thing – it's only a number", "how many", "they're just a count", "keep berths as a number",
    ],
)  # fmt: skip
def test_an_answer_takes_a_thing_for_a_number(said: str) -> None:
    found = shape(propose(talk(BERTHS, answers={"several:boat:berth": said})))

    is_only_gone = said == "Berths are not things."
    assert found == ({"Boat": "name:str"} if is_only_gone else NUMBER)


@pytest.mark.parametrize(
    "said", ["berths aren't a thing, they are just a number", "berths is a number", "Berths are only a count of boats"]
)
@pytest.mark.parametrize("where", ["messages", "changes"])
def test_a_thing_is_taken_for_a_number_in_the_talk_and_in_the_review(said: str, where: str) -> None:
    proposal = propose(talk(BERTHS, said) if where == "messages" else talk(BERTHS, changes=(said,)))

    assert shape(proposal) == NUMBER
    assert not proposal.unread
    assert not any("berth is" in note or "berth belongs" in note for note in proposal.assumptions)


@pytest.mark.parametrize("said", ["forget berths", "forget about the berths", "take out berths", "A berth is no thing"])
def test_a_thing_is_forgotten_in_the_review(said: str) -> None:
    proposal = propose(talk(BERTHS, changes=(said,)))

    expected = ["Boat"] if said != "A berth is no thing" else list(shape(proposal))
    assert list(shape(proposal)) == expected


@pytest.mark.parametrize("where", ["messages", "changes"])
def test_what_names_a_thing_that_is_none_keeps_it_as_text(where: str) -> None:
    text = "Places have a name. An event has a date. An event belongs to a place."
    said = "places aren't a thing, it's just a text"
    proposal = propose(talk(text, said) if where == "messages" else talk(text, changes=(said,)))

    assert shape(proposal) == {"Event": "date:date place:str"}


def test_a_field_that_is_a_number_is_told_so() -> None:
    assert shape(propose(talk("We keep boats with a name and berths.", "berths are just a number"))) == {
        "Boat": "name:str berths:int"
    }
    answered = talk("We keep boats with a name and berths.", answers={"plural:boat.berths": "no, just a number"})
    assert shape(propose(answered)) == {"Boat": "name:str berths:int"}
    assert not asked(answered) or "plural:boat.berths" not in asked(answered)


@pytest.mark.parametrize(
    "said",
    ["A trip is a date with a skipper", "it is just a number", "everything is a field", "members have a number",
     "a boat is a thing", "the boat is not a thing of beauty that we sell", "", "a number of berths"],
)  # fmt: skip
def test_other_sentences_take_nothing_back(said: str) -> None:
    assert read_plain_fact(said) is None


def test_what_is_said_without_a_subject_is_of_what_was_asked() -> None:
    assert read_plain_answer("No, only a number of the boat") == PlainFact("", "int", "boat", is_firm=True)
    assert read_plain_answer("a number") == PlainFact("", "int")
    assert read_plain_answer("name, e-mail") is None
    assert shape(propose(talk("Rooms and guests", answers={"fields:room": "a number"})))["Room"] == "number:str"


def test_what_is_a_field_already_is_told_so() -> None:
    proposal = propose(talk("A boat has a name and a number of berths.", changes=("berths isn't a thing",)))

    assert shape(proposal) == NUMBER
    assert "it is Boat.number_of_berths already" in proposal.unread[0]


def test_a_change_that_can_not_be_is_not_noted_as_taken() -> None:
    told = "Berths have a length. A boat has a name. A boat has many berths."
    proposal = propose(talk(told, changes=("Add berths (int, required) to boats",)))

    assert not any("Add berths" in note for note in proposal.decisions)
    assert proposal.unread == (
        "Add berths (int, required) to boats (berth is a thing of its own; to take it back, say “forget berth”)",
    )
    undescribed = propose(talk(BERTHS, changes=("Add berths (int, required) to boats",)))
    assert shape(undescribed) == {"Boat": "name:str berths:int"}
    assert "“Add berths (int, required) to boats” (Jon)" in undescribed.decisions


@pytest.mark.parametrize("change", ["I like boats", "boats are nice", "we love the boats"])
def test_a_sentence_that_changes_nothing_is_told_with_an_example(change: str) -> None:
    proposal = propose(talk("Boats have a name. Trips have a date. A trip belongs to a boat.", changes=(change,)))

    assert not any(change in note for note in proposal.decisions)
    assert any(change in piece for piece in proposal.unread)


@pytest.mark.parametrize(
    ("change", "boat"),
    [
        ("add seats: int to boats", "name:str seats:int"),
        ("add a length (float, optional) to boats", "name:str length:float?"),
        ("add code (str, unique) to boats", "name:str code:str!"),
        ("make the name optional", "name:str?"),
    ],
)
def test_what_changes_something_is_noted_with_who_said_it(change: str, boat: str) -> None:
    proposal = propose(talk("Boats have a name.", changes=(change,)))

    assert shape(proposal) == {"Boat": boat}
    assert f"“{change}” (Jon)" in proposal.decisions
    assert proposal.unread == ()
