"""Reads what people say they never said: "I never said that a hive belongs to a beekeeper", "that's wrong, …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import straight, words_of

__all__ = ["UnsaidPair", "disowned", "read_unsaid_pair"]

LONGEST = 300
FEWEST_WORDS = 3
LEAD = r"(?:(?:no|nope|sorry|well|but|oh|wait|hm+|and|please|hey)\b[,;:.!\s]+)*"
NOT_SAID = regex(
    rf"^{LEAD}(?:(?:i|we|nobody)\s+(?:have\s+|has\s+)?(?:never|didn't|did not|haven't|don't|do not)?\s*"
    r"(?:ever\s+|actually\s+)?(?:said|say|told you|meant|mean|asked for|wrote|claimed)\s*,?\s+(?:that\s+)?)"
    r"(?P<said>.+)$",
    re.IGNORECASE,
)
NEGATED = regex(r"\b(?:never|didn't|did not|haven't|don't|do not|nobody)\b", re.IGNORECASE)
WRONG = regex(
    rf"^{LEAD}(?:(?:that|this|it)(?:'s|\s+is)\s+(?:all\s+|just\s+|plain\s+)?"
    r"(?:wrong|not true|not right|false|nonsense)|wrong)"
    r"\s*[,;:.!–—-]+\s*(?P<said>.+)$",
    re.IGNORECASE,
)
THING = r"(?:(?:an?|the|each|every|one|all|our|any)\s+)?(?P<{}>[a-z][\w'-]*(?:\s+[a-z][\w'-]*){{0,2}}?)"
PAIR = regex(
    rf"^{LEAD}{THING.format('one')}\s+(?:(?:doesn't|does not|don't|do not|never|isn't|is not|aren't|are not)\s+)?"
    r"(?:belongs?\s+to|names?|ha(?:s|ve)|(?:(?:is|are)\s+)?(?:linked|connected|related)\s+(?:to|with))\s+"
    rf"{THING.format('other')}[\s.!]*$",
    re.IGNORECASE,
)
HAS_NO = regex(
    rf"^{LEAD}(?P<one>(?:an?|the|each|every|our)\s+[a-z][\w'-]*(?:\s+[a-z][\w'-]*)?|[a-z][\w'-]*s)\s+ha(?:s|ve)\s+no\s+"
    r"(?!(?:open|more|longer|active|current|other|own|free|unpaid|overdue|due|two|idea|limit)\b)"
    r"(?P<other>[a-z][\w'-]*(?:\s+[a-z][\w'-]*){0,2})$",
    re.IGNORECASE,
)
"""A thing without another: "a costume has no wardrobe assistant"."""
DENIED = regex(r"\b(?:doesn't|does not|don't|do not|never|isn't|is not|aren't|are not)\b", re.IGNORECASE)


@dataclass(frozen=True)
class UnsaidPair:
    """Two things, or a thing and its field, that a sentence says don't go together."""

    one: str
    other: str


def disowned(sentence: str) -> str:
    """Return what people say was never said, or is wrong; nothing where a sentence says anything else."""
    text = straight(sentence, " .!")
    if len(text) > LONGEST:
        return ""
    unsaid = NOT_SAID.match(text)
    match = unsaid if unsaid and NEGATED.search(text[: unsaid.start("said")]) else WRONG.match(text)
    return match["said"] if match and len(words_of(match["said"])) >= FEWEST_WORDS else ""


def read_unsaid_pair(sentence: str) -> UnsaidPair | None:
    """Return the two that don't go together, also of "a hive doesn't belong to a beekeeper"; else None."""
    text, said = straight(sentence, " .!"), disowned(sentence)
    without = HAS_NO.match(text) if len(text) <= LONGEST else None
    if without:
        return UnsaidPair(re.sub(r"^(?:an?|the|each|every|our)\s+", "", without["one"]), without["other"])
    is_denied = DENIED.search(said or text) is not None
    match = PAIR.match(said or text) if len(text) <= LONGEST else None
    if match is None or is_denied == (bool(said) and WRONG.match(text) is None):
        return None
    return UnsaidPair(match["one"], match["other"])
