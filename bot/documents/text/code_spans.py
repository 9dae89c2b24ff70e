"""Paths, words and hashes as code spans of Markdown, alone and in lists, written and read back."""

from __future__ import annotations

from collections.abc import Iterable

from bot.documents.text.markdown import one_line
from bot.patterns import regex

__all__ = ["code_list", "code_span", "read_code_list", "read_code_span"]

TICKS = regex(r"`+")


def code_span(text: str) -> str:
    """Return one line as a code span, its fence longer than any backticks in it; empty text gives nothing."""
    line = one_line(text)
    if not line:
        return ""
    longest = max((len(run) for run in TICKS.findall(line)), default=0)
    if not longest:
        return f"`{line}`"
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}"


def read_code_span(text: str, start: int = 0) -> tuple[str, int] | None:
    """Return what the code span at an offset holds, and the offset after it; None where none begins or closes."""
    opening = TICKS.match(text, start)
    if not opening:
        return None
    for run in TICKS.finditer(text, opening.end()):
        if run.end() - run.start() == opening.end() - start:
            return text[opening.end() : run.start()].strip(), run.end()
    return None


def code_list(texts: Iterable[str]) -> str:
    """Return several code spans with commas between; empty ones are left out."""
    return ", ".join(span for text in texts if (span := code_span(text)))


def read_code_list(text: str) -> tuple[str, ...]:
    """Return what a list holds: code spans, and plain words where a person left the backticks out."""
    values: list[str] = []
    position = 0
    while position < len(text):
        if text[position] in " \t,":
            position += 1
            continue
        span = read_code_span(text, position)
        if span is None:
            comma = text.find(",", position)
            end = comma if comma >= 0 else len(text)
            span = text[position:end].strip(), end
        value, position = span
        values.append(value)
    return tuple(value for value in values if value)
