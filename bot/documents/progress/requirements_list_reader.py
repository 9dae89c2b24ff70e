"""Reads REQUIREMENTS.md, our own and foreign ones: the checklist with its groups, and the table of phases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.documents.findings import Finding, Place
from bot.documents.progress.progress_words import STATE_WORDS, are_at_odds, state_of_words
from bot.documents.progress.project import Excluded
from bot.documents.progress.project_reader import read_excluded
from bot.documents.progress.requirements_list import (
    LIST_SECTIONS,
    TRACE_COLUMNS,
    ListedRequirement,
    RequirementGroup,
    RequirementsList,
    RequirementTrace,
    is_group_heading,
    is_requirement_id,
)
from bot.documents.text.outline import Block, BlockKind, Box, Section, shown
from bot.documents.text.prose import Label, read_inline, split_label, split_strong, without_mark
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.sections import SectionReader, is_none
from bot.documents.text.source_text import SourceText
from bot.documents.text.tables import read_rows

__all__ = ["RequirementsListReading", "read_requirements_list"]

TITLE_WORD = "requirements"
GROUP = "group"
DEEPEST_LEVEL = 6
HOME = "Requirements"
"""The group of requirements that stand where none belong."""


@dataclass(frozen=True)
class RequirementsListReading:
    """What was read, what there is to say, and where each requirement and its box stands, by its id."""

    requirements_list: RequirementsList
    findings: tuple[Finding, ...]
    places: Mapping[str, Place] = field(default_factory=dict)
    boxes: Mapping[str, Box] = field(default_factory=dict)


@dataclass
class GroupDraft:
    """A group while its requirements come in."""

    heading: str
    level: int
    intro: list[str] = field(default_factory=list)
    requirements: list[ListedRequirement] = field(default_factory=list)
    details: list[list[str]] = field(default_factory=list)
    """What stands below each requirement; a box in it is kept as text."""

    def finished(self) -> RequirementGroup:
        """Return the group."""
        return RequirementGroup(
            heading=self.heading,
            level=self.level,
            intro="\n\n".join(self.intro),
            requirements=tuple(
                ListedRequirement(
                    id=each.id, text=each.text, state=each.state, removed=each.removed, details=tuple(details)
                )
                for each, details in zip(self.requirements, self.details, strict=True)
            ),
        )


class RequirementsListReader(SectionReader):
    """Takes the sections of a list of requirements."""

    known = LIST_SECTIONS
    familiar = frozenset({"coverage", "coverage summary", "definition of done"})

    def __init__(self, source: SourceText, findings: FindingList) -> None:
        """Begin without content."""
        super().__init__(source, findings)
        self.labels: list[Label] = []
        self.groups: list[GroupDraft] = []
        self.levels: list[tuple[int, int]] = []
        self.homeless: list[ListedRequirement] = []
        self.excluded: list[Excluded] = []
        self.traces: list[tuple[RequirementTrace, int]] = []
        self.boxes: dict[str, Box] = {}

    def read(self) -> RequirementsListReading:
        """Return what the sections say."""
        self.read_sections()
        groups = [draft.finished() for draft in self.groups]
        if self.homeless:
            groups.append(RequirementGroup(heading=HOME, requirements=tuple(self.homeless)))
        if not any(group.requirements for group in groups):
            message = "There is no requirement with an id in this text."
            self.findings.add("PT004", message, "Write each as “- [ ] **AUTH-01**: text”.")
        found = RequirementsList(
            title=self.title,
            labels=tuple(self.labels),
            groups=tuple(groups),
            out_of_scope=tuple(self.excluded),
            traces=tuple(trace for trace, _ in self.traces),
            notes=self.notes.notes(),
            front_matter=self.front_matter,
        )
        self.compare(found)
        return RequirementsListReading(found, tuple(self.findings.findings), self.places, self.boxes)

    def name_of(self, section: Section) -> str | None:
        """Return the field that a section holds, or that it is a group."""
        if self.notes.is_kept(section):
            return None
        holds_requirements = any(requirement_of(block) for block in section.blocks)
        is_group = holds_requirements or is_group_heading(read_inline(section.title))
        return super().name_of(section) or (GROUP if is_group else None)

    def take_opening(self, section: Section) -> None:
        """Take the title and the labelled lines below it."""
        word, colon, rest = self.title.partition(":")
        if word.strip().casefold() == TITLE_WORD:
            self.title = rest.strip() if colon else ""
        loose: list[Block] = []
        for block in section.blocks:
            label = split_label(block.text) if block.kind is BlockKind.PROSE else None
            if label:
                self.labels.append(Label(name=label[0], text=read_inline(label[1])))
            elif requirement_of(block):
                self.take_requirement(block, self.homeless)
            else:
                loose.append(block)
        self.notes.loose(section, loose)

    def take(self, name: str, section: Section) -> None:
        """Take a known section."""
        if name == GROUP:
            self.take_group(section)
            return
        self.levels.clear()
        if name == "out_of_scope":
            self.excluded += read_excluded(self, section)
        else:
            self.take_traces(section)

    def take_group(self, section: Section) -> None:
        """Take a heading with the requirements below it."""
        while self.levels and self.levels[-1][0] >= section.level:
            self.levels.pop()
        level = min(self.levels[-1][1] + 1, DEEPEST_LEVEL) if self.levels else 2
        self.levels.append((section.level, level))
        draft = GroupDraft(read_inline(section.title), level)
        self.groups.append(draft)
        loose: list[Block] = []
        last: Block | None = None
        for block in section.blocks:
            if last and block.kind is BlockKind.ITEM and block.indent > last.indent:
                draft.details[-1].append(f"[{block.box.mark}] {shown(block)}" if block.box else shown(block))
            elif requirement_of(block):
                self.take_requirement(block, draft.requirements)
                draft.details.append([])
                last = block
            elif block.kind is BlockKind.PROSE:
                draft.intro.append(shown(block))
            else:
                loose.append(block)
        self.notes.loose(section, loose)

    def take_requirement(self, block: Block, found: list[ListedRequirement]) -> None:
        """Take one requirement."""
        requirement = requirement_of(block)
        if not requirement:
            return
        number = requirement.id
        if number in self.places:
            message = f"The id {number} stands on line {self.places[number].line} already."
            self.findings.add("PT007", message, "Give each requirement an id of its own.", block.line, 1)
        found.append(requirement)
        self.places.setdefault(number, self.place(block.line))
        if block.box:
            self.boxes.setdefault(number, block.box)

    def take_traces(self, section: Section) -> None:
        """Take the table of phases."""
        loose: list[Block] = []
        for block in section.blocks:
            columns, rows = read_rows(block, TRACE_COLUMNS) if block.kind is BlockKind.TABLE else (frozenset(), ())
            if "requirement" in columns:
                self.traces += [
                    (
                        RequirementTrace(
                            requirement=row["requirement"] or "—", phase=row["phase"], state=row["state"], more=row.more
                        ),
                        row.line,
                    )
                    for row in rows
                ]
            elif requirement_of(block):
                self.take_requirement(block, self.homeless)
            elif not is_none(block):
                loose.append(block)
        self.notes.loose(section, loose, expected=lambda block: block.box is None)

    def compare(self, found: RequirementsList) -> None:
        """Say where a box and the table disagree."""
        listed = {requirement.id: requirement for requirement in reversed(found.requirements())}
        for trace, line in self.traces:
            requirement = listed.get(trace.requirement)
            state = requirement.state if requirement and not requirement.removed else None
            if state is not None and are_at_odds(state, state_of_words(trace.state)):
                message = (
                    f"The box of {trace.requirement} says {STATE_WORDS[state]}, the table says {quote(trace.state)}."
                )
                self.findings.add("PT010", message, "See what is true, and set both.", line, 1)


def requirement_of(block: Block) -> ListedRequirement | None:
    """Return the requirement that an item says: ``**AUTH-01**: text`` or ``AUTH-01: text``; None for any other."""
    if block.kind is not BlockKind.ITEM:
        return None
    text = block.text
    removed = len(text) > 4 and text.startswith("~~") and text.endswith("~~")
    text = text[2:-2] if removed else text
    strong = split_strong(text)
    if strong:
        number, colon, inner = strong[0].partition(":")
        rest = f"{inner.strip()} {without_mark(strong[1])}" if colon else without_mark(strong[1])
    else:
        number, colon, rest = text.partition(":")
        if not colon or "-" not in number:
            return None
    if not is_requirement_id(number.strip()):
        return None
    state = block.box.state if block.box else None
    return ListedRequirement(id=number.strip(), text=read_inline(rest), state=state, removed=removed)


def read_requirements_list(text: str, file: str = "") -> RequirementsListReading:
    """Return what the text says. Never raises: whatever can't be read becomes a finding."""
    source = SourceText(text)
    findings = FindingList(file)
    if source.is_too_large:
        findings.add("PT009", "This document is larger than 5 MB, so it was not read.", "Split it.")
        return RequirementsListReading(RequirementsList(), tuple(findings.findings))
    return RequirementsListReader(source, findings).read()
