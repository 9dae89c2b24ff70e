"""Reads what a thing is made of: "a trip is one boat with one skipper", "a loan says which neighbour has which tool".

Each of the named things is one that every row names: none of them gets a link to another by this sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.phrases.fact_phrases import WHICH_WHICH
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.vocabulary import entity_name, has_plural, word_set, words_of

__all__ = ["MadeOf", "read_made_of"]

LONGEST = 240
ONE = r"(?:exactly\s+one|just\s+one|only\s+one|one\s+single|a\s+single|one|an?)"
NOUN = r"[a-z][\w-]*(?:\s+(?!(?:with|for|and|plus|by|to|in|on|at|of|from|is|are|has|that|which|who)\b)[a-z][\w-]*)?"
JOINT = (
    r"(?:\s*,\s*(?:and\s+)?(?:(?:with|for|by|to|in|on|at|of|plus)\s+)?|"
    r"\s+(?:and\s+)?(?:with|for|and|plus|by|to|in|on|at|of)\s+|\s+(?=from\s))"
)
IS = regex(
    rf"^(?:an?|each|every|the|one)\s+(?P<thing>{NOUN})\s+(?:(?:always|usually|just|simply)\s+)?"
    r"(?:is|means|consists\s+of|is\s+made\s+(?:up\s+)?of|connects|joins|links|brings\s+together|combines|pairs|is\s+about|"
    r"is\s+between)\s+(?:(?:always|just|simply|only)\s+)?"
    rf"(?P<parts>{ONE}\s+.+)$",
    re.IGNORECASE,
)
SAYS = regex(
    rf"^(?:an?|each|every|the|our)?\s*(?P<thing>{NOUN}?)\s+(?:(?:always|just|simply)\s+)?"
    r"(?:says?|records?|notes?|tells?(?:\s+us)?|shows?|states?|keeps?(?:\s+track\s+of)?|remembers?|knows?|holds?|stores?|is|are|"
    r"means?|lists?|tracks?|logs?|writes?\s+down)\s+(?P<parts>(?:which|what)\s+.+)$",
    re.IGNORECASE,
)
PART = regex(rf"{ONE}\s+(?P<noun>{NOUN})(?=$|\s*,|\s+(?:with|for|and|plus|by|to|in|on|at|of|from)\b)", re.IGNORECASE)
JOINED = regex(JOINT, re.IGNORECASE)
FACTS = word_set(
    "name title description number code reason note comment text label address phone picture photo kind type"
)
"""Nouns of what is told about a thing: no things that a row names."""
KINDS_OF_PEOPLE = word_set("person thing place kind sort type way form part piece bit list set group collection record")
"""What a definition begins with: "a member is a person with a name"."""


@dataclass(frozen=True)
class MadeOf:
    """A thing, what each of its rows names, and what else the sentence says of it."""

    thing: str
    parts: tuple[str, ...]
    rest: str


def read_made_of(sentence: str, names: frozenset[str]) -> MadeOf | None:
    """Return what each row of a thing names, two things at least; None where a sentence says something else.

    ``names`` are the things that are told of anywhere: "a rental is a bike and a customer" speaks of two of them.
    """
    text = " ".join(sentence.split()).strip(" .")
    if len(text) > LONGEST:
        return None
    says = SAYS.match(text)
    if says and entity_name(says["thing"]):
        return read_which(says, names)
    match = IS.match(text)
    if match is None or not entity_name(match["thing"]):
        return None
    parts, rest = parts_of(match["parts"], names)
    own = entity_name(match["thing"])
    if len(parts) < 2 or own in parts:
        return None
    return MadeOf(own, tuple(parts), rest)


def read_which(match: re.Match[str], names: frozenset[str]) -> MadeOf | None:
    """Return what "which neighbour has which tool, from when until when" names, and what follows."""
    first, _, rest = match["parts"].partition(",")
    both = WHICH_WHICH.match(first.strip())
    behind = re.match(r"(?P<first>.+?)\s+(?P<when>(?:from|since|until|on|at|and)\s+(?:when|what|which)\b.*)$", first)
    if behind and (shorter := WHICH_WHICH.match(behind["first"].strip())):
        both, rest = shorter, f"{re.sub(r'^and ', '', behind['when'])}, {rest}"
    parts = tuple(entity_name(both[end]) for end in ("one", "other")) if both else ()
    own = entity_name(match["thing"])
    if len(set(parts)) < 2 or not set(parts) <= names or own in parts:
        return None
    return MadeOf(own, parts, rest.strip(" ,"))


def parts_of(text: str, names: frozenset[str]) -> tuple[list[str], str]:
    """Return the things that a list names one of each, and the text behind the last of them."""
    parts: list[str] = []
    position = 0
    while match := PART.match(text, position):
        name = entity_name(match["noun"])
        is_one = re.match(r"an?\s+(?!single)", match[0], re.IGNORECASE) is None
        if not is_thing(match["noun"], name, names, is_one=is_one) or name in parts:
            return parts, text[position:]
        parts.append(name)
        joint = JOINED.match(text, match.end())
        position = joint.end() if joint else match.end()
    return parts, text[position:].strip(" ,")


def is_thing(noun: str, name: str, names: frozenset[str], *, is_one: bool) -> bool:
    """Tell whether a noun names a thing: one that is told of, or one that is counted and is no plain fact."""
    words = words_of(noun)
    if not name or words[-1] in FACTS | KINDS_OF_PEOPLE:
        return False
    return name in names or (is_one and not named_kind(words) and not has_plural(noun.lower()))
