"""Rules over requirements: user stories, and acceptance criteria in EARS form that a test can decide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.checks.registry import Problem, RuleSet, quote
from bot.documents.findings import Severity
from bot.documents.requirements import AcceptanceCriterion, Requirements

__all__ = ["AMBIGUOUS_WORDS", "REQUIREMENT_RULES"]

REQUIREMENT_RULES: RuleSet[Requirements] = RuleSet("requirements.md")
rule = REQUIREMENT_RULES.rule

BEGINNINGS = ("WHEN", "WHILE", "IF", "WHERE", "THE")
SHALL = re.compile(r"\bSHALL\b")
SHALL_IN_ANY_CASE = re.compile(r"\bshall\b", re.IGNORECASE)
FIRST_WORD = re.compile(r"[A-Za-z]{1,20}")
QUOTED = re.compile(r"`[^`]{0,500}`|“[^”]{0,500}”|\"[^\"]{0,500}\"")

AMBIGUOUS_WORDS = (
    "fast", "quick", "quickly", "slow", "soon", "user-friendly", "easy", "easily", "simple", "simply", "intuitive",
    "appropriate", "appropriately", "adequate", "reasonable", "robust", "flexible", "efficient", "efficiently", "some",
    "several", "various", "many", "few", "often", "usually", "normally", "as needed", "if possible", "as appropriate",
    "etc", "and so on", "and/or", "properly", "correctly", "seamless", "seamlessly", "nice", "good", "better",
    "modern", "scalable", "secure", "recent", "large", "small",
)  # fmt: skip
"""Words that a test can't decide: each needs a number, a list or a rule instead."""

AMBIGUOUS = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(re.escape(word) for word in sorted(AMBIGUOUS_WORDS, key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)


@rule(
    "PT101",
    "Every requirement has at least one acceptance criterion",
    Severity.ERROR,
    "Without a criterion nobody can tell whether the requirement is met.",
)
def has_criteria(requirements: Requirements) -> Iterator[Problem]:
    """Find requirements without criteria, and a document without requirements."""
    if not requirements.requirements:
        yield Problem("", "There is no requirement.", "Add one requirement for each thing that people asked for.")
    for requirement in requirements.requirements:
        if not requirement.criteria:
            message = f"Requirement {requirement.number} {quote(requirement.title)} has no acceptance criterion."
            yield Problem(str(requirement.number), message, "Add one such as “WHEN …, THE System SHALL …”.")


@rule(
    "PT102",
    "A criterion is one EARS sentence: it begins with WHERE, WHILE, WHEN, IF or THE, and says SHALL",
    Severity.ERROR,
    "EARS names the trigger and the response, so a test can be derived from it.",
)
def is_ears(requirements: Requirements) -> Iterator[Problem]:
    """Find criteria that begin otherwise or oblige nobody; lower case is taken."""
    for criterion in requirements.criteria():
        first = FIRST_WORD.match(criterion.text.lstrip())
        begins = bool(first) and first is not None and first.group().upper() in BEGINNINGS
        if not begins or not SHALL_IN_ANY_CASE.search(criterion.text):
            message = f"{criterion.number} {quote(criterion.text)} is not in EARS form."
            step = "Write it as “WHEN …, THE System SHALL …” or “IF …, THEN THE System SHALL …”."
            yield Problem(criterion.number, message, step)


@rule(
    "PT103",
    "A criterion obliges to one thing: it says SHALL once",
    Severity.ERROR,
    "Two obligations in one criterion can't be ticked apart.",
)
def has_one_shall(requirements: Requirements) -> Iterator[Problem]:
    """Find criteria with two SHALLs; a lower-case “shall” in quoted text doesn't count."""
    for criterion in requirements.criteria():
        count = len(SHALL.findall(QUOTED.sub("", criterion.text)))
        if count > 1:
            message = f"{criterion.number} says SHALL {count} times."
            yield Problem(criterion.number, message, "Split it into one criterion for each SHALL.")


@rule(
    "PT104",
    "A criterion uses no word that a test can't decide, such as fast, some or appropriate",
    Severity.WARNING,
    "People mean different things by such words; a number, a list or a rule settles it.",
)
def is_unambiguous(requirements: Requirements) -> Iterator[Problem]:
    """Find ambiguous words outside quoted text."""
    for criterion in requirements.criteria():
        found = dict.fromkeys(word.lower() for word in AMBIGUOUS.findall(QUOTED.sub("", criterion.text)))
        if found:
            words = ", ".join(f"“{word}”" for word in found)
            message = f"{words} in {criterion.number} can't be decided by a test."
            yield Problem(criterion.number, message, "Say how much, which ones, or by when.")


@rule(
    "PT105",
    "No criterion and no number is there twice",
    Severity.ERROR,
    "A number names one criterion for good; the same sentence twice would be built and proven twice.",
)
def is_said_once(requirements: Requirements) -> Iterator[Problem]:
    """Find numbers of requirements and criteria that are given twice, and equal sentences."""
    numbers: set[str] = set()
    texts: dict[str, AcceptanceCriterion] = {}
    for requirement in requirements.requirements:
        if str(requirement.number) in numbers:
            message = f"The number {requirement.number} is given to two requirements."
            yield Problem(str(requirement.number), message, "Give the later one a number of its own.")
        numbers.add(str(requirement.number))
    for criterion in requirements.criteria():
        if criterion.number in numbers:
            message = f"The number {criterion.number} is given to two criteria."
            yield Problem(criterion.number, message, "Give the later one a number of its own.")
        numbers.add(criterion.number)
        key = " ".join(criterion.text.casefold().split()).rstrip(".")
        if key in texts:
            message = f"{criterion.number} says the same as {texts[key].number}."
            yield Problem(criterion.number, message, "Take one of them out, or say how they differ.")
        texts.setdefault(key, criterion)


@rule(
    "PT106",
    "A criterion's number is its requirement's number, a dot and a number of its own",
    Severity.ERROR,
    "Tasks refer to criteria by number; 2.3 must stand under requirement 2.",
)
def is_numbered(requirements: Requirements) -> Iterator[Problem]:
    """Find criteria whose number belongs to another requirement or is none."""
    for requirement in requirements.requirements:
        for criterion in requirement.criteria:
            head, _, own = criterion.number.partition(".")
            if head != str(requirement.number) or not (own.isascii() and own.isdigit()):
                message = f"{quote(criterion.number)} can't number a criterion of requirement {requirement.number}."
                yield Problem(criterion.number, message, f"Number it {requirement.number}.1, {requirement.number}.2 …")
