"""``.planning/VERIFICATION.md``: what was judged before a box was ticked, with the commit that it was judged at.

Only verdicts and hashes, no times and no outputs, so that the command line, the thread and a run that was killed write
the same bytes; the rest of the evidence stays with the build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from bot.documents.tasks.task_plan import Task, TaskState
from bot.documents.text.markdown import cell
from bot.generation.inputs import BuildInputs
from bot.generation.lock import project_name, service_lock
from bot.verification.judge_words import BY_HAND

__all__ = ["write_verification_record"]

INTRODUCTION = (
    "A task is done when its checks passed on the tree of its commit. Each check ran in an environment with exactly "
    "the packages of `uv.lock`, so anybody can run it again."
)
PASSED, OPEN, LEFT = "passed", "open", "left to people"


def write_verification_record(inputs: BuildInputs, states: Mapping[str, TaskState], commits: Mapping[str, str]) -> str:
    """Write the record: a row for each task with its commit, its checks and their verdict, and what the checks mean."""
    tasks = inputs.task_plan.tasks()
    rows = [row(task, states.get(task.number), commits.get(task.number, "")) for task in tasks]
    lines = [
        "# Verification",
        "",
        INTRODUCTION,
        "",
        f"`uv.lock`: sha256 `{lock_hash(inputs)}`",
        "",
        "| Task | What | Commit | Checks | Verdict |",
        "|---|---|---|---|---|",
        *rows,
        "",
        "## What the checks are",
        "",
        *meanings(tasks),
    ]
    return "\n".join(lines) + "\n"


def row(task: Task, state: TaskState | None, commit: str) -> str:
    """Write the row of a task."""
    verdict = {TaskState.DONE: PASSED, TaskState.DOING: LEFT}.get(state or TaskState.TODO, OPEN)
    checks = ", ".join(f"`{cell(word)}`" for word in task.verification)
    hash_cell = f"`{commit}`" if commit else ""
    return f"| {task.number} | {cell(task.title)} | {hash_cell} | {checks} | {verdict} |"


def meanings(tasks: tuple[Task, ...]) -> Iterator[str]:
    """Write a line for each check that the tasks name."""
    named = {word for task in tasks for word in task.verification}
    for check, meaning in BY_HAND.items():
        if any(word == check or word.startswith(f"{check} ") for word in named):
            yield f"- `{check}`: {meaning}"


def lock_hash(inputs: BuildInputs) -> str:
    """Return the hash of the lock that every check's environment was made from."""
    blueprint = inputs.blueprint
    lock = service_lock(blueprint, inputs.features).named(project_name(inputs.slug, blueprint))
    return hashlib.sha256(lock.encode()).hexdigest()
