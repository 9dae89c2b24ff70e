"""What is noted before and after a deed, how it turned out, when it runs out, and who decides on it."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_findings import in_plain_findings
from tests.planning.talking import asked, propose, rules_of, shape, talk


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            (
                "A batch comes from one sack of green beans, and we record its weight before and after roasting, "
                "plus how dark it turned out."
            ),
            {
                "Batch": "before_roasting_weight:float after_roasting_weight:float darkness:str sack_id:int->Sack",
                "Sack": "name:str",
            },
        ),
        ("A dog has a name and when its vaccination expires.", {"Dog": "name:str vaccination_expiry_date:date"}),
        (
            "For each boat I need to know the name, how long it is and when its insurance runs out.",
            {"Boat": "name:str length:float insurance_expiry_date:date"},
        ),
        (
            "For each sweep we write what we found, whether it passed, and what the owner owes.",
            {"Sweep": "findings:str passed:bool amount_owed:Decimal"},
        ),
        ("Fixing bikes is our job. A bike has a colour.", {"Bike": "colour:str"}),
        (
            "Keeping chimneys clean is my job, with two helpers. Houses have an address.",
            {"Helper": "name:str", "House": "address:str"},
        ),
    ],
)
def test_facts_in_everyday_words(text: str, shown: dict[str, str]) -> None:
    """Each is a field under the noun that it means, and nothing stays unread."""
    proposal = propose(talk(text))
    assert shape(proposal) == shown
    assert not proposal.unread


def test_what_somebodys_job_is_names_nothing() -> None:
    """Nobody is asked whether "chimneys clean is my job" is the name of the whole."""
    conversation = talk("Keeping chimneys clean is my job, with two helpers. Houses have an address.")
    assert not [one for one in asked(conversation) if "clean" in one.lower()]


@pytest.mark.parametrize("when", ["When", "Whenever", "As soon as"])
def test_when_to_remind_is_an_open_task(when: str) -> None:
    """As with "if": quoted in the words that were said, not left unread."""
    said = f"{when} a sack is down to less than five kilos, please remind me to buy more"
    proposal = propose(talk(f"A sack has a weight. {said}."))
    assert [task.title for task in proposal.custom] == [f"“{said}”"]
    assert not proposal.unread


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        (
            "A booking has a room. It starts as requested, then the treasurer confirms it or turns it down.",
            "requested -> confirmed | turned_down",
        ),
        ("A loan starts as pending, then the librarian approves or rejects it.", "pending -> approved | rejected"),
        (
            "Each permit starts as new, and then our inspector grants it or refuses it, and a permit has a fee.",
            "new -> granted | refused",
        ),
    ],
)
def test_what_somebody_decides_are_steps(text: str, steps: str) -> None:
    """Both ends are states, and who decides is named by the record."""
    proposal = propose(talk(text))
    assert f"transition status: {steps}" in rules_of(proposal)
    assert any("_id:int?->" in fields for fields in shape(proposal).values())
    assert not proposal.unread


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "''",
        "Fixing bikes is our job.",
        "Remind me when its insurance runs out.",
        "Nurses check the patient before and after surgery.",
        "For each lost umbrella we note what we found.",
        "A film starts as planned.",
    ],
)
def test_what_means_something_else_stays(text: str) -> None:
    """Orders, deeds and lost things are no facts; a message that says nothing else keeps what it says."""
    assert in_plain_findings(text) == text
