"""Knows things whose name is also a word for what is kept: the fields of a farm, the records of a music shop."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.patterns import regex

__all__ = ["everyday_things"]

NAMED = r"\b(?:an?|each|every|our|the|my|their|his|her|one|two|three|several|many|some|which|{}) {}s?\b"
THINGS = {
    "Field": (
        regex(
            r"\b(?:farm\w*|crops?|harvest\w*|sow(?:n|ing|ed)?|plough\w*|plow\w*|graz(?:e|es|ed|ing)|cattle|sheep|cows?|"
            r"tractors?|acres?|hectares?|irrigat\w+|soil|seeds?|hay|pastures?|wheat|maize|barley|football|soccer|cricket|"
            r"hockey|rugby|baseball|pitch(?:es)?|matches|sports? club|airfields?|"
            r"forms? (?:has|have|contains?) fields)\b",
            re.IGNORECASE,
        ),
        regex(NAMED.format("has|have|of|playing|and|on|in|to|with|farms|rent|book", "field"), re.IGNORECASE),
    ),
    "Record": (
        regex(
            r"\b(?:vinyls?|albums?|music\w*|artists?|bands?|LPs?|record labels?|turntables?|DJs?|sleeves?|record shop|"
            r"record store|record fair|record collection|singers?|"
            r"CDs?|cassettes?|books and records|records and (?:books|films|tapes))\b",
            re.IGNORECASE,
        ),
        regex(
            NAMED.format("are|sells?|collects?|buys?|lends?|borrows?|and|old|used|vinyl|has|have|of", "record"),
            re.IGNORECASE,
        ),
    ),
}
"""Names, with the words around them that tell of such a thing, and how it is spoken of there."""


def everyday_things(texts: Iterable[str]) -> frozenset[str]:
    """Return the names of things that texts speak of, and that would be no things elsewhere."""
    text = " ".join(" ".join(one.split()) for one in texts)
    return frozenset(name for name, (around, named) in THINGS.items() if around.search(text) and named.search(text))
