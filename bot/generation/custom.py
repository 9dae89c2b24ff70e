"""Behaviour that no template knows: a planner names it, a model writes its code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.frozen import Frozen
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.task_plan import Task, TaskKind, TaskPlan
from bot.generation.blueprint import Blueprint, load_blueprint
from bot.generation.names import entity_names

__all__ = [
    "CUSTOM_TASK",
    "CustomBehaviour",
    "behaviours_by_module",
    "behaviours_of",
    "custom_module",
    "custom_subjects",
    "module_of",
    "usual_story",
]

CUSTOM_TASK = "custom"
"""The id of the blueprint's task for custom behaviour."""


class CustomBehaviour(Frozen):
    """Behaviour beyond create, read, update, delete and declared rules: a model writes its code as one task.

    ``slug`` is a snake_case module name; ``criterion`` is one EARS sentence. What follows ``done`` adds to what the
    blueprint says of every such task: ``further`` are more EARS sentences, ``details`` are steps of the work,
    ``files`` paths beside the usual ones, ``verification`` further words of the blueprint's list, and ``truths`` what
    can be seen from outside when it is done.
    """

    title: str
    slug: str
    criterion: str
    done: str
    user_story: str = ""
    further: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    verification: tuple[str, ...] = ()
    truths: tuple[str, ...] = ()

    @property
    def criteria(self) -> tuple[str, ...]:
        """Return every EARS sentence."""
        return (self.criterion, *self.further)


def usual_story(title: str) -> str:
    """Return the user story of a behaviour for which nobody wrote one."""
    return f"As someone who uses the service, I want this behaviour: {title}, so that the service does it for me."


def module_of(task: Task) -> str:
    """Return the module that a custom task writes; it names its first file."""
    return PurePosixPath(task.files[0]).stem


def behaviours_of(
    plan: TaskPlan, requirements: Requirements, blueprint: Blueprint | None = None
) -> tuple[CustomBehaviour, ...]:
    """Return the custom behaviours that the tasks of a plan make, from which the same tasks can be derived again.

    The blueprint is the one that the plan was derived with; otherwise the usual one.
    """
    blueprint = blueprint or load_blueprint()
    tasks = [task for task in plan.tasks() if task.kind is TaskKind.CUSTOM]
    truths = truths_of(tasks, plan)
    return tuple(behaviour_of(task, requirements, blueprint, truths[task.number]) for task in tasks)


def behaviour_of(
    task: Task, requirements: Requirements, blueprint: Blueprint, truths: tuple[str, ...]
) -> CustomBehaviour:
    """Return the behaviour that one task makes: what it adds to the blueprint's task comes after that one's own."""
    usual = blueprint.task(CUSTOM_TASK)
    covered = [
        (requirement, criterion)
        for requirement in requirements.requirements
        for criterion in requirement.criteria
        if criterion.number in task.requirements
    ]
    criteria = [criterion.text for _, criterion in covered] or [task.done]
    story = covered[0][0].user_story if covered else ""
    return CustomBehaviour(
        title=task.title,
        slug=module_of(task),
        criterion=criteria[0],
        done=task.done,
        user_story="" if story == usual_story(task.title) else story,
        further=tuple(criteria[1:]),
        details=task.details[len(usual.details) :],
        files=task.files[len(usual.files) :],
        verification=task.verification[len(blueprint.verification) + len(usual.verification) :],
        truths=truths,
    )


def truths_of(tasks: Sequence[Task], plan: TaskPlan) -> dict[str, tuple[str, ...]]:
    """Return the truths of each task's behaviour by its number: in the must-haves they follow its done statement."""
    found: dict[str, tuple[str, ...]] = {task.number: () for task in tasks}
    for phase in plan.phases:
        number = ""
        waiting = [task for task in phase.tasks if task.number in found]
        for truth in phase.must_haves.truths:
            if waiting and truth == waiting[0].done:
                number = waiting.pop(0).number
            elif number:
                found[number] = (*found[number], truth)
    return found


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


def behaviours_by_module(custom: tuple[CustomBehaviour, ...], specs: EntitySpecs) -> dict[str, CustomBehaviour]:
    """Return each custom behaviour by its module."""
    modules = [module for module, _ in custom_subjects(custom, specs)]
    return dict(zip(modules, custom, strict=True))
