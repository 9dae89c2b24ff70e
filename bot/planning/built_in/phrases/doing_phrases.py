"""Reads what people do with things: "readers can put a hold on it", "we put parcels on a tour".

Doing something makes a record that names who did it and what for; putting things somewhere links them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.patterns import found_by, regex
from bot.planning.built_in.words.field_kinds import is_measure, named_kind
from bot.planning.built_in.words.vocabulary import (
    SENTENCE_WORDS,
    entity_name,
    has_plural,
    on_one_line,
    singular,
    words_of,
)

__all__ = ["Deed", "Described", "Placing", "read_deed", "read_described", "read_linking", "read_placing"]

LONGEST = 400
PLAIN = (
    r"(?!(?:a|an|the|on|for|of|to|in|about|with|and|or|it|them|who|that|which|is|are|can|may|"
    r"by|from|into|at|one|more)\b)[a-z][\w-]*"
)
NOUN = rf"{PLAIN}(?:\s+{PLAIN}){{0,2}}?"
MODAL = r"(?:(?:can|may|must|might|will|should|also|then|usually|could|want to|need to|first|only|always)\s+)*"
MAKES = (
    r"(?:puts?|places?|makes?|files?|submits?|leaves?|opens?|raises?|reports?|writes?|enters?|"
    r"creates?|hands? in|sends?(?: in)?|"
    r"starts?|adds?|posts?|buys?|purchases?|orders?|reserves?|logs?|records?|requests?|"
    r"asks? for|applies for|apply for|books?|fills? in|draws? up|issues?|gives?)"
)
BEHIND = r"(?P<behind>\s*(?::|,?\s+with|,?\s+(?:which|that)\s+(?:has|holds|contains))\s+(?P<list>.+))?"
DEED = regex(
    rf"^(?:(?:an?|the|each|every|any|our|one)\s+)?(?P<who>{NOUN}|i|we)\s+{MODAL}(?P<verb>{MAKES})\s+"
    rf"(?:(?P<article>an?|one|the|several|many)\s+)?(?:new\s+)?(?P<record>{NOUN})\s+(?:on|for|about|against|to)\s+(?:an?\s+|the\s+|each\s+|one\s+|any\s+|their\s+)?(?P<what>it|them|{NOUN}){BEHIND}$",
    re.IGNORECASE,
)
MAKING = regex(
    rf"^(?:(?:an?|the|each|every|any|our|one)\s+)?(?P<who>{NOUN}|i)\s+{MODAL}(?P<verb>{MAKES})\s+"
    rf"(?P<article>an?|one|their)\s+(?:new\s+)?(?P<record>{NOUN})(?:\s*:|,?\s+with)\s+(?P<list>.+)$",
    re.IGNORECASE,
)
ENDING = regex(
    r"\s+and\s+(?:(?:later|then)\s+)?(?:ends?|returns?|finish(?:es)?|closes?|stops?)\s+(?:it|them)(?:\s+(?:later|afterwards))?$",
    re.IGNORECASE,
)
"""What becomes of a record later, which its own facts tell: "starts a ride on a scooter and ends it"."""
COUNTED = regex(
    rf"^(?:(?:an?|the|each|every|any|our|one)\s+)?(?P<who>{NOUN}|i)\s+{MODAL}(?P<verb>sets?|defines?|logs?|records?|enters?|adds?|"
    r"creates?|makes?|tracks?)\s+(?P<article>their\s+)?(?:own\s+)?(?P<record>[a-z-]+[^\Ws]s)(?:\s*:|,?\s+with)\s+(?P<list>.+)$",
    re.IGNORECASE,
)
"""Things that are told of, though their noun is a count elsewhere: "users set goals with a target date"."""
LINKING = regex(
    rf"^(?:(?:an?|the|each|every)\s+)?(?P<thing>{NOUN})\s+(?:always\s+)?(?:links?|connects?|joins?|combines?|ties?)\s+"
    rf"(?:an?|one|the)\s+(?P<one>{NOUN})\s+(?:to|with|and)\s+(?:an?|one|the)\s+(?P<other>{NOUN})$",
    re.IGNORECASE,
)
"""A record that two things meet in: "a stay links a boat to a berth"."""
PLACING = regex(
    rf"^(?:we|i|they|you|somebody|the\s+{NOUN}|{NOUN})\s+{MODAL}(?:puts?|places?|assigns?|adds?|loads?|attach(?:es)?|allocates?|moves?|schedules?)\s+"
    rf"(?:an?\s+|the\s+|each\s+|every\s+|all\s+)?(?P<thing>{NOUN})\s+(?:on|in|into|to|onto|under)\s+(?:an?|one|the|some)\s+(?P<place>{NOUN})$",
    re.IGNORECASE,
)
DESCRIBED = regex(
    rf"^(?P<main>.{{3,200}}?\b(?P<noun>{PLAIN}(?:\s+{PLAIN})?)),?\s+(?:each\s+|all\s+|"
    rf"both\s+)?(?:who (?:is|are)\s+|which (?:is|are)\s+)?"
    r"(?:registered|recorded|described|identified|stored|kept|known|listed|entered|noted|saved)\s+(?:with|by|through)\s+(?P<list>.+)$",
    re.IGNORECASE,
)


WHOSE = regex(
    rf"^(?P<main>.{{3,200}}?\b(?P<noun>{PLAIN}(?:\s+{PLAIN})?))\s*(?:\([^()]{{1,60}}\))?,\s+whose\s+(?P<list>.+?)\s+"
    r"(?:we\s+(?:also\s+)?(?:want|need|keep|know|store|record|note)|(?:is|are)\s+(?:kept|recorded|stored|known|noted))\b.*$",
    re.IGNORECASE,
)
"""Facts said of the last noun by "whose": "… by donors, whose name and phone we keep"."""


@dataclass(frozen=True)
class Deed:
    """Who makes a record, and for what ("it": whatever was spoken of); the list of what it holds, if any."""

    who: str
    record: str
    what: str
    list: str
    is_one: bool
    """The words say that there is one of them only: "I can make one claim for a parcel"."""


@dataclass(frozen=True)
class Placing:
    """Things that are put into one other."""

    thing: str
    place: str


@dataclass(frozen=True)
class Described:
    """A clause, the noun that it ends with, and the facts that are said of that noun behind it."""

    main: str
    noun: str
    list: str


@lru_cache(maxsize=1_000)
def read_deed(clause: str) -> Deed | None:
    """Return the record that somebody makes by a clause, or None where it says something else."""
    text = ENDING.sub("", on_one_line(clause, LONGEST))
    match = (DEED.match(text) or MAKING.match(text) or COUNTED.match(text)) if text else None
    if match is None:
        return None
    parts = match.groupdict()
    words = words_of(parts["record"])
    is_count = found_by(COUNTED, match) and bool(named_kind(words)) and not is_measure(singular(words[-1]))
    if found_by(COUNTED, match) and not is_count:
        return None
    is_plain = bool(words) and (is_count or not named_kind(words)) and not set(words) & SENTENCE_WORDS
    if not is_plain or not entity_name(parts["record"]):
        return None
    article = (parts["article"] or "").lower()
    if not article and not has_plural(parts["record"].lower()):
        return None
    return Deed(parts["who"], parts["record"], parts.get("what") or "", parts.get("list") or "", article == "one")


@lru_cache(maxsize=1_000)
def read_placing(clause: str) -> Placing | None:
    """Return what is put where by a clause, or None."""
    text = on_one_line(clause, LONGEST)
    match = PLACING.match(text) if text else None
    if match is None or not entity_name(match["thing"]) or not entity_name(match["place"]):
        return None
    return Placing(match["thing"], match["place"])


@lru_cache(maxsize=1_000)
def read_linking(clause: str) -> tuple[str, str, str] | None:
    """Return a record and the two things that it links by a clause, or None."""
    text = on_one_line(clause, LONGEST)
    match = LINKING.match(text) if text else None
    if match is None or not all(entity_name(match[part]) for part in ("thing", "one", "other")):
        return None
    return match["thing"], match["one"], match["other"]


def read_described(clause: str) -> Described | None:
    """Return a clause without the facts said of its last noun: "… by applicants, registered with name and e-mail"."""
    text = on_one_line(clause, LONGEST)
    match = (DESCRIBED.match(text) or WHOSE.match(text)) if text else None
    if match is None:
        return None
    return Described(match["main"], match["noun"], match["list"])
