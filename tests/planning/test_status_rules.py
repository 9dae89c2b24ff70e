"""What may be done only while a status allows it: written in the bot's notation, and kept true to what it names."""

from __future__ import annotations

import pytest

from bot.documents.entities.rule_lines import write_rule
from bot.planning.conversation import Proposal
from tests.planning.talking import propose, talk

KILNS = (
    "Kilns with a name and a status working/idle/broken. Potters with a name and whether they are active. "
    "Firings with a kiln, a potter, a start, an end and a state planned/fired.\n"
)
RULE = "firing: create only while kiln.status is working | idle"
WRITTEN = "create only while kiln.status is working | idle"


def rules_of(proposal: Proposal, name: str) -> list[str]:
    """Return the rules of an entity, as documents have them."""
    return [write_rule(rule) for entity in proposal.specs.entities if entity.name == name for rule in entity.rules]


def firing_rules(*changes: str, rule: str = RULE) -> list[str]:
    """Return the rules of a firing after the changes."""
    return rules_of(propose(talk("kiln house", f"{KILNS}{rule}", changes=changes)), "Firing")


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        (RULE, WRITTEN),
        ("create only while kiln.status is Working or idle", WRITTEN),
        ("firing: update only while state is planned", "update only while state is planned"),
        ("delete only while state is planned", "delete only while state is planned"),
    ],
)
def test_a_rule_in_the_notation_is_declared(rule: str, written: str) -> None:
    assert firing_rules(rule=rule) == [written]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("firing: create only while kiln.status is molten", "nothing here has kiln.status with molten"),
        ("create only while oven.status is working", "nothing here has oven.status with working"),
        ("firing: create only while state is planned", "nothing here has state with planned"),
    ],
)
def test_a_rule_about_what_is_not_there_stays_unread_and_says_why(rule: str, why: str) -> None:
    proposal = propose(talk("kiln house", f"{KILNS}{rule}"))
    assert rules_of(proposal, "Firing") == []
    assert any(why in line for line in proposal.unread), proposal.unread


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ("rename the status of a kiln to condition", ["create only while kiln.condition is working | idle"]),
        ("rename kiln to oven", ["create only while oven.status is working | idle"]),
        ("rename the status idle to free", ["create only while kiln.status is working | free"]),
        ("remove the status of a kiln", []),
        ("remove idle from the status of a kiln", ["create only while kiln.status is working"]),
        ("forget kilns", []),
    ],
)
def test_a_rule_goes_with_what_it_looks_at(change: str, rules: list[str]) -> None:
    assert firing_rules(change) == rules


@pytest.mark.parametrize(
    ("states", "sentence", "allowed"),
    [
        ("free/out/repair", "A cello in repair can't be lent.", "free | out"),
        ("free/out/repair", "A cello that is in repair can't be lent.", "free | out"),
        ("free/out/repair", "A cello can't be lent while it is in the repair.", "free | out"),
        ("free/out/repair", "Only a cello that is in repair can be lent.", "repair"),
        ("stock/sale/loan", "No loan of a cello on sale.", "stock | loan"),
        ("active/retired", "An inactive cello can't be lent.", "active"),
    ],
)
def test_the_in_of_a_state_denies_nothing(states: str, sentence: str, allowed: str) -> None:
    known = f"Pupils with a name. Cellos with a number and a status {states}."
    proposal = propose(talk(f"{known} A loan has a pupil, a cello, a first day and a last day. {sentence}"))
    assert rules_of(proposal, "Loan") == [f"create only while cello.status is {allowed}"]


@pytest.mark.parametrize(
    "said",
    [
        "Pieces can only be added while the firing is planned.",
        "Nobody can add a piece once the firing has left planned.",
        "Nobody can add a piece to a firing when the firing isn't planned.",
        "A piece can be added only if its firing is planned.",
        "No piece can be added when the firing is loading, firing or cooling.",
    ],
)
def test_what_names_a_thing_may_depend_on_its_state(said: str) -> None:
    firings = "A firing has a date and a status: planned, loading, firing, cooling. A piece has a weight and a firing."
    proposal = propose(talk(f"{firings} {said}"))
    assert rules_of(proposal, "Piece") == ["create only while firing.status is planned"]
    assert (proposal.custom, proposal.unread) == ((), ())
