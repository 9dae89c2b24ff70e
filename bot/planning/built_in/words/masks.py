"""Hides the commas, full stops and "and" that part nothing: those in brackets, quotes, choices, steps and ranges."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.choice_phrases import lists_of_values
from bot.planning.built_in.words.ordered_values import ORDERED_VALUES

__all__ = ["mask", "unmask"]

MASKS = {",": "\ue000", ";": "\ue001", ".": "\ue002", "&": "\ue003"}
MASKED_AND = "\ue004"
VALUE = r"(?!(?:an?|the|and|or)\b)[\w'-]+(?:[ ](?!and\b|or\b|with\b)[\w'-]+){0,2}"
STEP = r"(?!(?:an?|the|and|or)\b)\b\w[\w']*(?:-\w+)*(?:[ ](?!and\b|or\b|with\b)\w[\w']*(?:-\w+)*){0,2}"
CHOICES = regex(
    r"\b(?:status|state|role|priority|stage|phase|severity|type|kind|category|level|size|gender|genre|colou?r|plan|"
    r"tier|condition|difficulty|mode|method|format|currency)\b\s*"
    r"(?:[:=]|\b(?:(?:which|that)(?: is|'s| can be)|is|of|being|"
    rf"can be|may be|either|one of)\b|\s)*\s*{VALUE}(?:\s*,\s*{VALUE})*\s*,?\s+or\s+{VALUE}",
    re.IGNORECASE,
)
GROUPS = (
    regex(r"\([^()]*\)"),
    regex(r"\[[^\[\]]*\]"),
    regex(r"[\"“][^\"“”]*[\"”]"),
    CHOICES,
    regex(
        r"\b(?:is|are|can be|may be|(?:whether|if) (?:it|they|he|she)'(?:s|re)|(?:is|are) (?:it|they))"
        rf"\s+(?:either\s+)?{VALUE}(?:\s*,\s*{VALUE})*\s*,?\s+or\s+{VALUE}",
        re.IGNORECASE,
    ),
    regex(rf"{STEP}(?:\s*(?:-+>|→|=+>)\s*{STEP})+(?:(?:\s*,\s*{STEP})*\s*,?\s+or\s+{STEP})?", re.IGNORECASE),
    regex(
        rf"\b(?:goes|moves|runs|changes)\s+from\s+{VALUE}\s+to\s+{VALUE}(?:\s*,?\s+(?:and\s+)?then\s+(?:to\s+)?{VALUE})+",
        re.IGNORECASE,
    ),
    regex(r"\bbetween\s+[\d.]+\s+and\s+[\d.]*\d"),
    regex(r"\bdate and time\b", re.IGNORECASE),
    regex(
        r"(?:(?<=^)|(?<=[.!?] )|(?<=\n))(?:the|our|an?) (?:[a-z-]+ ){1,2}(?:and (?:the|our|an?) (?:[a-z-]+ ){1,2})?"
        r"(?:comes?|visits?|calls?|drops? by|walks? round|goes? round|passes? by|looks? in)\b[^.,;!?\n]*, "
        r"(?:and )?(?:we|i) (?:want to see|want to know|note|record|write down|log|see)\b[^.;!?\n]*",
        re.IGNORECASE,
    ),
    regex(r"\bonly (?:[\w'-]+ ){1,3}and (?:[\w'-]+ ){1,3}(?=may|can|must|should|are allowed)\b", re.IGNORECASE),
    regex(r"\b(?:euros?|dollars?|pounds?|francs?) and (?:cents?|pence)\b", re.IGNORECASE),
    regex(r"\b(?:letters|digits) (?:and|or) (?:letters|digits|numbers)\b", re.IGNORECASE),
    regex(r"\bmin(?:imum)? and max(?:imum)?\b", re.IGNORECASE),
    regex(
        r"\b(?:first and (?:the )?last|start(?:ing)? and end(?:ing)?)(?=\s+(?:name|date|time|day)s?\b)", re.IGNORECASE
    ),
    regex(r"\b(?:one|two|three|\d+) (?:and|or) (?:several|more|two|three|four|\d+)\b", re.IGNORECASE),
    regex(r"\b(?:starts?|begins?|opens?) and (?:ends?|finish(?:es)?|closes?)(?=\s+(?:at|on)\b)", re.IGNORECASE),
    regex(r"\b(?:[ap]\.m\.|e\.g\.|i\.e\.|etc\.)", re.IGNORECASE),
)


def mask(text: str) -> str:
    """Hide separators inside brackets, quotes, choices and ranges."""
    text = ORDERED_VALUES.sub(lambda match: hidden(match[0]), text)
    for start, end in reversed(lists_of_values(text)):
        text = text[:start] + hidden(text[start:end]) + text[end:]
    for group in GROUPS:
        text = group.sub(lambda match: hidden(match[0]), text)
    return text


def hidden(text: str) -> str:
    """Return text with its separators replaced by signs of the private use area."""
    for sign, substitute in MASKS.items():
        text = text.replace(sign, substitute)
    return re.sub(r"\band\b", MASKED_AND, text, flags=re.IGNORECASE)


def unmask(text: str) -> str:
    """Return masked text as it was."""
    for sign, substitute in MASKS.items():
        text = text.replace(substitute, sign)
    return text.replace(MASKED_AND, "and")
