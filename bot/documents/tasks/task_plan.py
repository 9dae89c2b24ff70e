"""The models of the phased task checklist (tasks.md). States are kept apart: only evidence ticks a box."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator

from bot.documents.frozen import Frozen
from bot.documents.must_haves import Artifact, KeyLink, MustHaves
from bot.documents.text.boxes import TaskState, derived_state
from bot.documents.text.numbering import Removed, sorted_removed

__all__ = [
    "Artifact",
    "KeyLink",
    "MustHaves",
    "Phase",
    "Task",
    "TaskKind",
    "TaskPlan",
    "TaskState",
    "names_dependencies",
    "phase_state",
    "phases_before",
]


class TaskKind(StrEnum):
    """Who writes a task's files: templates (derived) or a model (custom)."""

    DERIVED = "derived"
    CUSTOM = "custom"


class Task(Frozen):
    """One task: what it makes, what it waits for, and how it is verified.

    ``files`` are paths in the repository; ``verification`` holds words of the allow-list of
    `bot.verification.judges` (such as ``pytest tests/api/test_books.py``), never a shell line.
    """

    number: str
    title: str
    optional: bool = False
    kind: TaskKind = TaskKind.DERIVED
    details: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()
    wave: int = 1
    verification: tuple[str, ...] = ()
    done: str = ""
    blueprint_task: str = ""
    """The id of the blueprint's task that derives this one (empty for custom tasks)."""
    entity: str = ""
    """The entity that the task is about (empty where it is about the whole service)."""
    boundary: str = ""
    """What the task may change, in words."""
    blocked: str = ""
    """What the task waits for beside other tasks, in words."""
    validates: str = ""
    """What a test of the task shows, as written: ``Requirements 1.1, 1.2``."""
    properties: tuple[str, ...] = ()
    """Properties that tests of the task check, such as ``Property 1: what is lent comes back``."""


class Phase(Frozen):
    """A phase: a goal, its tasks in order, and its must-haves."""

    number: int
    name: str
    slug: str
    goal: str
    tasks: tuple[Task, ...]
    must_haves: MustHaves = MustHaves()


class TaskPlan(Frozen):
    """The whole task plan of a service."""

    title: str
    phases: tuple[Phase, ...]
    removed: Annotated[tuple[Removed, ...], AfterValidator(sorted_removed)] = ()
    """Tasks and phases that were taken out; each leaves one struck line, and its number is never given again."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return every number that was ever given to a phase or a task, removed ones included."""
        given = [number for phase in self.phases for number in (str(phase.number), *(t.number for t in phase.tasks))]
        return (*given, *(each.number for each in self.removed))

    def tasks(self) -> tuple[Task, ...]:
        """Return every task in the order in which they are built."""
        return tuple(task for phase in self.phases for task in phase.tasks)

    def task(self, number: str) -> Task | None:
        """Return the task of that number, or None."""
        return next((task for task in self.tasks() if task.number == number), None)


def names_dependencies(plan: TaskPlan) -> bool:
    """Tell whether any task says what it waits for. In a list that never does, phases follow one another."""
    return any(task.depends for task in plan.tasks())


def phases_before(plan: TaskPlan) -> dict[int, tuple[Phase, ...]]:
    """Return, for each phase, the phases that it builds on: those whose tasks its own tasks wait for.

    In a plan in which no task names a dependency each phase builds on the one before it.
    """
    if not names_dependencies(plan):
        before = ((), *((phase,) for phase in plan.phases))
        return {phase.number: each for phase, each in zip(plan.phases, before, strict=False)}
    phase_of = {task.number: phase for phase in plan.phases for task in phase.tasks}
    found: dict[int, tuple[Phase, ...]] = {}
    for phase in plan.phases:
        needed = {number for task in phase.tasks for number in task.depends if number in phase_of}
        named = {phase_of[number].number: phase_of[number] for number in needed}
        named.pop(phase.number, None)
        found[phase.number] = tuple(named[number] for number in sorted(named))
    return found


def phase_state(phase: Phase, states: Mapping[str, TaskState]) -> TaskState:
    """Derive a phase's box from its tasks: done when all required ones are, in progress when any is started."""
    return derived_state((states.get(task.number, TaskState.TODO), task.optional) for task in phase.tasks)
