"""Reads fields said by what happens: "from depot to depot" is two of them, "takes place on a date" is one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.vocabulary import entity_name, is_verb_form, on_one_line, word_set, words_of

__all__ = ["Happening", "read_happening", "read_lasting", "read_way", "split_way"]

ARTICLE = r"(?:(?:an?|one|the|some|which|any)\s+)?"
NOUN = r"(?!(?:an?|one|the|some|which|any|to|from)\b)[a-z][\w-]*(?:\s+(?!to\b|from\b)[a-z][\w-]*)?"
LEAD = r"(?:(?:it\s+|each\s+)?(?:goes|going|go|travels?|runs?|shipped|sent|moved|moves|leads?|flies|sails?|always)\s+)?"
TO = r"(?:to|until|till)"
WAY = regex(rf"^{LEAD}(?:each\s+)?from\s+{ARTICLE}(?P<start>{NOUN}?)\s+{TO}\s+{ARTICLE}(?P<end>{NOUN})$", re.IGNORECASE)
SHARED = regex(rf"^(?:from\s*(?:/|&|and)\s*to|to\s*(?:/|&|and)\s*from)\s+{ARTICLE}(?P<noun>{NOUN})$", re.IGNORECASE)
LONGEST = 120
"""Characters; what is longer is no way from one thing to another."""
OTHERS = frozenset({"another", "other", "another one", "other one"})


WAY_BEHIND = regex(r"^(?P<first>\S.*?)\s+(?P<way>from\s+.+?\s+to\s+.+)$", re.IGNORECASE)
HAPPENING = regex(
    r"^(?P<left>(?:(?:an?|the|each|every|our)\s+)?(?:[\w-]+\s+){0,3}?)(?:(?:always|usually|also|can|must|will|should)\s+)?"
    r"(?P<verb>(?:takes? place|(?:is|are|gets?|be)\s+\w+|\w+s and \w+s|\w+s|\w+))\s+(?P<joint>on|at)\s+"
    r"(?:an?|some|one)\s+(?:(?:certain|given|specific|particular|fixed|set|single)\s+)?"
    r"(?P<moment>date and time|date|day|time|moment)$",
    re.IGNORECASE,
)
"""What happens at a time that is kept: "a shift takes place on a date", "starts and ends at a given time"."""
LASTS = regex(
    r"^(?P<left>(?:(?:an?|the|each|every|our)\s+)?(?:[\w-]+\s+){0,4}?)"
    r"(?:(?:always|usually|also|can|must|will|should)\s+)*"
    rf"(?:is|are|be|lasts?|runs?|goes|go|takes? place|spans?|(?:is|are|be)\s+(?:[a-z]+(?:\s+out)?))\s+"
    rf"(?P<way>from\s+.+?\s+{TO}\s+.+)$",
    re.IGNORECASE,
)
"""What lasts from one moment to another: "a booking is from a start to an end"."""
ENDS_OF_PERIODS = word_set(
    "start starts begin begins beginning first arrival departure check checkin check-in pickup pick-up"
)
"""Words that say by themselves which end of a period a moment is."""
MOMENTS = {"date": "date", "day": "date", "time": "time", "date and time": "datetime", "moment": "datetime"}


@dataclass(frozen=True)
class Happening:
    """The times of something: whose they are (nothing: of what was spoken of), their names, and their type."""

    subject: str
    names: tuple[str, ...]
    kind: str


def read_happening(text: str) -> Happening | None:
    """Return the fields of "a shift takes place on a date", or None where a phrase says something else."""
    match = HAPPENING.match(on_one_line(text, LONGEST))
    if match is None:
        return None
    verbs = [re.sub(r"^(?:is|are|be|gets?)\s+", "", verb) for verb in match["verb"].lower().split(" and ")]
    if not all(verb.startswith("take") or is_verb_form(verb) for verb in verbs):
        return None
    kind = MOMENTS[match["moment"].lower()]
    joint = "on" if kind == "date" else "at"
    return Happening(match["left"].strip(), tuple(f"{verb} {joint}" for verb in verbs), kind)


def read_lasting(text: str, names: frozenset[str]) -> tuple[str, tuple[str, str]] | None:
    """Return what lasts from a moment to another, and these: "a booking is from a start to an end"; or None."""
    match = LASTS.match(on_one_line(text, LONGEST))
    way = read_way(match["way"], names) if match else None
    if match is None or way is None:
        return None
    are_moments = all(is_moment(re.sub(r"^(?:from|to) ", "", end)) for end in way)
    return (match["left"].strip(), way) if are_moments else None


def split_way(text: str, names: frozenset[str]) -> tuple[str, str] | None:
    """Return "one object" and "from a lender to an exhibition", where both ends are things among ``names``."""
    match = WAY_BEHIND.match(text) if len(text) <= LONGEST else None
    ends = read_way(match["way"], names) if match else None
    if not match or not ends or not all(entity_name(end.partition(" ")[2]) in names for end in ends):
        return None
    return match["first"], match["way"]


def read_way(text: str, names: frozenset[str]) -> tuple[str, str] | None:
    """Return the two fields that a way names ("from depot" and "to depot"), or None where it says something else.

    Ends that differ must be things among ``names`` or tell their kind: "from monday to friday" names no fields.
    """
    plain = " ".join(text.split()).strip(" ,.")
    if len(plain) > LONGEST:
        return None
    if re.fullmatch(r"(?:from|since) when (?:to|till|until) when", plain, re.IGNORECASE):
        return "start date", "end date"
    shared = SHARED.match(plain)
    if shared:
        return f"from {shared['noun']}", f"to {shared['noun']}"
    way = WAY.match(plain)
    if way is None or way["end"].isdigit():
        return None
    start, end = way["start"], re.sub(r"^(?:another|other)\s+(?!one$)", "", way["end"], flags=re.IGNORECASE)
    end = start if end.lower() in OTHERS else end
    is_plain = start.lower() == end.lower() or all(
        entity_name(noun) in names or named_kind(words_of(noun)) or is_moment(noun) for noun in (start, end)
    )
    if is_plain and is_period(start, end):
        return start, end
    return (f"from {start}", f"to {end}") if is_plain else None


def is_moment(noun: str) -> bool:
    """Tell whether a noun is a date or a time by its name."""
    words = words_of(noun)
    return named_kind(words) in MOMENTS.values() or bool(words and words[-1] in ENDS_OF_PERIODS)


def is_period(start: str, end: str) -> bool:
    """Tell whether two nouns are the moments of a start and an end, which need no "from" and "to" before them."""
    return (
        is_moment(start)
        and is_moment(end)
        and start.lower() != end.lower()
        and bool(set(words_of(start)) & ENDS_OF_PERIODS)
    )
