"""What a Markdown document is made of: headings, and below each the items, paragraphs, tables and blocks of code.

Shared by the documents written beside the plans (SUMMARY, ROADMAP, STATE, PROJECT, REQUIREMENTS). A heading inside a
fence or a comment is none; a fence or comment that never closes is an ordinary line and becomes a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.documents.text.boxes import MARKS, TaskState
from bot.documents.text.prose import read_inline, split_label, split_strong
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.source_text import Line, SourceText
from bot.patterns import regex

__all__ = [
    "Block",
    "BlockKind",
    "Box",
    "Outline",
    "Section",
    "heading_key",
    "is_footer",
    "is_prose",
    "read_outline",
    "shown",
]

BULLET = regex(r"(?:[-*+]|\d{1,6}[.)])(?=[ \t]|$)")
FENCES = ("`", "~")
DEEPEST_HEADING = 6
RULE_MARKS = frozenset({"-", "*", "_"})


class BlockKind(StrEnum):
    """What a piece of a section is."""

    ITEM = "item"
    PROSE = "prose"
    TABLE = "table"
    RULE = "rule"
    OTHER = "other"
    """Fenced code, or an HTML comment: kept as it stands."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box as it stands in a text: its mark, the offset of the mark, and its line."""

    mark: str
    offset: int
    line: int

    @property
    def state(self) -> TaskState:
        """Return what the mark says; a mark that nobody knows says todo."""
        return MARKS.get(self.mark, TaskState.TODO)


@dataclass(frozen=True)
class Block:
    """An item with the lines that go on with it, a paragraph, a table, a rule, or code.

    ``text`` is what stands after the bullet and the box, its lines joined by blanks.
    """

    kind: BlockKind
    lines: tuple[Line, ...]
    text: str = ""
    indent: int = 0
    box: Box | None = None

    @property
    def line(self) -> int:
        """Return the number of the first line."""
        return self.lines[0].number


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it up to the next one; level 0 is what stands before the first."""

    level: int
    title: str
    line: int
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]

    @property
    def key(self) -> str:
        """Return the title as readers compare it."""
        return heading_key(self.title)


@dataclass(frozen=True)
class Outline:
    """The sections of a document, and the numbers of the lines whose fence or comment never closes."""

    sections: tuple[Section, ...]
    unclosed: frozenset[int]


def heading_key(title: str) -> str:
    """Return a heading for comparing: letters and digits in lower case, without what its brackets add."""
    bare = title.partition("(")[0] or title
    return " ".join("".join(char if char.isalnum() or char in ".'’" else " " for char in bare.casefold()).split())


def heading_of(text: str) -> tuple[int, str] | None:
    """Return the level and the title of a heading, or None."""
    stripped = text.lstrip(" ")
    if len(text) - len(stripped) > 3 or not stripped.startswith("#"):
        return None
    title = stripped.lstrip("#")
    level = len(stripped) - len(title)
    if level > DEEPEST_HEADING or (title and title[0] not in " \t"):
        return None
    title = title.strip()
    bare = title.rstrip("#")
    is_closed = bare != title and (not bare or bare[-1] in " \t")
    return level, (bare.strip() if is_closed else title)


@dataclass(frozen=True)
class Closings:
    """For every line of a document: the longest fence at or after it that can close one, and whether a comment ends."""

    fences: Mapping[str, Sequence[int]]
    comments: Sequence[bool]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Closings:
        """Return the closings of a document, found in one walk from its end."""
        fences = {mark: [0] * (len(lines) + 1) for mark in FENCES}
        comments = [False] * (len(lines) + 1)
        for index in range(len(lines) - 1, -1, -1):
            text = lines[index].text.strip()
            comments[index] = comments[index + 1] or "-->" in text
            for mark in FENCES:
                length = len(text) if text and not text.strip(mark) else 0
                fences[mark][index] = max(fences[mark][index + 1], length)
        return cls(fences, comments)


def fence_of(text: str) -> tuple[str, int] | None:
    """Return the mark and the length of the fence that a line opens, or None."""
    stripped = text.strip()
    mark = stripped[:1]
    if mark not in FENCES or not stripped.startswith(mark * 3):
        return None
    after = stripped.lstrip(mark)
    return None if "`" in after and mark == "`" else (mark, len(stripped) - len(after))


def read_outline(source: SourceText, findings: FindingList, first_line: int = 1) -> Outline:
    """Return the sections of a text from a line on. Linear in the text."""
    reader = OutlineReader(source.lines[first_line - 1 :], findings)
    reader.read()
    return Outline(tuple(reader.sections), frozenset(reader.unclosed))


class OutlineReader:
    """Takes the lines of a document in order."""

    def __init__(self, lines: Sequence[Line], findings: FindingList) -> None:
        """Begin with the section before the first heading."""
        self.lines = lines
        self.findings = findings
        self.closings = Closings.of(lines)
        self.sections: list[Section] = []
        self.unclosed: list[int] = []
        self.blocks: list[Block] = []
        self.heading: tuple[int, str] = (0, "")
        self.start = 0

    def read(self) -> None:
        """Read all lines."""
        index = 0
        while index < len(self.lines):
            heading = heading_of(self.lines[index].text)
            if heading:
                self.close_section(index)
                self.heading, self.start = heading, index + 1
                index += 1
                continue
            index = self.read_block(index)
        self.close_section(len(self.lines))

    def close_section(self, end: int) -> None:
        """Keep the section that ends before a line."""
        level, title = self.heading
        number = self.lines[self.start - 1].number if self.start else 1
        lines = tuple(self.lines[self.start : end])
        self.sections.append(Section(level, title, number, lines, tuple(self.blocks)))
        self.blocks = []

    def read_block(self, index: int) -> int:
        """Read what begins on a line that is no heading, and return the index of the line after it."""
        line = self.lines[index]
        text = line.text.strip()
        if not text:
            return index + 1
        closing = self.closing(index)
        if closing is not None:
            self.add(BlockKind.OTHER, index, closing + 1)
            return closing + 1
        if is_rule(text):
            self.add(BlockKind.RULE, index, index + 1)
            return index + 1
        if text.startswith("|"):
            end = self.run_end(index, lambda other: other.startswith("|"))
            self.add(BlockKind.TABLE, index, end)
            return end
        return self.read_text(index)

    def closing(self, index: int) -> int | None:
        """Return the index of the line that closes the fence or comment opened on a line; None where none is open."""
        line = self.lines[index]
        text = line.text.strip()
        fence = fence_of(text)
        if fence:
            mark, length = fence
            if self.closings.fences[mark][index + 1] < length:
                self.never_closed(line)
                return None
            return next(
                later
                for later in range(index + 1, len(self.lines))
                if (other := self.lines[later].text.strip()) and not other.strip(mark) and len(other) >= length
            )
        if not text.startswith("<!--"):
            return None
        if "-->" in text[4:]:
            return index
        if not self.closings.comments[index + 1]:
            self.never_closed(line)
            return None
        return next(later for later in range(index + 1, len(self.lines)) if "-->" in self.lines[later].text)

    def never_closed(self, line: Line) -> None:
        """Say that what a line opens is never closed, so that the line counts as text."""
        self.unclosed.append(line.number)
        message = f"{quote(line.text)} opens something that never closes, so what follows is read as usual."
        self.findings.add("PT008", message, "Close it.", line.number, 1)

    def run_end(self, index: int, belongs: Callable[[str], bool]) -> int:
        """Return the index after the last line of a run of lines that belong together."""
        end = index + 1
        while end < len(self.lines) and belongs(self.lines[end].text.strip()):
            end += 1
        return end

    def read_text(self, index: int) -> int:
        """Read an item or a paragraph with the lines that go on with it."""
        line = self.lines[index]
        stripped = line.text.lstrip()
        bullet = BULLET.match(stripped)
        end = index + 1
        while end < len(self.lines) and self.goes_on(self.lines[end], line.indent if bullet else None):
            end += 1
        if not bullet:
            self.add(BlockKind.PROSE, index, end, joined(stripped, self.lines[index + 1 : end]))
            return end
        after = stripped[bullet.end() :]
        rest = after.lstrip(" \t")
        box = self.box_of(rest, line)
        text = rest[3:].strip() if box else rest.strip()
        self.add(BlockKind.ITEM, index, end, joined(text, self.lines[index + 1 : end]), box)
        return end

    def goes_on(self, line: Line, indent: int | None) -> bool:
        """Tell whether a line goes on with an item (of that indent) or with a paragraph (None)."""
        text = line.text.strip()
        if not text or text.startswith(("|", "<!--")) or heading_of(line.text) or fence_of(text) or is_rule(text):
            return False
        if BULLET.match(text) or split_label(text):
            return False
        return indent is None or line.indent > indent

    def box_of(self, rest: str, line: Line) -> Box | None:
        """Return the box that an item's text begins with, or None."""
        is_box = len(rest) >= 3 and rest[0] == "[" and rest[2] == "]" and (len(rest) == 3 or rest[3] in " \t")
        if not is_box:
            return None
        offset = line.end - len(rest) + 1
        if rest[1] not in MARKS:
            message = f"The mark {quote(rest[1])} is none of todo, doing and done; it is read as todo."
            self.findings.add("PT001", message, "Write [ ], [-] or [x].", line.number, line.column(offset))
        return Box(rest[1], offset, line.number)

    def add(self, kind: BlockKind, start: int, end: int, text: str = "", box: Box | None = None) -> None:
        """Keep a block."""
        lines = tuple(self.lines[start:end])
        self.blocks.append(Block(kind, lines, text, lines[0].indent, box))


def joined(first: str, lines: Sequence[Line]) -> str:
    """Return the text of lines that belong together."""
    return " ".join([first.strip(), *(line.text.strip() for line in lines)])


def is_rule(text: str) -> bool:
    """Tell whether a line is a horizontal rule."""
    bare = text.replace(" ", "").replace("\t", "")
    return len(bare) >= 3 and bare[0] in RULE_MARKS and not bare.strip(bare[0])


def shown(block: Block) -> str:
    """Return the text of an item or paragraph as it is shown: without escapes, and without bold at its beginning."""
    strong = split_strong(block.text)
    return read_inline(block.text) if strong is None else f"{read_inline(strong[0])}{shown_rest(strong[1])}"


def shown_rest(text: str) -> str:
    """Return what follows bold text, with one blank where there was any."""
    rest = read_inline(text)
    return f" {rest}" if rest and text[:1].isspace() else rest


def is_prose(block: Block) -> bool:
    """Tell whether a block is a paragraph."""
    return block.kind is BlockKind.PROSE


def is_footer(block: Block) -> bool:
    """Tell whether a paragraph is in italics as a whole, as ``*Last updated: …*`` is."""
    text = block.text
    return block.kind is BlockKind.PROSE and len(text) > 2 and text[0] in "*_" and text[-1] == text[0] != text[1]
