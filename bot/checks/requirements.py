"""Rules over requirements: user stories, and acceptance criteria in EARS form that a test can decide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.checks.ambiguous_words import ambiguous_words, names_in_glossary, outside_quotes
from bot.checks.contradictions import contradictions, same_sentence
from bot.checks.registry import Problem, RuleSet, quote
from bot.documents.findings import Severity
from bot.documents.requirements.ears import EarsClause, ears, write_ears
from bot.documents.requirements.requirements import AcceptanceCriterion, Requirement, Requirements
from bot.patterns import regex

__all__ = ["REQUIREMENT_RULES"]

REQUIREMENT_RULES: RuleSet[Requirements] = RuleSet("requirements.md")
rule = REQUIREMENT_RULES.rule

SHALL = regex(r"\bSHALL\b")
SHALL_IN_ANY_CASE = regex(r"\bshall\b", re.IGNORECASE)
WEAKER = regex(r"\b(?:must|should|will|may|can|needs? to|has to)\b", re.IGNORECASE)
"""Words that people write where EARS says SHALL."""


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
            message = f"{named(requirement)} has no acceptance criterion."
            yield Problem(str(requirement.number), message, "Add one such as “WHEN …, THE System SHALL …”.")


def named(requirement: Requirement) -> str:
    """Return a requirement as findings name it, with its title where it has one."""
    title = f" {quote(requirement.title)}" if requirement.title.strip() else ""
    return f"Requirement {requirement.number}{title}"


@rule(
    "PT102",
    "A criterion is one EARS sentence: it begins with WHERE, WHILE, WHEN, IF or THE, and says who SHALL do what",
    Severity.ERROR,
    "EARS names the trigger and the response, so a test can be derived from it.",
)
def is_ears(requirements: Requirements) -> Iterator[Problem]:
    """Find criteria that begin otherwise, oblige nobody, or oblige to nothing; lower case is taken."""
    for criterion in requirements.criteria():
        if ears(criterion.text) is None:
            message = f"{criterion.number} {quote(criterion.text)} is not in EARS form."
            yield Problem(criterion.number, message, ears_advice(criterion.text))


def ears_advice(text: str) -> str:
    """Say how a sentence comes into EARS form."""
    weaker = WEAKER.search(outside_quotes(text))
    if weaker and not SHALL_IN_ANY_CASE.search(text):
        return f"Say SHALL in place of “{weaker.group()}”: “WHEN …, THE System SHALL …”."
    return "Write it as “WHEN …, THE System SHALL …” or “IF …, THEN THE System SHALL …”."


@rule(
    "PT103",
    "A criterion obliges to one thing: it says SHALL once",
    Severity.ERROR,
    "Two obligations in one criterion can't be ticked apart.",
)
def has_one_shall(requirements: Requirements) -> Iterator[Problem]:
    """Find criteria with two SHALLs; a lower-case “shall” counts where none is in capitals, quoted text never."""
    for criterion in requirements.criteria():
        text = outside_quotes(criterion.text)
        count = len(SHALL.findall(text)) or len(SHALL_IN_ANY_CASE.findall(text))
        if count > 1:
            message = f"{criterion.number} says SHALL {count} times."
            yield Problem(criterion.number, message, "Split it into one criterion for each SHALL.")


@rule(
    "PT104",
    "A criterion uses no word that a test can't decide, such as fast, some, etc. or user-friendly",
    Severity.WARNING,
    "People mean different things by such words; a number, a list or a rule settles it.",
)
def is_unambiguous(requirements: Requirements) -> Iterator[Problem]:
    """Find ambiguous words outside quoted text and names; say which, and what to write instead."""
    names = names_in_glossary(requirements)
    for criterion in requirements.criteria():
        found = ambiguous_words(criterion.text, names)
        if found:
            words = ", ".join(f"“{word}”" for word in found)
            message = f"{words} in {criterion.number} can't be decided by a test."
            yield Problem(criterion.number, message, " ".join(dict.fromkeys(found.values())))


@rule(
    "PT105",
    "A number is given once",
    Severity.ERROR,
    "A number names one requirement or one criterion for good; tasks and commits refer to it. In a file that is read, "
    "the second one gets a number that nobody has, and PT007 says so.",
)
def is_numbered_once(requirements: Requirements) -> Iterator[Problem]:
    """Find numbers of requirements and criteria that are given twice; gaps are fine."""
    numbers: set[str] = set()
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


@rule(
    "PT106",
    "A criterion's number is its requirement's number, a dot and a number of its own",
    Severity.ERROR,
    "Tasks refer to criteria by number; 2.3 must stand under requirement 2. In a file that is read, a criterion under "
    "another requirement is given a number of that one, and PT002 says so.",
)
def is_numbered(requirements: Requirements) -> Iterator[Problem]:
    """Find criteria whose number belongs to another requirement or is none."""
    for requirement in requirements.requirements:
        for criterion in requirement.criteria:
            head, _, own = criterion.number.partition(".")
            if head != str(requirement.number) or not (own.isascii() and own.isdigit()):
                message = f"{quote(criterion.number)} can't number a criterion of requirement {requirement.number}."
                yield Problem(criterion.number, message, f"Number it {requirement.number}.1, {requirement.number}.2 …")


@rule(
    "PT107",
    "No two criteria say the same",
    Severity.WARNING,
    "The same sentence twice is built and proven twice, and only one of them is changed later.",
)
def is_said_once(requirements: Requirements) -> Iterator[Problem]:
    """Find criteria that are equal but for letters' case, white space, commas and THEN."""
    said: dict[object, AcceptanceCriterion] = {}
    for criterion in requirements.criteria():
        first = said.setdefault(same_sentence(criterion.text), criterion)
        if first is not criterion:
            message = f"{criterion.number} says the same as {first.number}."
            yield Problem(criterion.number, message, "Take one of them out, or say how they differ.")


@rule(
    "PT108",
    "No two criteria contradict each other",
    Severity.ERROR,
    "One trigger with opposite responses, two status codes or two limits can't be built; someone must decide.",
)
def is_consistent(requirements: Requirements) -> Iterator[Problem]:
    """Find pairs of criteria of one trigger and one system whose responses exclude each other."""
    for found in contradictions(requirements.criteria()):
        message = f"{found.second.number} contradicts {found.first.number}: {found.why}."
        step = "Decide which one holds and take the other out, or say in which case each holds."
        yield Problem(found.second.number, message, step)


@rule(
    "PT109",
    "Every requirement has a user story",
    Severity.WARNING,
    "Without who wants it and why, nobody can judge whether a change still serves them.",
)
def has_user_story(requirements: Requirements) -> Iterator[Problem]:
    """Find requirements without a user story."""
    for requirement in requirements.requirements:
        if not requirement.user_story.strip():
            message = f"{named(requirement)} has no user story."
            yield Problem(str(requirement.number), message, "Add “As a …, I want …, so that …”.")


@rule(
    "PT110",
    "The clauses of a criterion stand in the order of EARS: WHERE, WHILE, WHEN or IF, THE",
    Severity.WARNING,
    "In one order, two criteria of the same case can be seen to be that.",
)
def is_in_order(requirements: Requirements) -> Iterator[Problem]:
    """Find criteria with clauses in another order."""
    for criterion in requirements.criteria():
        clause = ears(criterion.text)
        if clause and not clause.is_in_order:
            message = f"The clauses of {criterion.number} stand in the order {order_of(clause)}."
            yield Problem(criterion.number, message, f"Write {quote(write_ears(clause), 300)}.")


def order_of(clause: EarsClause) -> str:
    """Return the words that open the conditions, as they stand."""
    return ", ".join(condition.word for condition in clause.conditions)
