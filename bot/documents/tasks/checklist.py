"""The model of a checklist as it stands in a file, our own or a foreign one: nothing judged, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.documents.findings import Finding, Place
from bot.documents.tasks.waves import Wave
from bot.documents.text.boxes import MARKS, TaskState
from bot.documents.text.numbering import Removed
from bot.documents.text.references import Reference, ids_of, write_references

__all__ = ["Checklist", "ReadTask", "Section", "TasksReading"]


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A task as it stands in a file; a heading that is a parent is one without a box."""

    number: str
    """Without the dot that may follow it; empty where the box has none."""
    title: str
    line: int
    start: int
    """The offset of its line's first character."""
    end: int
    """The offset after the last line that belongs to it alone, before that line's ending."""
    mark: str = ""
    """As written; empty for a heading."""
    mark_offset: int | None = None
    level: int = 0
    """The level of a heading; 0 for a box."""
    optional: bool = False
    parent: int | None = None
    """Where its parent stands in `Checklist.tasks`: by number, or by indent where it has no number."""
    derived: TaskState | None = None
    """The state that its sub-tasks give it, over all levels; None where there are none with a box."""
    details: tuple[str, ...] = ()
    """Each detail in one line; what stood in a fence keeps its lines."""
    requirement_references: tuple[Reference, ...] = ()
    dependency_references: tuple[Reference, ...] = ()
    validates: tuple[Reference, ...] = ()
    boundary: str = ""
    blocked: str = ""
    properties: tuple[str, ...] = ()
    """What ``**Property N: …**`` says, such as ``Property 1: …``."""

    @property
    def state(self) -> TaskState:
        """Return what the box says; ``~`` is in progress, an unknown mark and no box are todo."""
        return MARKS.get(self.mark, TaskState.TODO)

    @property
    def requirements(self) -> tuple[str, ...]:
        """Return the ids of its requirements, ranges spelled out."""
        return ids_of(self.requirement_references)

    @property
    def requirements_text(self) -> str:
        """Return the references to requirements as written: prose, ranges and wildcards included."""
        return write_references(self.requirement_references)

    @property
    def depends(self) -> tuple[str, ...]:
        """Return the numbers of the tasks that it waits for."""
        return ids_of(self.dependency_references)


@dataclass(frozen=True, slots=True)
class Section:
    """Text under a heading that lists no tasks, as written. ``level`` is 0 for what stands before any heading."""

    heading: str
    level: int
    line: int
    text: str


@dataclass(frozen=True)
class Checklist:
    """A whole checklist."""

    title: str = ""
    overview: str = ""
    tasks: tuple[ReadTask, ...] = ()
    removed: tuple[Removed, ...] = ()
    waves: tuple[Wave, ...] = ()
    notes: str = ""
    sections: tuple[Section, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return every number that was ever given, removed ones included."""
        numbers = [*(task.number for task in self.tasks), *(each.number for each in self.removed)]
        return tuple(number for number in numbers if number)

    def task(self, number: str) -> ReadTask | None:
        """Return the first task of that number, or None."""
        return next((task for task in self.tasks if task.number == number), None)


@dataclass(frozen=True)
class TasksReading:
    """The checklist of a file, and what there is to say about it."""

    checklist: Checklist
    findings: tuple[Finding, ...]
    file: str = ""

    @property
    def tasks(self) -> tuple[ReadTask, ...]:
        """Return the tasks in the order of the file."""
        return self.checklist.tasks

    @property
    def derived(self) -> Mapping[str, TaskState]:
        """Return the number of each parent and the state that its sub-tasks give it."""
        return {task.number: task.derived for task in self.tasks if task.number and task.derived is not None}

    @property
    def places(self) -> Mapping[str, Place]:
        """Return the number of each task and its line."""
        places: dict[str, Place] = {}
        for task in self.tasks:
            if task.number and task.number not in places:
                places[task.number] = Place(file=self.file, line=task.line, column=1)
        return places

    def task(self, number: str) -> ReadTask | None:
        """Return the first task of that number, or None."""
        return self.checklist.task(number)
