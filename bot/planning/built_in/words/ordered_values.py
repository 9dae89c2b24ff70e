"""Finds values that are said in an order: "requested first, then picked up", "new, packed and sent, in that order"."""

from __future__ import annotations

import re

from bot.patterns import regex

__all__ = ["ORDERED_VALUES", "in_arrows"]

LONGEST = 300
"""Characters; nobody says a longer order in one breath."""
FIRST = r"(?:at first|first of all|firstly|first|initially|to begin with|in the beginning)"
LATER = (
    r"(?:and\s+then|then|after that|afterwards|later(?:\s+on)?|next|finally|lastly|at last|in the end|"
    r"at the end|eventually)"
)
WORD = (
    r"(?!(?:an?|the|and|or|to|then|first|firstly|initially|finally|lastly|later|next|afterwards|eventually|after|at|in|"
    r"is|are|be|it|they|with|from|has|have|which|that)\b)[a-z][\w'-]*"
)
PLACED = r"(?:(?:in|on|at|under|out|to)[ ](?:the[ ])?)?"
TAKEN_IN = r"(?:[ ]in(?=\s*(?:[,;/]|$)|\s+(?:or|and|then)\b))?"
"""The end of what is "taken in", "handed in", "checked in"."""
VALUE = rf"(?!{FIRST}\b|{LATER}\b){PLACED}{WORD}(?:[ ](?!{FIRST}\b|{LATER}\b){PLACED}{WORD}){{0,2}}{TAKEN_IN}"
STATION = rf"(?:either\s+)?{VALUE}(?:(?:\s*/\s*|\s*,?\s+or\s+){VALUE})*"
NEXT = rf"(?:\s*[,;]?\s*(?:and\s+|or\s+)?{LATER},?\s+(?:(?:it|they)\s+)?(?:(?:is|are|be|to)\s+)?(?:later\s+)?)"
ORDER = rf"(?:{FIRST},?\s+)?{STATION}(?:\s+{FIRST})?(?:\s*,\s*{STATION})*(?:{NEXT}{STATION}(?:\s*,\s*{STATION})*)+"
IN_ORDER = r",?\s+(?:always\s+)?in\s+(?:that|this|the given)\s+order"
LISTED = rf"{STATION}(?:\s*,\s*{STATION})*\s*(?:,|,?\s+(?:and|then))\s+{STATION}{IN_ORDER}"
STATUS = r"\b(?:status|state|stage|phase|step|priority|level|condition|workflow|lifecycle|progress)(?:es|s)?"
IS = r"(?:\s*[:=]\s*|\s+(?:(?:that|which|who)\s+)?(?:(?:is|are|can be|goes|go|moves|runs|starts as)\s+)?)"
ORDERED_VALUES = regex(
    rf"{STATUS}(?:{IS}(?:{ORDER}|{LISTED})|\s*,\s*(?={FIRST}\b|{VALUE}\s+{FIRST}\b){ORDER})", re.IGNORECASE
)
"""A status with its values in their order, in the middle of a sentence."""
WHOLE_ORDER = regex(rf"^(?:{ORDER})$", re.IGNORECASE)
WHOLE_LISTED = regex(rf"^(?P<list>.+?){IN_ORDER}$", re.IGNORECASE)
SPLIT = regex(rf"{NEXT}|\s*,\s*(?=\S)(?!or\b)", re.IGNORECASE)
ENDS = regex(rf"^(?:{FIRST}),?\s+|\s+(?:{FIRST})$|^either\s+", re.IGNORECASE)


def in_arrows(text: str) -> str:
    """Return "requested first, then picked up" as "requested → picked up"; nothing where no words tell an order."""
    plain = " ".join(text.split()).strip(" ,.()")
    if len(plain) > LONGEST:
        return ""
    listed = WHOLE_LISTED.match(plain)
    if listed and re.fullmatch(LISTED, plain, re.IGNORECASE):
        stations = re.split(r"\s*,\s*(?:(?:and|then)\s+)?|\s+(?:and|then)\s+", listed["list"])
        return " → ".join(stations)
    if not WHOLE_ORDER.match(plain):
        return ""
    stations = [ENDS.sub("", ENDS.sub("", station.strip())) for station in SPLIT.split(plain)]
    return " → ".join(re.sub(r"\bthe ", "", station) for station in stations if station)
