"""Verdicts: every task of a service is judged on the tree up to it."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from bot.building.checking import AT_ONCE, Workshop, check_tree, failed, in_order
from bot.building.must_haves import check_must_haves
from bot.documents.tasks.task_plan import Phase, Task, TaskKind
from bot.generation.inputs import BuildInputs
from bot.verification.environments import EnvironmentNotReady, prepare_environment
from bot.verification.evidence import Check
from bot.verification.sandbox import Sandbox, Trust

__all__ = ["verdicts_of"]


async def verdicts_of(
    inputs: BuildInputs, trees: Mapping[str, Mapping[str, bytes]], cache: Path, report: Callable[[str], None]
) -> dict[str, Check]:
    """Judge every task on the tree up to it, some side by side; stop at the first that fails."""
    first = trees[inputs.task_plan.tasks()[0].number]
    try:
        environment = await prepare_environment(first["pyproject.toml"], first["uv.lock"], cache / "environments")
    except EnvironmentNotReady as error:
        return {inputs.task_plan.tasks()[0].number: Check(word="environment", passed=False, tail=str(error))}
    verdicts: dict[str, Check] = {}
    with tempfile.TemporaryDirectory(prefix="planthread-") as folder:
        workshop = Workshop(Path(folder), await Sandbox.probe(), environment)
        async with contextlib.aclosing(in_order(judgements(inputs, trees, workshop), AT_ONCE)) as results:
            async for task, verdict in results:
                verdicts[task.number] = verdict
                report(f"{task.number} {task.title}: {'passed' if verdict.passed else 'failed'}")
                if not verdict.passed:
                    break
    return verdicts


def judgements(
    inputs: BuildInputs, trees: Mapping[str, Mapping[str, bytes]], workshop: Workshop
) -> Iterator[Callable[[], Awaitable[tuple[Task, Check]]]]:
    """Yield a job per task; the last of a phase also looks at what the phase promised.

    Custom tasks are left out: their code is not generated, and runs in a sandbox only.
    """
    tree: dict[str, bytes] = {}
    for phase in inputs.task_plan.phases:
        for task in phase.tasks:
            if task.kind is TaskKind.CUSTOM:
                continue
            tree.update(trees[task.number])
            closes = phase if task is phase.tasks[-1] else None
            yield partial(judged, task, closes, dict(tree), workshop)


async def judged(task: Task, closes: Phase | None, tree: Mapping[str, bytes], workshop: Workshop) -> tuple[Task, Check]:
    """Judge one task; return what failed, or what passed with the number of its tests."""
    checks = await check_tree(task.verification, tree, workshop, Trust.TEMPLATES, at_once=1)
    tests = sum(check.passed_tests for check in checks)
    verdict = failed(checks) or Check(word=task.verification[-1], passed=True, passed_tests=tests)
    if closes and verdict.passed:
        wired = check_must_haves(closes, tree)
        return task, verdict if wired.passed else wired
    return task, verdict
