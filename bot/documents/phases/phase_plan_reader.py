"""Reads PLAN.md: front matter, objective, context, tasks and checkpoints, verification. Never raises.

The body is read line by line (`bot.documents.phases.plan_tags`): it is no XML. A tag that never closes ends where the
next one of its level begins, and that is told. Text that no tag holds is told too; the text layer keeps every byte.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.documents.findings import Finding
from bot.documents.phases.phase_plan import PhasePlan, UnknownPart
from bot.documents.phases.phase_plan_keys import plan_fields
from bot.documents.phases.phase_plan_parts import TaskReader, safe_attributes, text_of
from bot.documents.phases.plan_tags import Content, Opening, PlanTags
from bot.documents.phases.plan_text import (
    SECTIONS,
    box_of,
    is_label,
    is_path_line,
    normal,
    unescaped_lines,
)
from bot.documents.text.boxes import MARKS, TaskState
from bot.documents.text.boxes import tick as tick_at
from bot.documents.text.front_matter import read_front_matter
from bot.documents.text.markdown import one_line
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.source_text import SourceText

__all__ = ["PhasePlanReading", "ReadBox", "read_phase_plan", "tick_verification"]

SINGLE = ("execution_context", "threat_model", "success_criteria", "output")
"""Sections that are one text."""


@dataclass(frozen=True)
class ReadBox:
    """A box of the verification as it stands: its text, its state, its line (from 1), and where its mark is."""

    text: str
    state: TaskState
    line: int
    mark_offset: int


@dataclass(frozen=True)
class PhasePlanReading:
    """A plan as read. ``places`` has the line of each subject.

    Subjects are keys of the front matter (`wave`, `must_haves.truths[0]`), sections (`objective`), tasks
    (`tasks[0]`, `tasks[0].files`), features (`features[0]`) and boxes (`verification[0]`), counted from 0.
    """

    plan: PhasePlan
    findings: tuple[Finding, ...]
    places: Mapping[str, int]
    boxes: tuple[ReadBox, ...]
    has_front_matter: bool


def read_phase_plan(text: str, file: str = "") -> PhasePlanReading:
    """Return the plan that a text holds. Never raises: whatever can't be read becomes a finding."""
    source = SourceText(text)
    findings = FindingList(file)
    if source.is_too_large:
        findings.add("PT009", "This document is larger than 5 MB, so it was not read.", "Split it.")
        return PhasePlanReading(PhasePlan(), tuple(findings.findings), {}, (), has_front_matter=False)
    front_matter = read_front_matter(source, findings)
    if front_matter is None:
        message = "This plan has no front matter, so nobody knows its phase, its wave and the files it changes."
        findings.add("PT001", message, "Begin it with phase, plan and wave between lines of three dashes.", 1, 1)
    fields = plan_fields(front_matter, findings) if front_matter else {}
    body = BodyReader(source, findings, front_matter.body_line if front_matter else 1)
    body.read()
    plan = PhasePlan.model_validate({**fields, **body.fields})
    if not (plan.tasks or plan.features or plan.objective):
        findings.add("PT004", "There is no plan in this text: no task and no objective.", "Give a PLAN.md.")
    places = {**(front_matter.lines if front_matter else {}), **body.places}
    in_order = sorted(findings.findings, key=lambda finding: finding.place.line or 0)
    return PhasePlanReading(plan, tuple(in_order), places, tuple(body.boxes), front_matter is not None)


def tick_verification(text: str, box: ReadBox, state: TaskState) -> str:
    """Return the text with one box's mark changed, and nothing else.

    Raises ValueError where the text has no box there.
    """
    return tick_at(text, box.mark_offset, state)


@dataclass
class BodyReader:
    """Walks over the sections of a body."""

    source: SourceText
    findings: FindingList
    first_line: int
    fields: dict[str, object] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    boxes: list[ReadBox] = field(default_factory=list)
    tasks: TaskReader = field(init=False)

    def __post_init__(self) -> None:
        """Find the tags."""
        self.tags = PlanTags(self.source, self.first_line)
        self.tasks = TaskReader(self.tags, self.findings, self.places)
        self.sections = [opening for opening in self.tags.openings if opening.name in SECTIONS]
        self.section_starts = [opening.start for opening in self.sections]
        self.unknown: list[UnknownPart] = []

    def read(self) -> None:
        """Read every section in order."""
        for line in self.tags.unclosed_fences:
            message = "A fence or comment opens here and never closes; it is read as text."
            self.findings.add("PT008", message, "Close it.", line, 1)
        lines = self.source.lines
        start = lines[self.first_line - 1].start if self.first_line <= len(lines) else len(self.source.text)
        self.tasks.walk(start, len(self.source.text), self.counts, self.take)
        self.fields["tasks"] = tuple(self.tasks.tasks)
        self.fields["features"] = tuple(self.tasks.features)
        self.fields["unknown_sections"] = tuple(self.unknown)

    def counts(self, opening: Opening, end: int) -> bool:
        """Tell whether a tag opens a section; one that nobody knows must close somewhere."""
        is_known = opening.name in SECTIONS or opening.name == "task"
        return is_known or self.tags.closing(opening.name, opening.end, end) is not None

    def take(self, opening: Opening, end: int) -> int:
        """Take a section, and return where it ends."""
        if opening.name in {"task", "feature"}:
            return self.tasks.take(opening, end)
        inner_end, after = self.tasks.bounds(opening, end, self.rival(opening, end))
        name = opening.name
        if name in self.places and name in SECTIONS and name != "tasks":
            self.tasks.twice(opening, inner_end)
            return after
        self.places.setdefault(name, opening.line)
        self.take_section(opening, inner_end)
        return after

    def take_section(self, opening: Opening, end: int) -> None:
        """Take what stands in a section."""
        name = opening.name
        content = [] if name == "tasks" else self.tags.content(opening.end, end)
        if name == "tasks":
            self.tasks.walk(opening.end, end, self.tasks.counts_task, self.tasks.take)
        elif name == "objective":
            self.take_objective(content)
        elif name == "context":
            self.take_context(content)
        elif name == "verification":
            self.take_verification(content)
        elif name in SINGLE:
            self.fields[name] = text_of(content)
        else:
            part = UnknownPart(tag=name, attributes=safe_attributes(opening, self.findings), text=text_of(content))
            self.unknown.append(part)
            return
        self.tasks.no_attributes(opening)

    def rival(self, opening: Opening, end: int) -> int:
        """Return where the next section of the level begins: there a section that doesn't close must end."""
        closing = self.tags.closing(opening.name, opening.end, end)
        if opening.name not in SECTIONS:
            return end
        inside = {opening.name} if closing else set()
        if opening.name == "tasks" and closing:
            inside |= {"context", "verification"}
        limit = closing[0] if closing else end
        at = bisect_left(self.section_starts, opening.end)
        while at < len(self.sections) and self.sections[at].start < limit:
            section = self.sections[at]
            if section.column <= opening.column and section.name not in inside:
                return section.start
            at += 1
        return end

    def take_objective(self, content: list[Content]) -> None:
        """Take the objective, its purpose and its output."""
        found: dict[str, list[str]] = {"objective": []}
        bucket = found["objective"]
        for line in content:
            label, value = ("", "") if line.is_masked else is_label(line.text)
            if label and label not in found:
                bucket = found[label] = [value]
            else:
                bucket.append(line.text)
        for name, lines in found.items():
            self.fields[name] = normal(unescaped_lines(lines, lambda bare: bool(is_label(bare)[0])))

    def take_context(self, content: list[Content]) -> None:
        """Take the files of the context, and its text."""
        paths: list[str] = []
        rest: list[str] = []
        for line in content:
            core = line.text.strip()
            if not line.is_masked and is_path_line(core):
                paths += unescaped_lines([core[1:].strip()])
            else:
                rest.append(line.text)
        self.fields["context"] = {"paths": tuple(paths), "text": normal(unescaped_lines(rest, is_path_line))}

    def take_verification(self, content: list[Content]) -> None:
        """Take the boxes, and what stands among them."""
        rest: list[str] = []
        for line in content:
            core = line.text.lstrip()
            match = None if line.is_masked else box_of(core)
            if not match:
                rest.append(line.text)
                continue
            mark, text = match["mark"], one_line(unescaped_lines([core[match.end() :].strip()])[0])
            if mark not in MARKS:
                message = (
                    f"The mark {quote(mark)} of {quote(text)} is none of todo, doing and done; it is read as todo."
                )
                self.findings.add("PT001", message, "Write [ ], [-] or [x].", line.number)
            offset = line.start + len(line.text) - len(core) + match.start("mark")
            self.places[f"verification[{len(self.boxes)}]"] = line.number
            self.boxes.append(ReadBox(text, MARKS.get(mark, TaskState.TODO), line.number, offset))
        self.fields["verification"] = tuple({"text": box.text, "state": box.state} for box in self.boxes)
        self.fields["verification_text"] = normal(unescaped_lines(rest, lambda bare: bool(box_of(bare))))
