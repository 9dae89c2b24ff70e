"""Behaviour that no template knows: a planner names it, a model writes its code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.frozen import Frozen
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.task_plan import Task, TaskKind, TaskPlan
from bot.generation.names import entity_names

__all__ = ["CustomBehaviour", "behaviours_of", "custom_module", "custom_subjects", "module_of"]


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


def custom_module(behaviour: CustomBehaviour, specs: EntitySpecs, earlier: Iterable[str] = ()) -> str:
    """Return the module of a custom behaviour: its slug, with a suffix where other files have the name."""
    taken = {"audit_trail", "base", "health", "live", "reports", "router", *earlier}
    for entity in specs.entities:
        taken |= {entity_names(entity).module, entity_names(entity).collection}
    module = behaviour.slug
    while module in taken:
        module = f"{module}_behaviour"
    return module


def custom_subjects(custom: tuple[CustomBehaviour, ...], specs: EntitySpecs) -> list[tuple[str, dict[str, str]]]:
    """Return the module and the placeholders of each custom behaviour."""
    subjects: list[tuple[str, dict[str, str]]] = []
    for behaviour in custom:
        module = custom_module(behaviour, specs, (subject for subject, _ in subjects))
        prose = {"title": behaviour.title, "criterion": behaviour.criterion, "done": behaviour.done}
        subjects.append((module, {"slug": module, **prose}))
    return subjects
