"""`planthread tick`: sets one box of a checklist, and changes exactly that byte of the file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.configuration import fail

if TYPE_CHECKING:
    from bot.documents.tasks.checklist import ReadTask, TasksReading

__all__ = ["tick"]

GENERATED_MARK = "[tool.planthread]"
"""Stands in the pyproject.toml of every repository that Planthread generated."""


class Mark(StrEnum):
    """What a box can say."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"


def tick(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A checklist, such as tasks.md.")],
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The task's number, such as 2.1.")],
    mark: Annotated[Mark, typer.Argument(metavar="todo|doing|done", help="What the box is to say.")],
    force: Annotated[bool, typer.Option("--force", help="Set a parent's box too, whatever its sub-tasks say.")] = False,
) -> None:
    """Set one box of a checklist; nothing else of the file changes. A parent follows from its sub-tasks."""
    if is_generated(file):
        raise fail([f"{file} is in a repository that Planthread built: there, evidence ticks. Nothing was changed."], 1)

    from bot.cli.planning_files import replace_file, whole_source_of
    from bot.documents.tasks.checklist_reader import read_tasks
    from bot.documents.tasks.task_plan_edits import tick as ticked
    from bot.documents.text.boxes import TaskState

    source = whole_source_of(file)
    reading = read_tasks(source.text, str(file))
    task = task_or_exit(reading, file, number, force)
    text = ticked(source.text, task, TaskState[mark.name])
    replace_file(file, type(source)(text).to_bytes())
    typer.echo(f"{number} {task.title}: {mark}")


def task_or_exit(reading: TasksReading, file: Path, number: str, force: bool) -> ReadTask:
    """Return the one task of that number that has a box of its own to set, or leave with a sentence."""
    known = number.rstrip(".")
    tasks = [task for task in reading.tasks if task.number == known]
    if not tasks:
        numbers = ", ".join(task.number for task in reading.tasks if task.number)
        there = f"it has {numbers[:200]}" if numbers else "it has no numbered task"
        raise fail([f"{file} has no task {number}; {there}. Nothing was changed."], 1)
    if len(tasks) > 1:
        lines = " and ".join(str(task.line) for task in tasks)
        raise fail([f"{file} has {number} on the lines {lines}; give each a number of its own first."], 1)
    (task,) = tasks
    if task.mark_offset is None:
        raise fail([f"{number} {task.title} is a heading without a box; tick its sub-tasks."], 1)
    if known in reading.derived and not force:
        state = reading.derived[known].name.lower()
        raise fail([f"{number} has sub-tasks, which say {state}; tick those, or use --force. Nothing was changed."], 1)
    return task


def is_generated(file: Path) -> bool:
    """Tell whether a file belongs to a repository that Planthread generated."""
    for folder in file.resolve().parents:
        project = folder / "pyproject.toml"
        if project.is_file() and GENERATED_MARK in project.read_text(encoding="utf-8", errors="replace"):
            return True
        if (folder / ".git").exists():
            return False
    return False
