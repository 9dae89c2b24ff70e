"""Says facts in the order of a name: "the owner's phone" → "owner phone", "link to the manual" → "manual link".

Also what a fact names by a preposition: "for one client", "exactly one per job".
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import has_plural

__all__ = ["WHICH_WHICH", "ReferencePhrase", "named_like", "read_reference_phrase"]

LONGEST = 160
POSSESSIVE = regex(
    r"^(?:the\s+|an?\s+|its\s+|their\s+)?(?P<owner>[a-z]+)(?:'s|s')\s+(?P<fact>[a-z][\w -]*)$", re.IGNORECASE
)
LINK_TO = regex(
    r"^(?:an?\s+|the\s+)?link to (?:an?\s+|the\s+|its\s+|their\s+)?(?P<what>[a-z][\w-]*(?:\s+[a-z][\w-]*)?)$",
    re.IGNORECASE,
)
DAY_OF = regex(
    r"^(?:an?\s+|the\s+)?(?P<moment>day|date|time) of (?:the\s+|an?\s+|"
    r"each\s+)?(?P<what>(?!birth\b|the\b|week\b|month\b|day\b|manufacture\b)"
    r"[a-z][\w-]*)$",
    re.IGNORECASE,
)
LATER = regex(r"^(?:later|eventually|at some point|at the end|in the end)\s+(?=(?:an?|the|its|their)\s)", re.IGNORECASE)
WHOLE_UNIT = regex(r"\bin whole (?=[a-z]+$)", re.IGNORECASE)
AROUND_IT = regex(
    r"(?<=\w)\s+(?:around|in|inside|on|at|within|under|behind|next\s+to|about)\s+(?:it|them|him|her)$", re.IGNORECASE
)
"""Where a fact is, seen from what it is a fact of: "a number of seats around it"."""
AT_THE_TIME = regex(
    r"(?<=\w)\s+(?:at|from)\s+(?:the|that)\s+(?:time|moment)(?:\s+of\s+(?:the\s+|each\s+)?[a-z]+)?$", re.IGNORECASE
)
"""When an amount was what it says: "the price at the time of the order"."""
BY_PREPOSITION = regex(
    r"^(?:(?P<unique>(?:exactly |only |at most |just )?one) per|(?:always\s+)?(?:for|of|in|"
    r"into|at|on|by|with|to|from)\s+"
    r"(?:(?P<single>exactly one|only one|one single|one|a single|an?|the|each|"
    r"any)))\s+(?P<noun>[a-z][\w-]*(?:\s+[a-z][\w-]*){0,2})"
    r"(?:\s*\([^()]*\))?$",
    re.IGNORECASE,
)


WITH_WHICH = regex(
    r"^(?:on|in|at|with|from|for|to|of|by|into)\s+(?:which|what)\s+(?P<what>[a-z][\w-]*(?:\s+[a-z][\w-]*)?)$",
    re.IGNORECASE,
)
WHO_DID = regex(
    r"^(?:an?\s+|the\s+)?(?P<who>[a-z][\w-]*)\s+who\s+(?:[a-z]+ed|did|made|took|gave|wrote|sent|brought|led|held|ran)\b.*$",
    re.IGNORECASE,
)
"""Somebody told by what they did: "the volunteer who handed it out"."""
WHICH_WHICH = regex(
    r"^(?:which|what)\s+(?P<one>[a-z][\w-]*(?:\s+[a-z][\w-]*)??)\s+(?:(?:has|have|is|was|did)\s+)?[a-z]+(?:\s+(?:in|on|for|with|to|up|out))?\s+(?:which|what)\s+"
    r"(?P<other>[a-z][\w-]*(?:\s+[a-z][\w-]*)?)$",
    re.IGNORECASE,
)
"""Two things that a record names: "which reader took which book"."""
WHEN_TO_WHEN = {
    "since when": "start date", "from when": "start date", "until when": "end date", "till when": "end date",
    "to when": "end date", "on what day": "date", "on which day": "date", "at what time": "time", "which day": "date",
    "what day": "date", "what date": "date", "when": "date",
}  # fmt: skip
"""Questions that name a fact by themselves."""


class ReferencePhrase:
    """A thing that a fact names by a preposition; ``unique``: no two name the same one."""

    def __init__(self, noun: str, *, unique: bool) -> None:
        """Keep the noun as people wrote it."""
        self.noun = noun
        self.unique = unique


def named_like(text: str) -> tuple[str, bool]:
    """Return a fact's phrase in the order of its name, and whether words said that it comes later."""
    if len(text) > LONGEST:
        return text, False
    plain = LATER.sub("", text.strip())
    is_later = plain != text.strip()
    plain = AT_THE_TIME.sub("", AROUND_IT.sub("", WHOLE_UNIT.sub("in ", plain)))
    when = WHEN_TO_WHEN.get(" ".join(plain.lower().split()))
    if when:
        return when, is_later
    asked = WITH_WHICH.match(plain)
    if asked:
        return asked["what"], is_later
    doer = WHO_DID.match(plain)
    if doer:
        return doer["who"], is_later
    possessive = POSSESSIVE.match(plain)
    if possessive:
        return f"{possessive['owner']} {possessive['fact']}", is_later
    link = LINK_TO.match(plain)
    if link:
        return f"{link['what']} link", is_later
    day = DAY_OF.match(plain)
    if day and not has_plural(day["what"].lower()):
        return f"the {day['what']} {'time' if day['moment'].lower() == 'time' else 'date'}", is_later
    return plain, is_later


@lru_cache(maxsize=1_000)
def read_reference_phrase(text: str) -> ReferencePhrase | None:
    """Return the thing that "for one client" or "exactly one per job" names, or None."""
    match = BY_PREPOSITION.match(text.strip()) if len(text) <= LONGEST else None
    if match is None:
        return None
    return ReferencePhrase(match["noun"], unique=bool(match["unique"]))
