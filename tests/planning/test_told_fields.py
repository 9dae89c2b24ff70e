"""What is told of a field once it is there: its values, its type, whether it may be empty; what each names."""

from __future__ import annotations

import pytest

from tests.planning.talking import enums, propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("messages", "field", "values"),
    [
        (["A harbour. Trips have a day. A trip also has a wind, calm or strong, which is optional."],
         "wind:TripWind?", ("calm", "strong")),
        (["A shop. Trips have a label and a fit, slim, regular or loose, and a colour."],
         "fit:TripFit", ("slim", "regular", "loose")),
        (["A harbour. Trips have a day and a wind.", "The wind is calm or strong and optional."],
         "wind:TripWind?", ("calm", "strong")),
        (["A harbour. Trips have a day and a wind.", "The wind can only be calm, fresh or strong."],
         "wind:TripWind", ("calm", "fresh", "strong")),
        (["A harbour. Trips have a day and a wind.", "The wind of a trip must always be calm or strong"],
         "wind:TripWind", ("calm", "strong")),
    ],
)  # fmt: skip
def test_a_field_takes_the_values_told(messages: list[str], field: str, values: tuple[str, ...]) -> None:
    for conversation in (talk(*messages), talk(messages[0], changes=tuple(messages[1:]))):
        proposal = propose(conversation)
        assert field in shape(proposal)["Trip"].split()
        assert list(enums(proposal).values()) == [values]
        assert not [piece for piece in quoted(proposal) if piece != "A harbour"]


def test_two_facts_with_or_between_are_no_values() -> None:
    proposal = propose(talk("A shop. Members have a name, phone or email. Pets have a name, an owner or keeper."))
    assert enums(proposal) == {}


@pytest.mark.parametrize(
    ("sentence", "field"),
    [
        ("The seats of a table are a whole number.", "seats:int"),
        ("The width of a table is an integer", "width_centimetres:int"),
        ("The width is a whole number, not decimals", "width_centimetres:int"),
        ("The height is a number with decimals", "height:float"),
        ("The height must be a whole number, and is optional", "height:int?"),
    ],
)
def test_a_field_takes_the_type_told(sentence: str, field: str) -> None:
    cafe = "A cafe. A table has a label, seats, a width in centimetres and a height. A guest has a label."
    for conversation in (talk(cafe, sentence), talk(cafe, changes=(sentence,))):
        proposal = propose(conversation)
        assert field in shape(proposal)["Table"].split()
        assert quoted(proposal) == []


def test_a_part_of_a_name_means_nothing_where_two_fit() -> None:
    cafe = "A cafe. A table has a label, a width in centimetres and a width category."
    before = shape(propose(talk(cafe)))
    proposal = propose(talk(cafe, changes=("The width is a whole number",)))
    assert shape(proposal) == before
    assert any("The width is a whole number" in piece for piece in quoted(proposal))


def test_a_thing_is_not_the_beginning_of_a_field() -> None:
    club = "A club. A player has a name. A match has a day and a player badge. A match belongs to a player."
    before = shape(propose(talk(club)))
    sentence = "The player is young or old"
    assert shape(propose(talk(club, changes=(sentence,))))["Match"] == before["Match"]
    assert "player_badge:str" in shape(propose(talk(club, sentence)))["Match"].split()


def test_a_number_of_things_around_something_is_a_number() -> None:
    proposal = propose(
        talk("A cafe. A table has a name and a number of seats around it. A hall has a number of taps in it.")
    )
    assert shape(proposal) == {"Table": "name:str number_of_seats:int", "Hall": "number_of_taps:int"}
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("sentence", "references"),
    [
        ("A flight gets one plane at one airport", {"plane_id:int->Plane", "airport_id:int->Airport"}),
        ("Each flight needs one plane and one airport", {"plane_id:int->Plane", "airport_id:int->Airport"}),
        ("Every flight has exactly one plane.", {"plane_id:int->Plane"}),
    ],
)  # fmt: skip
def test_one_is_exactly_one(sentence: str, references: set[str]) -> None:
    proposal = propose(talk("A plane has a name. An airport has a name. A flight has a day.", sentence))
    assert {part for part in shape(proposal)["Flight"].split() if "->" in part} == references
    assert quoted(proposal) == []


def test_what_is_booked_stays_a_record_to_ask_about() -> None:
    proposal = propose(
        talk("Guests have a name. Courts have a name. Halls have a name.", "A guest books one court in one hall")
    )
    assert "court_id" not in shape(proposal)["Guest"]
