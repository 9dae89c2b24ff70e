"""Cuts a sentence at the colon or dash after its head: what stands before says whose the list behind it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.phrases.link_phrases import read_link
from bot.planning.built_in.words.field_kinds import PROSE_PLURALS, named_kind
from bot.planning.built_in.words.sentence_marks import NOT_THINGS
from bot.planning.built_in.words.sentences import ANCHOR, items_of
from bot.planning.built_in.words.vocabulary import (
    QUANTIFIER,
    SENTENCE_WORDS,
    entity_name,
    has_plural,
    singular,
    words_of,
)

__all__ = ["RECORDS_OF", "Head", "lists_fields", "read_head", "read_many"]

HEAD = regex(r"^(?P<head>[^:()]{3,120}?)\s*(?::(?!//)|\s[-–—=](?=\s))\s*(?P<body>\S.*)$")
RECORDS_OF = regex(
    r"^(?:(?:an?|the|our|my)\s+)?(?:log|list|record|overview|track|register|catalog|catalogue|spreadsheet|history)"
    r"\s+of\s+(?:(?:all|the|our|my)\s+)*",
    re.IGNORECASE,
)
FOR_WHOM = regex(r"\s+(?:for|of|at|in|by|from)\s+(?:our|my|the|an?)\s+[\w' -]+$", re.IGNORECASE)
"""Whom things are kept for: "grant applications for our choir association"."""


HAS_MANY = regex(
    r"^(?:each|every|all|an?|the|our)?\s*(?P<owner>[\w-]+(?:\s+[\w-]+){0,2}?)\s+(?:(?:also|usually|can|may|will)\s+)*"
    rf"(?:has|have|holds?|contains?|includes?)\s+(?:got\s+)?(?P<counted>{QUANTIFIER}\s+)?(?P<things>[\w-]+(?:\s+[\w-]+)?)$",
    re.IGNORECASE,
)


MANY = regex(
    rf"^{QUANTIFIER}\s+(?P<things>[\w-]+(?:\s+[\w-]+)?)\s*(?::(?!//)|\s[-–—])\s+(?P<first>\S.*)$", re.IGNORECASE
)


@dataclass(frozen=True)
class Head:
    """A sentence before its colon or dash, and the list behind it."""

    text: str
    body: str
    things: str = ""
    """The entity that a head such as "grant applications for our choir" names, else nothing."""
    owner: str = ""
    """What has many of them: "every oven has many bakes"."""


def read_head(sentence: str) -> Head | None:
    """Return the head of a sentence and what follows it, or None where it has no head."""
    match = HEAD.match(sentence)
    if match is None:
        return None
    many = HAS_MANY.match(match["head"])
    if (
        many
        and is_plain_plural(many["things"], is_counted=bool(many["counted"]))
        and (owner := entity_name(many["owner"]))
    ):
        return Head(match["head"], match["body"], entity_name(many["things"]), owner)
    if ANCHOR.search(match["head"]):
        return None
    plain = RECORDS_OF.sub("", match["head"])
    is_longer = plain != match["head"] or FOR_WHOM.search(plain) is not None
    noun = FOR_WHOM.sub("", plain)
    is_many = has_plural(noun.lower()) or not re.match(r"(?:an?|the|our|my)\s", noun, re.IGNORECASE)
    is_thing = (
        is_longer
        and is_many
        and noun.split()[-1:] != []
        and not all_plural(match["body"])
        and not set(words_of(noun)) & SENTENCE_WORDS
    )
    return Head(match["head"], match["body"], entity_name(noun) if is_thing else "")


def read_many(item: str) -> tuple[str, str] | None:
    """Return the things and the first field of "lots of reviews: stars", or None where an item says something else."""
    match = MANY.match(item)
    if match is None or not is_plain_plural(match["things"], is_counted=True):
        return None
    return entity_name(match["things"]), match["first"]


def is_plain_plural(noun: str, *, is_counted: bool) -> bool:
    """Tell whether a noun names several things, not a fact that is kept as one ("notes", "pages", "fields")."""
    words = words_of(noun)
    return (
        has_plural(noun.lower())
        and bool(entity_name(noun))
        and words[-1] not in PROSE_PLURALS
        and singular(words[-1]) not in NOT_THINGS
        and (is_counted or not named_kind(words))
    )


def all_plural(body: str) -> bool:
    """Tell whether a list holds plurals only: they are things rather than fields."""
    return all(has_plural(item.lower()) for item in items_of(body))


def lists_fields(body: str) -> bool:
    """Tell whether what follows a head begins a list of fields, not with a sentence of its own."""
    first = next(iter(items_of(body)), "")
    anchor = ANCHOR.search(first)
    if not first or (anchor is not None and anchor.start() > 0):
        return False
    return read_link(first, names=frozenset(), subject="", topic="") is None
