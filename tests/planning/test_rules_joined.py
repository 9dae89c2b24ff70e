"""Two open rules in one sentence are two tasks; one that is taken back or replaced stays away."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, talk

DOMAINS = [
    ("Telescopes with a name. Astronomers with a name.", "A telescope can't be deleted while it has confirmed sessions",
     "an astronomer has at most three confirmed sessions", "an astronomer has at most two confirmed sessions"),
    ("Boats with a name. Skippers with a name.", "A boat can never be sold while it has unpaid bills",
     "each skipper has at most four unpaid bills", "each skipper has at most five unpaid bills"),
]  # fmt: skip
PARTS = pytest.mark.parametrize(("words", "first", "second", "other"), DOMAINS)


def told(words: str, first: str, second: str) -> str:
    """Return first words with two rules in one sentence."""
    return f"{words} {first}, and {second}."


@PARTS
def test_two_rules_joined_by_and_are_two_tasks(words: str, first: str, second: str, other: str) -> None:
    assert quoted(propose(talk(told(words, first, second)))) == [first, second]
    assert other not in quoted(propose(talk(told(words, first, second))))


@PARTS
def test_a_rule_goes_by_its_cut_words_and_another_takes_its_place(
    words: str, first: str, second: str, other: str
) -> None:
    cut = " ".join(second.split()[:6])
    change = f"Drop the rule “{cut}…”; instead: {other}"

    assert quoted(propose(talk(told(words, first, second), changes=(change,)))) == [first, other]


@PARTS
def test_a_rule_taken_back_does_not_come_back(words: str, first: str, second: str, other: str) -> None:
    dropped = f"drop the rule “{first}”"

    proposal = propose(talk(told(words, first, second), changes=(dropped, second.capitalize(), "add a note to it")))

    assert first not in " ".join(quoted(proposal))
    assert second.casefold() in [rule.casefold() for rule in quoted(proposal)]
    assert other not in quoted(proposal)
