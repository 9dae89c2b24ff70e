"""Reads two fields said as one way: "from depot to depot", "from one station to another", "from and to depot"."""

from __future__ import annotations

import re

from bot.planning.field_kinds import named_kind
from bot.planning.vocabulary import entity_name, words_of

__all__ = ["read_way"]

ARTICLE = r"(?:(?:an?|one|the|some|which|any)\s+)?"
NOUN = r"(?!(?:an?|one|the|some|which|any|to|from)\b)[a-z][\w-]*(?:\s+(?!to\b|from\b)[a-z][\w-]*)?"
LEAD = r"(?:(?:it\s+)?(?:goes|going|go|travels?|runs?|shipped|sent|moved|moves|leads?|flies|sails?|always)\s+)?"
WAY = re.compile(rf"^{LEAD}from\s+{ARTICLE}(?P<start>{NOUN}?)\s+to\s+{ARTICLE}(?P<end>{NOUN})$", re.IGNORECASE)
SHARED = re.compile(
    rf"^(?:from\s*(?:/|&|and)\s*to|to\s*(?:/|&|and)\s*from)\s+{ARTICLE}(?P<noun>{NOUN})$", re.IGNORECASE
)
LONGEST = 120
"""Characters; what is longer is no way from one thing to another."""
OTHERS = frozenset({"another", "other", "another one", "other one"})


def read_way(text: str, names: frozenset[str]) -> tuple[str, str] | None:
    """Return the two fields that a way names ("from depot" and "to depot"), or None where it says something else.

    Ends that differ must be things among ``names`` or tell their kind: "from monday to friday" names no fields.
    """
    plain = " ".join(text.split()).strip(" ,.")
    if len(plain) > LONGEST:
        return None
    shared = SHARED.match(plain)
    if shared:
        return f"from {shared['noun']}", f"to {shared['noun']}"
    way = WAY.match(plain)
    if way is None or way["end"].isdigit():
        return None
    start, end = way["start"], re.sub(r"^(?:another|other)\s+(?!one$)", "", way["end"], flags=re.IGNORECASE)
    end = start if end.lower() in OTHERS else end
    is_plain = start.lower() == end.lower() or all(
        entity_name(noun) in names or named_kind(words_of(noun)) for noun in (start, end)
    )
    return (f"from {start}", f"to {end}") if is_plain else None
