"""Finds SQL's statements of definition inside a text that people wrote, and takes them out."""

from __future__ import annotations

import re

from bot.patterns import regex

__all__ = ["LONGEST_STATEMENT", "without_sql"]

OPENING = regex(
    r"^[ \t>]*(?=(?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMP(?:ORARY)?\s+|UNLOGGED\s+)?"
    r"(?:TABLE|TYPE|UNIQUE\s+INDEX|INDEX)\b|"
    r"ALTER\s+TABLE\b|COMMENT\s+ON\b|INSERT\s+INTO\b|DROP\s+TABLE\b)\s*[\w\"`\[.])",
    re.IGNORECASE | re.MULTILINE,
)
"""Where a statement begins: at the start of a line. What only changes rows is found too, to be quoted as a whole."""
FENCE = regex(r"^[ \t]*(?:```\w*|--[^\n]*)[ \t]*$\n?", re.MULTILINE)
"""Lines around statements that say nothing by themselves: marks of a block of code, comments."""
COMMENT = regex(r"--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
GOES_ON = regex(r"[ \t]*(?:(?:ENGINE|DEFAULT|CHARSET|COLLATE|TABLESPACE)\b|;)", re.IGNORECASE)
QUOTES = {"'": "'", '"': '"', "`": "`"}
LONGEST_STATEMENT = 20_000
"""Characters; a longer statement is quoted, and not read."""


def without_sql(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without its statements, and the statements without their comments."""
    statements: list[str] = []
    rest: list[str] = []
    position = 0
    while found := OPENING.search(text, position):
        rest.append(text[position : found.start()])
        position = end_of_statement(text, found.end())
        statements.append(COMMENT.sub(" ", text[found.end() : position]).strip().rstrip(";").strip())
    if not statements:
        return text, ()
    return FENCE.sub("", "\n".join([*rest, text[position:]])), tuple(statements)


def end_of_statement(text: str, start: int) -> int:
    """Return where a statement ends: behind its semicolon, else with the line on which its brackets close."""
    depth = 0
    has_brackets = False
    index = start
    while index < len(text):
        char = text[index]
        comment = COMMENT.match(text, index)
        if comment:
            index = comment.end()
            continue
        if char in QUOTES:
            closing = text.find(QUOTES[char], index + 1)
            index = closing + 1 if closing > 0 else len(text)
            continue
        depth += (char == "(") - (char == ")")
        has_brackets |= char == "("
        index += 1
        if char == ";" and depth <= 0:
            return index
        is_over = has_brackets or text.startswith("\n", index)
        if char == "\n" and depth <= 0 and is_over and not goes_on(text, index):
            return index
    return len(text)


def goes_on(text: str, index: int) -> bool:
    """Tell whether the next line still belongs to a statement whose brackets are closed, such as ``) ENGINE=…``."""
    return GOES_ON.match(text, index) is not None
