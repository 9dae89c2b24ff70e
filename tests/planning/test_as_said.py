"""Quotes are what somebody wrote, also where it was put plainly before it was read."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.as_said import as_said, with_quotes_as_said
from tests.planning.talking import propose, talk

TOLD = (
    "An order has a number. It goes from accepted to done. A mechanic works on it. Players have a name. Trainings have "
    "a date. For every training we note who was there."
)


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("It is accepted, then done", "It goes from accepted to done"),
        ("It belongs to a mechanic", "A mechanic works on it"),
        ("An attendance belongs to a training", "For every training we note who was there"),
        ("Nobody said this", ""),
    ],
)
def test_the_sentence_that_somebody_wrote_is_found(plain: str, said: str) -> None:
    assert as_said(TOLD, plain).strip(".") == said


def test_a_quote_that_stands_there_stays_as_it_is() -> None:
    assert with_quotes_as_said("Kept: “has a number” (Mara)", [TOLD]) == "Kept: “has a number” (Mara)"
    assert with_quotes_as_said("Kept: “It belongs to a mechanic” (Jon)", ["Hello", TOLD]) == (
        "Kept: “A mechanic works on it” (Jon)"
    )
    assert with_quotes_as_said("“transition status: a -> b” stays", [TOLD]) == "“transition status: a -> b” stays"


def test_decisions_and_assumptions_quote_what_was_written() -> None:
    proposal = propose(talk(TOLD))
    assert "Each order names one mechanic: “A mechanic works on it” (Mara)" in proposal.decisions
    assert any(one.startswith("Order: “It goes from accepted to done”") for one in proposal.assumptions)


def test_a_task_says_the_rule_as_it_was_said() -> None:
    said = "For each rehearsal every singer says yes, no or maybe, only once."
    proposal = propose(talk(f"Singers have a name and rehearsals have a date. {said}"))
    details = [line for task in proposal.custom for line in task.details]
    assert details
    assert all(said.strip(".") in line for line in details if line.startswith("The rule as it was said"))
