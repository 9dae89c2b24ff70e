"""What a checklist loses on its way into our own task plan: each thing without a place there, with its line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.documents.conversions.losses import LONGEST_LINE, Loss, finding_losses, line_losses, words_of
from bot.documents.findings import Finding
from bot.documents.tasks.checklist import Checklist, ReadTask
from bot.documents.tasks.checklist_lines import labels_of
from bot.documents.tasks.checklist_reader import TaskList, checklist_of
from bot.documents.tasks.checklist_walk import Draft, SectionDraft, Walk, walk_checklist
from bot.documents.tasks.task_details import LABEL, phase_details, task_details
from bot.documents.tasks.task_plan import Phase, Task, TaskPlan, names_dependencies, phase_state
from bot.documents.tasks.task_plan_reader import TaskPlanReading, read_task_plan
from bot.documents.tasks.waves import read_waves
from bot.documents.text.boxes import TaskState, without_bullet
from bot.documents.text.kept_markdown import AsWritten
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.references import Reference, ReferenceKind
from bot.documents.text.source_text import Line, SourceText

__all__ = ["IN_COMMENT", "ReadPlan", "graph_losses", "order_losses", "read_plan"]

TOLD_HERE = (
    "and the plan has no place for it.",
    "and phases have no place for it.",
    "lists no waves that can be read.",
    "whose tasks are in this file.",
    "keeps each detail in one line.",
)
"""Ends of sentences that this module says more exactly, or that say that a line was added."""

IN_COMMENT = "stands in a comment, and tasks keep none"
NO_PLACE = "stands beside the tasks, and a plan of ours has no place for it"
PLAIN_HEADINGS = frozenset({"", "overview", "tasks", "notes", "task dependency graph", "must-haves"})
PHASE_LABELS = frozenset({"Goal", "Folder", "Tasks"})
WAVE_KEYS = frozenset({"waves", "id", "wave", "name", "tasks", "depends_on", "dependsOn"})
MOST_BEGINNINGS = 20
"""So many lines are tried as the beginning of a graph's JSON."""


@dataclass(frozen=True)
class ReadPlan:
    """Our own plan of a checklist, the states of its boxes, and what was lost between the two."""

    plan: TaskPlan
    states: Mapping[str, TaskState]
    losses: tuple[Loss, ...]
    findings: tuple[Finding, ...]
    lines: Mapping[str, int]
    """``2`` (a phase) or ``2.1`` (a task) → its line."""
    written: AsWritten
    """How the texts stand in the file."""


def read_plan(source: SourceText, file: str = "") -> ReadPlan:
    """Return the plan that a checklist says, with its losses."""
    reading = read_task_plan(source.text, file)
    lines = {number: place.line or 0 for number, place in reading.places.items()}
    if source.is_too_large:
        return ReadPlan(reading.plan, reading.states, (), reading.findings, lines, reading.written)
    losses = sorted(PlanLosses(source, reading, lines).all())
    removed = tuple(each for each in reading.plan.removed if each.number)
    plan = reading.plan.model_copy(update={"removed": removed})
    return ReadPlan(plan, reading.states, tuple(losses), reading.findings, lines, reading.written)


class PlanLosses:
    """Compares a checklist as it stands with the plan that was made of it."""

    def __init__(self, source: SourceText, reading: TaskPlanReading, lines: Mapping[str, int]) -> None:
        """Read the checklist as it stands."""
        self.source = source
        self.reading = reading
        self.drafts: list[Draft] = []
        tasks = TaskList()

        def finish(draft: Draft) -> None:
            tasks.take(draft)
            self.drafts.append(draft)

        self.walk: Walk = walk_checklist(source, FindingList(""), finish)
        self.checklist: Checklist = checklist_of(tasks, self.walk, FindingList(""))
        self.tasks = {task.number: task for task in reading.plan.tasks()}
        self.phases = {str(phase.number): phase for phase in reading.plan.phases}
        self.at_line: dict[int, list[str]] = {}
        for number, line in lines.items():
            self.at_line.setdefault(line, []).append(number)

    def all(self) -> Iterator[Loss]:
        """Yield everything that is lost."""
        left = (finding for finding in self.reading.findings if not finding.message.endswith(TOLD_HERE))
        yield from finding_losses(left, self.source)
        for draft, task in zip(self.drafts, self.checklist.tasks, strict=True):
            yield from self.task_losses(draft, task)
        for section in self.walk.sections:
            yield from self.section_losses(section)
        yield from line_losses(self.walk.comments, IN_COMMENT)
        yield from graph_losses(self.source, self.walk.sections)
        yield from self.wave_losses()
        if self.reading.takes_phases_in_order:
            yield from order_losses(self.reading.plan)
        for text in self.reading.written.in_two_ways:
            yield Loss(0, f"{quote(text)} is written in two ways, and the first one holds")
        for each in self.checklist.removed:
            if not each.number:
                yield Loss(0, f"the struck line {quote(each.text)} has no number, so nothing can keep it")

    # --------------------------------------------------------------------------------------------------------- tasks

    def task_losses(self, draft: Draft, task: ReadTask) -> Iterator[Loss]:
        """Yield what one line and its details lose."""
        numbers = self.at_line.get(task.line, [])
        phase = next((self.phases[number] for number in numbers if number in self.phases), None)
        own = next((self.tasks[number] for number in numbers if number in self.tasks), None)
        if task.mark == "~":
            yield Loss(task.line, f"the mark “~” of {quote(task.title)} becomes [-], which every tool reads alike")
        if phase:
            yield from self.phase_losses(phase, task)
        yield from self.detail_losses(draft, phase, own)
        if own:
            yield from self.shape_losses(draft)
            yield from reference_losses(task, task.requirement_references)
            yield from reference_losses(task, task.dependency_references)
        above = None if task.parent is None else self.checklist.tasks[task.parent]
        is_deeper = above is not None and draft.indent > self.drafts[task.parent or 0].indent
        if own and above and is_deeper and self.is_task(above) and task.number:
            yield Loss(task.line, f"{task.number} stands below a task, and becomes a task beside it")

    def is_task(self, task: ReadTask) -> bool:
        """Tell whether a line is a task of the plan and no phase."""
        return not any(number in self.phases for number in self.at_line.get(task.line, []))

    def phase_losses(self, phase: Phase, task: ReadTask) -> Iterator[Loss]:
        """Yield what the line of a phase loses: its own box, its star."""
        state = phase_state(phase, self.reading.states)
        if task.mark and task.state is not state:
            message = f"the box of phase {phase.number} says {task.state.name.lower()}, and follows from its tasks now"
            yield Loss(task.line, f"{message}: {state.name.lower()}")
        if task.optional and phase.tasks and task.derived is not None:
            yield Loss(task.line, f"phase {phase.number} is marked as optional, and only tasks can be")

    def detail_losses(self, draft: Draft, phase: Phase | None, own: Task | None) -> Iterator[Loss]:
        """Yield the details that the plan's own lines don't say."""
        used = PHASE_LABELS if phase else frozenset()
        written = words_of("\n".join(phase_details(phase))) if phase else frozenset()
        if own:
            written |= words_of("\n".join(task_details(own)))
        seen: set[str] = set()
        for line, raw in self.detail_lines(draft):
            match = LABEL.match(raw)
            label = match[1] if match and match[1] not in seen else ""
            seen.add(label)
            if label in PHASE_LABELS:
                is_kept = label in used and words_of(raw[len(label) :]) <= written
            else:
                is_kept = own is not None and said_words(raw) <= written
            if not is_kept:
                where = f"phase {phase.number}" if phase else "its task"
                yield Loss(line, f"{quote(raw, LONGEST_LINE)} has no place at {where}")

    def shape_losses(self, draft: Draft) -> Iterator[Loss]:
        """Yield details below details, and code of several lines: ours stand side by side, each in one line."""
        above: list[tuple[int, str]] = []
        for number, raw in self.detail_lines(draft):
            if "\n" in raw:
                yield Loss(number, f"the lines of {quote(raw)} are joined: a task keeps each detail in one line")
                continue
            line = self.source.lines[number - 1]
            if number == draft.line or without_bullet(line.text.strip()) == line.text.strip():
                continue
            while above and above[-1][0] >= line.indent:
                above.pop()
            if above and not labels_of(raw) and not LABEL.match(raw):
                yield Loss(number, f"{quote(raw)} stands below {quote(above[-1][1])}, and becomes a detail beside it")
            above.append((line.indent, raw))

    def detail_lines(self, draft: Draft) -> Iterator[tuple[int, str]]:
        """Yield each detail with the line on which it begins."""
        at = draft.line
        lines = self.source.lines
        for raw in draft.raw_details():
            first = raw.split("\n", 1)[0].strip()
            found = at
            while is_within(draft, lines, found) and not begins(first, lines[found].text.strip()):
                found += 1
            is_found = is_within(draft, lines, found)
            at = found + 1 if is_found else at
            yield (found + 1 if is_found else draft.line), raw

    # ------------------------------------------------------------------------------------------------ sections, waves

    def section_losses(self, section: SectionDraft) -> Iterator[Loss]:
        """Yield the heading and the text of a section that is no part of a plan."""
        if section.heading.casefold().rstrip(":") not in PLAIN_HEADINGS and section.level:
            yield Loss(section.line, f"the heading {quote(section.heading)} {NO_PLACE}")
        if section.tail not in {"graph", "must-haves"}:
            yield from line_losses(lines_of(section, self.source), NO_PLACE)

    def wave_losses(self) -> Iterator[Loss]:
        """Yield names and dependencies of waves, and what waves say of tasks that they don't hold in the plan."""
        line = next((section.line for section in self.walk.sections if section.tail == "graph"), 0)
        waves = self.checklist.waves
        shift = 1 if waves and min(wave.id for wave in waves) == 0 else 0
        raw_numbers = {task.number: self.at_line.get(task.line, []) for task in reversed(self.checklist.tasks)}
        before: tuple[int, ...] = ()
        for wave in waves:
            if wave.name:
                yield Loss(line, f"the name {quote(wave.name)} of wave {wave.id} has no place")
            if wave.depends_on and wave.depends_on != before:
                after = ", ".join(map(str, wave.depends_on))
                yield Loss(line, f"wave {wave.id} names the waves that it waits for ({after}); tasks do that in a plan")
            before = (wave.id,)
            for number in wave.tasks:
                made = (number, *raw_numbers.get(number, ()))
                is_there = any(self.tasks[each].wave == wave.id + shift for each in made if each in self.tasks)
                if not is_there:
                    yield Loss(line, f"wave {wave.id} lists {quote(number)}, and no task of the plan stands in it")


def order_losses(plan: TaskPlan) -> Iterator[Loss]:
    """Yield what is made of a plan in which no task says what it waits for."""
    if len(plan.phases) > 1 and not names_dependencies(plan):
        yield Loss(0, "no task names what it waits for; phases are taken one after the other")


def said_words(raw: str) -> frozenset[str]:
    """Return the words of a detail; of a marked one those of its value. References are compared one by one."""
    labels = labels_of(raw)
    values = [value for key, value in labels if key not in {"requirements", "depends"}]
    return words_of(" ".join(values) if labels else raw)


def is_within(draft: Draft, lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line stands at or above the last one of a task."""
    return at < len(lines) and lines[at].start <= draft.end


def begins(raw: str, stripped: str) -> bool:
    """Tell whether a detail begins with a line."""
    return bool(stripped) and (raw.startswith(without_bullet(stripped)) or raw == stripped)


def reference_losses(task: ReadTask, references: Sequence[Reference]) -> Iterator[Loss]:
    """Yield ranges, prose and notes among references: the plan has ids only."""
    for reference in references:
        text = reference.text.strip()
        ids = ", ".join(reference.ids[:20])
        more = f" and {len(reference.ids) - 20} more" if len(reference.ids) > 20 else ""
        if reference.kind is ReferenceKind.RANGE:
            yield Loss(task.line, f"the range {quote(text)} is written out: {ids}{more}")
        elif reference.kind is ReferenceKind.TEXT and text:
            yield Loss(task.line, f"the reference {quote(text)} is kept as a detail; it names {ids or 'no id'}{more}")
        if reference.note and reference.kind is not ReferenceKind.TEXT:
            yield Loss(task.line, f"the note {quote(reference.note)} of a reference is kept as a detail")


def lines_of(section: SectionDraft, source: SourceText) -> Iterator[Line]:
    """Yield the lines of a section as they stand in the file, without blank ones."""
    at = section.line if section.level else 0
    for text in section.lines:
        if not text.strip():
            continue
        while at < len(source.lines) and source.lines[at].text != text:
            at += 1
        if at == len(source.lines):
            return
        yield source.lines[at]
        at += 1


def graph_losses(source: SourceText, sections: Sequence[SectionDraft]) -> Iterator[Loss]:
    """Yield what the task dependency graph says beside its waves."""
    for section in sections:
        text = "\n".join(section.lines)
        if section.tail != "graph" or not text.strip():
            continue
        lines = list(lines_of(section, source))
        if read_waves(text) is None:
            yield from line_losses(lines, "lists no waves that can be read")
            continue
        first, last, value = json_of(lines)
        beside = [line for line in (*lines[:first], *lines[last:]) if not line.text.lstrip().startswith("```")]
        yield from line_losses(beside, "stands beside the waves")
        yield from json_losses(value, section.line)


def json_of(lines: Sequence[Line]) -> tuple[int, int, object]:
    """Return the JSON among lines that lists waves: its first line, the line after its last, and what it holds."""
    begins_json = [at for at, line in enumerate(lines) if line.text.lstrip().startswith(("{", "["))]
    for at in begins_json[:MOST_BEGINNINGS]:
        text = "\n".join(line.text for line in lines[at:]).lstrip()
        try:
            value, end = json.JSONDecoder().raw_decode(text)
        except (ValueError, RecursionError):
            continue
        if read_waves(text[:end]) is not None:
            has_more = bool(words_of(text[end:].partition("\n")[0]))
            return at, at + text.count("\n", 0, end) + (not has_more), value
    return 0, 0, None


def json_losses(root: object, line: int) -> Iterator[Loss]:
    """Yield what the JSON of a graph says that is no wave."""
    waiting = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            for key, inner in value.items():
                if key not in WAVE_KEYS:
                    said = json.dumps({key: inner}, ensure_ascii=False)
                    yield Loss(line, f"{quote(said, LONGEST_LINE)} in the task dependency graph has no place")
                elif not isinstance(inner, str | int):
                    waiting.append(inner)
        elif isinstance(value, list):
            waiting += [inner for inner in value if isinstance(inner, dict | list)]
