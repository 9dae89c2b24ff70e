"""What a document says that its model has no place for: kept word by word, in sections of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from bot.documents.frozen import Frozen
from bot.documents.text.front_matter import read_front_matter
from bot.documents.text.outline import Block, BlockKind, Outline, Section, heading_key, is_footer, read_outline
from bot.documents.text.prose import OneLine, heading_text, read_inline
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.source_text import Line, SourceText

__all__ = [
    "NOTES_ON",
    "FrontMatterText",
    "Note",
    "NoteTaker",
    "front_matter_block",
    "front_matter_text",
    "refuse_known",
    "write_notes",
]

NOTES_ON = "Notes on "
"""Begins the heading of what stood in a known section and fits nowhere in it."""

LOWEST_LEVEL = 2
DEEPEST_LEVEL = 6


def readable(value: object) -> object:
    """Return text without halves of characters (from bytes that aren't UTF-8), which no model can hold."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


class Note(Frozen):
    """A section kept as it stands. Raises ValueError for text that wouldn't be read back as this one section."""

    heading: OneLine
    text: Annotated[str, BeforeValidator(readable)] = ""
    level: Annotated[int, Field(ge=LOWEST_LEVEL, le=DEEPEST_LEVEL)] = LOWEST_LEVEL

    @model_validator(mode="after")
    def is_one_section(self) -> Note:
        """Refuse headings, and fences or comments that never close."""
        outline = read_outline(SourceText(self.text), FindingList(""))
        lines = self.text.split("\n")
        is_framed = self.text != "" and not (lines[0].strip() and lines[-1].strip())
        if len(outline.sections) > 1 or outline.unclosed or "\r" in self.text or is_framed:
            raise ValueError("a note holds no headings, no open fences and no blank lines around it")
        return self


def frontless(value: object) -> object:
    """Return the text between the lines of a front matter, with plain line endings."""
    if not isinstance(value, str):
        return value
    text = str(readable(value)).replace("\r\n", "\n").replace("\r", "\n")
    if any(line.rstrip() == "---" for line in text.split("\n")):
        raise ValueError("no line of a front matter is its end")
    return text if text.strip() else ""


FrontMatterText = Annotated[str, BeforeValidator(frontless)]
"""The front matter of a document whose model has no use for it, as it stands."""


def front_matter_text(source: SourceText, findings: FindingList) -> tuple[str, int]:
    """Return the text between the lines of a front matter (empty where there is none), and where the body begins."""
    front = read_front_matter(source, findings)
    if front is None:
        return "", 1
    inside = source.lines[: front.body_line - 1]
    opening = next(index for index, line in enumerate(inside) if line.text.strip())
    texts = [line.text for line in inside[opening + 1 :]]
    if texts and texts[-1].rstrip() == "---":
        texts.pop()
    return "\n".join(texts), front.body_line


def front_matter_block(text: str) -> list[str]:
    """Return the front matter as a block of a document; none where it is empty."""
    return [f"---\n{text}\n---"] if text else []


def refuse_known(notes: Iterable[Note], known: frozenset[str]) -> None:
    """Raise ValueError where a note's heading would be read as a section that a document knows."""
    levels = [1]
    for note in notes:
        if heading_key(note.heading) in known:
            raise ValueError(f"{quote(note.heading)} is a section of its own")
        if note.level > levels[-1] + 1:
            raise ValueError(f"{quote(note.heading)} stands below no section of level {note.level - 1}")
        levels.append(note.level)


def write_notes(notes: Iterable[Note]) -> list[str]:
    """Return the blocks of notes."""
    blocks: list[str] = []
    for note in notes:
        blocks.append(f"{'#' * note.level} {heading_text(note.heading)}".rstrip())
        if note.text:
            blocks.append(note.text)
    return blocks


class NoteTaker:
    """Collects what a reader has no place for, and says so once a section."""

    def __init__(self, outline: Outline, findings: FindingList, familiar: Iterable[str] = ()) -> None:
        """Begin; ``familiar`` are sections that are kept as notes without a word, by `heading_key`."""
        self.unclosed = outline.unclosed
        self.findings = findings
        self.familiar = frozenset(familiar)
        self.sections: list[Note] = []
        self.levels: list[tuple[int, int]] = []
        self.pieces: dict[str, list[str]] = {}

    def known(self) -> None:
        """Note that a section was understood, so that what follows stands below no note."""
        self.levels.clear()

    def is_kept(self, section: Section) -> bool:
        """Tell whether a section holds what an earlier reading kept as a note."""
        return section.title.startswith(NOTES_ON)

    def section(self, section: Section) -> None:
        """Keep a whole section."""
        while self.levels and self.levels[-1][0] >= section.level:
            self.levels.pop()
        level = min(self.levels[-1][1] + 1, DEEPEST_LEVEL) if self.levels else LOWEST_LEVEL
        self.levels.append((section.level, level))
        text = self.text_of(section.lines)
        self.sections.append(Note(heading=read_inline(section.title), text=text, level=level))
        is_familiar = section.key in self.familiar or self.is_kept(section) or len(self.levels) > 1
        if text and not is_familiar:
            message = f"The section {quote(section.title)} has no place in this kind of document; it is kept as it is."
            self.findings.add("PT001", message, "Nothing is lost; check that its heading is right.", section.line, 1)

    def loose(
        self, section: Section, blocks: Iterable[Block], *, expected: Callable[[Block], bool] | None = None
    ) -> None:
        """Keep pieces of a section that fit nowhere in it; of those that are ``expected`` there nothing is said."""
        found = [block for block in blocks if block.kind is not BlockKind.RULE]
        if not found:
            return
        self.pieces.setdefault(read_inline(section.title), []).extend(self.text_of(block.lines) for block in found)
        told = [block for block in found if block.kind is not BlockKind.OTHER and not is_footer(block)]
        told = [block for block in told if not (expected and expected(block))]
        if not told:
            return
        first = told[0]
        others = f", and {len(told) - 1} more" if len(told) > 1 else ""
        where = quote(section.title) if section.title else "the beginning"
        message = f"{quote(first.lines[0].text)}{others} in {where} fits nowhere in it; it is kept as a note."
        self.findings.add("PT001", message, "Put it where it belongs, or leave it.", first.line, 1)

    def text_of(self, lines: Iterable[Line]) -> str:
        """Return lines as they stand without blank ones around them; what opens and never closes is escaped."""
        texts = [escaped_opening(line.text) if line.number in self.unclosed else line.text for line in lines]
        while texts and not texts[-1].strip():
            texts.pop()
        start = next((index for index, text in enumerate(texts) if text.strip()), 0)
        return "\n".join(texts[start:])

    def notes(self) -> tuple[Note, ...]:
        """Return all notes: sections in their order, then what was loose."""
        loose = [
            Note(heading=f"{NOTES_ON}{title or 'the beginning'}", text="\n\n".join(texts))
            for title, texts in self.pieces.items()
        ]
        return (*self.sections, *loose)


def escaped_opening(text: str) -> str:
    """Return a line with a backslash before its first character."""
    bare = text.lstrip()
    return f"{text[: len(text) - len(bare)]}\\{bare}"
