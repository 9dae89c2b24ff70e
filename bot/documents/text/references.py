"""References to requirements and tasks as people write them: ids, ranges, the wildcard, free text, notes in brackets.

Nothing is dropped: ``write_references(read_references(text)) == text`` for every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.patterns import regex

__all__ = ["LONGEST_RANGE", "Reference", "ReferenceKind", "ids_of", "read_references", "write_references"]

LONGEST_RANGE = 100
"""A longer range stands for its two ends only."""

MOST_SPELLED_OUT = 10_000
"""Where the ranges of one task name more ids, the rest stand for their two ends: a short text can't fill the memory."""

ID = r"\d{1,6}(?:\.\d{1,6}){0,6}"
NAMED_ID = r"[A-Z][A-Z0-9]{0,15}(?:-[A-Z][A-Z0-9]{0,15}){0,3}-\d{1,6}(?:\.\d{1,6}){0,2}"
WORDS = (
    r"requirements?|reqs?\.?|tasks?|anforderung(?:en)?|requisitos?|exigences?|requisiti|wymagania|gereksinim(?:ler)?"
    r"|требовани[ея]|задач[аи]|需求|要件|要求|任务|任務|タスク|요구사항"
)
PIECE = regex(
    rf"(?:(?:{WORDS}) ?)?"
    rf"(?P<first>{ID}|{NAMED_ID})(?:[ \t]?(?:-|–|—|\.\.\.?|to|through)[ \t]?(?P<last>{ID}))?\.?",
    re.IGNORECASE,
)
MENTION = regex(rf"(?<![\w.-])(?P<first>{ID})(?:[ \t]?[-–—][ \t]?(?P<last>{ID}))?(?![\w-]|\.\d)")
WILDCARDS = frozenset(
    {
        "all",
        "all requirements",
        "*",
        "alle",
        "todos",
        "todos los requisitos",
        "todas",
        "все",
        "全部",
        "所有需求",
        "全体",
        "全て",
    }
)


class ReferenceKind(StrEnum):
    """What one reference says."""

    ID = "id"
    RANGE = "range"
    ALL = "all"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference. ``text`` is what stands there, ``note`` what its brackets add, ``separator`` what follows it."""

    kind: ReferenceKind
    text: str
    separator: str = ""
    note: str = ""
    first: str = ""
    """The id, or the one that a range begins with."""
    last: str = ""
    """The id that a range ends with."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids that it names, a range spelled out; none for the wildcard; what free text mentions."""
        if self.kind is ReferenceKind.TEXT:
            return mentioned(self.text)
        if self.kind is ReferenceKind.RANGE:
            return spelled_out(self.first, self.last)
        return (self.first,) if self.first else ()


def read_references(text: str) -> tuple[Reference, ...]:
    """Return the references of a text, in order; commas and semicolons outside brackets part them."""
    is_plain = not any(char in text for char in "([;\t\n")
    pieces = plain_pieces(text) if is_plain else list(bracketed_pieces(text))
    return tuple(reference_of(piece, separator) for piece, separator in pieces if piece or separator)


def plain_pieces(text: str) -> list[tuple[str, str]]:
    """Return what stands between commas, each with the comma and the blanks that follow it."""
    pieces: list[tuple[str, str]] = []
    first, *others = text.split(",")
    before = first
    for piece in others:
        stripped = piece.lstrip(" ")
        pieces.append((before, "," + " " * (len(piece) - len(stripped))))
        before = stripped
    pieces.append((before, ""))
    return pieces


def bracketed_pieces(text: str) -> Iterable[tuple[str, str]]:
    """Yield what stands between commas and semicolons outside brackets, each with what parts it from the next."""
    start = 0
    depth = 0
    position = 0
    while position < len(text):
        char = text[position]
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif char in ",;" and not depth:
            end = position + 1
            while end < len(text) and text[end].isspace():
                end += 1
            yield text[start:position], text[position:end]
            start = position = end
            continue
        position += 1
    yield text[start:], ""


def reference_of(piece: str, separator: str) -> Reference:
    """Return one reference."""
    stripped = piece.strip()
    bare, note = without_note(stripped)
    if bare.casefold() in WILDCARDS:
        return Reference(ReferenceKind.ALL, piece, separator, note)
    match = PIECE.fullmatch(bare)
    if not match:
        return Reference(ReferenceKind.TEXT, piece, separator, note)
    kind = ReferenceKind.RANGE if match["last"] else ReferenceKind.ID
    return Reference(kind, piece, separator, note, match["first"], match["last"] or "")


def without_note(text: str) -> tuple[str, str]:
    """Return a reference without the note in brackets at its end, and the note."""
    if not text.endswith(")"):
        return text, ""
    start = text.find("(")
    return (text[:start].rstrip(), text[start + 1 : -1].strip()) if start > 0 else (text, "")


def mentioned(text: str) -> tuple[str, ...]:
    """Return the ids that free text mentions, ranges spelled out."""
    found: dict[str, None] = {}
    for match in MENTION.finditer(text):
        first, last = match["first"], match["last"]
        is_short = last and len(found) < MOST_SPELLED_OUT
        found |= dict.fromkeys(spelled_out(first, last) if is_short else (first, last) if last else (first,))
    return tuple(found)


def spelled_out(first: str, last: str) -> tuple[str, ...]:
    """Return every id from the first to the last; both ends alone where they are no plain range."""
    head, _, low = first.rpartition(".")
    other, _, high = last.rpartition(".")
    if head and not other:
        other = head
    is_range = head == other and low.isdigit() and int(low) <= int(high) < int(low) + LONGEST_RANGE
    if not is_range:
        return (first, last)
    prefix = f"{head}." if head else ""
    return tuple(f"{prefix}{number}" for number in range(int(low), int(high) + 1))


def write_references(references: Iterable[Reference]) -> str:
    """Return the references as they were written."""
    return "".join(f"{reference.text}{reference.separator}" for reference in references)


def ids_of(references: Iterable[Reference]) -> tuple[str, ...]:
    """Return every id that references name, each once, in order."""
    found: dict[str, None] = {}
    for reference in references:
        is_short = reference.kind is not ReferenceKind.RANGE or len(found) < MOST_SPELLED_OUT
        found |= dict.fromkeys(reference.ids if is_short else (reference.first, reference.last))
    return tuple(found)
