"""The lossless text layer under every reader: each byte kept, lines with their numbers, edits that change only a span.

A byte order mark, CRLF, tabs, trailing spaces, a missing final newline and bytes that aren't UTF-8 all come back as
they were: ``SourceText.from_bytes(data).to_bytes() == data``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.patterns import regex

__all__ = ["LARGEST_DOCUMENT", "Line", "SourceText"]

LARGEST_DOCUMENT = 5 * 1024 * 1024
"""Characters; a larger document is refused with a finding."""

LINE_ENDING = regex(r"\r\n|\n|\r")
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, the offset of its first character, its text, and its ending (may be empty)."""

    number: int
    start: int
    text: str
    ending: str

    @property
    def end(self) -> int:
        """Return the offset just after the line's text, before its ending."""
        return self.start + len(self.text)

    @property
    def indent(self) -> int:
        """Return how many columns of white space the line begins with (a tab counts as four)."""
        blank = self.text[: len(self.text) - len(self.text.lstrip())]
        return len(blank.expandtabs(4))

    def column(self, offset: int) -> int:
        """Return the column, from 1, of an offset in the whole text."""
        return offset - self.start + 1


@dataclass(frozen=True)
class SourceText:
    """A document's text as it came, and its lines."""

    text: str

    @classmethod
    def from_bytes(cls, data: bytes) -> SourceText:
        """Return the text of a file; bytes that aren't UTF-8 are carried as lone surrogates."""
        return cls(data.decode("utf-8", "surrogateescape"))

    def to_bytes(self) -> bytes:
        """Return the bytes of the file, those that aren't UTF-8 included."""
        return self.text.encode("utf-8", "surrogateescape")

    @property
    def has_byte_order_mark(self) -> bool:
        """Tell whether the text begins with a byte order mark; it is no part of the first line's text."""
        return self.text.startswith(BYTE_ORDER_MARK)

    @property
    def is_too_large(self) -> bool:
        """Tell whether the text is larger than what readers take."""
        return len(self.text) > LARGEST_DOCUMENT

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines; an ending at the very end makes no further, empty line."""
        return tuple(self.each_line())

    def each_line(self) -> Iterator[Line]:
        """Yield the lines one by one, so that a reader of a large document needn't hold them all."""
        number = 1
        start = 1 if self.has_byte_order_mark else 0
        for match in LINE_ENDING.finditer(self.text, start):
            yield Line(number, start, self.text[start : match.start()], match.group())
            start = match.end()
            number += 1
        if start < len(self.text):
            yield Line(number, start, self.text[start:], "")

    @cached_property
    def newline(self) -> str:
        """Return the ending that most lines have; a newline where there is none."""
        endings = Counter(line.ending for line in self.lines if line.ending)
        return endings.most_common(1)[0][0] if endings else "\n"

    def replace(self, start: int, end: int, new: str) -> SourceText:
        """Return the text with the span [start, end) replaced and every other character as it was.

        Raises ValueError where the span isn't inside the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"the span {start} to {end} is not inside a text of {len(self.text)} characters")
        return SourceText(self.text[:start] + new + self.text[end:])
