"""What people write for a state, and how a disagreement between two places of a document is said."""

from __future__ import annotations

from bot.documents.text.boxes import TaskState
from bot.documents.text.outline import heading_key

__all__ = ["STATE_WORDS", "are_at_odds", "state_of_words"]

STATE_WORDS = {TaskState.TODO: "open", TaskState.DOING: "in progress", TaskState.DONE: "done"}
"""How our own documents write a state."""

DONE = frozenset({"done", "complete", "completed", "shipped", "finished", "verified", "satisfied", "validated"})
DOING = frozenset({"in progress", "started", "executing", "active", "partial", "doing", "ongoing", "planning"})
TODO = frozenset({"open", "todo", "to do", "not started", "pending", "planned", "deferred", "blocked", "ready", "tbd"})
MARKS = {"✅": TaskState.DONE, "✓": TaskState.DONE, "☑": TaskState.DONE, "🚧": TaskState.DOING}


def state_of_words(text: str) -> TaskState | None:
    """Return the state that a text begins with, such as ``Complete (2026-05-01)``; None for other words."""
    mark = MARKS.get(text.strip()[:1])
    words = heading_key(text).split()[:2]
    for said in (" ".join(words), *words[:1]):
        if said in DONE:
            return TaskState.DONE
        if said in DOING:
            return TaskState.DOING
        if said in TODO:
            return TaskState.TODO
    return mark


def are_at_odds(first: TaskState | None, second: TaskState | None) -> bool:
    """Tell whether one place says done and the other doesn't; how far something open is may differ."""
    if first is None or second is None:
        return False
    return (first is TaskState.DONE) is not (second is TaskState.DONE)
