"""Fields named with their things, several in one sentence, and the values of a status by their names."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, enums, propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("kept", "said", "fields"),
    [
        ("cars with a number plate; drivers with a licence",
         "The number plate of a car and the licence of a driver must be unique", {"number_plate:str!", "licence:str!"}),
        ("cars with a plate; drivers with a licence", "Plates of cars and licences of drivers are unique",
         {"plate:str!", "licence:str!"}),
        ("books with an isbn and a title; members with a card number",
         "The isbn of a book and a member's card number have to be unique", {"isbn:str!", "card_number:str!"}),
        ("rooms with a name and a floor", "The name and the floor of a room must both be unique",
         {"name:str!", "floor:int!"}),
        ("plants with a note; beds with a sign", "The note of a plant and the sign of a bed are optional",
         {"note:str?", "sign:str?"}),
        ("dogs with a chip code; owners with a nickname", "A dog's chip code and an owner's nickname may be empty",
         {"chip_code:str?", "nickname:str?"}),
        ("songs with a key; concerts with a fee", "The key of a song and the fee of a concert can be left empty",
         {"key:str?", "fee:Decimal?"}),
        ("teams with a badge; leagues with a code; cups with a shape",
         "The badge of a team, the code of a league and the shape of a cup must be unique",
         {"badge:str!", "code:str!", "shape:str!"}),
        ("samples with a barcode", "The barcode of a sample must be unique", {"barcode:str!"}),
        ("parcels with a weight", "The weight of a parcel is not always known", {"weight:float?"}),
    ],
)  # fmt: skip
def test_what_is_said_of_fields_of_things_is_read(kept: str, said: str, fields: set[str]) -> None:
    text = f"{kept}. {said}."
    proposal = propose(talk(text))

    assert fields <= {field for held in shape(proposal).values() for field in held.split()}
    assert quoted(proposal) == []
    assert "unread" not in asked(talk(text))
    later = propose(talk(kept, changes=(said,)))
    assert fields <= {field for held in shape(later).values() for field in held.split()}
    assert quoted(later) == []


@pytest.mark.parametrize(
    ("kept", "said", "values"),
    [
        ("bookings with a number and a status", "The statuses of a booking are called asked, given and back",
         ("asked", "given", "back")),
        ("bookings with a number", "The statuses of a booking are asked, given and back", ("asked", "given", "back")),
        ("parcels with a weight and a status", "A parcel's statuses are named sent, lost and found",
         ("sent", "lost", "found")),
        ("visits with a date and a state", "The possible states of a visit are planned, done or missed",
         ("planned", "done", "missed")),
        ("tools with a name and a kind", "The kinds of a tool are drill, saw and ladder", ("drill", "saw", "ladder")),
        ("cakes with a name and a size", "Sizes of cakes are small, medium and large", ("small", "medium", "large")),
        ("films with a title and a genre", "The genres of films are called comedy, drama and western",
         ("comedy", "drama", "western")),
        ("tickets with a subject and a priority", "A ticket's priority can be low, normal or high",
         ("low", "normal", "high")),
        ("courses with a title and a level", "the levels of a course are: new, advanced", ("new", "advanced")),
        ("hives with a number and a condition", "and the conditions of a hive are called strong, weak and dead",
         ("strong", "weak", "dead")),
    ],
)  # fmt: skip
def test_the_names_of_values_are_read(kept: str, said: str, values: tuple[str, ...]) -> None:
    for text in (f"{kept}. {said}.", f"{kept}, and {said.removeprefix('and ')}"):
        proposal = propose(talk(text))

        assert list(enums(proposal).values()) == [values]
        assert quoted(proposal) == []
        assert not [question for question in asked(talk(text)) if question.startswith("values:")]


def test_a_field_that_is_not_there_is_quoted() -> None:
    proposal = propose(talk("cars with a plate. The plate of a car and the licence of a driver must be unique."))

    assert shape(proposal)["Car"] == "plate:str!"
    assert "The plate of a car and the licence of a driver must be unique" in quoted(proposal)
