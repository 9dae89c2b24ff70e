"""Rules over house rules: what a workspace asks of generated code is said once, in short, and marked truthfully."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.checks.registry import NOWHERE, Problem, RuleSet, quote
from bot.documents.findings import Finding, Place, Severity
from bot.documents.house_rules.house_rules import HouseRules

__all__ = ["HOUSE_RULE_RULES", "MarkedRules", "check_house_rules"]

LONGEST_RULE = 600
LONGEST_TOGETHER = 24_000
"""Characters of all rules together: they go into every prompt that writes code."""


@dataclass(frozen=True)
class MarkedRules:
    """House rules, and a function that tells whether a check exists that a rule says it is enforced by."""

    document: HouseRules
    exists: Callable[[str], bool]


HOUSE_RULE_RULES: RuleSet[MarkedRules] = RuleSet("house_rules.md")
rule = HOUSE_RULE_RULES.rule


@rule(
    "PT701",
    "House rules hold at least one rule",
    Severity.ERROR,
    "Without any, generated code would keep to nothing; to go back to the usual rules, put those in.",
)
def holds_rules(marked: MarkedRules) -> Iterator[Problem]:
    """Find a document without rules."""
    if not marked.document.rules():
        yield Problem("", "There is no rule in it.", "Write each as a list item such as `- H1: what must hold`.")


@rule(
    "PT702",
    "A house rule has an id of its own, which no rule had before",
    Severity.ERROR,
    "Reviews and models name rules by their ids, also those of an earlier revision.",
)
def has_own_id(marked: MarkedRules) -> Iterator[Problem]:
    """Find ids that stand twice, or that were struck."""
    struck = {removed for section in marked.document.sections for removed in section.removed}
    for rule_id, count in Counter(rule.id for rule in marked.document.rules()).items():
        if count > 1:
            yield Problem(rule_id, f"{rule_id} is the id of {count} rules.", "Give all but one a free id.")
        if rule_id in struck:
            yield Problem(rule_id, f"{rule_id} is struck, and given again.", "Give the rule a free id.")


@rule(
    "PT703",
    "A house rule that says it is checked names checks that exist",
    Severity.ERROR,
    "A mark that nothing stands behind makes people believe that nobody has to look.",
)
def names_known_checks(marked: MarkedRules) -> Iterator[Problem]:
    """Find marks of checks that are not there."""
    for rule in marked.document.rules():
        for check in rule.checks:
            if not marked.exists(check):
                message = f"{rule.id} says that {quote(check)} checks it, and there is no such check."
                yield Problem(rule.id, message, "Name one that `planthread rules checks` lists, or take the mark out.")


@rule(
    "PT704",
    "House rules are short: a rule has at most 600 characters, all together 24,000",
    Severity.ERROR,
    "They go into every prompt that writes code; what drowns in words is not kept to.",
)
def is_short(marked: MarkedRules) -> Iterator[Problem]:
    """Find rules that are too long, alone or together."""
    for rule in marked.document.rules():
        if len(rule.text) > LONGEST_RULE:
            yield Problem(rule.id, f"{rule.id} has {len(rule.text)} characters.", "Split it, or say it shorter.")
    together = sum(map(len, marked.document.lines()))
    if together > LONGEST_TOGETHER:
        yield Problem("", f"All rules together have {together:,} characters.", "Keep those that matter for all code.")


@rule(
    "PT705",
    "No house rule says the same as another",
    Severity.WARNING,
    "Said twice, one of them is changed later and the other forgotten.",
)
def is_said_once(marked: MarkedRules) -> Iterator[Problem]:
    """Find rules of the same words."""
    first: dict[str, str] = {}
    for rule in marked.document.rules():
        words = rule.text.casefold().rstrip(".")
        if words in first and first[words] != rule.id:
            yield Problem(rule.id, f"{rule.id} says the same as {first[words]}.", "Keep one of them.")
        first.setdefault(words, rule.id)


def check_house_rules(
    document: HouseRules, exists: Callable[[str], bool], places: Mapping[str, Place] = NOWHERE
) -> tuple[Finding, ...]:
    """Return what the rules find; ``exists`` tells whether a check is there that a rule may name."""
    return HOUSE_RULE_RULES.check(MarkedRules(document, exists), places)
