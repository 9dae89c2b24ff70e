"""Patterns that stand without double quotes: ``pattern ^[A-Z]{2,3}$``, whose commas and brackets are its own.

They are put in quotes before a line is split, so that whatever splits it leaves them whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.documents.text.quoted_text import closing_quote, in_quotes, outside_quotes
from bot.documents.text.reading import quote
from bot.patterns import regex

__all__ = ["BarePatterns", "is_complete", "with_quoted_patterns"]

KEYWORD = regex(r"(?:pattern|regex)(?![A-Za-z0-9_])[ \t]*[:=]?[ \t]*", re.IGNORECASE)
COUNT = regex(r"\{\d{0,9},?\d{0,9}\}")
AFTER = regex(r"[ \t]*(?:[,)]|$)")
FLAGS_AFTER = regex(r"(?P<flags>[a-z]{0,8})[ \t]*(?:[,)]|$)")
SPLITS = frozenset(",()[]{}<>\"'`")
MOST = 8
"""Patterns of one line that are looked for; a field has one."""


@dataclass
class BarePatterns:
    """A line whose patterns stand in double quotes."""

    text: str
    without_quotes: set[str] = field(default_factory=set)
    """The patterns that nothing closed but a comma or the bracket around them."""
    notes: list[str] = field(default_factory=list)
    endless: str = ""
    """The rest of the line from a pattern whose end can't be told, because its own brackets don't close."""


@dataclass(frozen=True, slots=True)
class Span:
    """A pattern as it stands in a line: the regular expression, where it ends, and the flags of ``/…/i``."""

    pattern: str
    end: int
    is_marked: bool
    flags: str = ""


def with_quoted_patterns(text: str) -> BarePatterns:
    """Return a field's line with every pattern in double quotes."""
    done = BarePatterns("")
    written: list[str] = []
    position = 0
    for _ in range(MOST):
        found = next_pattern(text, position)
        if found is None:
            break
        start, in_bracket = found
        span = marked_pattern(text, start) or bare_pattern(text, start, in_bracket)
        if span is None:
            done.endless = text[start:]
            break
        written.append(text[position:start])
        written.append(written_pattern(text, start, span, done))
        position = span.end
    done.text = "".join([*written, text[position:]])
    return done


def written_pattern(text: str, start: int, span: Span, done: BarePatterns) -> str:
    """Return a pattern in quotes, noting what stood around it; a plain word is left as it is."""
    spelled = text[start : span.end]
    if not span.is_marked:
        done.without_quotes.add(span.pattern)
        return spelled if SPLITS.isdisjoint(spelled) else in_quotes(span.pattern)
    if not spelled.startswith("`"):
        done.notes.append(f"the pattern {quote(spelled)} is taken as {quote(span.pattern)}")
    return in_quotes(span.pattern) + (f", /{span.flags}" if span.flags else "")


def next_pattern(text: str, position: int) -> tuple[int, bool] | None:
    """Return where the next pattern without double quotes begins, and whether a bracket is open around it.

    A pattern is a modifier, so its keyword follows a comma or a bracket.
    """
    depth = text.count("(", 0, position) - text.count(")", 0, position)
    after = ""
    for index, char in outside_quotes(text, position):
        if char in "pPrR" and after in {"(", ","}:
            keyword = KEYWORD.match(text, index)
            if keyword and keyword.end() < len(text) and text[keyword.end()] not in '",)':
                return keyword.end(), depth > 0
        depth += (char == "(") - (char == ")")
        after = char if not char.isspace() else after
    return None


def marked_pattern(text: str, start: int) -> Span | None:
    """Return a pattern between marks that are no part of it: backticks, ``/…/``, single quotes, ``r"…"``."""
    char = text[start]
    if char == "/":
        slash = end_of_pattern(text, start + 1, "/")
        flags = FLAGS_AFTER.match(text, slash + 1) if slash is not None else None
        if slash is None or flags is None:
            return None
        return Span(text[start + 1 : slash], flags.end("flags"), True, flags["flags"])
    opening = start + (char in "rR")
    mark = text[opening : opening + 1]
    if mark not in {"`", "'", '"'}:
        return None
    closing = closing_quote(text, opening + 1) if mark == '"' else text.find(mark, opening + 1)
    if closing is None or closing < 0 or not AFTER.match(text, closing + 1):
        return None
    return Span(text[opening + 1 : closing], closing + 1, True)


def bare_pattern(text: str, start: int, in_bracket: bool) -> Span | None:
    """Return a pattern that ends at a comma, or at the bracket around it; None where its own brackets don't close."""
    end = end_of_pattern(text, start, ",)" if in_bracket else ",")
    if end is None and in_bracket:
        return None
    end = len(text) if end is None else end
    before_bracket = text.find(" (", start, end) if not in_bracket else -1
    end = before_bracket if before_bracket > start else end
    return Span(text[start:end].rstrip(), end, False)


def end_of_pattern(text: str, start: int, ends: str) -> int | None:
    """Return where a regular expression ends: at one of the characters, outside its own brackets, classes and counts.

    None where there is no such place.
    """
    index, depth = start, 0
    while index < len(text):
        char = text[index]
        if char in ends and not depth:
            return index
        if char == "\\":
            index += 2
            continue
        if char == "[":
            closing = end_of_class(text, index)
            if closing is None:
                return None
            index = closing
        elif char == "{":
            count = COUNT.match(text, index)
            index = count.end() - 1 if count else index
        elif char == "(":
            depth += 1
        elif char == ")" and depth:
            depth -= 1
        index += 1
    return None


def end_of_class(text: str, start: int) -> int | None:
    """Return the index of the bracket that closes a class such as ``[^]a,]``; None where none does."""
    index = start + 1 + (text[start + 1 : start + 2] == "^")
    index += text[index : index + 1] == "]"
    while index < len(text):
        if text[index] == "\\":
            index += 2
            continue
        if text[index] == "]":
            return index
        index += 1
    return None


def is_complete(pattern: str) -> bool:
    """Tell whether a pattern says itself where it ends, with ``$``."""
    return pattern.endswith("$") and not pattern.endswith("\\$")
