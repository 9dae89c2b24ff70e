"""What the readers of documents with named sections have in common: title, sections by key, lists, notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.documents.findings import Place
from bot.documents.text.notes import NoteTaker, front_matter_text
from bot.documents.text.outline import Block, BlockKind, Section, is_prose, read_outline, shown
from bot.documents.text.prose import read_inline
from bot.documents.text.reading import FindingList
from bot.documents.text.source_text import SourceText

__all__ = ["SectionReader", "entries", "is_none"]

NONE_WORDS = ("none", "nothing", "n/a")


class SectionReader:
    """Takes the sections of a document in order; a kind of document says which ones it knows, by `heading_key`."""

    known: Mapping[str, str] = {}
    familiar: frozenset[str] = frozenset()
    """Sections that are kept as notes without a word."""

    def __init__(self, source: SourceText, findings: FindingList) -> None:
        """Read the outline."""
        self.findings = findings
        self.front_matter, first_line = front_matter_text(source, findings)
        self.outline = read_outline(source, findings, first_line)
        self.notes = NoteTaker(self.outline, findings, self.familiar)
        self.title = ""
        self.places: dict[str, Place] = {}

    def read_sections(self) -> None:
        """Take every section: the first heading as the title where it is a first-level one."""
        title = next((section for section in self.outline.sections if section.level), None)
        for section in self.outline.sections:
            if section.level == 0 or (section is title and section.level == 1):
                self.title = read_inline(section.title) if section.level else ""
                self.notes.known()
                self.take_opening(section)
                continue
            name = self.name_of(section)
            if name is None:
                self.notes.section(section)
                continue
            self.notes.known()
            self.places.setdefault(name, self.place(section.line))
            self.take(name, section)

    def name_of(self, section: Section) -> str | None:
        """Return what a section holds, or None where it is kept as a note."""
        return self.known.get(section.key)

    def take_opening(self, section: Section) -> None:
        """Take what stands before the first heading, or below the title."""
        self.notes.loose(section, section.blocks)

    def take(self, name: str, section: Section) -> None:
        """Take a known section."""
        raise NotImplementedError

    def paragraphs(self, section: Section) -> str:
        """Return the paragraphs of a section; what is none is kept as a note."""
        texts = [shown(block) for block in section.blocks if block.kind is BlockKind.PROSE]
        self.notes.loose(section, [block for block in section.blocks if block.kind is not BlockKind.PROSE])
        return "\n\n".join(texts)

    def items(self, section: Section) -> list[Block]:
        """Return the items of a section; what is none is kept as a note, but for a paragraph that says none."""
        others = [block for block in section.blocks if block.kind is not BlockKind.ITEM and not is_none(block)]
        self.notes.loose(section, others, expected=is_prose)
        return [block for block in section.blocks if block.kind is BlockKind.ITEM]

    def place(self, line: int) -> Place:
        """Return the place of a line."""
        return Place(file=self.findings.file, line=line, column=1)


def is_none(block: Block) -> bool:
    """Tell whether a paragraph says that there is nothing: ``None``, ``(None yet)``, ``None - as planned``."""
    text = block.text.lstrip("(_* ").casefold()
    word = next((word for word in NONE_WORDS if text.startswith(word)), None)
    return block.kind is BlockKind.PROSE and word is not None and not text[len(word) :][:1].isalnum()


def entries(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Return the texts of items and paragraphs; paragraphs that say none are left out."""
    texts = [shown(block) for block in blocks if not is_none(block)]
    return tuple(text for text in texts if text)
