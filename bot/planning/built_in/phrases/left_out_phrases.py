"""Reads which records a rule doesn't count: "cancelled bookings don't count", "a cancelled walk frees the dog"."""

from __future__ import annotations

import re

from bot.patterns import regex

__all__ = ["is_told_apart", "read_counted_still", "read_left_out", "split_left_out"]

LONGEST = 200
THE = r"(?:the|a|an|any|each|every|all|our|those|these)?\s*"
WHICH = r"(?P<record>[^,;:()]{1,60}?)"
OVER = r"(?:\w+ed|\w+drawn|called off|broken off|turned down|over|done|void)"
THING = r"[^,;:()]{1,40}?"
NOT = r"(?:(?:do not|don't|does not|doesn't|never|must not|should not|shouldn't)(?:\s+be)?)"
IS = r"(?:is|are|was|were|has been|have been|gets?|got)"
OFF = rf"(?P<record>(?:{OVER}\s+{THING}|{THING}\s+{IS}\s+{OVER}))"
AGAIN = r"(?:\s+again)?(?:\s+(?:for|to)\s+(?:others|everybody|everyone|anyone|somebody else|other\s+\w+))?"
DONE = r"(?:booked|taken|reserved|used|lent|hired)"
FREE = rf"(?:(?:is|are|becomes?|gets?|stays?)\s+(?:free|available|open)|can be {DONE}){AGAIN}"
LEFT_OUT = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{THE}{OFF}\s+{NOT}\s+(?:block(?:ing)?|occupy|reserve|take up|hold|matter)\b.*$",
        rf"^{THE}{WHICH}\s+{NOT}\s+count(?:ed)?(?:\s+(?:for|towards?|against|as|when|in|to|any ?more)\b.*)?$",
        rf"^{THE}{WHICH}\s+(?:is|are)\s+(?:in nobody's way|no longer in the way|not in the way)$",
        rf"^{THE}{OFF}\s+(?:frees?|releases?)\s+(?:up\s+)?{THING}{AGAIN}$",
        rf"^{THE}{OFF}\s+makes?\s+{THING}\s+(?:free|available){AGAIN}$",
        rf"^(?:once|when|whenever|if|as soon as|after)\s+{THE}{OFF},?\s+(?:then\s+)?{THE}{THING}\s+{FREE}$",
        rf"^{THE}{THING}\s+{FREE}\s+(?:once|when|whenever|if|as soon as|after)\s+{THE}{OFF}$",
    )
)
STILL = regex(
    rf"^{THE}{WHICH}\s+(?:still|also|too)\s+(?:blocks?|counts?|occup(?:y|ies)|reserves?|takes? up)\b.*$", re.IGNORECASE
)
"""Who wants what was called off to count all the same."""
UNLESS = regex(
    r"^(?P<rule>.*\b(?:overlap|clash|collide|twice|double|same time|at once)\b[^,;:]*?),?\s+"
    r"(?:unless|except (?:if|when|where))\s+(?:one|any|either|it|they|that|those|the (?:first|other|earlier)(?: one)?)"
    rf"(?:\s+of\s+(?:them|the two|those))?\s+{IS}\s+(?P<state>[a-z][\w -]{{1,30}})$",
    re.IGNORECASE,
)
"""A rule against overlaps, and what doesn't count: "… must not overlap unless one of them was called off"."""


def read_left_out(piece: str) -> str:
    """Return the words for the records that a sentence leaves out of rules; empty where it says anything else."""
    text = " ".join(piece.split()).strip(" .!")
    for pattern in LEFT_OUT if len(text) <= LONGEST else ():
        if match := pattern.match(text):
            return match["record"]
    return ""


def is_told_apart(sentence: str) -> bool:
    """Tell whether a sentence says of some records whether they count."""
    return bool(read_left_out(sentence) or read_counted_still(sentence))


def read_counted_still(piece: str) -> str:
    """Return the words for the records that a sentence wants to be counted all the same, or nothing."""
    text = " ".join(piece.split()).strip(" .!")
    match = STILL.match(text) if len(text) <= LONGEST else None
    return match["record"] if match else ""


def split_left_out(sentence: str) -> tuple[str, str]:
    """Part a rule against overlaps from the state of what it doesn't count; the state is empty where it counts all."""
    match = UNLESS.match(sentence) if len(sentence) <= LONGEST else None
    return (match["rule"], match["state"]) if match else (sentence, "")
