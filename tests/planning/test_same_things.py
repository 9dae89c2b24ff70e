"""Two words for one thing: what both have is joined under one name, in a conversation and in the review."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.same_things import SameThings, read_same_things
from tests.planning.talking import asked, propose, quoted, shape, talk

HIVES = "keepers with an e-mail; beekeepers with a name and a phone; hives with a colour; a keeper has many hives"
ONE_THING = {"Beekeeper": "name:str phone:str email:EmailStr!", "Hive": "colour:str beekeeper_id:int->Beekeeper"}
SAYINGS = (
    "keeper and beekeeper are the same",
    "A keeper is the same as a beekeeper.",
    "keeper and beekeeper are one thing",
    "by keeper I mean the beekeeper",
    "sorry, when I say keeper I mean a beekeeper",
    "a keeper is just another word for a beekeeper",
    "please merge keeper into beekeeper",
    "Treat keepers and beekeepers as one",
)


@pytest.mark.parametrize("said", SAYINGS)
@pytest.mark.parametrize("where", ["messages", "changes"])
def test_two_things_that_are_the_same_become_one(said: str, where: str) -> None:
    proposal = propose(talk(HIVES, said) if where == "messages" else talk(HIVES, changes=(said,)))

    assert shape(proposal) == ONE_THING
    assert quoted(proposal) == []
    assert any("one thing, beekeeper" in note for note in proposal.decisions)
    assert not any("are not linked" in note for note in proposal.assumptions)
    assert any(note.startswith("Unique: Beekeeper.email") for note in (*proposal.assumptions, *proposal.decisions))


def test_it_may_be_said_in_the_first_message() -> None:
    assert shape(propose(talk(f"{HIVES}; keeper is another word for beekeeper"))) == ONE_THING


def test_questions_go_on_under_the_name_that_is_kept() -> None:
    assert "several:beekeeper:hive" in asked(talk(HIVES, "keeper and beekeeper are the same"))


def test_rules_of_both_go_on_under_one_name() -> None:
    said = "boats with a name; a keeper can rent many boats; a keeper can't have two open rentals at the same time"
    proposal = propose(talk(HIVES, said, changes=("keepers and beekeepers are the same people",)))
    rental = next(entity for entity in proposal.specs.entities if entity.name == "Rental")

    assert shape(proposal)["Rental"].startswith("beekeeper_id:int->Beekeeper boat_id:int->Boat")
    assert [rule.relation for rule in rental.rules if rule.kind == "one open"] == ["beekeeper"]


def test_the_other_word_stays_one_in_what_is_said_later() -> None:
    later = ("keeper and beekeeper are the same", "rename beekeeper to apiarist", "a keeper has a hat size")

    assert shape(propose(talk(HIVES, changes=later))) == {
        "Apiarist": "name:str phone:str email:EmailStr! hat_size:str",
        "Hive": "colour:str apiarist_id:int->Apiarist",
    }


@pytest.mark.parametrize("where", ["messages", "changes"])
@pytest.mark.parametrize("link", ["", "; a hive belongs to a beekeeper"])
def test_a_field_that_is_a_thing_by_another_name_becomes_its_link(where: str, link: str) -> None:
    first = f"beekeepers with a name; hives with a colour and a keeper{link}"
    said = "keepers and beekeepers are one and the same"
    proposal = propose(talk(first, said) if where == "messages" else talk(first, changes=(said,)))

    key = "beekeeper_id" if link else "keeper_id"
    assert shape(proposal) == {"Beekeeper": "name:str", "Hive": f"colour:str {key}:int->Beekeeper"}
    assert quoted(proposal) == []


def test_records_that_join_both_with_something_else_become_one() -> None:
    first = (
        "members with a name; readers with an e-mail; books with a title; a member has many books; "
        "a reader has many books"
    )
    many = {"several:member:book": "yes", "several:reader:book": "yes"}
    proposal = propose(talk(first, answers=many, changes=("by member I mean reader",)))

    assert list(shape(proposal)) == ["Reader", "Book", "ReaderBook"]
    assert shape(proposal)["ReaderBook"] == "reader_id:int->Reader book_id:int->Book"


@pytest.mark.parametrize("where", ["messages", "changes"])
def test_two_words_that_are_no_things_are_quoted_with_a_way_on(where: str) -> None:
    said = "start and end are the same"
    proposal = propose(talk(HIVES, said) if where == "messages" else talk(HIVES, changes=(said,)))

    assert list(shape(proposal)) == ["Keeper", "Beekeeper", "Hive"]
    assert any(piece.startswith(f"{said} (neither start nor end is a thing here") for piece in proposal.unread)


@pytest.mark.parametrize(
    "said",
    [
        "the password and its repetition must be the same",
        "two members can't be the same person",
        "a hive and its queen are one year old",
        "by Friday I mean to be done",
    ],
)
def test_what_says_something_else_is_no_such_sentence(said: str) -> None:
    assert read_same_things(said) is None


def test_who_names_the_word_that_is_wanted_gets_it() -> None:
    assert read_same_things("by the keeper we mean beekeeper.") == SameThings("keeper", "beekeeper", is_named=True)
