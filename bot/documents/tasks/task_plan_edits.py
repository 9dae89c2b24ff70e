"""Edits of a checklist: tick a box, rename a task, strike one. Each changes only what it is about.

They return spans, so that several can be made at once by `bot.documents.text.edits.apply_edits`.
"""

from __future__ import annotations

from bot.documents.tasks.checklist import Checklist, ReadTask
from bot.documents.tasks.checklist_lines import box_of, heading_of
from bot.documents.text.boxes import TaskState, tick_edit
from bot.documents.text.edits import Edit, apply_edits
from bot.documents.text.markdown import inline
from bot.documents.text.numbering import struck_line
from bot.documents.text.source_text import Line, SourceText

__all__ = ["rename_task", "strike_task", "tick", "tick_task"]


def tick_task(text: str, task: ReadTask, state: TaskState) -> tuple[Edit, ...]:
    """Return the edit that sets a task's mark. Raises ValueError for a task that has no box."""
    if task.mark_offset is None:
        raise ValueError(f"{task.number} {task.title} has no box to tick")
    return tick_edit(text, task.mark_offset, state)


def tick(text: str, task: ReadTask, state: TaskState) -> str:
    """Return the text with one task's mark set, and nothing else changed.

    Raises ValueError for a task that has no box.
    """
    return apply_edits(SourceText(text), tick_task(text, task, state)).text


def rename_task(text: str, task: ReadTask, title: str) -> tuple[Edit, ...]:
    """Return the edit that gives a task another title; box, number and details stay.

    Raises ValueError where the title is empty, or the task isn't where it was read.
    """
    shown = inline(title)
    if not shown:
        raise ValueError("a task needs a title")
    line = line_at(text, task.start)
    words = box_of(line) if task.mark_offset is not None else heading_of(line)
    if words is None or words.number != task.number:
        raise ValueError(f"{task.number} {task.title} isn't on line {task.line} any more")
    start = line.start + words.title_start
    gap = "" if words.title or line.text[: words.title_start].endswith((" ", "\t")) else " "
    return (Edit(start, start + len(words.title), f"{gap}{shown}"),)


def strike_task(text: str, checklist: Checklist, task: ReadTask) -> tuple[Edit, ...]:
    """Return the edits that leave one struck line of a task, its details and its sub-tasks.

    Raises ValueError where the task is none of the checklist.
    """
    position = checklist.tasks.index(task)
    indent = line_at(text, task.start).text
    blank = indent[: len(indent) - len(indent.lstrip(" \t"))]
    edits = [Edit(task.start, task.end, struck_line(task.number, task.title, blank))]
    below = {position}
    for other in sorted_by_parent(checklist):
        child = checklist.tasks[other]
        if child.parent in below:
            below.add(other)
            edits.append(Edit(child.start, past_ending(text, child.end), ""))
    return tuple(sorted(edits))


def sorted_by_parent(checklist: Checklist) -> list[int]:
    """Return the positions of tasks so that each comes after its parent."""

    def depth(position: int) -> tuple[bool, int]:
        number = checklist.tasks[position].number
        return not number, number.count(".") if number else position

    return sorted(range(len(checklist.tasks)), key=depth)


def line_at(text: str, start: int) -> Line:
    """Return the line that begins at an offset."""
    ends = [at for at in (text.find("\n", start), text.find("\r", start)) if at >= 0]
    end = min(ends, default=len(text))
    return Line(0, start, text[start:end], "")


def past_ending(text: str, end: int) -> int:
    """Return the offset after the ending that follows an offset."""
    if text.startswith("\r\n", end):
        return end + 2
    return end + 1 if text[end : end + 1] in ("\n", "\r") else end
