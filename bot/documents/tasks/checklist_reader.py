"""Reads the checklist of tasks.md, our own and foreign ones: boxes, numbers, references, and what disagrees.

Nesting goes by number, and by indent only where a box has none. Never raises, and is linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.tasks.checklist import Checklist, ReadTask, Section, TasksReading
from bot.documents.tasks.checklist_lines import labels_of
from bot.documents.tasks.checklist_walk import DEEPER_THAN_HEADINGS, Draft, SectionDraft, Walk, walk_checklist
from bot.documents.tasks.waves import Wave, read_waves
from bot.documents.text.boxes import TaskState, derived_state
from bot.documents.text.markdown import read_inline, read_paragraphs
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.references import Reference, read_references
from bot.documents.text.source_text import SourceText

__all__ = ["TaskList", "checklist_of", "read_tasks"]

OVERVIEW = "overview"


class TaskList:
    """Collects the tasks of a checklist. The same reference, written in many tasks, is read once."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.tasks: list[ReadTask] = []
        self.indents: list[int] = []
        self.sections: list[int] = []
        self.known: dict[str, tuple[Reference, ...]] = {}

    def take(self, draft: Draft) -> None:
        """Take a task whose last line was read."""
        self.tasks.append(self.task(draft))
        self.indents.append(draft.indent)
        self.sections.append(draft.section)

    def references(self, values: list[str] | None) -> tuple[Reference, ...]:
        """Return the references of one or several marked details."""
        if not values:
            return ()
        text = ", ".join(values)
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = read_references(text)
        return found

    def task(self, draft: Draft) -> ReadTask:
        """Return the task of a draft."""
        words = draft.words
        details: list[str] = []
        marked: dict[str, list[str]] = {}
        for raw in draft.raw_details():
            labels = labels_of(raw)
            if not labels:
                details.append(raw if "\n" in raw else read_inline(raw))
            for key, value in labels:
                marked.setdefault(key, []).append(value)
        return ReadTask(
            number=words.number,
            title=read_inline(words.shown),
            line=draft.line,
            start=draft.start,
            end=draft.end,
            mark=words.mark,
            mark_offset=None if words.mark_column is None else draft.start + words.mark_column,
            level=max(0, draft.indent + DEEPER_THAN_HEADINGS) if words.mark_column is None else 0,
            optional=words.optional,
            details=tuple(details),
            requirement_references=self.references(marked.get("requirements")),
            dependency_references=self.references(marked.get("depends")),
            validates=self.references(marked.get("validates")),
            boundary=read_inline("; ".join(marked.get("boundary", ()))),
            blocked=read_inline("; ".join(marked.get("blocked", ()))),
            properties=tuple(read_inline(value) for value in marked.get("property", ())),
        )

    def join(self) -> None:
        """Give each task its parent and its derived state, which only the whole list tells.

        Nobody holds the tasks yet; making each anew would double the work on large files.
        """
        parents = self.parents()
        for task, parent, derived in zip(self.tasks, parents, derived_states(self.tasks, parents), strict=True):
            if parent is not None:
                object.__setattr__(task, "parent", parent)
            if derived is not None:
                object.__setattr__(task, "derived", derived)

    def parents(self) -> tuple[int | None, ...]:
        """Return where each task's parent stands in the list, or None for one at the top."""
        positions: dict[str, int] = {}
        for position, task in enumerate(self.tasks):
            positions.setdefault(task.number, position)
        parents: list[int | None] = []
        above: list[int] = []
        section = 0
        for position, task in enumerate(self.tasks):
            if self.sections[position] != section:
                above.clear()
            section = self.sections[position]
            while above and self.indents[above[-1]] >= self.indents[position]:
                above.pop()
            by_indent = above[-1] if above else None
            parents.append(numbered_parent(task.number, positions) if task.number[:1].isdigit() else by_indent)
            above.append(position)
        return tuple(parents)


def read_tasks(text: str, file: str = "") -> TasksReading:
    """Return the checklist of a text. Never raises: whatever can't be read becomes a finding."""
    source = SourceText(text)
    findings = FindingList(file)
    if source.is_too_large:
        findings.add("PT009", "This document is larger than 5 MB, so it was not read.", "Split it.")
        return TasksReading(Checklist(), tuple(findings.findings), file)
    tasks = TaskList()
    checklist = checklist_of(tasks, walk_checklist(source, findings, tasks.take), findings)
    return TasksReading(checklist, tuple(findings.findings), file)


def checklist_of(tasks: TaskList, walk: Walk, findings: FindingList) -> Checklist:
    """Return what a walk through a checklist found, and say what disagrees."""
    tasks.join()
    checklist = Checklist(
        title=walk.title or "",
        overview=overview_of(walk.sections),
        tasks=tuple(tasks.tasks),
        removed=tuple(walk.removed),
        waves=waves_of(walk.sections, findings),
        notes="\n\n".join(section.finished().text for section in walk.sections if section.tail == "notes"),
        sections=tuple(other_sections(walk.sections)),
    )
    report(checklist, findings)
    return checklist


def numbered_parent(number: str, positions: dict[str, int]) -> int | None:
    """Return where the nearest number above a number stands: 2.1 for 2.1.3, else 2."""
    head = number.rpartition(".")[0]
    while head and head not in positions:
        head = head.rpartition(".")[0]
    return positions[head] if head else None


def derived_states(tasks: list[ReadTask], parents: tuple[int | None, ...]) -> tuple[TaskState | None, ...]:
    """Return the state that its children give each task, over all levels; None where none below it has a box."""
    children: dict[int, list[int]] = {}
    for position, parent in enumerate(parents):
        if parent is not None:
            children.setdefault(parent, []).append(position)
    derived: list[TaskState | None] = [None] * len(tasks)
    for position in children_first(tasks, list(children)):
        said = [child for child in children[position] if derived[child] is not None or tasks[child].mark_offset]
        if said:
            derived[position] = derived_state(
                (derived[child] or tasks[child].state, tasks[child].optional) for child in said
            )
    return tuple(derived)


def children_first(tasks: list[ReadTask], parents: list[int]) -> list[int]:
    """Return parents so that each comes after the parents below it.

    One without a number stands after its parent in the file; below a number there are only longer numbers.
    """

    def depth(position: int) -> tuple[bool, int]:
        number = tasks[position].number
        return bool(number), -number.count(".") if number else -position

    return sorted(parents, key=depth)


def overview_of(sections: list[SectionDraft]) -> str:
    """Return the paragraphs under the title and under the overview's heading."""
    lines: list[str] = []
    for section in sections:
        if not section.level or section.heading.casefold() == OVERVIEW:
            lines += ["", *section.lines]
    return read_paragraphs(lines)


def waves_of(sections: list[SectionDraft], findings: FindingList) -> tuple[Wave, ...]:
    """Return the waves of the dependency graph; text that lists none is quoted."""
    found: list[Wave] = []
    for section in sections:
        text = "\n".join(section.lines)
        if section.tail != "graph" or not text.strip():
            continue
        waves = read_waves(text)
        if waves is None:
            message = f"The task dependency graph {quote(text)} lists no waves that can be read."
            findings.add("PT001", message, 'Write {"waves": [{"id": 1, "tasks": ["1.1"]}]}.', section.line, 1)
        found += waves or ()
    return tuple(found)


def other_sections(sections: list[SectionDraft]) -> Iterator[Section]:
    """Yield the sections that have no place of their own in the model."""
    for section in sections:
        if section.tail in {"", "must-haves"} and section.level and section.heading.casefold() != OVERVIEW:
            yield section.finished()


def report(checklist: Checklist, findings: FindingList) -> None:
    """Say what disagrees: an empty file, a number given twice, a parent's box against its children."""
    if not checklist.tasks and not checklist.removed:
        findings.add("PT004", "There is no task in this text.", "Write each as “- [ ] 1.1 Title”.")
    seen: dict[str, int] = {}
    struck = {each.number for each in checklist.removed if each.number}
    for task in checklist.tasks:
        if task.number and task.number in seen:
            message = f"The number {task.number} stands on line {seen[task.number]} already."
            findings.add("PT007", message, "Give each task a number of its own.", task.line, 1)
        elif task.number in struck:
            message = f"The number {task.number} was struck, and is given again."
            findings.add("PT007", message, "Give the task the next free number.", task.line, 1)
        seen.setdefault(task.number, task.line)
        if task.mark_offset is None or task.derived is None or task.derived is task.state:
            continue
        name = task.number or quote(task.title)
        message = f"The box of {name} says {task.state.name.lower()}, its sub-tasks {task.derived.name.lower()}."
        column = task.mark_offset - task.start + 1
        findings.add("PT010", message, "Tick sub-tasks; a parent follows from them.", task.line, column)
