"""Who decides on a state alone brings a thing there: "the pilot decides whether his flight is confirmed"."""

from __future__ import annotations

import time

import pytest

from bot.planning.built_in.words.plain_verdicts import in_plain_verdicts
from tests.planning.talking import asked, named_rules_of, propose, quoted, shape, talk

FLIGHT = "A pilot has a name. A flight has a date and a pilot. A flight goes from planned to confirmed or called off. "
CLAIM = "A claim has a title. A claim goes from sent in to paid or refused. "
TRIP = "A trip has a date. A trip goes from open to full or off. "


def rights(text: str, use: str) -> list[str]:
    """Return what is left to somebody, once it is told who signs in."""
    return [one for one in named_rules_of(propose(talk(text, answers={"use": use}))) if " only by " in one]


@pytest.mark.parametrize(
    ("said", "use", "left"),
    [
        (FLIGHT + "The pilot decides whether his flight is confirmed or called off.", "Pilots log in", [
            "Flight: confirmed only by pilot", "Flight: called_off only by pilot",
        ]),
        (FLIGHT + "Pilots decide if their flights are called off.", "Pilots log in",
         ["Flight: called_off only by pilot"]),
        (FLIGHT + "It is up to the pilot whether a flight is confirmed or not.", "Pilots log in",
         ["Flight: confirmed only by pilot"]),
        (FLIGHT + "Whether a flight is called off is decided by its pilot.", "Pilots log in",
         ["Flight: called_off only by pilot"]),
        (CLAIM + "The treasurer decides whether a claim is paid or refused.", "yes", [
            "Claim: paid only by role treasurer", "Claim: refused only by role treasurer",
        ]),
        (CLAIM + "The accountant decides when a claim is paid.", "yes", ["Claim: paid only by role accountant"]),
        (CLAIM + "The accountant decides which claims are refused.", "yes", ["Claim: refused only by role accountant"]),
        (CLAIM + "Only the board may set a claim to paid or refused.", "yes", [
            "Claim: paid only by role board", "Claim: refused only by role board",
        ]),
    ],
)  # fmt: skip
def test_who_decides_takes_the_steps(said: str, use: str, left: list[str]) -> None:
    assert rights(said, use) == left
    assert quoted(propose(talk(said, answers={"use": use}))) == []


def test_the_steps_are_asked_where_only_states_are_told() -> None:
    listed = "A pilot has a name. A flight has a pilot. A flight is planned, on or called off. "
    assert "steps:flight.status" in asked(talk(f"{listed} The pilot decides whether his flight is on or called off."))


def test_what_no_sentence_tells_as_a_state_is_a_decision_as_before() -> None:
    told = propose(talk("A claim has a title. The treasurer decides whether a claim is paid or refused."))
    assert shape(told)["Claim"] == "title:str decision:ClaimDecision?"


def test_what_is_a_state_already_is_no_decision_beside_it() -> None:
    said = "The weather decides whether a trip is full or off"
    told = propose(talk(f"A guide has a name. {TRIP}{said}."))
    assert (shape(told)["Guide"], quoted(told)) == ("name:str", [said])


@pytest.mark.parametrize(
    "said",
    [
        FLIGHT + "The pilot decides whether he is confirmed or called off.",
        FLIGHT + "The crew decides whether the flight is late or on time.",
        TRIP + "The weather decides whether a trip is full or off.",
        TRIP + "The date decides if the trip is off.",
        TRIP + "A guest decides what a trip is.",
    ],
)
def test_anything_else_stays_as_it_was_said(said: str) -> None:
    assert in_plain_verdicts(said) == said


def test_a_long_text_takes_no_time() -> None:
    start = time.perf_counter()
    in_plain_verdicts("The pilot decides whether " + "the flight is on, " * 400)
    in_plain_verdicts("It is up to " + "the pilot " * 700)
    assert time.perf_counter() - start < 1
