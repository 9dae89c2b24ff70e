"""Splitting a line of the grammar: brackets, commas and colons count only outside quotes. Linear in time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.patterns import regex

__all__ = [
    "Bracketed",
    "closing_quote",
    "in_quotes",
    "outside_quotes",
    "quoted_value",
    "split_brackets",
    "split_commas",
    "unquoted_value",
]

BEFORE_QUOTE, AFTER_QUOTE = " \t(,:=[", " \t),]"
SIMPLE_VALUE = regex(r"[A-Za-z0-9_.+-][A-Za-z0-9_.:+-]*")
NO_VALUE = {"none", "null"}
CLOSED_BY = {"(": ")", "[": "]", "{": "}", "<": ">"}


@dataclass(frozen=True)
class Bracketed:
    """A line split at its outermost round brackets. ``tail`` is text after the first bracket, outside of all."""

    head: str
    groups: tuple[str, ...]
    tail: str
    is_closed: bool


def outside_quotes(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield each character outside quotes with its index; a quote that never closes is plain text."""
    index, can_close = start, True
    while index < len(text):
        char = text[index]
        closing = None
        if char == '"' and can_close:
            closing = closing_quote(text, index + 1)
            can_close = closing is not None
        elif char == "'":
            closing = closing_single_quote(text, index)
        if closing is not None:
            index = closing + 1
            continue
        yield index, char
        index += 1


def closing_single_quote(text: str, start: int) -> int | None:
    """Return the index that closes a single quote, or None; both must stand at a word's edge: “member's” has none."""
    if start and text[start - 1] not in BEFORE_QUOTE:
        return None
    closing = text.find("'", start + 1)
    ends = closing > start and (closing + 1 == len(text) or text[closing + 1] in AFTER_QUOTE)
    return closing if ends else None


def closing_quote(text: str, start: int) -> int | None:
    """Return the index of the double quote that closes a quotation, or None; a backslash escapes."""
    index = start
    while index < len(text):
        if text[index] == "\\":
            index += 2
            continue
        if text[index] == '"':
            return index
        index += 1
    return None


def split_brackets(text: str) -> Bracketed:
    """Split ``head (group) (group) tail``; brackets inside a group stay in it."""
    groups: list[str] = []
    plain: list[str] = []
    depth, start = 0, 0
    for index, char in outside_quotes(text):
        if char == "(":
            depth += 1
            if depth == 1:
                plain.append(text[start:index])
                start = index + 1
        elif char == ")" and depth:
            depth -= 1
            if depth == 0:
                groups.append(text[start:index])
                start = index + 1
    if depth:
        groups.append(text[start:])
    else:
        plain.append(text[start:])
    tail = " ".join(piece.strip() for piece in plain[1:] if piece.strip())
    return Bracketed(plain[0].strip(), tuple(groups), tail, depth == 0)


def split_commas(text: str) -> list[str]:
    """Split at commas that stand outside quotes and brackets; empty pieces are dropped.

    A bracket that never closes is plain text, and so are the signs of ``<= 9`` and ``->``.
    """
    marks = [(index, char) for index, char in outside_quotes(text) if char in "([{<)]}>," and is_mark(text, index)]
    closed = closed_brackets(marks)
    pieces: list[str] = []
    depth, start = 0, 0
    for index, char in marks:
        if char == "," and not depth:
            pieces.append(text[start:index].strip())
            start = index + 1
        elif index in closed:
            depth += 1 if char in CLOSED_BY else -1
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece]


def is_mark(text: str, index: int) -> bool:
    """Tell whether a character splits a line: an angle of ``<=``, ``>=``, ``->`` or ``=>`` doesn't."""
    if text[index] not in "<>":
        return True
    return text[index + 1 : index + 2] not in {"=", "-"} and (index == 0 or text[index - 1] not in "-=")


def closed_brackets(marks: Iterable[tuple[int, str]]) -> set[int]:
    """Return where the brackets stand that have their other end; one that is open inside of a pair has none."""
    opened: list[tuple[int, str]] = []
    waiting = Counter[str]()
    closed: set[int] = set()
    for index, char in marks:
        if char in CLOSED_BY:
            opened.append((index, CLOSED_BY[char]))
            waiting[CLOSED_BY[char]] += 1
        while waiting[char]:
            start, closing = opened.pop()
            waiting[closing] -= 1
            if closing == char:
                closed |= {start, index}
                break
    return closed


def unquoted_value(text: str) -> str | None:
    """Return the value that a modifier gives: quotes taken off, escapes resolved; None for an unquoted none or null."""
    value = text.strip()
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return from_json(value)
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'`":
        return value[1:-1]
    return None if value.lower() in NO_VALUE else value


def from_json(value: str) -> str:
    """Return the text of a double-quoted value; one with escapes that JSON doesn't know keeps them as they are."""
    try:
        text = json.loads(value, strict=False)
    except ValueError:
        return value[1:-1]
    return str(text)


def quoted_value(value: str) -> str:
    """Return the value as the grammar writes it: plain when simple, else in double quotes with escapes."""
    if SIMPLE_VALUE.fullmatch(value) and value.lower() not in NO_VALUE:
        return value
    return in_quotes(value)


def in_quotes(value: str) -> str:
    """Return the value in double quotes, with escapes; a comment's beginning is escaped too."""
    return json.dumps(value, ensure_ascii=False).replace("<!--", "\\u003c!--")
