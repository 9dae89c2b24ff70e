"""Reads that two words are one thing: "keeper and beekeeper are the same", "by keeper I mean the beekeeper"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import SENTENCE_WORDS, straight, words_of

__all__ = ["SameThings", "read_same_things"]

LONGEST = 160
LEAD = r"(?:(?:no|nope|sorry|well|but|and|oh|wait|hm+|please|ok|okay|so|actually|also|btw|yes)\b[,;:!\s]+)*"
ARTICLE = r"(?:(?:the|an?|our|every|each|all)\s+)?"
QUOTES = "[\"'`“”‘*]?"
WORDS = r"[a-z][\w-]*(?:\s+[a-z][\w-]*){0,2}?"
ONE, OTHER = (rf"{ARTICLE}{QUOTES}(?P<{which}>{WORDS}){QUOTES}" for which in ("one", "other"))
JUST = r"(?:(?:just|really|actually|all|both|exactly|simply|only|basically|always|meant\s+to\s+be)\s+)*"
BE = r"(?:is|are)"
KIND = r"(?:\s+(?:things?|entit(?:y|ies)|tables?|objects?|persons?|people|roles?|records?|words?))?"
SAME = rf"(?:one\s+and\s+the\s+same|the\s+(?:very\s+)?same|one(?=\s+\w)|identical|synonyms?|the\s+same\s+one){KIND}"
WORD = r"(?:another|a\s+different|an?\s+other|a\s+second|the\s+short|a\s+shorter)\s+(?:word|name|term)\s+for"
MEAN = r"(?:(?:also|always|really|just|of\s+course)\s+)*(?:mean|meant)"
TAIL = r"(?:\s+(?:here|too|as well|of course|please|for us|with us))?[\s.!]*$"
EQUALS = tuple(
    regex(rf"^{LEAD}{form}{TAIL}", re.IGNORECASE)
    for form in (
        rf"{ONE}\s+(?:and|&)\s+{OTHER}\s+{BE}\s+{JUST}{SAME}",
        rf"{ONE}\s+{BE}\s+{JUST}(?:the\s+(?:very\s+)?same{KIND}\s+(?:as|like)|identical\s+(?:to|with))\s+{OTHER}",
        rf"(?:merge|join|unite|combine)\s+{ONE}\s+(?:and|with)\s+{OTHER}",
        rf"(?:treat|take|see|count)\s+{ONE}\s+and\s+{OTHER}\s+as\s+(?:one|the\s+same){KIND}",
        rf"(?:make|turn)\s+{ONE}\s+and\s+{OTHER}\s+(?:into\s+)?one{KIND}",
    )
)
"""Both words stand for one thing; which of them it keeps is open."""
NAMES = tuple(
    regex(rf"^{LEAD}{form}{TAIL}", re.IGNORECASE)
    for form in (
        rf"(?:by|with)\s+{ONE},?\s+(?:i|we)\s+{MEAN}\s+{OTHER}",
        rf"(?:when|where|if|wherever|whenever)\s+(?:i|we)\s+(?:say|said|write|wrote)\s+{ONE},?\s+(?:i|we)\s+{MEAN}\s+{OTHER}",
        rf"{ONE}\s+{BE}\s+{JUST}(?:{WORD}|(?:an?\s+)?(?:synonym|alias|short|shorthand)\s+(?:for|of))\s+{OTHER}",
        rf"(?:merge|fold)\s+{ONE}\s+into\s+{OTHER}",
    )
)
"""The first word is another one for the second."""


@dataclass(frozen=True)
class SameThings:
    """Two words for one thing. ``is_named``: the second is the one that people want it to be called."""

    one: str
    other: str
    is_named: bool = False


def read_same_things(sentence: str) -> SameThings | None:
    """Return the two words that a whole sentence says are one thing, or None where it says anything else."""
    text = straight(sentence)
    if len(text) > LONGEST:
        return None
    for forms, is_named in ((EQUALS, False), (NAMES, True)):
        for match in filter(None, (form.match(text) for form in forms)):
            if not set(words_of(f"{match['one']} {match['other']}")) & SENTENCE_WORDS:
                return SameThings(match["one"], match["other"], is_named)
    return None
