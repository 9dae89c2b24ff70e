"""The models of ROADMAP.md: phases with their boxes, goals and plans, and a table of how far each is.

`roadmap_reader` reads it, `roadmap_writer` writes it, `progress` derives it from a task plan.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bot.documents.frozen import Frozen
from bot.documents.text.boxes import TaskState
from bot.documents.text.notes import FrontMatterText, Note, refuse_known
from bot.documents.text.outline import heading_key
from bot.documents.text.prose import Label, Lines, OneLine, Paragraphs
from bot.documents.text.reading import quote
from bot.documents.text.references import ids_of, read_references
from bot.documents.text.tables import MoreColumns
from bot.patterns import regex

__all__ = [
    "PHASE_LABELS",
    "PROGRESS_COLUMNS",
    "ROADMAP_SECTIONS",
    "TASKS_DONE",
    "PhaseNumber",
    "PhasePlanLine",
    "ProgressRow",
    "Roadmap",
    "RoadmapPhase",
    "number_key",
    "phase_heading",
    "phase_numbers",
]

PHASE = r"\d{1,6}(?:\.\d{1,6}){0,4}[A-Za-z]?"
PHASE_NUMBER = regex(PHASE)
PLAN_NAME = r"[0-9][0-9A-Za-z._]{0,40}-(?:[0-9A-Za-z._-]{0,79}[0-9A-Za-z])"

PHASE_LABELS = {
    "goal": "goal",
    "depends on": "depends_on",
    "dependencies": "depends_on",
    "requirements": "requirements",
    "success criteria": "success_criteria",
    "plans": "plans",
}
"""Label of a phase's details, in lower case → field of `RoadmapPhase`."""

ROADMAP_SECTIONS = {
    "overview": "overview",
    "phases": "phases",
    "phase list": "phases",
    "phase overview": "phases",
    "phase details": "details",
    "progress": "progress",
    "progress table": "progress",
    "progress summary": "progress",
}
"""`heading_key` of a section → what it holds."""

PROGRESS_COLUMNS = {
    "phase": "phase",
    "tasks done": "done",
    "plans complete": "done",
    "plans": "done",
    "plans done": "done",
    "state": "state",
    "status": "state",
    "completed": "completed",
}
"""`heading_key` of a column → field of `ProgressRow`."""

TASKS_DONE = "Tasks done"

PhaseNumber = Annotated[str, StringConstraints(pattern=rf"^{PHASE}$")]
"""``3``, ``2.1`` (a phase put in between) or ``07a``, as it is written."""


def without_known_labels(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    """Refuse labels that are fields. Raises ValueError."""
    for label in labels:
        if heading_key(label.name) in PHASE_LABELS:
            raise ValueError(f"{label.name} is a field of a phase")
    return labels


class PhasePlanLine(Frozen):
    """One plan of a phase in the roadmap, such as ``- [x] 01-02: Settings``."""

    name: Annotated[str, StringConstraints(pattern=rf"^(?:{PLAN_NAME})?$")] = ""
    """``01-02`` or ``01-02-PLAN.md``; empty where none is given."""

    text: OneLine = ""
    state: TaskState | None = None
    """None for a line without a box."""


def without_empty_plans(plans: tuple[PhasePlanLine, ...]) -> tuple[PhasePlanLine, ...]:
    """Return the plans that say something."""
    return tuple(plan for plan in plans if plan.name or plan.text)


class RoadmapPhase(Frozen):
    """A phase. ``state`` is its box as read or derived; None where it has none."""

    number: PhaseNumber
    name: OneLine
    summary: OneLine = ""
    """What follows the name in the list of phases."""

    state: TaskState | None = None
    goal: OneLine = ""
    depends_on: OneLine = ""
    requirements: OneLine = ""
    """As written; `requirement_ids` has what it names."""

    success_criteria: Lines = ()
    plans_text: OneLine = ""
    plans: Annotated[tuple[PhasePlanLine, ...], AfterValidator(without_empty_plans)] = ()
    labels: Annotated[tuple[Label, ...], AfterValidator(without_known_labels)] = ()
    """Further labelled lines of its details."""

    @property
    def requirement_ids(self) -> tuple[str, ...]:
        """Return the requirements that the phase names."""
        return ids_of(read_references(self.requirements.strip("[]")))

    @property
    def depends_on_phases(self) -> tuple[str, ...]:
        """Return the numbers of the phases that it waits for."""
        return phase_numbers(self.depends_on)


class ProgressRow(Frozen):
    """A row of the table of progress, its cells as written."""

    phase: Annotated[OneLine, Field(min_length=1)]
    """Number and name, such as ``1. Foundation``."""

    done: OneLine = ""
    state: OneLine = ""
    completed: OneLine = ""
    more: MoreColumns = ()

    @property
    def number(self) -> str:
        """Return the phase's number; empty where the row names none."""
        return next(iter(phase_numbers(self.phase)), "")


class Roadmap(Frozen):
    """A whole roadmap. Raises ValueError for two phases of one number, and for notes that are sections of it."""

    title: OneLine = ""
    overview: Paragraphs = ""
    phases: tuple[RoadmapPhase, ...] = ()
    progress: tuple[ProgressRow, ...] = ()
    counted: OneLine = TASKS_DONE
    """The heading of the column that counts: other tools count plans, and say so in it."""

    notes: tuple[Note, ...] = ()
    front_matter: FrontMatterText = ""

    def phase(self, number: str) -> RoadmapPhase | None:
        """Return the phase of that number, or None."""
        return next((phase for phase in self.phases if phase.number == number), None)

    @model_validator(mode="after")
    def is_readable(self) -> Roadmap:
        """Refuse what would be read as something else."""
        refuse_known(self.notes, frozenset(ROADMAP_SECTIONS))
        if PROGRESS_COLUMNS.get(heading_key(self.counted)) != "done":
            raise ValueError(f"{quote(self.counted)} is no heading of a column that counts")
        if any(phase_heading(note.heading) for note in self.notes):
            raise ValueError("a note's heading is that of a phase")
        if len({number_key(phase.number) for phase in self.phases}) < len(self.phases):
            raise ValueError("two phases have one number")
        return self


def phase_numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of phases that a text names: ``Phase 2.1 and 3``, ``1. Name``, ``01-foundation``."""
    found = [match for match in PHASE_NUMBER.finditer(text) if stands_alone(text, match)]
    return tuple(dict.fromkeys(match.group() for match in found))


def stands_alone(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number is no part of a word or of a larger number."""
    before = text[match.start() - 1] if match.start() else ""
    after = text[match.end() : match.end() + 1]
    return not (before.isalnum() or before in {"-", "."} or after.isalnum())


def phase_heading(text: str) -> tuple[str, str] | None:
    """Return the number and the name of a phase's heading such as ``Phase 2.1: Name``, or None."""
    if text[:5].casefold() != "phase" or not text[5:6].isspace():
        return None
    after = text[5:].lstrip()
    match = PHASE_NUMBER.match(after)
    if not match or after[match.end() : match.end() + 1].isalnum():
        return None
    rest = after[match.end() :].strip()
    name = rest[1:].strip() if rest[:1] in {":", "-", "—", "–", "."} else rest
    return match.group(), name


def number_key(number: str) -> str:
    """Return a phase's number for comparing: ``01`` is ``1``."""
    return ".".join(part.lstrip("0") or "0" for part in number.casefold().split("."))
