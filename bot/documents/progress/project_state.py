"""The model of STATE.md: where a project stands, in under 100 lines. Every value is kept as it is written."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, model_validator

from bot.documents.frozen import Frozen
from bot.documents.progress.roadmap import phase_numbers
from bot.documents.text.notes import FrontMatterText, Note, refuse_known
from bot.documents.text.outline import heading_key
from bot.documents.text.prose import Label, Lines, OneLine
from bot.patterns import regex

__all__ = ["LONGEST_STATE", "POSITION_LABELS", "STATE_SECTIONS", "ProjectState"]

LONGEST_STATE = 100
"""Lines; a state is read at every step, so it stays short."""

POSITION_LABELS = {
    "phase": "phase",
    "current phase": "phase",
    "plan": "plan",
    "current plan": "plan",
    "status": "status",
    "stage": "status",
    "last activity": "last_activity",
    "progress": "progress",
}
"""`heading_key` of a label → field of `ProjectState`."""

STATE_SECTIONS = {
    "current position": "position",
    "position": "position",
    "current phase": "position",
    "active phase": "position",
    "current status": "position",
    "accumulated context": "context",
    "decisions": "decisions",
    "key decisions": "decisions",
    "recent decisions": "decisions",
    "blockers": "blockers",
    "blockers concerns": "blockers",
    "concerns": "blockers",
    "open tasks": "open_tasks",
    "pending todos": "open_tasks",
    "todos": "open_tasks",
}
"""`heading_key` of a section → field of `ProjectState`."""

OF = regex(r"(\d{1,6}) ?(?:of|/) ?(\d{1,6})", re.IGNORECASE)
PERCENT = regex(r"(\d{1,3}) ?%")


def without_known_labels(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    """Refuse labels that are fields. Raises ValueError."""
    for label in labels:
        if heading_key(label.name) in POSITION_LABELS:
            raise ValueError(f"{label.name} is a field of the state")
    return labels


class ProjectState(Frozen):
    """Where a project stands. Raises ValueError for notes that are sections of it."""

    title: OneLine = ""
    phase: OneLine = ""
    """Such as ``2 of 5 (Entities)``."""

    plan: OneLine = ""
    status: OneLine = ""
    last_activity: OneLine = ""
    progress: OneLine = ""
    """Such as ``▓▓▓▓░░░░░░ 40 % (4 of 10 tasks)``."""

    labels: Annotated[tuple[Label, ...], AfterValidator(without_known_labels)] = ()
    decisions: Lines = ()
    blockers: Lines = ()
    open_tasks: Lines = ()
    notes: tuple[Note, ...] = ()
    front_matter: FrontMatterText = ""

    @property
    def phase_number(self) -> str:
        """Return the number of the current phase; empty where none is named."""
        return next(iter(phase_numbers(self.phase)), "")

    @property
    def phase_count(self) -> int | None:
        """Return of how many phases it is one; None where that isn't said."""
        match = OF.search(self.phase)
        return int(match[2]) if match else None

    @property
    def percent(self) -> int | None:
        """Return how much is done in percent (0 to 100), as said or counted; None where neither is there."""
        said = PERCENT.search(self.progress)
        if said:
            return min(int(said[1]), 100)
        counted = OF.search(self.progress)
        if not counted or not int(counted[2]):
            return None
        return min(100 * int(counted[1]) // int(counted[2]), 100)

    @model_validator(mode="after")
    def is_readable(self) -> ProjectState:
        """Refuse what would be read as something else."""
        refuse_known(self.notes, frozenset(STATE_SECTIONS))
        return self
