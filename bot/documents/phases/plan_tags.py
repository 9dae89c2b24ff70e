"""The tags of a PLAN.md, found line by line: it is no XML, and code, HTML and generics stand between them.

A tag opens at the beginning of a line, or right after another tag. It closes where its closing tag ends a line or is
followed by another tag: a sentence may speak of `</action>` without closing anything. Fences and comments hold no tags.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from bot.documents.phases.plan_text import CLOSING, OPENING, mask_of
from bot.documents.text.source_text import Line, SourceText
from bot.patterns import regex

__all__ = ["Content", "Opening", "PlanTags"]

ATTRIBUTE = regex(r'(?P<name>[a-z][a-z0-9_-]{0,60})="(?P<value>[^"]*)"')


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening tag: where it stands in the text, how far it is indented, and its attributes in order."""

    name: str
    start: int
    end: int
    line: int
    column: int
    attributes: tuple[tuple[str, str], ...]
    rest: str
    """What stands in the tag beside its attributes: "/" where it closes itself."""

    def attribute(self, name: str) -> str:
        """Return an attribute's value; "" where it isn't there."""
        return next((value for key, value in self.attributes if key == name), "")


@dataclass(frozen=True, slots=True)
class Content:
    """One line between two offsets: its number, the offset at which it begins, and whether it stands in a fence."""

    number: int
    start: int
    text: str
    is_masked: bool


@dataclass
class PlanTags:
    """Every tag of a body, by place."""

    source: SourceText
    first_line: int
    openings: list[Opening] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """The offsets of the openings."""
    closings: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """The name of a tag → (start, end) of its closing tags."""
    unclosed_fences: tuple[int, ...] = ()
    """Numbers of the lines on which a fence or comment opens that never closes."""
    masked: frozenset[int] = frozenset()
    """Numbers of lines in fences and comments."""

    comments: frozenset[int] = frozenset()
    """Numbers of lines in comments."""

    def __post_init__(self) -> None:
        """Find the tags."""
        body = self.source.lines[self.first_line - 1 :]
        mask = mask_of([line.text for line in body])
        self.unclosed_fences = tuple(body[at].number for at in mask.unclosed)
        self.masked = frozenset(line.number for line, masked in zip(body, mask.lines, strict=True) if masked)
        self.comments = frozenset(body[at].number for at in mask.comments)
        for line in body:
            if line.number not in self.masked and "<" in line.text:
                self.take(line)
        self.starts = [opening.start for opening in self.openings]

    def take(self, line: Line) -> None:
        """Find the tags of one line."""
        text = line.text
        at = self.take_openings(line, skip_blank(text, 0))
        for match in CLOSING.finditer(text, at):
            after = skip_blank(text, match.end())
            is_last = after == len(text) or text[after] == "<"
            if match.start() < at or not is_last or text[match.start() - 1 : match.start()] == "\\":
                continue
            self.closings.setdefault(match["name"], []).append((line.start + match.start(), line.start + match.end()))
            at = self.take_openings(line, after)

    def take_openings(self, line: Line, at: int) -> int:
        """Take the opening tags that stand here, one after the other; return where they end."""
        while match := OPENING.match(line.text, at):
            end = line.text.find(">", match.end())
            inside = line.text[match.end() : end]
            if end < 0 or "<" in inside:
                return at
            found = tuple((each["name"], each["value"]) for each in ATTRIBUTE.finditer(inside))
            rest = ATTRIBUTE.sub("", inside).strip()
            start = line.start + match.start()
            self.openings.append(Opening(match["name"], start, line.start + end + 1, line.number, at, found, rest))
            at = skip_blank(line.text, end + 1)
        return at

    def opening(self, start: int, end: int) -> Opening | None:
        """Return the first opening tag between two offsets, or None."""
        at = bisect_left(self.starts, start)
        return self.openings[at] if at < len(self.openings) and self.starts[at] < end else None

    def closing(self, name: str, start: int, end: int) -> tuple[int, int] | None:
        """Return start and end of the first closing tag of a name between two offsets, or None."""
        found = self.closings.get(name, [])
        at = bisect_left(found, (start, start))
        return found[at] if at < len(found) and found[at][0] < end else None

    def content(self, start: int, end: int) -> list[Content]:
        """Return the lines between two offsets, the first and the last one cut where the offsets are."""
        lines = self.source.lines
        at = max(bisect_left(lines, start + 1, key=lambda line: line.start) - 1, 0)
        found: list[Content] = []
        while at < len(lines) and lines[at].start < max(end, start + 1):
            line = lines[at]
            low = max(start, line.start)
            if low > line.start and not found:
                low = min(line.start + skip_indent(line.text, low - line.start), max(end, low))
            text = self.source.text[low : max(low, min(end, line.end))]
            found.append(Content(line.number, low, text, line.number in self.masked))
            at += 1
        return found


def skip_blank(text: str, at: int) -> int:
    """Return the offset of the first character from here that is no white space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def skip_indent(text: str, at: int) -> int:
    """Return the offset of the first character from here that is neither a space nor a tab."""
    while at < len(text) and text[at] in " \t":
        at += 1
    return at
