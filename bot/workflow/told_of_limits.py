"""What a plan answers to whether a number fits a limit, and whether two records at once are kept apart.

"Can a rack hold 41 costumes?", "is double booking prevented, or still open?": no or yes first, then the rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.entities.declared_rules import AtMost, NoOverlap, OneOpen
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.rule_words import rule_in_words
from bot.generation.names import entity_names, words
from bot.patterns import regex
from bot.planning.built_in.words.numerals import NUMERAL, figure
from bot.planning.built_in.words.vocabulary import words_of
from bot.workflow.named_in_questions import Asked, asked_about

__all__ = ["told_of_limit"]

NTH = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}
FITS = regex(
    r"^(?:can|could|may|might|does|do|will|would|is|are)\s.*?\b(?:(?P<more>more\s+than\s+|over\s+)?"
    rf"(?P<number>{NUMERAL})|(?:an?|the|his|her|their)\s+(?P<nth>{'|'.join(NTH)})\b)",
    re.IGNORECASE,
)
"""Whether so many fit: "can a rack hold 41 costumes?", "may a member have more than three loans?"."""
HOW_MANY = regex(r"^how\s+many\b.*\b(?:can|may|could|must|allowed|at\s+most|fits?|holds?)\b", re.IGNORECASE)
"""How many there may be."""
HOW_MANY_HEAD = regex(r"^how\s+many\s+", re.IGNORECASE)
MOST_WORDS = 3
"""Words behind a number among which the thing stands that it counts."""
CASE = regex(
    r",?\s+(?:after|when|once|if|while|as\s+long\s+as|before|though|although|because|provided)\s", re.IGNORECASE
)
"""What a question supposes beside: of that, the numbers alone tell nothing."""
TWICE = (
    r"(?:double[-\s]?book\w*|overbook\w*|overlap\w*|book\w*\s+twice|(?:booked|lent|rented|reserved|used|taken|given)\s+"
    r"(?:out\s+)?twice|twice\s+at\s+(?:once|the\s+same\s+time))"
)
PREVENTED = (
    r"prevented|excluded|forbidden|impossible|ruled\s+out|blocked|refused|stopped|handled|checked|covered|"
    r"taken\s+care\s+of|solved"
)
POSSIBLE = r"possible|allowed|permitted|accepted|open"
KEPT_APART = regex(
    rf"^(?:is|are|was|were|does|do|can|could|will|would|has|have)\s.*?\b{TWICE}\b(?:.*?\b(?P<word>{PREVENTED}|{POSSIBLE})\b)?",
    re.IGNORECASE,
)
AT_ONCE = regex(
    rf"^what\s+(?:(?:would\s+|will\s+)?happens?\s+)?(?:if|when)\b.*\b(?:{TWICE}|two\b.*\b(?:at\s+once|(?:at|for)\s+the\s+same\s+"
    r"(?:time|moment)))",
    re.IGNORECASE,
)
"""What happens when two want the same at once."""
PREVENTS = regex(
    rf"^(?:does|do|will|would|can)\s+(?:it|you|the\s+(?:plan|service|bot)|we)\s+(?:also\s+|really\s+)?"
    rf"(?:prevent|exclude|forbid|block|refuse|stop|avoid|rule\s+out)s?\b.*?\b{TWICE}\b",
    re.IGNORECASE,
)

type Apart = tuple[Entity, NoOverlap | OneOpen]


def told_of_limit(specs: EntitySpecs, asked: Asked) -> str:
    """Say no or yes, and the rule or the lack of one; nothing where a question is about no number and no overlap."""
    return told_kept_apart(specs, asked) or told_fitting(specs, asked)


# ---------------------------------------------------------------------------------------------------------- a number


def told_fitting(specs: EntitySpecs, asked: Asked) -> str:
    """Say whether so many of one thing fit another, where a rule counts them; nothing where none does."""
    head = CASE.split(asked.said, maxsplit=1)[0]
    match = FITS.match(head)
    number = number_asked(match) if match else 0
    if not number and not HOW_MANY.match(head):
        return ""
    behind = " ".join(words_of(head[match.end() :] if match and number else HOW_MANY_HEAD.sub("", head))[:MOST_WORDS])
    of = [entity.name for entity in asked_about(specs, behind).entities]
    for entity, rule in counting(specs, asked):
        key = entity.key_along(rule.relation)
        if key is not None and of == [key.foreign_key]:
            continue
        told = f"{rule_in_words(entity.name, rule)}."
        if not number:
            return told
        if head != asked.said:
            return f"That depends on what still counts then: {told}"
        if rule.limit:
            return f"That depends on its {words(rule.limit)}: {told}"
        if rule.day and "day" not in words_of(head):
            return f"That depends on the day: {told}"
        return f"{'Yes' if number <= rule.count else 'No'}: {told}"
    return ""


def number_asked(match: re.Match[str]) -> int:
    """Return how many a question asks for: three of "three", "a third" and "more than two"."""
    if match["nth"]:
        return NTH[match["nth"].lower()]
    return figure(match["number"]) + (1 if match["more"] else 0)


def counting(specs: EntitySpecs, asked: Asked) -> Iterator[tuple[Entity, AtMost]]:
    """Yield the rules that count rows of one thing that a question names for another one that it names."""
    named = {entity.name for entity in asked.entities}
    for entity in specs.entities:
        for rule in entity.rules:
            if not isinstance(rule, AtMost):
                continue
            key = entity.key_along(rule.relation)
            ends = {key.foreign_key if key else "", *(field.foreign_key for field in entity.fields if field != key)}
            if key and key.foreign_key in named and named & ({entity.name, *ends} - {key.foreign_key}):
                yield entity, rule


# ---------------------------------------------------------------------------------------------------- two at once


def told_kept_apart(specs: EntitySpecs, asked: Asked) -> str:
    """Say whether two records of the same thing at once are refused; nothing where a question asks for none of that."""
    prevents, match = PREVENTS.match(asked.said), KEPT_APART.match(asked.said)
    rules = list(keeping_apart(specs, asked))
    if rules and AT_ONCE.match(asked.said):
        return f"Who comes second is refused: {' '.join(f'{rule_in_words(one.name, rule)}.' for one, rule in rules)}"
    if prevents is None and match is None:
        return ""
    word = match["word"] or "" if match else ""
    is_for_prevented = bool(prevents or re.fullmatch(PREVENTED, word, re.IGNORECASE))
    answer = "Yes" if bool(rules) == is_for_prevented else "No"
    if rules:
        return f"{answer}: {' '.join(f'{rule_in_words(entity.name, rule)}.' for entity, rule in rules)}"
    many = [entity_names(entity).plural for entity in asked.entities]
    about = f" of {' or '.join(many)}" if many else ""
    to_have = "Say it to have one, such as `bookings of the same room must not overlap`."
    return f"{answer}, no rule keeps records{about} apart in time. {to_have}"


def keeping_apart(specs: EntitySpecs, asked: Asked) -> Iterator[Apart]:
    """Yield the rules that keep records of the same thing apart: of the things that a question names, or else all."""
    named = {entity.name for entity in asked.entities}
    for entity in specs.entities:
        for rule in entity.rules:
            if isinstance(rule, NoOverlap | OneOpen):
                key = entity.key_along(rule.relation)
                if not named or named & {entity.name, key.foreign_key if key else ""}:
                    yield entity, rule
