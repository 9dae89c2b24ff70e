"""Reads what is said of fields by their things: "the plate of a car and the licence of a driver must be unique",
"the statuses of a booking are called asked, given and back"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.phrases.field_comments import Comment, read_comment
from bot.planning.built_in.phrases.value_phrases import values_of
from bot.planning.built_in.words.vocabulary import singular, straight

__all__ = ["NamedValues", "PlacedFields", "places_in", "read_named_values", "read_placed_fields"]

LONGEST = 300
ARTICLE = r"(?:(?:an?|the|each|every|any|all|its|their|our)\s+)?"
NOUN = r"[a-z][\w-]*(?:\s+(?!of\b|in\b|for\b|and\b|or\b|is\b|are\b|must\b|may\b|can\b)[a-z][\w-]*){0,2}"
OF = rf"(?:both\s+)?{ARTICLE}(?P<field>{NOUN})\s+(?:of|in|for)\s+{ARTICLE}(?P<thing>{NOUN})"
WHOSE = rf"(?:both\s+)?{ARTICLE}(?P<owner>[a-z][\w-]*(?:\s+[a-z][\w-]*)?)(?:'s|s')\s+(?P<fact>{NOUN})"
ALONE = rf"(?:both\s+)?{ARTICLE}(?P<alone>{NOUN})"
ONE = regex(rf"^(?:{OF}|{WHOSE}|{ALONE})$", re.IGNORECASE)
SAYS = regex(
    r"^(?P<places>.+?)\s+(?:(?:both|each|all)\s+)?(?P<says>(?:is|are|must|may|can|could|might|should|has to|have to|"
    r"shall|needn't|need not|doesn't have to|don't have to)\s+(?:(?:both|each|all|always|also)\s+)*(?P<what>.+))$",
    re.IGNORECASE,
)
REQUIRED = regex(
    r"^(?:is|are|must be|has to be|have to be|should be|shall be)\s+(?:required|mandatory|given|filled in)$"
)
CALLED = regex(
    r"^(?:the\s+)?(?:(?:possible|allowed|only|different)\s+)?"
    rf"(?:(?P<field>[a-z][\w-]*)\s+(?:of|for)\s+{ARTICLE}(?P<thing>{NOUN})|"
    rf"{ARTICLE}(?P<owner>{NOUN})(?:'s|s')\s+(?P<fact>[a-z][\w-]*))\s+"
    r"(?:(?:are|shall be|should be|is|can be|may be)(?:\s+(?:either|one of|called|named))?|have the names|"
    r"go by the names)"
    r"\s*:?\s+(?P<values>[^.:;()]+)$",
    re.IGNORECASE,
)
CHOICES = regex(
    r"^(?:status|state|stage|phase|step|kind|type|category|level|priority|condition|size|colou?r|mode|role|genre)$"
)
"""What has names for its values."""
STATUSES = {"status": "status", "statuses": "status", "stati": "status"}
ADJECTIVES = regex(r"\b(?:unique|optional|required|mandatory|empty|unknown)\b", re.IGNORECASE)


@dataclass(frozen=True)
class PlacedFields:
    """Fields with the things that they are of, and what is said of them."""

    places: tuple[tuple[str, str], ...]
    """Each a field and its thing, as people said them."""
    says: str
    comment: Comment


@dataclass(frozen=True)
class NamedValues:
    """The values of a field, by the names that people give them."""

    thing: str
    field: str
    values: tuple[str, ...]


@lru_cache(maxsize=1_000)
def read_placed_fields(sentence: str) -> PlacedFields | None:
    """Return what a whole sentence says of fields that it names with their things, or None."""
    text = plain(sentence)
    match = SAYS.match(text) if len(text) <= LONGEST else None
    says = re.sub(r"\b(?:both|each|all|always|also)\s+", "", match["says"]) if match else ""
    comment = Comment({"optional": False}) if REQUIRED.match(says) else read_comment(f"which {says}") if says else None
    places = places_in(match["places"]) if match else ()
    return PlacedFields(places, says, comment) if places and comment and not comment.values else None


def places_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return the fields with their things in "the plate and the colour of a car"; nothing where one has no thing."""
    found: list[tuple[str, str]] = []
    waiting: list[str] = []
    for piece in re.split(r"\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+", text):
        one = ONE.match(piece)
        if one is None:
            return ()
        field, thing = (one["field"] or one["fact"] or one["alone"]), one["thing"] or one["owner"] or ""
        if not thing:
            waiting.append(field)
            continue
        found += [(each, thing) for each in (*waiting, field)]
        waiting = []
    return () if waiting else tuple(found)


@lru_cache(maxsize=1_000)
def read_named_values(sentence: str) -> NamedValues | None:
    """Return the values in "the statuses of a booking are called asked, given and back", or None."""
    text = plain(sentence)
    match = CALLED.match(text) if len(text) <= LONGEST else None
    said = (match["field"] or match["fact"]).lower() if match else ""
    field = STATUSES.get(said, singular(said))
    values = values_of(match["values"]) if match and CHOICES.match(field) else ()
    is_one = match is not None and said == field and re.search(r"\bor\b|/", match["values"]) is None
    if match is None or not values or is_one or ADJECTIVES.search(match["values"]):
        return None
    return NamedValues(match["thing"] or match["owner"], field, values)


def plain(sentence: str) -> str:
    """Return a sentence without its end and what leads to it."""
    text = straight(sentence, " .!")
    return re.sub(r"^(?:and|also|but|please|make sure(?: that)?)\s+", "", text, flags=re.IGNORECASE)
