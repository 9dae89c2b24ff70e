"""Behaviour that no template knows: a planner names it, a model writes its code."""

from __future__ import annotations

from pathlib import PurePosixPath

from bot.documents.frozen import Frozen
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.task_plan import Task, TaskKind, TaskPlan

__all__ = ["CustomBehaviour", "behaviours_of", "module_of"]


class CustomBehaviour(Frozen):
    """Behaviour beyond create, read, update, delete and declared rules: a model writes its code as one task.

    ``slug`` is a snake_case module name; ``criterion`` is one EARS sentence.
    """

    title: str
    slug: str
    criterion: str
    done: str


def module_of(task: Task) -> str:
    """Return the module that a custom task writes; it names its first file."""
    return PurePosixPath(task.files[0]).stem


def behaviours_of(plan: TaskPlan, requirements: Requirements) -> tuple[CustomBehaviour, ...]:
    """Return the custom behaviours that the tasks of a plan make, from which the same tasks can be derived again."""
    sentences = {criterion.number: criterion.text for criterion in requirements.criteria()}
    return tuple(
        CustomBehaviour(
            title=task.title,
            slug=module_of(task),
            criterion=next((sentences[number] for number in task.requirements), task.done),
            done=task.done,
        )
        for task in plan.tasks()
        if task.kind is TaskKind.CUSTOM
    )
