"""Ranges as people write them who don't write code: ``number from 1 to 5``, ``text up to 80 characters``, ``1-5``."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.documents.entities.field_types import read_type
from bot.documents.entities.plain_types import in_grammar
from bot.documents.text.quoted_text import split_brackets, split_commas
from bot.patterns import regex

__all__ = ["says_many", "with_plain_ranges"]

LONGEST_RANGE = 80
"""Characters; what is longer is no range."""
NUMBER = r"-?\d{1,12}(?:\.\d{1,6})?"
FORMS = (
    rf"(?:(?:from|between)\s+)?(?P<low>{NUMBER})\s*(?:to|and|until|through|up\s+to|-|–|—|\.\.\.?)\s*(?P<high>{NUMBER})",
    rf"min(?:imum)?\s*[:=]?\s*(?P<low>{NUMBER})\s*(?:and\s+|to\s+)?max(?:imum)?\s*[:=]?\s*(?P<high>{NUMBER})",
    rf"(?:up\s+to|at\s+most|no\s+more\s+than|not\s+more\s+than|≤)\s*(?P<high>{NUMBER})",
    rf"(?:from|at\s+least|no\s+less\s+than|not\s+less\s+than|≥)\s*(?P<low>{NUMBER})",
    rf"(?P<low>{NUMBER})\s+(?:or|and)\s+(?:more|above|higher)",
    rf"(?P<high>{NUMBER})\s+or\s+(?:less|fewer|below|lower)",
)
UNIT = r"(?:\s+(?:characters?|chars?|letters?|signs?))?"
RANGES = tuple(regex(form + UNIT, re.IGNORECASE) for form in FORMS)
RANGE_END = tuple(regex(rf"(?P<type>[^\d]*?\S)\s+{form}{UNIT}", re.IGNORECASE) for form in FORMS)
"""A type and its range, without a comma between them."""
BOUNDED = frozenset({"int", "float", "Decimal", "str"})
MANY = regex(r"\b(?:many|several|multiple|any\s+number|one\s+or\s+more|a\s+list|list)\b", re.IGNORECASE)


def with_plain_ranges(rest: str, declared: Collection[str]) -> str:
    """Return what stands behind a field's name with its ranges as ``min`` and ``max``; without any it stays as it is.

    What is no range by itself, such as a pattern or a default, is never looked into. A range alone is a number's.
    """
    parts = split_brackets(rest)
    spelled, *others = split_commas(parts.head) or [""]
    kind, found = typed_range(spelled)
    plain = in_grammar(kind.partition("=")[0].strip(), "", declared).partition("(")[0].strip()
    name = read_type(plain, declared).type.name
    if not parts.is_closed or name not in BOUNDED:
        return rest
    said = [*others, *(piece for group in parts.groups for piece in split_commas(group))]
    read = [found, *(range_of(piece) for piece in said)]
    if not any(read):
        return rest
    marks = [mark for piece, one in zip(["", *said], read, strict=True) for mark in one or [piece] if mark]
    return f"{kind} ({', '.join(marks)}){f' {parts.tail}' if parts.tail else ''}"


def typed_range(spelled: str) -> tuple[str, list[str]]:
    """Return a type and the range that stands behind it: ``number from 1 to 5``."""
    if marks := range_of(spelled):
        return ("number" if "." not in "".join(marks) else "decimal number"), marks
    if len(spelled) > LONGEST_RANGE:
        return spelled, []
    match = next((found for form in RANGE_END if (found := form.fullmatch(spelled))), None)
    return (match["type"], marks_of(match)) if match else (spelled, [])


def range_of(piece: str) -> list[str]:
    """Return ``min`` and ``max`` of a piece that is a range as people write it; nothing where it is none."""
    if len(piece) > LONGEST_RANGE:
        return []
    match = next((found for form in RANGES if (found := form.fullmatch(piece.strip()))), None)
    return marks_of(match) if match else []


def marks_of(match: re.Match[str]) -> list[str]:
    """Return the marks of a range that was found."""
    said = match.groupdict()
    return [f"{key} {said[side]}" for key, side in (("min", "low"), ("max", "high")) if said.get(side)]


def says_many(rest: str) -> bool:
    """Tell whether a link says that it leads to several."""
    return MANY.search(rest) is not None
