"""Says plainly what is booked where a seat on it is: "book seats on a flight", "reserve a place in a course"."""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.rewriting import WORD, Ways, rewritten
from bot.planning.built_in.words.role_nouns import is_told

__all__ = ["in_plain_seats"]

SEAT = r"(?P<seat>seat|place|spot)s?"
SEATS = regex(
    rf"\b(?P<verb>(?:book|reserve)s?) (?:(?:an?|one|some|their|several|the|two) )?{SEAT} (?:on|in|at|for|aboard) "
    rf"(?P<what>it|them|(?:(?:an?|the|our|one of (?:the|our)) )?{WORD}(?: {WORD})??)(?=\s*(?:[:,.;!?\n]|$|and\b))",
    re.IGNORECASE,
)
WRITTEN_DOWN = regex(
    r"\bpeople (?P<deed>(?:book|reserve) [a-z ]{2,40}(?:[:;,.] ?(?:and )?(?:then )?(?:we|i) "
    r"(?:write down|note|keep|record|store|take)) (?:the|each) )(?P<who>[a-z]{3,30})(?='s )",
    re.IGNORECASE,
)
"""People of whom it is said a moment later who they are: "people book it: we note the passenger's name"."""


def booked(found: re.Match[str], text: str) -> str | None:
    """Return what is booked without its seats, unless seats are things of which something is told."""
    if is_told(found["seat"].lower(), text):
        return None
    return f"{text[: found.start()]}{found['verb']} {found['what']}{text[found.end() :]}"


def called(found: re.Match[str], text: str) -> str:
    """Return the deed with who they are."""
    who = found["who"].lower()
    return f"{text[: found.start()]}{plural(who)} {found['deed']}{who}{text[found.end() :]}"


WAYS: Ways = ((SEATS, booked), (WRITTEN_DOWN, called))


def in_plain_seats(text: str) -> str:
    """Return a text in which people book what they have a seat on."""
    return rewritten(text, WAYS)
