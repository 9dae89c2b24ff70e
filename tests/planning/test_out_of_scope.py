"""What the service need not do is noted as a decision: nothing is made of it, and nobody is asked about it."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.out_of_scope import is_out_of_scope
from tests.planning.talking import asked_until_done, propose, shape, talk


@pytest.mark.parametrize(
    "said",
    [
        "We don't need anything for the budget, that is done by the finance department",
        "An app for parents would be nice one day, but please leave it out for now",
        "The membership fees are handled by our bank, so that's not part of this",
        "The bookkeeping itself stays with our accountant, so no taxes, no reports",
        "And please no customer portal, they prefer the phone anyway",
        "Payments by card aren't needed",
        "We don't need online payments or reports for now",
        "No newsletters, please",
        "What I don't need: anything about the church services, and no map",
        "Salaries are out of scope",
        "Maybe later",
    ],
)
def test_what_is_not_needed_is_a_decision(said: str) -> None:
    conversation = talk(f"Each lamp has a colour. {said}. Each lamp has a price.")
    proposal = propose(conversation)
    assert shape(proposal) == {"Lamp": "colour:str price:Decimal"}
    assert any(one.startswith("Not part of it: “") and one.endswith("” (Mara)") for one in proposal.decisions)
    assert not proposal.unread
    assert not proposal.custom
    assert "unread" not in asked_until_done(conversation)


@pytest.mark.parametrize(
    "said",
    [
        "A phone number isn't needed",
        "We don't need a phone number of children",
        "No member may have two loans",
        "No report can be deleted",
        "Reports aren't deleted",
        "The key stays with the guest",
        "The dog stays with our trainer for a week",
        "No two maps have the same number",
    ],
)
def test_a_fact_or_a_rule_is_in_scope(said: str) -> None:
    assert not is_out_of_scope(said)
