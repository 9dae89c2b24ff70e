"""Reads corrections of what goes with what: "it is the report that is written by the assistant, not the costume"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import found_by, regex
from bot.planning.built_in.words.vocabulary import straight

__all__ = ["Corrected", "read_corrected", "thing_named"]

LONGEST = 300
LEAD = r"(?:(?:no|nope|sorry|well|but|oh|wait|hm+|actually|please)\b[,;:.!\s]+)*"
ARTICLE = r"(?:(?:an?|the|each|every|by (?:an?|the)|to (?:an?|the)|with (?:an?|the))\s+)"
NOT_THIS = regex(
    rf"^{LEAD}(?P<right>[^,;:]+?)\s*,?\s+(?:and\s+|but\s+)?not\s+{ARTICLE}(?P<wrong>[\w' -]{{2,40}}?)"
    r"(?:\s+(?:that|which|who)\b[^,;]*)?$",
    re.IGNORECASE,
)
"""What is right, then what was read instead of it."""
NOT_FIRST = regex(
    rf"^{LEAD}(?:it\s+is\s+|it's\s+)?not\s+{ARTICLE}(?P<wrong>[\w' -]{{2,40}}?)\s*,?\s+but\s+(?P<right>[^,;:]+)$",
    re.IGNORECASE,
)
CLEFT = regex(r"^(?:it\s+is|it's|it\s+was|that's|that\s+is)\s+.+\s+(?:that|which|who)\s", re.IGNORECASE)
"""A clause whose first thing is stressed: "it is the report that …"."""
RULED = regex(
    r"\b(?:must|may|can|can't|cannot|should|only|if|when|unless|until|before|after|want|don't|never|\d+)\b",
    re.IGNORECASE,
)
"""Words of rules and wishes, which correct nothing that was read."""
THING = regex(
    r"^(?:an?|the|each|every)?\s*(?P<noun>[\w'-]+(?:\s+[\w'-]+){0,2}?)\s+(?:is|are)\s+(?:also\s+|really\s+)?"
    r"(?:(?:one\s+)?of\s+the|an?|also\s+an?|one\s+of\s+our)\s+(?:separate\s+|own\s+)?things?"
    r"(?:\s+(?:(?:that|which)\s+)?(?:it|we|the\s+service|you)\s+(?:should\s+|must\s+|to\s+)?"
    r"(?:manages?|keeps?|stores?|tracks?|has|have))?(?:\s+to\s+keep)?(?:\s+of\s+its\s+own)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Corrected:
    """A correction: the clause that is right, and the noun that was read instead of one of its things."""

    right: str
    wrong: str
    is_first: bool = False
    """The first thing of the right clause stands for the wrong one; else the last: "she writes X, not Y"."""


def read_corrected(sentence: str) -> Corrected | None:
    """Return the two halves of a correction; None where a sentence says anything else."""
    text = straight(sentence, " .!")
    if len(text) > LONGEST:
        return None
    match = NOT_THIS.match(text) or NOT_FIRST.match(text)
    if match is None or RULED.search(match["right"]):
        return None
    is_first = found_by(NOT_FIRST, match) or CLEFT.match(match["right"]) is not None
    return Corrected(match["right"], match["wrong"], is_first)


def thing_named(sentence: str) -> str:
    """Return what a sentence says is a thing to keep: "a wind turbine is one of the things it manages"; or nothing."""
    text = straight(sentence, " .!")
    match = THING.match(text) if len(text) <= LONGEST else None
    return match["noun"] if match else ""
