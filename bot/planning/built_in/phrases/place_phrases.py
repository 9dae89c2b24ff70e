"""Reads which thing is where, and who made what for whom, said in a few words: "books on shelves", "messages from the
customer or the agent", "applications that an adopter submits for an animal", "the classes they attend"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.phrases.keeping_phrases import is_fact
from bot.planning.built_in.words.field_kinds import is_measure
from bot.planning.built_in.words.vocabulary import has_plural, on_one_line, singular, word_set, words_of

__all__ = [
    "MadeThing",
    "ThingsInPlaces",
    "read_attended",
    "read_from_people",
    "read_made_thing",
    "read_things_in_places",
    "read_worked_in",
]

LONGEST = 160
PLAIN = (
    r"(?!(?:an?|the|on|for|of|to|in|about|with|and|or|it|them|who|that|which|is|are|can|may|by|from|into|at|one|more|"
    r"they|we|i|you|not|per|each|every)\b)[a-z][\w-]*"
)
NOUN = rf"{PLAIN}(?:\s+{PLAIN})?"
ARTICLE = r"(?:(?:an?|the|its|their|our|each|every|all|one|some|any|different|several|many|various)\s+)*"
IN_PLACES = regex(
    rf"^{ARTICLE}(?P<things>{NOUN})\s+(?P<where>on|in|at|inside|under|within|of|for|about)\s+{ARTICLE}(?P<places>{NOUN})$",
    re.IGNORECASE,
)
MADE = regex(
    rf"^{ARTICLE}(?P<record>{NOUN})\s+(?:(?:that|which)\s+)?(?:an?|the|each|every|our|one)?\s*(?P<who>{NOUN}?)\s+"
    r"(?:(?:can|may|must|will|should)\s+)?(?:submits?|makes?|files?|writes?|sends?|places?|creates?|leaves?|opens?|raises?|"
    r"adds?|posts?|requests?|hands?\s+in|gives?|records?|enters?|books?|reports?)\s+(?:for|on|about|to|against|of|in)\s+"
    rf"{ARTICLE}(?P<what>{NOUN})$",
    re.IGNORECASE,
)
FROM = regex(
    rf"^{ARTICLE}(?P<things>{NOUN})\s+(?:from|by|written\s+by|sent\s+by)\s+(?:either\s+)?{ARTICLE}(?P<one>{NOUN})"
    rf"(?:\s+or\s+(?:from\s+|by\s+)?{ARTICLE}(?P<other>{NOUN}))?$",
    re.IGNORECASE,
)
ATTENDED = regex(
    rf"^(?:the|all|which)\s+(?P<things>{NOUN})\s+(?:that\s+)?they\s+(?P<verb>[a-z]+)(?:\s+(?:for|in|to|at|on))?$",
    re.IGNORECASE,
)
WORKED_IN = regex(
    r"^(?:(?:they|it|who|each|always|and)\s+)*(?:works?|lives?|sits?|stands?|hangs?|plays?|meets?|sleeps?|stays?|grows?|"
    r"comes?\s+from|looks?\s+after|covers?|serves?|patrols?|is\s+responsible|are\s+responsible|"
    r"(?:is|are)\s+(?:based|located|kept|parked|stationed|stored|housed|responsible))\s+"
    rf"(?:(?:in|at|on|for|from|inside|near)\s+)?(?:exactly\s+|only\s+|just\s+)?one\s+(?P<place>{NOUN})$",
    re.IGNORECASE,
)
"""The one place or area of each: "crews work in one district"."""
WORDED = word_set("notes comments remarks photos images messages contacts")
"""Plurals of facts that are things of their own where they are about others: "notes on patients"."""


def read_worked_in(text: str) -> str:
    """Return the district of "work in one district", where each has exactly one; else nothing."""
    match = WORKED_IN.match(text.strip(" .!")) if len(text) <= LONGEST else None
    return match["place"].lower() if match else ""


@dataclass(frozen=True)
class ThingsInPlaces:
    """Things of one kind and the places, or the topics, that each of them names one of, as people wrote them."""

    things: str
    places: str


@dataclass(frozen=True)
class MadeThing:
    """A record, who makes it, and what it is made for, as people wrote them."""

    record: str
    who: str
    what: str


def read_things_in_places(text: str) -> ThingsInPlaces | None:
    """Return the things and their places in "books on shelves", both in the plural; or None."""
    match = IN_PLACES.match(on_one_line(text, LONGEST))
    if match is None:
        return None
    nouns = (match["things"].lower(), match["places"].lower())
    if not all(has_plural(noun) and (noun in WORDED or not is_fact(noun)) for noun in nouns):
        return None
    is_amount = any(is_measure(singular(noun.split()[-1])) for noun in nouns)
    return None if is_amount else ThingsInPlaces(*nouns)


def read_made_thing(text: str) -> MadeThing | None:
    """Return the record in "applications that an adopter submits for an animal", or None."""
    match = MADE.match(on_one_line(text, LONGEST))
    if match is None or not words_of(match["who"]) or not has_plural(match["record"].lower()):
        return None
    return MadeThing(match["record"], match["who"], match["what"])


def read_from_people(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the things and whom they come from in "messages from the customer or the agent", or None."""
    match = FROM.match(on_one_line(text, LONGEST))
    if match is None or not has_plural(match["things"].lower()):
        return None
    return match["things"], tuple(filter(None, (match["one"], match["other"])))


def read_attended(text: str) -> tuple[str, str] | None:
    """Return the things and the verb in "the classes they attend", or None."""
    match = ATTENDED.match(on_one_line(text, LONGEST))
    return (match["things"], match["verb"].lower()) if match and has_plural(match["things"].lower()) else None
