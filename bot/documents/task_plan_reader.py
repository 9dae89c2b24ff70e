"""Reads the checklist of tasks.md, our own and foreign ones: boxes, numbers, references, and what disagrees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.documents.findings import Finding
from bot.documents.markdown import read_inline
from bot.documents.reading import FindingList, quote
from bot.documents.source_text import Line, SourceText
from bot.documents.task_plan import TaskState

__all__ = ["ReadTask", "TasksReading", "read_tasks", "tick"]

BOX = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,6}[.)])[ \t]+\[(?P<mark>.)\](?P<optional>\\?\*)?(?P<rest>.*)")
HEADING = re.compile(r"#{2,4}[ \t]+(?P<rest>\d{1,6}\.?[ \t].*)")
NUMBER = re.compile(r"(?P<number>\d{1,6}(?:\.\d{1,6}){0,6})\.?(?P<optional>\\?\*)?[ \t]+(?P<title>.*)")
REFERENCE = re.compile(r"(?P<first>\d{1,6}(?:\.\d{1,6})?)(?:[ \t]*[-–][ \t]*(?P<last>\d{1,6}(?:\.\d{1,6})?))?")
MARKS = {" ": TaskState.TODO, "-": TaskState.DOING, "~": TaskState.DOING, "x": TaskState.DONE, "X": TaskState.DONE}
LONGEST_RANGE = 500
"""A longer range of requirements is kept as text only."""


@dataclass(frozen=True)
class ReadTask:
    """A task as it stands in a file. ``mark_offset`` is where its box's mark is; None for a heading without a box."""

    number: str
    title: str
    state: TaskState
    requirements: tuple[str, ...]
    depends: tuple[str, ...]
    line: int
    optional: bool = False
    mark: str = ""
    mark_offset: int | None = None
    details: tuple[str, ...] = ()
    requirements_text: str = ""
    """The reference as written: prose, ranges and wildcards included."""


@dataclass(frozen=True)
class TasksReading:
    """The tasks of a file in order, and what there is to say about them."""

    tasks: tuple[ReadTask, ...]
    findings: tuple[Finding, ...]
    derived: dict[str, TaskState] = field(default_factory=dict)
    """The number of each parent → the state that its children give it."""

    def task(self, number: str) -> ReadTask | None:
        """Return the first task of that number, or None."""
        return next((task for task in self.tasks if task.number == number), None)


@dataclass
class Draft:
    """A task while its details come in."""

    line: Line
    number: str
    title: str
    optional: bool
    mark: str
    mark_offset: int | None
    indent: int
    details: list[str] = field(default_factory=list)
    marked: dict[str, str] = field(default_factory=dict)
    """``requirements`` or ``depends`` → what is said after it."""

    def finished(self) -> ReadTask:
        """Return the task."""
        text = self.marked.get("requirements", "")
        return ReadTask(
            number=self.number,
            title=self.title,
            state=MARKS.get(self.mark, TaskState.TODO),
            requirements=references(text),
            depends=references(self.marked.get("depends", "")),
            line=self.line.number,
            optional=self.optional,
            mark=self.mark,
            mark_offset=self.mark_offset,
            details=tuple(self.details),
            requirements_text=text,
        )


def read_tasks(text: str, file: str = "") -> TasksReading:
    """Return the tasks of a checklist. Never raises: whatever can't be read becomes a finding."""
    source = SourceText(text)
    findings = FindingList(file)
    if source.is_too_large:
        findings.add("PT009", "This document is larger than 5 MB, so it was not read.", "Split it.")
        return TasksReading((), tuple(findings.findings))
    drafts: list[Draft] = []
    in_fence = False
    current: Draft | None = None
    for line in source.lines:
        if line.text.lstrip().startswith("```"):
            in_fence = not in_fence
            continue
        if in_fence:
            continue
        draft = draft_of(line, findings)
        if draft:
            drafts.append(draft)
            current = draft
        elif line.text.startswith("#"):
            current = None
        elif current and line.text.strip():
            take_detail(current, line)
    tasks = tuple(draft.finished() for draft in drafts)
    derived = derived_states(tasks)
    report(tasks, derived, findings)
    return TasksReading(tasks, tuple(findings.findings), derived)


def draft_of(line: Line, findings: FindingList) -> Draft | None:
    """Return the task that a line begins, or None."""
    box = BOX.fullmatch(line.text)
    heading = None if box else HEADING.fullmatch(line.text)
    match = box or heading
    if not match:
        return None
    rest = match["rest"].strip()
    numbered = NUMBER.fullmatch(rest)
    number, title = (numbered["number"], numbered["title"]) if numbered else ("", rest)
    mark = box["mark"] if box else ""
    if box and mark not in MARKS:
        message = f"The mark {quote(mark)} of {quote(rest)} is none of todo, doing and done; it is read as todo."
        findings.add("PT001", message, "Write [ ], [-] or [x].", line.number, box.start("mark") + 1)
    optional = bool(box and box["optional"]) or bool(numbered and numbered["optional"])
    offset = line.start + box.start("mark") if box else None
    return Draft(line, number, read_inline(title), optional, mark, offset, line.indent)


def take_detail(draft: Draft, line: Line) -> None:
    """Take a line under a task: a marked reference, or a detail."""
    text = line.text.strip()
    text = text[2:].strip() if text.startswith(("- ", "* ", "+ ")) else text
    label, colon, value = text.strip("_").partition(":")
    word = label.strip().lower()
    if text.startswith("_") and text.endswith("_") and colon and word in {"requirements", "depends"}:
        draft.marked[word] = ", ".join(part for part in (draft.marked.get(word, ""), value.strip()) if part)
        return
    draft.details.append(read_inline(text))


def references(text: str) -> tuple[str, ...]:
    """Return the ids that a reference names, ranges such as ``6.1-6.8`` spelled out; prose names none."""
    found: list[str] = []
    for match in REFERENCE.finditer(text):
        first, last = match["first"], match["last"]
        found += spelled_out(first, last) if last else [first]
    return tuple(dict.fromkeys(found))


def spelled_out(first: str, last: str) -> list[str]:
    """Return every id from the first to the last; both ends alone where they are no plain range."""
    head, _, low = first.rpartition(".")
    other, _, high = last.rpartition(".")
    is_range = head == other and int(low) <= int(high) < int(low) + LONGEST_RANGE
    if not is_range:
        return [first, last]
    prefix = f"{head}." if head else ""
    return [f"{prefix}{number}" for number in range(int(low), int(high) + 1)]


def derived_states(tasks: tuple[ReadTask, ...]) -> dict[str, TaskState]:
    """Return each parent's state as its children give it; an optional child never holds its parent open."""
    children: dict[str, list[ReadTask]] = {}
    for task in tasks:
        parent = task.number.rpartition(".")[0]
        if parent:
            children.setdefault(parent, []).append(task)
    return {parent: joined([(task.state, task.optional) for task in found]) for parent, found in children.items()}


def joined(states: list[tuple[TaskState, bool]]) -> TaskState:
    """Return one state of many: done when all required ones are, in progress when any is started."""
    required = [state for state, optional in states if not optional]
    if required and all(state is TaskState.DONE for state in required):
        return TaskState.DONE
    if any(state is not TaskState.TODO for state, _ in states):
        return TaskState.DOING
    return TaskState.TODO


def report(tasks: tuple[ReadTask, ...], derived: dict[str, TaskState], findings: FindingList) -> None:
    """Say what disagrees: an empty file, a number given twice, a parent's box against its children."""
    if not tasks:
        findings.add("PT004", "There is no task in this text.", "Write each as “- [ ] 1.1 Title”.")
    seen: dict[str, int] = {}
    for task in tasks:
        if task.number and task.number in seen:
            message = f"The number {task.number} stands on line {seen[task.number]} already."
            findings.add("PT007", message, "Give each task a number of its own.", task.line, 1)
        seen.setdefault(task.number, task.line)
        state = derived.get(task.number, task.state)
        if task.mark and state is not task.state:
            message = f"The box of {task.number} says {task.state.name.lower()}, its sub-tasks {state.name.lower()}."
            findings.add("PT010", message, "Tick sub-tasks; a parent follows from them.", task.line, 1)


def tick(text: str, task: ReadTask, state: TaskState) -> str:
    """Return the text with one task's mark changed, and nothing else.

    Raises ValueError for a task that has no box.
    """
    if task.mark_offset is None:
        raise ValueError(f"{task.number} {task.title} has no box to tick")
    return SourceText(text).replace(task.mark_offset, task.mark_offset + 1, state.value).text
