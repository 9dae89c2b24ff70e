"""Reads ROADMAP.md, our own and foreign ones: phases in lists and in details, their plans, the table of progress."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.documents.findings import Finding, Place
from bot.documents.progress.progress_words import STATE_WORDS, are_at_odds, state_of_words
from bot.documents.progress.roadmap import (
    PHASE_LABELS,
    PLAN_NAME,
    PROGRESS_COLUMNS,
    ROADMAP_SECTIONS,
    TASKS_DONE,
    PhasePlanLine,
    ProgressRow,
    Roadmap,
    number_key,
    phase_heading,
)
from bot.documents.progress.roadmap_draft import PhaseDraft
from bot.documents.text.boxes import TaskState, derived_state
from bot.documents.text.markdown import one_line
from bot.documents.text.notes import NoteTaker, front_matter_text
from bot.documents.text.outline import Block, BlockKind, Box, Section, heading_key, is_prose, read_outline, shown
from bot.documents.text.prose import (
    Label,
    plain_label,
    read_inline,
    split_dash,
    split_label,
    split_strong,
    without_mark,
)
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.source_text import SourceText
from bot.documents.text.tables import read_rows, split_cells
from bot.patterns import regex

__all__ = ["RoadmapReading", "read_roadmap"]

FAMILIAR = frozenset(
    {"milestones", "milestone", "coverage", "backlog", "requirement coverage", "requirements coverage"}
)
NAMES_PHASE = regex(r"phase \d", re.IGNORECASE)
TITLE_WORD = "roadmap"
PLAN_LINE = regex(rf"(?P<name>{PLAN_NAME})(?P<dash>:| [:—–-] | -- | ?$)(?P<text>.*)")


@dataclass(frozen=True)
class RoadmapReading:
    """What was read, what there is to say, and where each thing stands.

    ``boxes`` and ``places`` are keyed by a phase's number (``2.1``) or, for a plan, number and name (``2.1/02.1-01``).
    ``derived`` has what a phase's plans say of it.
    """

    roadmap: Roadmap
    findings: tuple[Finding, ...]
    places: Mapping[str, Place] = field(default_factory=dict)
    boxes: Mapping[str, Box] = field(default_factory=dict)
    derived: Mapping[str, TaskState] = field(default_factory=dict)


class RoadmapReader:
    """Takes the sections of a roadmap in order."""

    def __init__(self, source: SourceText, findings: FindingList) -> None:
        """Read the outline."""
        self.findings = findings
        self.front_matter, first_line = front_matter_text(source, findings)
        self.outline = read_outline(source, findings, first_line)
        self.notes = NoteTaker(self.outline, findings, FAMILIAR)
        self.title: str | None = None
        self.overview: list[str] = []
        self.phases: dict[str, PhaseDraft] = {}
        self.progress: list[tuple[ProgressRow, int]] = []
        self.counted = ""
        self.boxes: dict[str, Box] = {}
        self.places: dict[str, Place] = {}

    def read(self) -> RoadmapReading:
        """Return what the sections say."""
        for section in self.outline.sections:
            self.take(section)
        if not self.phases:
            self.findings.add("PT004", "There is no phase in this text.", "Write each as “- [ ] **Phase 1: Name**”.")
        derived = self.derived()
        self.compare(derived)
        roadmap = Roadmap(
            title=self.title or "",
            overview="\n\n".join(self.overview),
            phases=tuple(draft.finished() for draft in self.phases.values()),
            progress=tuple(row for row, _ in self.progress),
            counted=self.counted or TASKS_DONE,
            notes=self.notes.notes(),
            front_matter=self.front_matter,
        )
        return RoadmapReading(roadmap, tuple(self.findings.findings), self.places, self.boxes, derived)

    def take(self, section: Section) -> None:
        """Put one section where it belongs."""
        heading = phase_heading(section.title.lstrip("✅🚧📋☑✓ *").rstrip("* "))
        known = ROADMAP_SECTIONS.get(section.key)
        holds_phases = not self.notes.is_kept(section) and any(phase_item(block) for block in section.blocks)
        if section.level == 0 or (self.title is None and section.level == 1 and not known and not heading):
            self.take_title(section)
        elif heading:
            self.notes.known()
            self.take_details(section, *heading)
        elif known == "overview":
            self.notes.known()
            self.take_overview(section)
        elif known == "progress":
            self.notes.known()
            self.take_progress(section)
        elif known or holds_phases:
            self.notes.known()
            self.take_phases(section, is_known=bool(known))
        else:
            self.notes.section(section)

    def take_title(self, section: Section) -> None:
        """Take the title and what stands below it."""
        if section.level:
            title = read_inline(section.title)
            word, colon, rest = title.partition(":")
            is_ours = word.strip().casefold() == TITLE_WORD
            self.title = (rest.strip() if colon else "") if is_ours else title
        self.take_overview(section)

    def take_overview(self, section: Section) -> None:
        """Take paragraphs; what is none is kept as a note."""
        loose: list[Block] = []
        for block in section.blocks:
            if block.kind is BlockKind.PROSE:
                self.overview.append(shown(block))
            elif phase_item(block):
                self.take_phase_item(section, block, loose)
            else:
                loose.append(block)
        self.notes.loose(section, loose)

    def take_phases(self, section: Section, *, is_known: bool) -> None:
        """Take a list of phases."""
        loose: list[Block] = []
        for block in section.blocks:
            if phase_item(block):
                self.take_phase_item(section, block, loose)
            else:
                loose.append(block)
        if not is_known:
            message = f"{quote(section.title)} groups phases; its phases are read, the grouping is not."
            self.findings.add("PT006", message, "Nothing to do, unless the grouping matters.", section.line, 1)
        self.notes.loose(section, loose, expected=is_remark)

    def take_phase_item(self, section: Section, block: Block, loose: list[Block]) -> None:
        """Take one line of a list of phases."""
        number, name, summary = phase_item(block) or ("", "", "")
        key = number_key(number)
        draft = self.phases.get(key)
        if draft and draft.is_listed:
            message = f"Phase {number} stands on line {draft.line} already; {quote(name)} is kept as a note."
            self.findings.add("PT007", message, "Give each phase a number of its own.", block.line, 1)
            loose.append(block)
            return
        if not draft:
            draft = self.phases.setdefault(key, PhaseDraft(number, name, block.line))
        self.same_name(draft, name, block.line)
        draft.is_listed, draft.summary, draft.box = True, summary, block.box
        self.places.setdefault(number, self.place(block.line))
        if block.box:
            self.boxes[number] = block.box

    def take_details(self, section: Section, number: str, raw_name: str) -> None:
        """Take the details of a phase."""
        name = read_inline(raw_name)
        draft = self.phases.setdefault(number_key(number), PhaseDraft(number, name, section.line))
        self.same_name(draft, name, section.line)
        if draft.is_detailed:
            message = f"The details of phase {number} are given twice; the second ones are kept as a note."
            self.findings.add("PT007", message, "Leave one of them.", section.line, 1)
            self.notes.loose(section, section.blocks)
            return
        draft.is_detailed = True
        self.places.setdefault(draft.number, self.place(section.line))
        details = Details(self, draft)
        for block in section.blocks:
            details.take(block)
        self.notes.loose(section, details.loose)

    def same_name(self, draft: PhaseDraft, name: str, line: int) -> None:
        """Say where the list and the details name a phase differently; the first name holds."""
        if name and not draft.name:
            draft.name = name
        if not name or heading_key(name) == heading_key(draft.name):
            return
        message = f"Phase {draft.number} is called {quote(draft.name)} on line {draft.line}, and {quote(name)} here."
        self.findings.add("PT007", message, "Give a phase one name.", line, 1)

    def take_progress(self, section: Section) -> None:
        """Take the tables of progress."""
        loose: list[Block] = []
        for block in section.blocks:
            columns, rows = read_rows(block, PROGRESS_COLUMNS) if block.kind is BlockKind.TABLE else (frozenset(), ())
            if "phase" not in columns:
                loose.append(block)
                continue
            if rows and "done" in columns and not self.counted:
                head = [one_line(read_inline(cell)) for cell in split_cells(block.lines[0].text.strip())]
                known = (cell for cell in head if PROGRESS_COLUMNS.get(heading_key(cell)) == "done")
                self.counted = next(known, "")
            for row in rows:
                cells = {name: row[name] for name in ("done", "state", "completed")}
                self.progress.append((ProgressRow(phase=row["phase"] or "—", more=row.more, **cells), row.line))
        self.notes.loose(section, loose, expected=is_prose)

    def derived(self) -> dict[str, TaskState]:
        """Return what the plans of each phase say of it."""
        found: dict[str, TaskState] = {}
        for draft in self.phases.values():
            states = [(plan.state, False) for plan in draft.plans if plan.state is not None]
            if states:
                found[draft.number] = derived_state(states)
        return found

    def compare(self, derived: Mapping[str, TaskState]) -> None:
        """Say where boxes, plans and the table disagree."""
        rows = {number_key(row.number): (row, line) for row, line in reversed(self.progress) if row.number}
        for key, draft in self.phases.items():
            state = draft.box.state if draft.box else None
            of_plans = derived.get(draft.number)
            if draft.box and state and of_plans and are_at_odds(state, of_plans):
                self.disagree(draft, f"its plans {STATE_WORDS[of_plans]}", draft.box.line)
            row, line = rows.get(key, (None, 0))
            of_table = state_of_words(row.state) if row else None
            if row and are_at_odds(state, of_table):
                self.disagree(draft, f"the table {quote(row.state)}", line)

    def disagree(self, draft: PhaseDraft, other: str, line: int) -> None:
        """Say that a phase's box and another place disagree."""
        said = STATE_WORDS[draft.box.state] if draft.box else ""
        message = f"The box of phase {draft.number} says {said}, {other}."
        self.findings.add("PT010", message, "See what is true, and set both.", line, 1)

    def place(self, line: int) -> Place:
        """Return the place of a line."""
        return Place(file=self.findings.file, line=line, column=1)


class Details:
    """Takes the blocks of one phase's details."""

    def __init__(self, reader: RoadmapReader, draft: PhaseDraft) -> None:
        """Begin before the first label."""
        self.reader = reader
        self.draft = draft
        self.field = ""
        self.loose: list[Block] = []

    def take(self, block: Block) -> None:
        """Take one block."""
        if block.kind is BlockKind.ITEM:
            self.take_item(block)
        elif block.kind is not BlockKind.PROSE or not self.take_labels(block):
            self.loose.append(block)

    def take_labels(self, block: Block) -> bool:
        """Take a paragraph of labelled lines, and tell whether it was one."""
        pairs: list[tuple[str, str]] = []
        for line in block.lines:
            text = line.text.strip()
            label = split_label(text) or plain_label(text, PHASE_LABELS)
            if label:
                pairs.append(label)
            elif pairs:
                pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {text}".strip())
            else:
                return False
        for name, value in pairs:
            self.take_label(name, read_inline(value), block)
        return True

    def take_label(self, name: str, value: str, block: Block) -> None:
        """Take one labelled line."""
        known = PHASE_LABELS.get(heading_key(name))
        self.field = known or ""
        if not known:
            self.draft.labels.append(Label(name=name, text=value))
        elif known == "success_criteria":
            self.draft.criteria += [value] if value else []
        elif known not in self.draft.texts or not value:
            self.draft.texts.setdefault(known, value)
        elif value != self.draft.texts[known]:
            message = f"{quote(name)} of phase {self.draft.number} is given twice; the first one holds."
            self.reader.findings.add("PT007", message, "Leave one of them.", block.line, 1)
            self.loose.append(block)

    def take_item(self, block: Block) -> None:
        """Take a criterion, a plan, or a label that stands in a list."""
        match = PLAN_LINE.fullmatch(plain_plan(block.text))
        label = self.item_label(block, match)
        if label:
            self.take_label(label[0], read_inline(label[1]), block)
        elif self.field == "plans" or block.box or (match and self.field != "success_criteria"):
            self.take_plan(block, match)
        elif self.field == "success_criteria":
            self.draft.criteria.append(shown(block))
        else:
            self.loose.append(block)

    def item_label(self, block: Block, match: re.Match[str] | None) -> tuple[str, str] | None:
        """Return the label that an item says, or None; among criteria and plans only known labels in bold count."""
        if match or block.box:
            return None
        label = split_label(block.text)
        if self.field in {"success_criteria", "plans"}:
            return label if label and heading_key(label[0]) in PHASE_LABELS else None
        return label or plain_label(block.text, PHASE_LABELS)

    def take_plan(self, block: Block, match: re.Match[str] | None) -> None:
        """Take a plan of the phase."""
        text = read_inline(match["text"] if match else block.text)
        name = match["name"] if match else ""
        plan = PhasePlanLine(name=name, text=text, state=block.box.state if block.box else None)
        if not plan.name and not plan.text:
            return
        self.draft.plans.append(plan)
        key = f"{self.draft.number}/{plan.name or len(self.draft.plans)}"
        self.reader.places.setdefault(key, self.reader.place(block.line))
        if block.box:
            self.reader.boxes.setdefault(key, block.box)


def plain_plan(text: str) -> str:
    """Return the text of a plan's line with its name out of bold or code."""
    strong = split_strong(text)
    if strong:
        name, rest = strong
        return f"{name}{rest}" if name.endswith(":") or rest.startswith((":", " ")) else f"{name}:{rest}"
    if text.startswith("`"):
        name, closed, rest = text[1:].partition("`")
        return name + rest if closed else text
    return text


def phase_item(block: Block) -> tuple[str, str, str] | None:
    """Return the number, the name and the summary of a line in a list of phases, or None."""
    if block.kind is not BlockKind.ITEM or block.indent > 3:
        return None
    strong = split_strong(block.text.lstrip("✅🚧📋☑✓ "))
    heading = phase_heading(strong[0] if strong else block.text)
    if not heading:
        return None
    number, raw = heading
    if strong is None:
        name, summary = split_dash(raw)
    elif raw:
        name, summary = raw, without_mark(strong[1])
    elif strong[0].rstrip().endswith(":"):
        name, summary = split_dash(strong[1].strip())
    else:
        name, summary = "", without_mark(strong[1])
    return number, read_inline(name), read_inline(summary)


def is_remark(block: Block) -> bool:
    """Tell whether a line in a list of phases speaks of phases in general: no box, and no phase by its number."""
    return block.kind is not BlockKind.TABLE and block.box is None and not NAMES_PHASE.search(block.text)


def read_roadmap(text: str, file: str = "") -> RoadmapReading:
    """Return what the text says. Never raises: whatever can't be read becomes a finding."""
    source = SourceText(text)
    findings = FindingList(file)
    if source.is_too_large:
        findings.add("PT009", "This document is larger than 5 MB, so it was not read.", "Split it.")
        return RoadmapReading(Roadmap(), tuple(findings.findings))
    return RoadmapReader(source, findings).read()
