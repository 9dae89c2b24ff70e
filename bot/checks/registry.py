"""The one list of rules: prompts state them, checks enforce them, the documentation prints them.

Ids are stable: PT0xx reading (kept by `bot.documents.text.reading`), PT1xx requirements, PT2xx entity_specs,
PT3xx task plans, PT4xx across documents, PT5xx plans of a phase, PT6xx packages, PT7xx house rules,
PT8xx plans for an existing repository.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.documents.findings import Finding, Place, Severity
from bot.documents.text.reading import READING_RULES, quote

__all__ = ["Problem", "Rule", "RuleSet", "all_rules", "quote", "rule_of"]

NOWHERE: Mapping[str, Place] = {}


@dataclass(frozen=True)
class Problem:
    """One breach of a rule. ``subject`` names the thing as its reader does: ``Book.price``, ``1.2``, or empty."""

    subject: str
    message: str
    next_step: str


@dataclass(frozen=True)
class Rule:
    """A rule as people and prompts read it: what must hold, how much it weighs, and why."""

    id: str
    title: str
    severity: Severity
    why: str

    def finding(self, problem: Problem, place: Place) -> Finding:
        """Return a breach of this rule as a finding at a place."""
        return Finding(
            rule=self.id,
            severity=self.severity,
            message=problem.message,
            next_step=problem.next_step,
            place=place,
        )


DESCRIBED: dict[str, Rule] = {
    rule.id: Rule(rule.id, rule.title, rule.severity, rule.why) for rule in READING_RULES.values()
}


class RuleSet[Document]:
    """The rules over one kind of document."""

    def __init__(self, file: str) -> None:
        """Begin without rules; ``file`` is what findings call a document whose place is not known."""
        self.file = file
        self.checks: list[tuple[Rule, Callable[[Document], Iterable[Problem]]]] = []

    def rule(
        self, rule_id: str, title: str, severity: Severity, why: str
    ) -> Callable[[Callable[[Document], Iterable[Problem]]], Callable[[Document], Iterable[Problem]]]:
        """Register a check under a stable id. Raises ValueError for an id that is taken."""
        if rule_id in DESCRIBED:
            raise ValueError(f"the rule {rule_id} is there already")
        described = Rule(rule_id, title, severity, why)
        DESCRIBED[rule_id] = described

        def register(check: Callable[[Document], Iterable[Problem]]) -> Callable[[Document], Iterable[Problem]]:
            self.checks.append((described, check))
            return check

        return register

    def check(
        self, document: Document, places: Mapping[str, Place] = NOWHERE, without: Collection[str] = ()
    ) -> tuple[Finding, ...]:
        """Return what all rules find, in the order of their ids; ``without`` names rules to leave out."""
        findings: list[Finding] = []
        for rule, check in sorted(self.checks, key=lambda registered: registered[0].id):
            problems = check(document) if rule.id not in without else ()
            findings += [self.finding(rule, problem, places) for problem in problems]
        return tuple(findings)

    def finding(self, rule: Rule, problem: Problem, places: Mapping[str, Place]) -> Finding:
        """Return a problem as a finding at its place, or at its parent's (``Book`` for ``Book.price``)."""
        parent = problem.subject.partition(".")[0]
        return rule.finding(problem, places.get(problem.subject) or places.get(parent) or Place(file=self.file))


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of the ids."""
    return tuple(DESCRIBED[rule_id] for rule_id in sorted(DESCRIBED))


def rule_of(rule_id: str) -> Rule:
    """Return the rule of that id. Raises KeyError where there is none."""
    return DESCRIBED[rule_id]
