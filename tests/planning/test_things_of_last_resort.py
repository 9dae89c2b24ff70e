"""Where nothing else tells of things, those that people plainly speak of are named, and asked about."""

from __future__ import annotations

import pytest

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
