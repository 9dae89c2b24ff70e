"""Whatever is wrong with a declared rule, a sentence is offered that takes it out, and it does."""

from __future__ import annotations

import pytest

from bot.documents.entities.rule_lines import write_rule
from bot.generation.errors import UnsupportedSpecsError
from bot.planning.conversation import Proposal
from bot.planning.derived import derive
from bot.workflow.ways_past import way_past
from tests.checks.test_declared_rules import CASES, SPECS
from tests.checks.test_role_rules import SPECS as ROLES
from tests.workflow.test_ways_past import blocking, proposed

BROKEN = [
    (number, rules) for number in ("PT261", "PT262", "PT263", "PT266", "PT267", "PT268") for rules, _ in CASES[number]
]
MOST_MENDS = 3


def offered(proposal: Proposal) -> str:
    """Return the sentence that is offered to get on, from the review's first finding or from why there is no review."""
    try:
        found = blocking(proposal)
    except UnsupportedSpecsError as refused:
        return str(refused).rpartition("To go on, say: “")[2].removesuffix("”.")
    return way_past(found[0], proposal.specs) if found else ""


def rules_in(proposal: Proposal) -> int:
    """Return how many rules all entities have: a rule on how many of something stands with that."""
    return sum(len(entity.rules) for entity in proposal.specs.entities)


@pytest.mark.parametrize(("number", "rules"), BROKEN)
async def test_the_sentence_that_is_offered_mends_the_rule(number: str, rules: str) -> None:
    specs = SPECS.format(default="", rules=f"  - {rules}\n", account="")
    said: list[str] = []
    proposal = await proposed(specs)
    before = rules_in(proposal)
    while words := offered(proposal):
        assert words.startswith("drop the rule "), words
        said.append(words)
        assert len(said) <= MOST_MENDS, said
        proposal = await proposed(specs, *said)

    assert proposal.unread == ()
    assert not derive(proposal).findings or blocking(proposal) == []
    assert rules_in(proposal) == before - len(said)
    assert said


@pytest.mark.parametrize(
    "rule", ["read only by role STEWARD", "create only by role COACH", "update only by role MEMBER | STEWARD"]
)
async def test_a_rule_about_a_role_is_dropped(rule: str) -> None:
    specs = ROLES.format(rules=f"  - {rule}\n", role="MemberRole", mark=" (account)", manager="ADMIN")
    words = offered(await proposed(specs))
    assert words == f"drop the rule {rule}"
    assert rules_in(await proposed(specs, words)) == 0


async def test_the_same_rule_twice_is_there_once_when_one_is_dropped() -> None:
    rule = "one open Loan per book until returned_on"
    specs = SPECS.format(default="", rules=f"  - {rule}\n  - {rule}\n", account="")

    once = await proposed(specs, f"drop the rule {rule}")
    assert [write_rule(one) for one in once.specs.entities[0].rules] == [rule]
