"""Reads STATE.md, our own and foreign ones: labelled lines in bold or plain, in lists or paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.documents.findings import Finding, Place
from bot.documents.progress.project_state import POSITION_LABELS, STATE_SECTIONS, ProjectState
from bot.documents.text.outline import Block, BlockKind, Section, heading_key, shown
from bot.documents.text.prose import Label, read_inline, split_label
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.sections import SectionReader
from bot.documents.text.source_text import SourceText
from bot.patterns import regex

__all__ = ["ProjectStateReading", "read_project_state"]

TITLE_WORDS = frozenset({"state", "project state"})
STATUS = regex(r"^(?:status|stopped_at): *\S", re.MULTILINE)
"""A front matter that says where the project stands."""

LONGEST_NAME = 40
"""Characters before the colon of a plain label; more is a sentence."""


@dataclass(frozen=True)
class ProjectStateReading:
    """What was read, what there is to say, and where each field and section stands. ``lines`` counts the text's."""

    state: ProjectState
    findings: tuple[Finding, ...]
    places: Mapping[str, Place] = field(default_factory=dict)
    lines: int = 0


class ProjectStateReader(SectionReader):
    """Takes the sections of a state."""

    known = STATE_SECTIONS
    familiar = frozenset(
        {"project reference", "performance metrics", "session continuity", "roadmap evolution", "deferred items"}
        | {"quick tasks completed", "session", "session info", "operator next steps"}
    )

    def __init__(self, source: SourceText, findings: FindingList) -> None:
        """Begin without content."""
        super().__init__(source, findings)
        self.source = source
        self.texts: dict[str, str] = {}
        self.labels: list[Label] = []
        self.lists: dict[str, list[str]] = {"decisions": [], "blockers": [], "open_tasks": []}

    def read(self) -> ProjectStateReading:
        """Return what the sections say."""
        self.read_sections()
        if not self.texts and not self.labels and not STATUS.search(self.front_matter):
            message = "Nothing in this text says where the project stands."
            self.findings.add("PT004", message, "Begin with “## Current position”, then “**Phase**: 1 of 3”.")
        state = ProjectState(
            title=self.title,
            phase=self.texts.get("phase", ""),
            plan=self.texts.get("plan", ""),
            status=self.texts.get("status", ""),
            last_activity=self.texts.get("last_activity", ""),
            progress=self.texts.get("progress", ""),
            labels=tuple(self.labels),
            decisions=tuple(self.lists["decisions"]),
            blockers=tuple(self.lists["blockers"]),
            open_tasks=tuple(self.lists["open_tasks"]),
            notes=self.notes.notes(),
            front_matter=self.front_matter,
        )
        return ProjectStateReading(state, tuple(self.findings.findings), self.places, len(self.source.lines))

    def take_opening(self, section: Section) -> None:
        """Take the title, and the position where it stands right below."""
        word, colon, rest = self.title.partition(":")
        if word.strip().casefold() in TITLE_WORDS:
            self.title = rest.strip() if colon else ""
        self.take_position(section)

    def take(self, name: str, section: Section) -> None:
        """Take a known section."""
        if name == "position":
            self.take_position(section)
        elif name == "context":
            self.notes.loose(section, section.blocks)
        else:
            self.lists[name] += [shown(block) for block in self.items(section)]

    def take_position(self, section: Section) -> None:
        """Take labelled lines."""
        loose: list[Block] = []
        for block in section.blocks:
            pairs = labelled(block)
            if not pairs:
                loose.append(block)
            for name, value, line in pairs:
                self.take_label(name, value, line, block, loose)
        self.notes.loose(section, loose)

    def take_label(self, name: str, value: str, line: int, block: Block, loose: list[Block]) -> None:
        """Take one labelled line; of two with one name the first holds."""
        known = POSITION_LABELS.get(heading_key(name))
        if known is None:
            self.labels.append(Label(name=name, text=value))
        elif known not in self.texts:
            self.texts[known] = value
            self.places.setdefault(known, self.place(line))
        elif self.texts[known] != value:
            message = f"{quote(name)} is given twice; the first one holds."
            self.findings.add("PT007", message, "Leave one of them.", line, 1)
            if block not in loose[-1:]:
                loose.append(block)


def labelled(block: Block) -> list[tuple[str, str, int]]:
    """Return the labels of a block with their values and lines; none where it begins with something else."""
    if block.kind is BlockKind.ITEM:
        label = None if block.box else (split_label(block.text) or short_label(block.text))
        return [(label[0], read_inline(label[1]), block.line)] if label else []
    if block.kind is not BlockKind.PROSE:
        return []
    pairs: list[tuple[str, list[str], int]] = []
    for line in block.lines:
        text = line.text.strip()
        label = split_label(text) or short_label(text)
        if label:
            pairs.append((label[0], [label[1]], line.number))
        elif pairs:
            pairs[-1][1].append(text)
        else:
            return []
    return [(name, read_inline(" ".join(texts)), number) for name, texts, number in pairs]


def short_label(text: str) -> tuple[str, str] | None:
    """Return a label that isn't bold, such as ``Phase: 1 of 3``, or None."""
    name, colon, _ = text[: LONGEST_NAME + 1].partition(":")
    bare = name.strip()
    is_label = colon and bare and all(char.isalnum() or char in " -/_" for char in bare)
    after = text[len(name) + 1 :]
    return (bare, after.strip()) if is_label and (not after or after[0].isspace()) else None


def read_project_state(text: str, file: str = "") -> ProjectStateReading:
    """Return what the text says. Never raises: whatever can't be read becomes a finding."""
    source = SourceText(text)
    findings = FindingList(file)
    if source.is_too_large:
        findings.add("PT009", "This document is larger than 5 MB, so it was not read.", "Split it.")
        return ProjectStateReading(ProjectState(), tuple(findings.findings))
    return ProjectStateReader(source, findings).read()
