"""A thing that was misread can be denied where it is asked about: it isn't there, or it is a field of another."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.denials import denies
from bot.planning.built_in.questions.denied_things import NO_SUCH_THING
from tests.planning.talking import asked, interview, propose, shape, talk

SQL = "create table tools (id int primary key, name text not null);"


def options_of(text: str, key: str) -> tuple[str, ...]:
    """Return the choices of one question about a first message."""
    return next(question.options for question in interview(talk(text)).questions if question.id == key)


@pytest.mark.parametrize(
    ("text", "key", "noun"),
    [
        (f"tool shed: so much to sort\n{SQL}", "fields:toolshed", "a tool shed"),
        ("books with a title; shelves", "fields:shelf", "a shelf"),
        ("dogs with a name; kennels", "fields:kennel", "a kennel"),
        ("courses with a title; classrooms", "fields:classroom", "a classroom"),
        ("boats with a name; harbours", "fields:harbour", "a harbour"),
        ("patients with a name; wards", "fields:ward", "a ward"),
        ("songs with a title; albums", "fields:album", "an album"),
        ("plants with a name; greenhouses", "fields:greenhouse", "a greenhouse"),
        ("invoices with a number; ledgers", "fields:ledger", "a ledger"),
        ("films with a title; cinemas", "fields:cinema", "a cinema"),
    ],
)
def test_a_thing_that_is_none_is_taken_back_and_its_sentence_quoted(text: str, key: str, noun: str) -> None:
    assert NO_SUCH_THING in options_of(text, key)

    proposal = propose(talk(text, answers={key: NO_SUCH_THING}))

    assert key.removeprefix("fields:") not in {name.lower() for name in shape(proposal)}
    assert f"There is no such thing as {noun} (Jon)" in proposal.decisions
    assert any(noun.partition(" ")[2][:4] in piece for piece in proposal.unread)
    assert key not in asked(talk(text, answers={key: NO_SUCH_THING}))


@pytest.mark.parametrize(
    "words",
    [
        "there is no such thing", "There's no such thing here.", "that isn't a thing", "it's not a table",
        "not a thing", "it doesn't exist", "there isn't one", "we don't have that", "I never said that",
        "there are no shelves", "we have no shelves", "shelves don't exist", "no, nobody mentioned a shelf",
        "please remove it",
    ],
)  # fmt: skip
def test_it_is_denied_in_many_words(words: str) -> None:
    proposal = propose(talk("books with a title; shelves", answers={"fields:shelf": words}))

    assert shape(proposal) == {"Book": "title:str"}
    assert "shelves" in proposal.unread


@pytest.mark.parametrize("words", ["a number and a floor", "nothing", "no fields", "we have no limits", "one name"])
def test_other_answers_deny_nothing(words: str) -> None:
    assert not denies(words, "shelf")
    assert "Shelf" in shape(propose(talk("books with a title; shelves", answers={"fields:shelf": words})))


def test_the_only_thing_denied_asks_which_things_there_are() -> None:
    conversation = talk("tool shed: so much to sort", answers={"fields:toolshed": "that isn't a thing"})

    [question] = interview(conversation).questions
    assert question.id == "things"
    assert "tool shed: so much to sort" in question.text


@pytest.mark.parametrize(
    ("text", "key", "owner", "expected"),
    [
        ("bookings with a date and a guest, add a notes field", "fields:note", "bookings", "notes:str"),
        ("guests with a name; phones", "fields:phone", "guests", "phones:str[]"),
        ("members with a name; each member has an address", "", "", "address:str"),
        ("flats with a number; each flat has pictures", "fields:picture", "flats", "pictures:str[]"),
    ],
)
def test_it_is_a_field_of_what_it_was_said_with(text: str, key: str, owner: str, expected: str) -> None:
    if not key or key not in asked(talk(text)):
        assert expected.partition(":")[0] in " ".join(shape(propose(talk(text))).values())
        return
    assert f"It is only a detail of {owner}" in options_of(text, key)
    for words in (
        f"It is only a detail of {owner}",
        f"It is a field of {owner}",
        f"it's a field of {owner}",
        f"that is just a field of the {owner}",
    ):
        proposal = propose(talk(text, answers={key: words}))
        assert len(shape(proposal)) == 1
        assert expected in next(iter(shape(proposal).values())).split()
        assert not any("names one" in one for one in proposal.decisions)


def test_a_field_of_something_that_is_not_there_is_asked_again() -> None:
    conversation = talk("guests with a name; phones", answers={"fields:phone": "it is a field of hats"})

    assert asked(conversation) == ["fields:phone:again"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Bookings", {"Room": "number:str", "Booking": "date:date notes:str room_id:int->Room"}),
        ("the bookings", {"Room": "number:str", "Booking": "date:date notes:str room_id:int->Room"}),
        ("it's a field of rooms", {"Room": "number:str notes:str", "Booking": "date:date room_id:int->Room"}),
        ("both", {"Room": "number:str notes:str", "Booking": "date:date notes:str room_id:int->Room"}),
        ("Leave it out", {"Room": "number:str", "Booking": "date:date room_id:int->Room"}),
        ("", {"Room": "number:str", "Booking": "date:date room_id:int->Room"}),
    ],
)
def test_a_field_without_its_thing_is_asked_about(words: str, expected: dict[str, str]) -> None:
    text = "rooms with a number; bookings with a date; add a notes field"
    assert "home:notes" in asked(talk(text))

    conversation = talk(text, answers={"home:notes": words})
    proposal = propose(conversation)

    assert shape(proposal) == expected
    assert ("add a notes field" in proposal.unread) == (words in {"Leave it out", ""})
    assert "unread" not in asked(conversation)


@pytest.mark.parametrize(
    "change", ["add a notes field", "Please add a remarks column", "we need a comment attribute", "one more note field"]
)
def test_a_change_that_adds_a_field_to_nothing_is_asked_about(change: str) -> None:
    first = talk("rooms with a number; bookings with a date", answers={"links": "They are not linked", "use": "no"})

    [question] = interview(first.model_copy(update={"changes": talk("", changes=(change,)).changes})).questions
    assert question.id.startswith("home:")
    assert question.options == ("Rooms", "Bookings", "Leave it out")
