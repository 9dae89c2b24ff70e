"""Reads links that go both ways: "students enrol in many courses", "an author may have several books and a book several
authors", "each mechanic works on several orders".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import entity_name, on_one_line

__all__ = ["Mutual", "read_mutual", "read_mutual_half"]

LONGEST = 300
MANY = (
    r"(?:many|several|multiple|numerous|lots of|a lot of|a number of|a bunch of|one or more|"
    r"more than one|any number of|various|different)"
)
NOUN = (
    r"(?!(?:the|an?|many|several|of|to|in|on|for|and|or|can|may|same|more|is|"
    r"are)\b)[a-z][\w-]*(?:\s+(?!(?:the|an?|many|several|of|to|in|on|for|and|or|can|may|is|"
    r"are|have|has)\b)[a-z][\w-]*)?"
)
ONE = r"(?:an?|the|one|each|every|any|the same|a single|our)"
ADVERB = r"(?:(?:usually|often|sometimes|also|can|may|might|could|always|typically|normally|even|of course)\s+)*"
VERB = (
    r"(?:(?:is|are|be|gets?)\s+)?[a-z]+(?:\s+(?:up|out|in|on|to|for|at|of|with|by|part in|"
    r"part of|through|from|into)){0,2}"
)
BOTH = (
    regex(rf"^{ADVERB}{MANY}\s+(?P<one>{NOUN}?)\s+{ADVERB}{VERB}\s+{MANY}\s+(?P<other>{NOUN})$", re.IGNORECASE),
    regex(
        rf"^(?:{ONE}\s+)?(?P<one>{NOUN}?)\s+{ADVERB}(?:has|have|can have|"
        rf"may have)\s+{MANY}\s+(?P<other>{NOUN}),?\s+(?:and|while|but)\s+"
        rf"(?:{ONE}\s+)?(?P<again>{NOUN}?)\s+(?:(?:can\s+|may\s+)?(?:has|have|can have|"
        rf"may have)\s+)?{MANY}(?:\s+(?P<back>{NOUN}))?$",
        re.IGNORECASE,
    ),
    regex(
        rf"^(?P<one>{NOUN}?)\s+and\s+(?P<other>{NOUN})\s+(?:are|is)\s+(?:linked\s+)?many[- ]to[- ]many$", re.IGNORECASE
    ),
)
HALVES = (
    regex(
        rf"^{ADVERB}{MANY}\s+(?:of\s+(?:the|our)\s+)?(?P<many>{NOUN}?)\s+{ADVERB}{VERB}\s+{ONE}\s+(?P<one>{NOUN})$",
        re.IGNORECASE,
    ),
    regex(rf"^{ONE}\s+(?:same\s+)?(?P<one>{NOUN}?)\s+{ADVERB}{VERB}\s+{MANY}(?:\s+(?P<many>{NOUN}))?$", re.IGNORECASE),
    regex(rf"^{ONE}\s+{ADVERB}(?:is|are)\s+[a-z]+\s+by\s+{MANY}\s+(?P<many>{NOUN})$", re.IGNORECASE),
)
"""One way of the two: with "several" for things of which one has many, or many have one."""


@dataclass(frozen=True)
class Mutual:
    """Two things that are linked many to many; ``other`` may be left out in a half ("each works on several")."""

    one: str
    other: str


@lru_cache(maxsize=1_000)
def read_mutual(clause: str) -> Mutual | None:
    """Return the two things that a clause links many to many, or None."""
    text = on_one_line(clause, LONGEST)
    for form in BOTH if text else ():
        match = form.match(text)
        if match is None:
            continue
        one, other = entity_name(match["one"]), entity_name(match["other"])
        parts = match.groupdict()
        again = entity_name(parts.get("again") or "") or other
        back = entity_name(parts.get("back") or "") or one
        if one and other and one != other and (again, back) == (other, one):
            return Mutual(one, other)
    return None


@lru_cache(maxsize=1_000)
def read_mutual_half(clause: str) -> Mutual | None:
    """Return what has several of what by a clause; either may be left out (an empty name), or None."""
    text = on_one_line(clause, LONGEST)
    for form in HALVES if text else ():
        match = form.match(text)
        if match is None:
            continue
        parts = match.groupdict()
        one, many = entity_name(parts.get("one") or ""), entity_name(parts.get("many") or "")
        if one or many:
            return Mutual(one, many)
    return None
