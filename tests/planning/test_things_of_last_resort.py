"""Where nothing else tells of things, those that people plainly speak of are named, and asked about."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.spoken_nouns import nouns_of
from bot.planning.conversation import PlannerError
from tests.planning.talking import interview, propose, shape, talk


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("We fix phones.", "Phone"),
        ("Farmers bring milk every morning.", "Farmer"),
        ("The kids in our nursery can be picked up by several people.", "Kid"),
        ("Our club's trophies are on a shelf or lent to a winner.", "Trophy"),
        ("We look after graves.", "Grave"),
        ("Pensioners meet on Mondays.", "Pensioner"),
    ],
)
def test_what_people_speak_of_is_a_thing(said: str, name: str) -> None:
    proposal = propose(talk(said))
    assert name in shape(proposal)
    assert "Which things does it manage" not in interview(talk(said)).questions[0].text


@pytest.mark.parametrize(
    "said",
    [
        "Thanks are due to all of you.",
        "We need something nice.",
        "Costs must go down.",
        "Can kids be picked up?",
        "We never fix phones.",
        "Make it fast please.",
    ],
)
def test_what_names_no_things_is_asked_for(said: str) -> None:
    assert "Which things does it manage" in interview(talk(said)).questions[0].text
    with pytest.raises(PlannerError, match="which things to manage"):
        propose(talk(said))


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("At our cannery growers fetch crates of jars for Monday.", {"Grower", "Crate"}),
        ("Walkers of our alpine club obtain a badge for a number of summits.", {"Walker", "Badge"}),
        ("Stewards rotate the buoys of the harbour. Keepers empty bins at noon.", {"Steward", "Buoy", "Keeper", "Bin"}),
    ],
)
def test_who_does_what_names_things_where_nothing_could_be_read(said: str, names: set[str]) -> None:
    assert names <= set(shape(propose(talk(said))))


@pytest.mark.parametrize(
    ("said", "things"),
    [
        ("Whoever takes a van notes the kilometres and the fuel.", {"Van", "Fuel"}),
        ("Whoever brings a dish says its name and its allergens.", {"Dish", "Allergen"}),
        ("Whoever looks after a hive writes an inspection with a date and a note.", {"Hive", "Note"}),
    ],
)
def test_what_whoever_does_is_no_thing(said: str, things: set[str]) -> None:
    assert set(shape(propose(talk(said)))) == things


@pytest.mark.parametrize(
    ("sentence", "nouns"),
    [
        ("At our farm shop customers order boxes of vegetables for Friday", ["customers", "boxes"]),
        ("It takes them away", []),
        ("My team inspects lifts in office buildings twice a year", ["lifts"]),
        ("volunteers fix them and sends him home", ["volunteers"]),
        ("The choir sings six concerts", ["choir", "concerts"]),
        ("We want to go there", []),
        ("", []),
    ],
)
def test_nouns_are_who_acts_and_what_is_acted_on(sentence: str, nouns: list[str]) -> None:
    assert nouns_of(sentence) == nouns
