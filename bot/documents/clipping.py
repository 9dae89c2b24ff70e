"""Cuts sentences for a place that has less room: between words, with an ellipsis, and no quote left open."""

from __future__ import annotations

import re

__all__ = ["clip_words", "first_sentence"]

ELLIPSIS = "…"
LAST_WORD = 40
"""Characters of a word that is left out rather than cut; longer ones are no words."""


def clip_words(text: str, length: int) -> str:
    """Return at most so many characters of a text, cut between words; what was cut ends with an ellipsis.

    A quote that the cut would leave open is closed behind the ellipsis.
    """
    if len(text) <= length:
        return text
    closes = text[:length].count("“") > text[:length].count("”")
    room = length - len(ELLIPSIS) - closes
    cut = text[:room]
    if not text[room : room + 1].isspace():
        head, space, last = cut.rpartition(" ")
        cut = head if space and len(last) <= LAST_WORD else cut
    cut = cut.rstrip(" ,;:–—-(“")
    return f"{cut}{ELLIPSIS}{'”' if cut.count('“') > cut.count('”') else ''}"


def first_sentence(text: str, length: int) -> str:
    """Return the first sentence of a text, in at most so many characters."""
    return clip_words(re.split(r"(?<=[.!?])\s+(?=[^a-z])", text.strip(), maxsplit=1)[0], length)
