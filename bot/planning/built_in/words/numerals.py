"""Knows the numbers that people write in words: "forty", "twenty-five", "two hundred", "a dozen"."""

from __future__ import annotations

import re

__all__ = ["ABOUT", "NUMERAL", "SMALL", "TENS", "figure"]

UNDER_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
SMALL = {word: number for number, word in enumerate(UNDER_TWENTY.split())}
BY_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * number for number, word in enumerate(BY_TENS.split(), start=2)}
LARGE = {"dozen": 12, "hundred": 100, "thousand": 1000}
UNIT = "|".join([*list(SMALL)[1:10]])
WORDS = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{UNIT}))?|{'|'.join(sorted(SMALL, key=len, reverse=True))})"
NUMERAL = rf"(?:\d[\d.,]*(?<![.,])|(?:an?|{WORDS}) (?:{'|'.join(LARGE)})|{WORDS})\b"
"""A whole number in digits or in words."""
ABOUT = r"(?:(?:about|around|roughly|some|over|almost|nearly|more than|approximately|currently|up to) )?"
"""Words before a number that is not meant exactly."""


def figure(words: str) -> int:
    """Return a number that fits `NUMERAL`; a number with a comma or a dot is one of thousands."""
    said = words.lower().replace("-", " ")
    if said[0].isdigit():
        return int(re.sub(r"[.,]", "", said))
    total = 0
    for word in said.split():
        total = max(total, 1) * LARGE[word] if word in LARGE else total + (SMALL | TENS).get(word, 1)
    return total
