"""Reads PROJECT.md, our own and foreign ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.documents.findings import Finding, Place
from bot.documents.progress.project import (
    DECISION_COLUMNS,
    EXCLUDED_COLUMNS,
    PROJECT_SECTIONS,
    Constraint,
    Decision,
    Excluded,
    Project,
    ProjectRequirement,
)
from bot.documents.text.outline import Block, BlockKind, Box, Section, shown
from bot.documents.text.prose import read_inline, split_dash, split_label, split_strong
from bot.documents.text.reading import FindingList
from bot.documents.text.sections import SectionReader, is_none
from bot.documents.text.source_text import SourceText
from bot.documents.text.tables import read_rows

__all__ = ["ProjectReading", "read_excluded", "read_project"]


@dataclass(frozen=True)
class ProjectReading:
    """What was read, what there is to say, and where each section and each box stands.

    ``places`` is keyed by the section's field; ``boxes`` by field and position from 1, such as ``active.2``.
    """

    project: Project
    findings: tuple[Finding, ...]
    places: Mapping[str, Place] = field(default_factory=dict)
    boxes: Mapping[str, Box] = field(default_factory=dict)


class ProjectReader(SectionReader):
    """Takes the sections of a project document."""

    known = PROJECT_SECTIONS
    familiar = frozenset(
        {"context", "current state", "evolution", "current milestone", "next milestone goals", "history"}
    )

    def __init__(self, source: SourceText, findings: FindingList) -> None:
        """Begin without content."""
        super().__init__(source, findings)
        self.texts: dict[str, list[str]] = {"what": [], "core_value": []}
        self.requirements: dict[str, list[ProjectRequirement]] = {"validated": [], "active": []}
        self.excluded: list[Excluded] = []
        self.constraints: list[Constraint] = []
        self.decisions: list[Decision] = []
        self.assumptions: list[str] = []
        self.boxes: dict[str, Box] = {}

    def read(self) -> ProjectReading:
        """Return what the sections say."""
        self.read_sections()
        if not self.places and not any(self.texts.values()):
            message = "Nothing in this text says what the project is."
            self.findings.add("PT004", message, "Begin with “## What this is”.")
        project = Project(
            title=self.title,
            what="\n\n".join(self.texts["what"]),
            core_value="\n\n".join(self.texts["core_value"]),
            validated=tuple(self.requirements["validated"]),
            active=tuple(self.requirements["active"]),
            out_of_scope=tuple(self.excluded),
            constraints=tuple(self.constraints),
            decisions=tuple(self.decisions),
            assumptions=tuple(self.assumptions),
            notes=self.notes.notes(),
            front_matter=self.front_matter,
        )
        return ProjectReading(project, tuple(self.findings.findings), self.places, self.boxes)

    def take_opening(self, section: Section) -> None:
        """Take paragraphs below the title as what this is."""
        self.take("what", section)

    def take(self, name: str, section: Section) -> None:
        """Take a known section."""
        if name in self.texts:
            text = self.paragraphs(section)
            self.texts[name] += [text] if text else []
        elif name in {"requirements", "validated", "active"}:
            self.take_requirements("active" if name == "requirements" else name, section)
        elif name == "out_of_scope":
            self.excluded += read_excluded(self, section)
        elif name == "constraints":
            self.constraints += [constraint_of(block) for block in self.items(section) if shown(block)]
        elif name == "decisions":
            self.take_decisions(section)
        else:
            self.assumptions += [shown(block) for block in self.items(section)]

    def take_requirements(self, name: str, section: Section) -> None:
        """Take a list of requirements."""
        found = self.requirements[name]
        for block in self.items(section):
            text = shown(block)
            if not text:
                continue
            found.append(ProjectRequirement(text=text, state=block.box.state if block.box else None))
            self.places.setdefault(f"{name}.{len(found)}", self.place(block.line))
            if block.box:
                self.boxes[f"{name}.{len(found)}"] = block.box

    def take_decisions(self, section: Section) -> None:
        """Take decisions from a table or a list."""
        loose: list[Block] = []
        for block in section.blocks:
            columns, rows = read_rows(block, DECISION_COLUMNS) if block.kind is BlockKind.TABLE else (frozenset(), ())
            if "text" in columns:
                self.decisions += [
                    Decision(text=row["text"] or "—", why=row["why"], outcome=row["outcome"], more=row.more)
                    for row in rows
                ]
            elif block.kind is BlockKind.ITEM and shown(block):
                self.decisions.append(Decision(text=shown(block)))
            elif not is_none(block):
                loose.append(block)
        self.notes.loose(section, loose)


def read_excluded(reader: SectionReader, section: Section) -> list[Excluded]:
    """Return what a section puts out of scope, from a table or a list."""
    found: list[Excluded] = []
    loose: list[Block] = []
    for block in section.blocks:
        columns, rows = read_rows(block, EXCLUDED_COLUMNS) if block.kind is BlockKind.TABLE else (frozenset(), ())
        if "what" in columns and not any(row.more for row in rows):
            found += [Excluded(what=row["what"] or "—", why=row["why"]) for row in rows]
        elif block.kind is BlockKind.ITEM and shown(block):
            found.append(excluded_of(block))
        elif not is_none(block):
            loose.append(block)
    reader.notes.loose(section, loose)
    return found


def excluded_of(block: Block) -> Excluded:
    """Return what an item puts out of scope: ``**What**: why``, or ``What — why``."""
    label = split_label(block.text)
    if label and label[0]:
        return Excluded(what=label[0], why=read_inline(label[1]))
    strong = split_strong(block.text)
    if strong and read_inline(strong[0]):
        why = strong[1].strip().lstrip("-—–").strip()
        return Excluded(what=read_inline(strong[0]), why=read_inline(why))
    what, why = (read_inline(part) for part in split_dash(block.text))
    return Excluded(what=what, why=why) if what else Excluded(what=shown(block))


def constraint_of(block: Block) -> Constraint:
    """Return the constraint that an item says: ``**Kind**: text``, or text alone."""
    label = split_label(block.text)
    if label and any(label):
        return Constraint(kind=label[0], text=read_inline(label[1]))
    return Constraint(kind="", text=shown(block))


def read_project(text: str, file: str = "") -> ProjectReading:
    """Return what the text says. Never raises: whatever can't be read becomes a finding."""
    source = SourceText(text)
    findings = FindingList(file)
    if source.is_too_large:
        findings.add("PT009", "This document is larger than 5 MB, so it was not read.", "Split it.")
        return ProjectReading(Project(), tuple(findings.findings))
    return ProjectReader(source, findings).read()
