"""Reads records in which things meet: "a screening shows a movie in a hall", "reviewers score talks 1-5", and things
that get a place later: "talks get scheduled into rooms with a start and end time"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.words.shared_things import is_doer
from bot.planning.built_in.words.vocabulary import CONTAINING_VERBS, base_verb, entity_name, has_plural, on_one_line

__all__ = [
    "Between",
    "Meeting",
    "Rating",
    "Scheduling",
    "read_between",
    "read_meeting",
    "read_rating",
    "read_scheduling",
]

LONGEST = 240
PLAIN = (
    r"(?!(?:an?|the|on|for|of|to|in|about|with|and|or|it|them|who|that|which|is|are|can|may|by|from|into|at|one|more|"
    r"they|we|i|you|not|per|each|every|be|get|gets)\b)[a-z][\w-]*"
)
NOUN = rf"{PLAIN}(?:\s+{PLAIN})?"
ONE = r"(?:(?:exactly|just|only)\s+)?(?:an?|one|the|some|its)\s+"
MEETING = regex(
    rf"^(?:an?|each|every|the|one)\s+(?P<thing>{NOUN}?)\s+(?:(?:always|usually)\s+)?(?P<verb>[a-z]+s)\s+{ONE}(?P<first>{NOUN})"
    rf"\s+(?:in|at|on|for|with|by|from|to|of|against|and)\s+{ONE}(?P<second>{NOUN}?)"
    r"(?P<moment>\s+(?:at|on)\s+(?:an?|some)\s+(?:(?:given|certain|specific|particular|fixed|set)\s+)?"
    r"(?:date and time|day and time|date|day|time|moment))?$",
    re.IGNORECASE,
)
SCHEDULING = regex(
    rf"^(?:(?:an?|the|each|every|all)\s+)?(?P<state>[a-z]+ed\s+)?(?P<thing>{NOUN}?)\s+"
    r"(?P<may>(?:(?:can|may|must|will|should|then|later|also)\s+)*)(?:is|are|gets?|be)\s+(?:then\s+|later\s+)?"
    r"(?:scheduled|assigned|allocated|placed|put|moved|parked|planned|distributed|seated|stored|kept|booked)\s+"
    rf"(?:in|into|to|on|onto|at)\s+(?:(?:an?|one|the|their|different|several)\s+)?(?P<place>{NOUN}?)"
    r"(?:\s+with\s+(?P<list>.+))?$",
    re.IGNORECASE,
)
SEVERAL_ASSIGNED = regex(r"\b(?:assigned|allocated)\s+to\s+(?:(?:several|different)\s+)?[\w-]+", re.IGNORECASE)
"""Several of both: which of the two names the other is to be asked."""
JUDGED = {
    "rate": "rating", "score": "score", "grade": "grade", "review": "review", "evaluate": "evaluation",
    "assess": "assessment", "mark": "mark",
}  # fmt: skip
"""Verbs of giving points, and the record that each makes."""
WRITTEN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBER = rf"(?:\d+(?:\.\d+)?|{'|'.join(WRITTEN)})"
RATING = regex(
    rf"^(?:(?:after|once|when|at\s+the\s+end\s+of)\s+(?:an?|the|each|every|their|its)\s+[\w ]{{3,40}}?,?\s+"
    r"(?=(?:the|an?|each)\s))?"
    rf"(?:(?:an?|the|each|every|other|all)\s+)*(?P<who>{NOUN}?)\s+(?:(?:can|may|must|should|will|also|then)\s+)*"
    rf"(?P<verb>{'|'.join(JUDGED)})s?\s+(?:(?:an?|the|each|every|their|these|those|all)\s+)*(?P<what>{NOUN}?|them|it),?\s+"
    rf"(?:(?:from|between|with|by|on\s+a\s+scale\s+(?:of|from))\s+)?(?P<least>{NUMBER})\s*(?:to|-|–|and)\s*(?P<most>{NUMBER})"
    r"(?:\s+(?:stars?|points?))?(?:\s*,?\s+(?:with|and\s+(?:(?:can\s+|may\s+)?(?:leave|write|add|give)))\s+"
    r"(?P<list>(?:an?|the|their|some)\s+.+))?$",
    re.IGNORECASE,
)
BETWEEN = regex(
    rf"^(?:an?|each|every|the|one)\s+(?P<thing>{NOUN}?)\s+(?:is|are|takes?\s+place|happens)\s+(?:(?:always|usually)\s+)?"
    rf"(?:[a-z]+ed\s+)?between\s+two\s+(?:different\s+|other\s+)?(?P<ends>{NOUN})(?P<rest>\s+(?:on|at)\s+.+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Meeting:
    """A record, the two things that it names, and whether it is at a moment."""

    thing: str
    ends: tuple[str, str]
    is_at_moment: bool


@dataclass(frozen=True)
class Between:
    """A record of two things of one kind, and what follows, such as when it is."""

    thing: str
    end: str
    rest: str


@dataclass(frozen=True)
class Scheduling:
    """A thing that gets a place later, the state in which it does, and what is kept with it."""

    thing: str
    place: str
    state: str
    list: str
    is_later: bool
    are_several: bool
    """There are several of the place: it is a thing, though nobody else spoke of it."""


@dataclass(frozen=True)
class Rating:
    """Points that somebody gives something: the record, its bounds, and what is kept with it."""

    who: str
    record: str
    what: str
    least: str
    most: str
    list: str


def digits(number: str) -> str:
    """Return a number in digits."""
    return str(WRITTEN.index(number.lower())) if number.lower() in WRITTEN else number


@lru_cache(maxsize=1_000)
def read_meeting(clause: str) -> Meeting | None:
    """Return the record in "a screening shows a movie in a hall at a time", or None."""
    match = MEETING.match(on_one_line(clause, LONGEST))
    if match is None or is_doer(match["thing"]):
        return None
    verb = base_verb(match["verb"].lower())
    if verb and verb not in CONTAINING_VERBS:
        return None
    names = [entity_name(match[part]) for part in ("thing", "first", "second")]
    if not all(names) or len(set(names)) < len(names):
        return None
    return Meeting(names[0], (names[1], names[2]), match["moment"] is not None)


@lru_cache(maxsize=1_000)
def read_scheduling(clause: str) -> Scheduling | None:
    """Return the thing and its place in "talks get scheduled into rooms with a start and end time", or None."""
    match = SCHEDULING.match(on_one_line(clause, LONGEST))
    if match is None or not entity_name(match["thing"]) or not entity_name(match["place"]):
        return None
    if has_plural(match["thing"].lower()) and SEVERAL_ASSIGNED.search(clause) and has_plural(match["place"].lower()):
        return None
    state = (match["state"] or "").strip().lower()
    is_later = bool(state) or bool(set((match["may"] or "").lower().split()) & {"can", "may", "then", "later"})
    is_later = is_later or re.search(r"\b(?:gets?|then|later)\b", clause, re.IGNORECASE) is not None
    return Scheduling(
        entity_name(match["thing"]), entity_name(match["place"]), state, match["list"] or "", is_later,
        has_plural(match["place"].lower()),
    )  # fmt: skip


@lru_cache(maxsize=1_000)
def read_rating(clause: str) -> Rating | None:
    """Return the points that "reviewers score talks 1-5 with a comment" gives, or None."""
    match = RATING.match(on_one_line(clause, LONGEST))
    if match is None or not entity_name(match["who"]):
        return None
    least, most = digits(match["least"]), digits(match["most"])
    record, what = JUDGED[match["verb"].lower()], match["what"].lower()
    return Rating(entity_name(match["who"]), record, what, least, most, match["list"] or "")


@lru_cache(maxsize=1_000)
def read_between(clause: str) -> Between | None:
    """Return the record in "a match is played between two teams on a date", or None."""
    match = BETWEEN.match(on_one_line(clause, LONGEST))
    names = [entity_name(match[part]) for part in ("thing", "ends")] if match else []
    if match is None or not all(names) or names[0] == names[1]:
        return None
    return Between(names[0], names[1], (match["rest"] or "").strip())
