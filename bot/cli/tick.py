"""`planthread tick`: sets one box of a checklist, and changes exactly that byte of the file."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.configuration import fail

if TYPE_CHECKING:
    from bot.documents.tasks.checklist import ReadTask, TasksReading
    from bot.documents.text.edits import Edit
    from bot.documents.text.source_text import SourceText

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

    from bot.cli.findings import printable
    from bot.cli.planning_files import whole_source_of
    from bot.documents.tasks.checklist_reader import read_tasks
    from bot.documents.tasks.task_plan_edits import tick_task
    from bot.documents.text.boxes import TaskState
    from bot.documents.text.edits import apply_edits

    source = whole_source_of(file)
    reading = read_tasks(source.text, str(file))
    task = task_or_exit(reading, file, number, mark, force)
    edits = tick_task(source.text, task, TaskState[mark.name])
    for edit in edits:
        write_mark(file, source, edit)
    typer.echo(printable(f"{task.number} {task.title}: {mark}"))
    if task.parent is None:
        return
    after = read_tasks(apply_edits(source, edits).text) if edits else reading
    for parent in parents_at_odds(after, task):
        said = parent.derived.name.lower() if parent.derived else ""
        hint = f"planthread tick {file} {parent.number} {said} --force sets it too"
        typer.echo(printable(f"The box of {parent.number} follows: its sub-tasks say {said} now; {hint}."), err=True)


def write_mark(file: Path, source: SourceText, edit: Edit) -> None:
    """Write a mark where it stands: one byte over another where both are one, else the file anew."""
    from bot.cli.planning_files import replace_byte, replace_file

    old = source.text[edit.start : edit.end].encode("utf-8", "surrogateescape")
    new = edit.new.encode("utf-8")
    if len(old) == len(new) == 1:
        offset = len(source.text[: edit.start].encode("utf-8", "surrogateescape"))
        replace_byte(file, offset, old, new)
        return
    replace_file(file, source.replace(edit.start, edit.end, edit.new).to_bytes())


def parents_at_odds(reading: TasksReading, ticked: ReadTask) -> Iterator[ReadTask]:
    """Yield the parents above a task, nearest first, whose boxes say something else than their sub-tasks do."""
    above = next((task.parent for task in reading.tasks if task.start == ticked.start), None)
    while above is not None:
        parent = reading.tasks[above]
        if parent.number and parent.mark_offset is not None and parent.derived not in {None, parent.state}:
            yield parent
        above = parent.parent


def task_or_exit(reading: TasksReading, file: Path, number: str, mark: Mark, force: bool) -> ReadTask:
    """Return the one task of that number that has a box of its own to set, or leave with a sentence."""
    from bot.cli.findings import printable

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
        raise fail([printable(f"{known} {task.title} is a heading without a box; tick its sub-tasks.")], 1)
    if known in reading.derived and not force:
        state = reading.derived[known].name.lower()
        step = "--force sets its box so" if state == mark else "tick those, or use --force"
        raise fail([f"{known} has sub-tasks, which say {state}; {step}. Nothing was changed."], 1)
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
