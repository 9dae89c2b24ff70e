"""The sentence that stands for each form of declared rule is one that the planner reads as that form."""

from __future__ import annotations

import re

import pytest

from bot.documents.entities.declared_rules import RULE_FORMS, DeclaredRule
from bot.planning.built_in.rules.rule_examples import RULE_EXAMPLES
from tests.planning.talking import propose, rules_of, talk

IDEAS = {
    "Transition": "orders with a status open/paid/cancelled",
    "OneOpen": "books with a title; members with a name; members borrow books",
    "DerivedMoment": "books with a title; members with a name; members borrow books",
    "NoOverlap": "rooms with a number; bookings with a room, a start and an end",
    "LatestAfter": "cars with a plate; rentals with a car, a start and an end",
    "ActionByOwner": "authors with a name and an e-mail; each author writes many posts; "
    "posts with a title; authors log in",
    "AtMost": "members with a name; bookings with a member, a start and an end",
    "ActionByRole": "tools with a name; members with a name and a role member/steward; members log in",
    "OnlyWhile": "kilns with a status working/broken; firings with a kiln, a start and an end",
}


def test_each_form_has_an_example() -> None:
    assert len(RULE_EXAMPLES) == len(RULE_FORMS)
    assert {form.__name__ for form in RULE_EXAMPLES} == IDEAS.keys()


@pytest.mark.parametrize(("form", "written"), list(zip(RULE_EXAMPLES, RULE_FORMS, strict=True)))
def test_each_example_stands_beside_its_own_form(form: type[DeclaredRule], written: str) -> None:
    (rule,) = rules_of(propose(talk(f"{IDEAS[form.__name__]}.\n{RULE_EXAMPLES[form]}")))

    needed = re.sub(r" \[(?:and|until|unless) [^\]]*\]", "", written)
    words = {word for word in needed.split() if re.fullmatch("[a-z]+|=|->", word)}
    assert words - {"until", "days", "hours"} <= set(rule.split())


@pytest.mark.parametrize("form", list(RULE_EXAMPLES), ids=lambda form: form.__name__)
def test_the_planner_reads_each_example_as_its_form(form: type[DeclaredRule]) -> None:
    proposal = propose(talk(f"{IDEAS[form.__name__]}.\n{RULE_EXAMPLES[form]}"))

    assert [type(rule) for entity in proposal.specs.entities for rule in entity.rules] == [form]
    assert proposal.custom == ()
