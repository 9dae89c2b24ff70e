"""A task of an imported plan: a model writes its files, its verifications run in the sandbox, findings go back."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.building.checking import Workshop, check_of, failed, write_files
from bot.building.custom_task import MOST_ATTEMPTS, CustomTaskFailed, LeftOpen
from bot.planning.conversation import PlannerError
from bot.planning.imported.commands import AllowedCommand, Program
from bot.planning.imported.plan import ImportedPlan, ImportedTask, Verification
from bot.planning.imported.task_writer import ImportedTaskRequest, ImportedTaskWriter, files_of_tests
from bot.repository.errors import UnsafePath
from bot.repository.paths import check_path
from bot.verification.evidence import Check
from bot.verification.given_commands import run_given
from bot.verification.judges import run_judge
from bot.verification.sandbox import Level, Trust

__all__ = ["ImportedTasks", "ImportedWork", "check_given"]

LARGEST_KNOWN = 80_000
"""Characters of existing files that a model is shown at most."""
LARGEST_SHOWN = 20_000
"""Characters of one such file; of a longer one nothing is shown."""
SYNTAX = "python-syntax"


@dataclass(frozen=True)
class ImportedWork:
    """What a model wrote, where it left the plan, and the checks that it passed."""

    files: Mapping[str, bytes]
    deviations: tuple[str, ...]
    checks: tuple[Check, ...]
    refused: tuple[str, ...] = ()
    """Files that were left out, since the approved plan doesn't name them."""


class ImportedTasks:
    """Builds the tasks of imported plans with a model."""

    def __init__(self, writer: ImportedTaskWriter) -> None:
        """Write with this writer."""
        self._writer = writer

    async def build(
        self,
        plan: ImportedPlan,
        task: ImportedTask,
        tree: Mapping[str, bytes],
        workshop: Workshop,
        house_rules: tuple[str, ...],
        notes: tuple[str, ...] = (),
        facts: str = "",
    ) -> ImportedWork | LeftOpen:
        """Return files that passed the verifications that run, or why nothing may run here.

        ``notes`` are what people said meanwhile, and of an earlier attempt; ``facts`` what an existing repository is
        made with. Raises CustomTaskFailed.
        """
        if workshop.sandbox.level is not Level.SANDBOXED:
            return LeftOpen("code that a model wrote runs only in a sandbox, and none works here")
        name = f"{task.number} {task.title}"
        step = f"task {task.number}"
        said = "\n".join(f"People said: {note}" for note in notes)
        problem = said
        for _ in range(MOST_ATTEMPTS):
            request = ImportedTaskRequest(
                plan=plan,
                task=task,
                paths=tuple(sorted(tree)),
                existing=known_files(task, tree),
                house_rules=house_rules,
                problem=problem,
                facts=facts,
            )
            try:
                written = await self._writer.write(request)
                files = {path: text.encode() for path, text in written.files.items()}
                for path in files:
                    check_path(path)
            except (PlannerError, UnsafePath) as error:
                raise CustomTaskFailed(f"{name}: {error}", step, problem) from error
            checks = await check_given(verifications_of(task, tuple(files)), {**tree, **files}, workshop)
            wrong = failed(checks)
            if wrong is None:
                return ImportedWork(files, written.deviations, checks, written.refused)
            problem = f"{wrong.word} did not pass:\n{wrong.tail or wrong.not_run_reason}\n{said}".strip()
        raise CustomTaskFailed(f"{name}: what the model wrote did not pass in {MOST_ATTEMPTS} attempts.", step, problem)


def verifications_of(task: ImportedTask, written: tuple[str, ...]) -> tuple[Verification, ...]:
    """Return what runs for a task: what its plan names; the tests that were written for it where it names nothing."""
    if not task.needs_tests:
        return task.running
    command = AllowedCommand(program=Program.PYTEST, arguments=files_of_tests(written))
    return (Verification(text=command.shown(), command=command),)


async def check_given(
    verifications: tuple[Verification, ...], tree: Mapping[str, bytes], workshop: Workshop
) -> tuple[Check, ...]:
    """Judge a tree: every Python file can be parsed, then each verification that runs, until the first that fails."""
    await asyncio.to_thread(workshop.folder.mkdir, parents=True, exist_ok=True)
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, dir=workshop.folder, prefix="given-"))
    try:
        await asyncio.to_thread(write_files, tree, folder)
        syntax = await run_judge(SYNTAX, folder, workshop.environment, Trust.FOREIGN, workshop.sandbox)
        checks = [check_of(syntax)]
        for each in verifications:
            if not checks[-1].passed:
                break
            if each.command is not None:
                result = await run_given(each.command, folder, tree.keys(), workshop.environment, workshop.sandbox)
                checks.append(check_of(result))
        return tuple(checks)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def known_files(task: ImportedTask, tree: Mapping[str, bytes]) -> dict[str, str]:
    """Return the existing files that a model should know, within the limit: the task's own and its neighbours first."""
    near = {str(PurePosixPath(path).parent) for path in task.files}
    tops = {path.partition("/")[0] for path in task.files}

    def rank(path: str) -> tuple[int, str]:
        if path in task.files:
            return 0, path
        if str(PurePosixPath(path).parent) in near:
            return 1, path
        return (2 if path.partition("/")[0] in tops else 3), path

    found: dict[str, str] = {}
    room = LARGEST_KNOWN
    for path in sorted((path for path in tree if not path.startswith(".planning/")), key=rank):
        text = tree[path].decode("utf-8", "replace")
        if text.strip() and len(text) <= min(room, LARGEST_SHOWN):
            found[path] = text
            room -= len(text)
    return found
