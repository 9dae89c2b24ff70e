"""Nouns that have no singular keep their form, and what is called an item later is one thing."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, propose, quoted, shape, talk


def test_clothes_that_people_leave_are_the_items_told_of_next() -> None:
    proposal = propose(
        talk(
            "My sister has a second-hand clothes shop where people leave clothes for her to sell. Every item has a "
            "brand, size, colour and asking price, and belongs to the person who brought it."
        )
    )
    assert set(shape(proposal)) == {"Item", "Person"}
    assert set(shape(proposal)["Item"].split()) == {
        "brand:str",
        "size:str",
        "colour:str",
        "asking_price:Decimal",
        "person_id:int->Person",
    }
    assert not quoted(proposal)


@pytest.mark.parametrize(
    ("text", "name", "fact"),
    [
        ("We rent out clothes. Clothes have a size and a colour.", "Clothes", "size:str"),
        ("Guests leave their belongings. Belongings have a description.", "Belongings", "description:str"),
        ("Premises have an address. A tenant rents premises.", "Premises", "address:str"),
        ("We keep scissors. Scissors have a length.", "Scissors", "length:float"),
        ("People donate clothes to our shop. Shelves have a colour.", "Clothes", "name:str"),
    ],
)
def test_a_noun_without_a_singular_keeps_its_form(text: str, name: str, fact: str) -> None:
    assert fact in shape(propose(talk(text)))[name].split()


@pytest.mark.parametrize(
    ("text", "thing", "link"),
    [
        ("Each bag belongs to the guest who left it. A bag has a colour.", "Bag", "guest_id:int->Guest"),
        (
            "A parcel belongs to the neighbour who took it in. A parcel has a weight.",
            "Parcel",
            "neighbour_id:int->Neighbour",
        ),
        ("Every tool has a brand, and belongs to the person who brought it.", "Tool", "person_id:int->Person"),
        ("People leave shoes for her to sell. Every piece has a brand and a size.", "Piece", "person_id:int->Person"),
    ],
)
def test_whoever_did_something_is_only_the_end_of_a_link(text: str, thing: str, link: str) -> None:
    proposal = propose(talk(text))
    assert link in shape(proposal)[thing].split()
    assert not quoted(proposal)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("We lend sheet music.", {"SheetMusic": "name:str"}),
        ("Our choir lends out its sheet music.", {"SheetMusic": "name:str"}),
        ("We hire out camping gear.", {"CampingGear": "name:str"}),
        ("We sell honey and bread.", {"Honey": "name:str", "Bread": "name:str"}),
        ("We lend furniture and tools.", {"Furniture": "name:str", "Tool": "name:str"}),
    ],
)
def test_what_has_no_plural_is_a_thing_where_we_lend_or_sell_it(text: str, made: dict[str, str]) -> None:
    proposal = propose(talk(text))
    assert shape(proposal) == made
    assert not quoted(proposal)


def test_what_has_no_plural_is_borrowed_as_other_things_are() -> None:
    made = shape(propose(talk("We lend sheet music. Members borrow it for four weeks.")))
    assert {"member_id:int->Member", "sheet_music_id:int->SheetMusic"} <= set(made["Loan"].split())


@pytest.mark.parametrize("text", ["We keep money", "We sell music boxes", "We like music"])
def test_money_and_words_of_other_names_are_no_wares(text: str) -> None:
    assert "things" in asked(talk(text)) or "Music" not in shape(propose(talk(text)))


def test_whose_boats_these_are_is_no_part_of_their_name() -> None:
    assert shape(propose(talk("Their boats are kept in a harbour. A harbour has a name."))) == {
        "Boat": "harbour_id:int->Harbour name:str",
        "Harbour": "name:str",
    }
