"""Reads what is told of a field that was named before: "the seats of a table are a whole number", "the weather can only
be clear or cloudy", "the weather is clear or cloudy and optional"; and "each visit has exactly one guest"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.phrases.value_phrases import values_of
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, base_verb, straight

__all__ = ["OneEach", "ToldField", "read_one_each", "read_told_field"]

LONGEST = 200
NOUN = r"[a-z][\w-]*(?:\s+(?!of\b|in\b|is\b|are\b|must\b|may\b|can\b|has\b|have\b)[a-z][\w-]*){0,2}"
ARTICLE = r"(?:the|an?|each|every|all|its|their|our)"
TOLD = regex(
    rf"^(?:and\s+|also\s+|but\s+)?(?:the|its|their)\s+(?P<field>{NOUN})"
    rf"(?:\s+(?:of|for)\s+(?:{ARTICLE}\s+)?(?P<thing>{NOUN}))?\s+"
    r"(?:(?:is|are|(?:must|should|shall|can|may)(?:\s+(?:only|always))?\s+be|(?:has|have) to be|"
    r"can\s+only\s+ever\s+be)(?:\s+(?:only|always|either|one of|just))*)\s+(?P<says>.+)$",
    re.IGNORECASE,
)
FLAG = regex(
    r"\s*,?\s+(?:and|but)\s+(?:(?:is|are|it's|it is|may be)\s+)?(?:also\s+)?"
    r"(?P<flag>optional|not required|required|mandatory)$",
    re.IGNORECASE,
)
WHOLE = regex(r"^(?:an?\s+)?(?:whole|full|integer|natural)\s+numbers?$|^(?:an?\s+)?(?:integers?|int)$", re.IGNORECASE)
BROKEN = regex(
    r"^(?:an?\s+)?(?:decimal(?:\s+number)?s?|numbers?\s+with\s+decimals|fraction(?:al\s+number)?s?|floats?)$",
    re.IGNORECASE,
)
BUT_NOT = regex(r"\s*,?\s+(?:(?:and|but)\s+)?(?:not|no|never|without)\s+[\w -]{2,40}$", re.IGNORECASE)
ONE = r"(?:(?P<{0}>exactly|just|only|always)\s+)?one\s+"
ONE_EACH = regex(
    rf"^(?:an?|each|every)\s+(?P<thing>{NOUN}?)\s+(?P<verb>(?:always\s+)?[a-z]+s)\s+{ONE.format('sure')}(?P<first>{NOUN}?)"
    rf"(?:\s+(?:in|at|on|for|with|by|from|to|and)\s+{ONE.format('also')}(?P<second>{NOUN}))?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ToldField:
    """What is told of a field: the type or the values that it takes, and whether it may be empty (None: nothing)."""

    field: str
    thing: str = ""
    kind: str = ""
    values: tuple[str, ...] = ()
    optional: bool | None = None


@dataclass(frozen=True)
class OneEach:
    """A thing, and the others of which each names exactly one, as people wrote them."""

    thing: str
    others: tuple[str, ...]


def read_told_field(sentence: str) -> ToldField | None:
    """Return what a whole sentence tells of the type or the values of a field, or None."""
    match = TOLD.match(straight(sentence, " .!")) if len(sentence) <= LONGEST else None
    if match is None:
        return None
    says = match["says"]
    flag = FLAG.search(says)
    optional = flag["flag"].lower() in {"optional", "not required"} if flag else None
    says = says[: flag.start()] if flag else says
    shown = BUT_NOT.sub("", says)
    kind = "int" if WHOLE.match(shown) else "float" if BROKEN.match(shown) else ""
    values = values_of(says) if not kind and re.fullmatch(r"[\w' -]+(?:(?:,|/|\bor\b)[\w' -]+)*", says) else ()
    is_choice = re.search(r"\bor\b|/", says) is not None and re.search(r"\b(?:an?|the|not|and)\b", says) is None
    if not kind and not (values and is_choice):
        return None
    return ToldField(match["field"], match["thing"] or "", kind, values, optional)


def read_one_each(sentence: str) -> OneEach | None:
    """Return the things in "a screening shows one film in one hall", or None.

    A single one must be said to be exactly one; what is done to things ("books one court") is a record of its own.
    """
    match = ONE_EACH.match(straight(sentence, " .!")) if len(sentence) <= LONGEST else None
    if match is None or base_verb(match["verb"].split()[-1]) in EVENT_NOUNS:
        return None
    if not match["second"] and not match["sure"]:
        return None
    return OneEach(match["thing"], tuple(filter(None, (match["first"], match["second"]))))
