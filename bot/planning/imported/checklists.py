"""An imported plan from a tasks.md: every box without sub-tasks is a task, those at the top are its phases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.formats import Format
from bot.documents.naming import capital
from bot.documents.tasks.checklist import Checklist, ReadTask
from bot.documents.text.boxes import TaskState
from bot.patterns import regex
from bot.planning.imported.plan import ImportedKind, ImportedPhase, ImportedPlan, ImportedTask
from bot.planning.imported.verifications import verifications_in

__all__ = ["imported_checklist"]

LABEL = regex(r"(files?|verify|verification|done(?: when)?|type)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
CHECKPOINT = regex(r"checkpoint(?::\s*(human-verify|decision|human-action))?\b[\s:–—-]*", re.IGNORECASE)
"""How a checklist names a checkpoint, as its first word."""
LONGEST_TITLE = 200


def imported_checklist(checklist: Checklist, text: str, file: str) -> ImportedPlan:
    """Return what a tasks.md asks for."""
    parents = {task.parent for task in checklist.tasks if task.parent is not None}
    leaves = [
        (place, task)
        for place, task in enumerate(checklist.tasks)
        if place not in parents and task.mark_offset is not None
    ]
    tops = list(dict.fromkeys(top_of(checklist, place) for place, _ in leaves))
    phases = {top: number for number, top in enumerate(tops, start=1)}
    numbers = numbers_of([task for _, task in leaves])
    tasks = tuple(
        task_of(checklist, task, number, phases[top_of(checklist, place)])
        for (place, task), number in zip(leaves, numbers, strict=True)
    )
    return ImportedPlan(
        format=Format.TASKS,
        file=file,
        text=text,
        title=title_of(checklist, file),
        objective=checklist.overview,
        context=checklist.notes,
        phases=tuple(
            ImportedPhase(number=number, name=checklist.tasks[top].title or f"Phase {number}")
            for top, number in phases.items()
        ),
        tasks=tasks,
    )


def top_of(checklist: Checklist, place: int) -> int:
    """Return where the task at the top stands that a task belongs to."""
    seen = {place}
    while (parent := checklist.tasks[place].parent) is not None and parent not in seen:
        seen.add(parent)
        place = parent
    return place


def numbers_of(tasks: list[ReadTask]) -> list[str]:
    """Return the tasks' own numbers where each has one of its own, else their places."""
    own = [task.number for task in tasks if task.number]
    if len(own) == len(tasks) and len(set(own)) == len(own):
        return own
    return [str(place) for place in range(1, len(tasks) + 1)]


def title_of(checklist: Checklist, file: str) -> str:
    """Return the title without the words that every such file has; else the name of the file's folder."""
    title = re.sub(
        r"^(?:implementation plan|implementation tasks|tasks)\s*:?\s*", "", checklist.title, flags=re.IGNORECASE
    )
    folder = file.rpartition("/")[0].rpartition("/")[2]
    name = title or folder.replace("-", " ").replace("_", " ") or "Imported checklist"
    return capital(name)


def task_of(checklist: Checklist, task: ReadTask, number: str, phase: int) -> ImportedTask:
    """Return one task, with what its labelled details say."""
    labels = dict(labels_of(task))
    checkpoint = CHECKPOINT.match(task.title)
    title = (task.title or f"Task {number}")[:LONGEST_TITLE]
    parent = checklist.tasks[task.parent] if task.parent is not None else None
    details = [detail for detail in task.details if not LABEL.fullmatch(detail)]
    action = "\n".join([*([f"Part of: {parent.title}"] if parent else []), *(f"- {detail}" for detail in details)])
    if checkpoint:
        kind = ImportedKind(checkpoint[1].lower()) if checkpoint[1] else ImportedKind.LOOK
        ask = "\n".join([task.title[checkpoint.end() :], *details]).strip() or title
        return ImportedTask(
            number=number,
            title=title,
            phase=phase,
            kind=kind,
            ask=ask,
            ticked_elsewhere=ticked(task),
            box=task.mark_offset,
        )
    return ImportedTask(
        number=number,
        title=title,
        phase=phase,
        files=tuple(path.strip(" `") for path in labels.get("files", "").split(",") if path.strip(" `")),
        action=action,
        done=labels.get("done", ""),
        verifications=verifications_in((labels.get("verify", ""),)),
        depends=task.depends,
        ticked_elsewhere=ticked(task),
        box=task.mark_offset,
    )


def labels_of(task: ReadTask) -> Iterator[tuple[str, str]]:
    """Yield the labelled details of a task by their plain names."""
    for detail in task.details:
        if found := LABEL.fullmatch(detail):
            label = found[1].lower()
            name = next(plain for plain in ("file", "verif", "done", "type") if label.startswith(plain))
            yield {"file": "files", "verif": "verify"}.get(name, name), found[2].strip()


def ticked(task: ReadTask) -> bool:
    """Tell whether the file says that a task is done."""
    return task.state is TaskState.DONE
