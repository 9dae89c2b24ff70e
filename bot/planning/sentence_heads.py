"""Cuts a sentence at the colon or dash after its head: what stands before says whose the list behind it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.planning.link_phrases import read_link
from bot.planning.sentences import ANCHOR, items_of
from bot.planning.vocabulary import SENTENCE_WORDS, entity_name, has_plural, words_of

__all__ = ["RECORDS_OF", "Head", "lists_fields", "read_head"]

HEAD = re.compile(r"^(?P<head>[^:()]{3,120}?)\s*(?::(?!//)|\s[-–—](?=\s))\s*(?P<body>\S.*)$")
RECORDS_OF = re.compile(
    r"^(?:(?:an?|the|our|my)\s+)?(?:log|list|record|overview|track|register|catalog|catalogue|spreadsheet|history)"
    r"\s+of\s+(?:(?:all|the|our|my)\s+)*",
    re.IGNORECASE,
)
FOR_WHOM = re.compile(r"\s+(?:for|of|at|in|by|from)\s+(?:our|my|the|an?)\s+[\w' -]+$", re.IGNORECASE)
"""Whom things are kept for: "grant applications for our choir association"."""


@dataclass(frozen=True)
class Head:
    """A sentence before its colon or dash, and the list behind it."""

    text: str
    body: str
    things: str = ""
    """The entity that a head such as "grant applications for our choir" names, else nothing."""


def read_head(sentence: str) -> Head | None:
    """Return the head of a sentence and what follows it, or None where it has no head."""
    match = HEAD.match(sentence)
    if match is None or ANCHOR.search(match["head"]):
        return None
    plain = RECORDS_OF.sub("", match["head"])
    is_longer = plain != match["head"] or FOR_WHOM.search(plain) is not None
    noun = FOR_WHOM.sub("", plain)
    is_thing = is_longer and has_plural(noun.lower()) and not set(words_of(noun)) & SENTENCE_WORDS
    return Head(match["head"], match["body"], entity_name(noun) if is_thing else "")


def lists_fields(body: str) -> bool:
    """Tell whether what follows a head begins a list of fields, not with a sentence of its own."""
    first = next(iter(items_of(body)), "")
    anchor = ANCHOR.search(first)
    if not first or (anchor is not None and anchor.start() > 0):
        return False
    return read_link(first, names=frozenset(), subject="", topic="") is None
