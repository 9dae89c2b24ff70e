"""The boxes of every checklist: what a mark says, what children say of their parent, and the one way to tick.

Shared by tasks.md, ROADMAP.md, REQUIREMENTS.md and the verification lists of PLAN.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.documents.text.edits import Edit, apply_edits
from bot.documents.text.source_text import SourceText
from bot.patterns import regex

__all__ = ["BOX", "MARKS", "TaskState", "derived_state", "tick", "tick_edit", "without_bullet"]

BOX = regex(r"[ \t]*(?:[-*+]|\d{1,6}[.)])[ \t]+\[(?P<mark>.)\](?!\()(?P<optional>\\?\*)?(?P<rest>.*)")
"""A line with a box, whatever bullet stands before it."""

BULLET = regex(r"[-*+][ \t]+")


class TaskState(StrEnum):
    """The mark in a task's box."""

    TODO = " "
    DOING = "-"
    DONE = "x"


MARKS: Mapping[str, TaskState] = MappingProxyType(
    {" ": TaskState.TODO, "-": TaskState.DOING, "~": TaskState.DOING, "x": TaskState.DONE, "X": TaskState.DONE}
)
"""What each mark says. ``~`` means different things to different tools: it is read, kept, and never written."""

SAME_MARK = frozenset({" ", "-", "x", "X"})
"""Marks that already say a state in our own words; ticking to that state leaves them as they are."""


def without_bullet(stripped: str) -> str:
    """Return a line without the bullet before it."""
    match = BULLET.match(stripped)
    return stripped[match.end() :] if match else stripped


def derived_state(children: Iterable[tuple[TaskState, bool]]) -> TaskState:
    """Return what children (state, optional) say of their parent; todo where there are none.

    Done when every required child is done, in progress when any child is started. An optional child never holds its
    parent open; where nothing is required, the optional children are judged as if they were.
    """
    found = list(children)
    states = [state for state, _ in found]
    required = [state for state, optional in found if not optional] or states
    if required and all(state is TaskState.DONE for state in required):
        return TaskState.DONE
    if any(state is not TaskState.TODO for state in states):
        return TaskState.DOING
    return TaskState.TODO


def tick_edit(text: str, offset: int, state: TaskState) -> tuple[Edit, ...]:
    """Return the edit that sets the mark at an offset: one character, or nothing where it already says so.

    Raises ValueError where no box has its mark at the offset.
    """
    if not 0 < offset < len(text) - 1 or text[offset - 1] != "[" or text[offset + 1] != "]":
        raise ValueError(f"there is no box whose mark stands at {offset}")
    mark = text[offset]
    if mark in SAME_MARK and MARKS[mark] is state:
        return ()
    return (Edit(offset, offset + 1, state.value),)


def tick(text: str, offset: int, state: TaskState) -> str:
    """Return the text with the mark at an offset set, and every other character as it was.

    Raises ValueError where no box has its mark at the offset.
    """
    return apply_edits(SourceText(text), tick_edit(text, offset, state)).text
