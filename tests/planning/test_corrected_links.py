"""Corrections: "it is the report that is written by the assistant, not the costume", "a costume has no assistant"."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.corrected_links import read_corrected, thing_named
from tests.planning.talking import propose, shape, talk

COSTUMES = (
    "A costume has a name and a size. A damage report belongs to a costume and has a description. Each costume belongs "
    "to a wardrobe assistant. A wardrobe assistant has a name."
)
RIGHT = {
    "Costume": "name:str size:str",
    "DamageReport": "description:str costume_id:int->Costume wardrobe_assistant_id:int->WardrobeAssistant",
    "WardrobeAssistant": "name:str",
}
TURBINES = "Technicians log inspections with date. A wind park has a name and an area."


@pytest.mark.parametrize(
    "said",
    [
        "it is the damage report that is written by the wardrobe assistant, not the costume",
        "No, it's the damage report that belongs to the wardrobe assistant, not the costume.",
        "The wardrobe assistant writes the damage report, not the costume",
        "not the costume but the damage report is written by the wardrobe assistant",
    ],
)
def test_a_link_goes_where_it_belongs(said: str) -> None:
    proposal = propose(talk(COSTUMES, changes=(said,)))
    assert shape(proposal) == RIGHT
    assert proposal.unread == ()


def test_it_does_before_the_first_review_too() -> None:
    said = "it is the damage report that is written by the wardrobe assistant, not the costume"
    proposal = propose(talk(COSTUMES, said))
    assert shape(proposal) == RIGHT
    assert proposal.unread == ()


@pytest.mark.parametrize("is_early", [True, False])
def test_a_thing_without_another_names_it_no_more(is_early: bool) -> None:
    said = "A costume has no wardrobe assistant"
    proposal = propose(talk(COSTUMES, said) if is_early else talk(COSTUMES, changes=(said,)))
    assert shape(proposal)["Costume"] == "name:str size:str"
    assert proposal.unread == ()


def test_a_field_goes_where_it_belongs() -> None:
    proposal = propose(talk(COSTUMES, changes=("It's the damage report that has the size, not the costume",)))
    assert shape(proposal)["Costume"] == "name:str wardrobe_assistant_id:int->WardrobeAssistant"
    assert shape(proposal)["DamageReport"] == "description:str costume_id:int->Costume size:str"


@pytest.mark.parametrize(
    "said",
    ["a costume has no author", "it is the hat that is written by the queen, not the costume"],
)
def test_what_is_not_there_is_quoted(said: str) -> None:
    proposal = propose(talk(COSTUMES, changes=(said,)))
    assert proposal.unread == (said,)
    assert shape(proposal) == shape(propose(talk(COSTUMES)))


@pytest.mark.parametrize(
    "said", ["a costume can be lent to a member, not the assistant", "costumes have a size", "not the costume"]
)
def test_a_rule_or_a_fact_corrects_nothing(said: str) -> None:
    assert read_corrected(said) is None


@pytest.mark.parametrize(
    ("said", "noun"),
    [
        ("a wind turbine is one of the things it manages", "wind turbine"),
        ("Wind turbines are one of the things we keep.", "Wind turbines"),
        ("a wind turbine is also a thing", "wind turbine"),
        ("a wind turbine is running", ""),
    ],
)
def test_a_thing_is_named_as_the_button_says_it(said: str, noun: str) -> None:
    assert thing_named(said) == noun


def test_a_thing_comes_by_the_words_of_its_button_and_goes_by_its_short_name() -> None:
    changes = ("a wind turbine is one of the things it manages", "A turbine has a serial number")
    proposal = propose(talk(TURBINES, changes=changes))
    assert shape(proposal)["WindTurbine"] == "name:str serial_number:str!"
    assert "Turbine" not in shape(proposal)
    assert proposal.unread == ()
    assert "“A turbine has a serial number” (Jon)" in proposal.decisions
