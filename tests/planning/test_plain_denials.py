"""What is said to be no thing is taken back, in whichever words, with what it is instead."""

from __future__ import annotations

import time

import pytest

from bot.planning.built_in.words.plain_denials import in_plain_denials
from tests.planning.talking import propose, shape, talk

POTTERY = (
    "Potters have a name. Kilns have a name. Glazes have a name. Leaders have a phone. "
    "A piece has a name, a potter and a glaze. A trip has a date and a leader."
)


def after(said: str, *, is_change: bool) -> dict[str, str]:
    """Return the things of a plan after a later message, or a change."""
    return shape(propose(talk(POTTERY, changes=(said,)) if is_change else talk(POTTERY, said)))


@pytest.mark.parametrize("is_change", [True, False])
@pytest.mark.parametrize(
    ("said", "piece"),
    [
        ("There is no glaze as a thing: it is just a note on the piece.", "glaze:str"),
        ("There's no glaze as a thing of its own, only a text on the piece", "glaze:str"),
        ("A glaze isn't a thing. It's just a remark on the piece.", "glaze:str"),
        ("We don't keep glazes as a separate thing, it is just a label on each piece", "glaze:str"),
        ("There are no glazes as separate tables.", "glaze:str"),
        ("A glaze is not a thing we keep.", ""),
        ("Glazes are not something that we track", ""),
    ],
)
def test_what_is_no_thing_goes_and_is_a_field_where_that_is_said(said: str, piece: str, *, is_change: bool) -> None:
    things = after(said, is_change=is_change)
    assert "Glaze" not in things
    assert things["Piece"] == f"name:str potter_id:int->Potter {piece}".strip()


def test_the_first_idea_may_say_so_too() -> None:
    things = shape(
        propose(talk("Plants have a name. Seasons have a name. A season is no thing: just a field of the plant."))
    )
    assert things == {"Plant": "name:str season:str"}


@pytest.mark.parametrize(
    "said",
    ["There is no glaze free on Sundays", "There is no glaze without a potter", "A glaze is not a thing to joke about",
     "A glaze is not a thing we keep in stock", "A glaze is not something to be deleted", "That is not a thing we keep",
     "There is no such thing", "A glaze is just a potter's whim", "We don't keep glazes as long as pots"],
)  # fmt: skip
def test_other_denials_stay_as_they_are(said: str) -> None:
    assert in_plain_denials(said) == said


STUDIO = (
    "Potters have a name, shelves, a temperature and a kiln. Kilns have a name, an owner and a size. "
    "Owners have a name."
)


@pytest.mark.parametrize("is_change", [True, False])
@pytest.mark.parametrize(
    ("said", "thing", "left"),
    [
        ("A potter has no shelves, no temperature and no kiln", "Potter", "name:str"),
        ("remove shelves, temperature and kiln from potter", "Potter", "name:str"),
        ("a potter needs no temperature", "Potter", "name:str shelves:str[] kiln_id:int->Kiln"),
        ("potters don't have a shelf", "Potter", "name:str temperature:float kiln_id:int->Kiln"),
        ("potters have neither shelves nor a temperature", "Potter", "name:str kiln_id:int->Kiln"),
        ("potters have no temperature or kiln", "Potter", "name:str shelves:str[]"),
        ("please drop the kiln and the temperature of potters", "Potter", "name:str shelves:str[]"),
        ("a kiln has no owner", "Kiln", "name:str size:str"),
        ("A kiln has no owner and no size.", "Kiln", "name:str"),
    ],
)
def test_what_a_thing_does_not_have_goes(said: str, thing: str, left: str, *, is_change: bool) -> None:
    proposal = propose(talk(STUDIO, changes=(said,)) if is_change else talk(STUDIO, said))
    assert shape(proposal)[thing] == left
    assert not proposal.unread


@pytest.mark.parametrize(
    "said",
    ["a kiln doesn't need an owner", "a kiln has no owner until it is bought", "a potter has no idea of glazing",
     "a potter without a kiln can't plan a firing", "a potter has no open firings and no dues left"],
)  # fmt: skip
def test_what_may_be_there_all_the_same_stays(said: str) -> None:
    assert shape(propose(talk(STUDIO, changes=(said,)))) == shape(propose(talk(STUDIO)))


def test_what_is_not_there_at_all_is_quoted_with_its_whole_sentence() -> None:
    said = "A kiln has no size, no owner and no banana"
    proposal = propose(talk(STUDIO, changes=(said,)))
    assert shape(proposal)["Kiln"] == "name:str"
    assert list(proposal.unread) == [said]


def test_long_texts_are_read_quickly() -> None:
    before = time.perf_counter()
    for text in (
        "a glaze is not " * 500,
        "there is no x as a thing: " * 300,
        "a b is not a thing, " * 400,
        "a kiln has no x, no y and " * 300,
    ):
        in_plain_denials(text)
    assert time.perf_counter() - before < 1


@pytest.mark.parametrize(
    "said",
    [
        "We don't keep a list of harbours", "We keep no list of harbours", "Harbours are nothing we keep track of",
        "A harbour is not a thing we keep", "We don't need a table of the harbours", "Harbours aren't a thing we keep",
    ],
)  # fmt: skip
@pytest.mark.parametrize("harbour", ["a harbour", "belongs to a harbour"])
def test_what_no_list_is_kept_of_is_a_word_of_what_has_it(said: str, harbour: str) -> None:
    proposal = propose(talk(f"A boat has a name and {harbour}. {said}."))

    assert (shape(proposal), proposal.unread) == ({"Boat": "name:str harbour:str"}, ())


@pytest.mark.parametrize(
    "said", ["A boat is a thing we keep", "Boats are something that we want to keep", "Boats are things we track here"]
)
def test_what_is_a_thing_we_keep_is_kept(said: str) -> None:
    proposal = propose(talk(f"{said}. Each boat has a name."))

    assert (shape(proposal), proposal.unread) == ({"Boat": "name:str"}, ())


def test_a_list_of_some_of_a_kind_denies_nothing() -> None:
    assert shape(propose(talk("A cake has a name. We don't keep a list of broken cakes."))) == {"Cake": "name:str"}
