"""A custom task: a model writes its files, the sandbox judges them, findings go back, and a person is asked last."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.building.checking import Workshop, check_tree, failed
from bot.building.tree import FormattingError, format_tree
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.tasks.task_plan import Task
from bot.generation.inputs import BuildInputs
from bot.generation.rendering import render_task
from bot.planning.conversation import PlannerError
from bot.planning.model.custom_task import CustomTaskRequest, CustomTaskWriter
from bot.verification.evidence import Check
from bot.verification.sandbox import Level, Trust

__all__ = ["CustomTaskFailed", "CustomTasks", "CustomWork", "LeftOpen"]

MOST_ATTEMPTS = 3
KNOWN_FILES = (
    "app/api/dependencies/session.py",
    "app/api/responses.py",
    "app/core/errors.py",
    "app/models/base.py",
    "app/models/enums.py",
    "app/schemas/base.py",
    "app/schemas/pagination.py",
    "app/repositories/base.py",
    "tests/conftest.py",
)
"""Files that every custom task is shown, beside those of the entities."""
LARGEST_KNOWN = 60_000
"""Characters of existing files that a model is shown at most."""


@dataclass(frozen=True)
class CustomWork:
    """What a model wrote, formatted, and the checks that it passed."""

    files: Mapping[str, bytes]
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class LeftOpen:
    """Why a custom task stays open."""

    reason: str


class CustomTaskFailed(Exception):  # noqa: N818 (an outcome that people are asked about, not a fault)
    """A model could not write a task that passes. ``tail`` is the end of what its last attempt printed."""

    def __init__(self, sentence: str, step: str, tail: str = "") -> None:
        """Keep the sentence for people, the step's key, and the output."""
        super().__init__(sentence)
        self.step = step
        self.tail = tail


class CustomTasks:
    """Builds custom tasks with a model."""

    def __init__(self, writer: CustomTaskWriter) -> None:
        """Write with this writer."""
        self._writer = writer

    async def build(
        self,
        inputs: BuildInputs,
        task: Task,
        built: Collection[str],
        tree: Mapping[str, bytes],
        workshop: Workshop,
        house_rules: tuple[str, ...],
        notes: tuple[str, ...] = (),
    ) -> CustomWork | LeftOpen:
        """Return files that passed their checks, or why nothing may run here.

        ``built`` are the numbers of the tasks that have code, this one included: the router names only theirs.
        ``house_rules`` are the lines of the workspace's own, ``notes`` what people said since they approved the plan.
        Raises CustomTaskFailed.
        """
        if workshop.sandbox.level is not Level.SANDBOXED:
            return LeftOpen("code that a model wrote runs only in a sandbox, and none works here")
        name = f"{task.number} {task.title}"
        problem = ""
        for _ in range(MOST_ATTEMPTS):
            try:
                answer = await self._writer.write(request_of(inputs, task, tree, house_rules, problem, notes))
                written = {path: text.encode() for path, text in answer.files.items()}
                files = await asyncio.to_thread(
                    format_tree, {**written, **render_task(inputs, task, built)}, inputs.blueprint
                )
            except (PlannerError, FormattingError) as error:
                raise CustomTaskFailed(f"{name}: {error}", f"task {task.number}", problem) from error
            checks = await check_tree(task.verification, {**tree, **files}, workshop, Trust.FOREIGN)
            wrong = failed(checks)
            if wrong is None:
                return CustomWork(files, checks)
            problem = f"{wrong.word} did not pass:\n{wrong.tail or wrong.not_run_reason}"
        raise CustomTaskFailed(
            f"{name}: what the model wrote did not pass in {MOST_ATTEMPTS} attempts.", f"task {task.number}", problem
        )


def request_of(
    inputs: BuildInputs,
    task: Task,
    tree: Mapping[str, bytes],
    house_rules: tuple[str, ...],
    problem: str,
    notes: tuple[str, ...] = (),
) -> CustomTaskRequest:
    """Return what a model is told about a task."""
    rendered = set(render_task(inputs, task))
    criteria = [criterion.text for criterion in inputs.requirements.criteria() if criterion.number in task.requirements]
    return CustomTaskRequest(
        title=task.title,
        criterion=" ".join(criteria),
        done=task.done,
        specs=write_entity_specs(inputs.specs),
        paths=tuple(path for path in task.files if path not in rendered),
        existing=known_files(tree),
        house_rules=house_rules,
        problem=problem,
        notes=notes,
    )


def known_files(tree: Mapping[str, bytes]) -> dict[str, str]:
    """Return the existing files that a model should know, within the limit."""
    folders = ("app/models/", "app/schemas/", "app/repositories/", "app/services/", "tests/factories/")
    wanted: Sequence[str] = [
        *KNOWN_FILES,
        *sorted(path for path in tree if path.startswith(folders) and path not in KNOWN_FILES),
        *sorted(path for path in tree if path.startswith(("app/api/endpoints/", "tests/api/")))[:2],
    ]
    found: dict[str, str] = {}
    room = LARGEST_KNOWN
    for path in wanted:
        text = tree.get(path, b"").decode("utf-8", "replace")
        if text and len(text) <= room:
            found[path] = text
            room -= len(text)
    return found
