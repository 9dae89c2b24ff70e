"""Reads fields in everyday words: "jobs can be remote", "there are monthly and yearly memberships", "how many came in".

A flag is said by an adjective, the kinds of a thing stand before its plural, and what moves has a way and a quantity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.phrases.value_phrases import values_of
from bot.planning.built_in.words.vocabulary import (
    DETERMINERS,
    SENTENCE_WORDS,
    base_verb,
    entity_name,
    has_plural,
    is_verb_form,
    singular,
    straight,
    word_set,
    words_of,
)

__all__ = ["Flag", "KindsOf", "moves_in_and_out", "read_flag", "read_kinds", "split_values"]

LONGEST = 200
FLAG = regex(
    r"^(?:(?P<who>(?:an?\s+|the\s+|each\s+|some\s+|our\s+)?[a-z][\w-]*(?:\s+[a-z][\w-]*)?)\s+)?"
    r"(?:can|may|might)\s+(?:(?:also|either|optionally|sometimes)\s+)*be\s+(?:(?:marked|flagged)\s+(?:as\s+)?|(?:held|done|taken|offered|given)\s+)?"
    r"(?P<what>[a-z][a-z-]+)(?:\s+or\s+not)?$",
    re.IGNORECASE,
)
FLAGS_DONE = word_set(
    "insured furnished heated shared licensed certified vaccinated neutered featured pinned hidden "
    "damaged broken framed"
)
"""Participles that say how a thing is; any other says what is done to it."""
NO_FLAGS = word_set(
    "negative positive zero long short empty optional blank missing large small big high low any more less many one "
    "two several multiple unique different same null anything unlimited up in on at as of there late early between "
    "above below over under either both part free-text open due"
)
ONE = r"[a-z][a-z-]+"
LISTED = rf"{ONE}(?:,\s*{ONE})*,?\s+(?:and|or)\s+{ONE}"
KINDS_BEFORE = regex(
    r"^(?:there\s+(?:are|will be)|(?:we|they|it)\s+(?:offer|have|sell|rent out|rent|run|provide|keep|make)s?)\s+"
    rf"(?P<values>{LISTED})\s+(?P<noun>[a-z][a-z-]*s)$",
    re.IGNORECASE,
)
COUNTED = r"(?:(?:two|three|four|five|six|\d|several|different|various|these|the following)\s+)*"
SORTS = r"(?P<sort>types?|kinds?|sizes?|categories|flavou?rs?|colou?rs?|levels?|tiers?|forms?|versions?)"
VALUES = r"\s*[:,(–—-]*\s*(?P<values>[a-z][\w' -]*(?:,\s*[\w' -]+)*,?\s+(?:and|or)\s+[\w' -]+)\)?$"
KINDS_BEHIND = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?P<noun>[a-z][\w-]*(?:\s+[a-z][\w-]*)?)\s+come\s+in\s+{COUNTED}{SORTS}{VALUES}",
        rf"^there\s+are\s+{COUNTED}{SORTS}\s+of\s+(?P<noun>[a-z][\w-]*(?:\s+[a-z][\w-]*)?){VALUES}",
        rf"^(?P<noun>[a-z][\w-]*(?:\s+[a-z][\w-]*)?)\s+are\s+(?:one\s+)?of\s+{COUNTED}{SORTS}{VALUES}",
    )
)
ADJECTIVES = word_set(
    "single double twin triple family small medium large big new used hot cold indoor outdoor full half standard "
    "premium basic free paid public private internal external online offline adult child junior senior short long "
    "red white black green blue local remote male female vip early late high low silver gold"
)
ADJECTIVE_ENDS = ("ly", "al", "ary", "ic", "ive", "ous", "able", "ible", "time")
NO_PART_OF_NAMES = word_set("many several some of for with to in on at from by new more two three all")
RELATIVE = regex(
    r"^(?P<main>.+?\s(?P<noun>[a-z][a-z-]*s)),\s+(?:which|that|and they)\s+(?:are|can be|may be)\s+(?:either\s+)?"
    r"(?P<values>[a-z][\w' -]*(?:,\s*[\w' -]+)*,?\s+or\s+[\w' -]+)$",
    re.IGNORECASE,
)
MOVES = regex(
    r"^how (?:many|much)(?:\s+[a-z][\w-]*(?:\s+[a-z][\w-]*)?)??\s+"
    r"(?:(?:came|come|comes|went|go|goes|moved|was|were)\s+)?(?P<one>in|out)\s+(?:or|and)\s+(?:(?:came|come|comes|went|go|goes|moved)\s+)?(?P<other>out|in)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Flag:
    """What a thing may be or not: ``who`` is the phrase before the verb (empty: what is spoken of)."""

    who: str
    name: str


@dataclass(frozen=True)
class KindsOf:
    """The kinds that a thing comes in: what the field is called, and its values."""

    noun: str
    field: str
    values: tuple[str, ...]


def read_flag(text: str) -> Flag | None:
    """Return the flag that "a job can be remote" or "may be anonymous" says, or None where it says anything else."""
    match = FLAG.match(straight(text, " ,.!")) if len(text) <= LONGEST else None
    if match is None:
        return None
    what = match["what"].lower()
    is_deed = is_verb_form(what) and what not in FLAGS_DONE
    return None if is_deed or what in NO_FLAGS | DETERMINERS | SENTENCE_WORDS else Flag(match["who"] or "", what)


def read_kinds(sentence: str, names: frozenset[str]) -> KindsOf | None:
    """Return the kinds that "there are monthly and yearly memberships" says, or None.

    ``names``: things that are known anywhere; without them, only words that are surely adjectives are kinds.
    """
    text = straight(sentence, " ,.!")
    if len(text) > LONGEST:
        return None
    before = KINDS_BEFORE.match(text)
    if before:
        values = values_of(before["values"])
        is_known = entity_name(before["noun"]) in names
        return KindsOf(before["noun"], "kind", values) if are_kinds(values, names, is_known=is_known) else None
    behind = next((found for pattern in KINDS_BEHIND if (found := pattern.match(text))), None)
    if behind is None or not entity_name(behind["noun"]) or not (values := values_of(behind["values"])):
        return None
    return KindsOf(behind["noun"], singular(behind["sort"].lower()), values)


def are_kinds(values: tuple[str, ...], names: frozenset[str], *, is_known: bool) -> bool:
    """Tell whether words before a plural are kinds of it: none is a plural or a thing itself."""
    if len(values) < 2 or any(has_plural(one) or entity_name(one) in names or one in SENTENCE_WORDS for one in values):
        return False
    return is_known or all(one in ADJECTIVES or one.endswith(ADJECTIVE_ENDS) for one in values)


def split_values(sentence: str) -> tuple[str, str] | None:
    """Part "tenants report issues, which are open or fixed" into what is said and "issues are open or fixed"."""
    match = RELATIVE.match(straight(sentence, " .!")) if len(sentence) <= LONGEST else None
    if match is None or not values_of(match["values"]) or len(words_of(match["main"])) < len(["who", "does", "what"]):
        return None
    *before, adjective, noun = words_of(match["main"])
    is_compound = len(before) > 1 and adjective not in NO_PART_OF_NAMES | DETERMINERS and not base_verb(adjective)
    return match["main"], f"{adjective if is_compound else ''} {noun} are {match['values']}".strip()


def moves_in_and_out(text: str) -> tuple[str, str] | None:
    """Return the two ways of "how many items came in or went out", or None."""
    match = MOVES.match(straight(text, " ,.!")) if len(text) <= LONGEST else None
    if match is None or match["one"].lower() == match["other"].lower():
        return None
    return match["one"].lower(), match["other"].lower()
