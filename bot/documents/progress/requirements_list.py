"""The models of REQUIREMENTS.md: a checklist of requirements with ids, in groups, and the phase of each."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from bot.documents.frozen import Frozen
from bot.documents.progress.project import Excluded
from bot.documents.text.boxes import TaskState
from bot.documents.text.notes import NOTES_ON, FrontMatterText, Note, refuse_known
from bot.documents.text.outline import heading_key
from bot.documents.text.prose import Label, Lines, OneLine, Paragraphs
from bot.documents.text.tables import MoreColumns

__all__ = [
    "LIST_SECTIONS",
    "TRACE_COLUMNS",
    "ListedRequirement",
    "RequirementGroup",
    "RequirementTrace",
    "RequirementsList",
    "is_group_heading",
    "is_requirement_id",
]

LIST_SECTIONS = {
    "out of scope": "out_of_scope",
    "traceability": "traces",
    "traceability matrix": "traces",
    "requirement traceability": "traces",
}
"""`heading_key` of a section that is no group → field of `RequirementsList`."""

TRACE_COLUMNS = {
    "requirement": "requirement",
    "requirements": "requirement",
    "req": "requirement",
    "id": "requirement",
    "req id": "requirement",
    "phase": "phase",
    "phases": "phase",
    "state": "state",
    "status": "state",
}
"""`heading_key` of a column → field of `RequirementTrace`."""

LONGEST_ID = 80


def is_requirement_id(text: str) -> bool:
    """Tell whether a text is an id such as ``AUTH-01``, ``NFR-API-2`` or ``1.2``."""
    if not 0 < len(text) <= LONGEST_ID or not text.isascii():
        return False
    *words, last = text.split("-")
    if not words:
        return all(part.isdigit() for part in last.split("."))
    is_named = words[0][:1].isalpha() and all(word.replace("_", "").isalnum() for word in words)
    return is_named and last[:1].isdigit() and last.replace(".", "").isalnum() and last[-1] != "."


def is_group_heading(heading: str) -> bool:
    """Tell whether a heading is a group's even where no requirement stands below it, as ``v1 Requirements`` is."""
    key = heading_key(heading)
    return key.endswith("requirements") and not heading.startswith(NOTES_ON)


def known_id(value: str) -> str:
    """Refuse what is no id. Raises ValueError."""
    if not is_requirement_id(value):
        raise ValueError(f"{value!r} is no id of a requirement")
    return value


class ListedRequirement(Frozen):
    """One requirement. ``state`` is its box, None where it has none; a removed one leaves its struck line."""

    id: Annotated[str, AfterValidator(known_id)]
    text: OneLine = ""
    state: TaskState | None = None
    removed: bool = False
    details: Lines = ()


class RequirementGroup(Frozen):
    """Requirements below one heading; ``level`` 2 for a section (``v1 Requirements``), 3 for a topic in it."""

    heading: OneLine
    level: Annotated[int, Field(ge=2, le=6)] = 2
    intro: Paragraphs = ""
    requirements: tuple[ListedRequirement, ...] = ()

    @model_validator(mode="after")
    def is_group(self) -> RequirementGroup:
        """Refuse a heading that would be read as another section."""
        is_other = heading_key(self.heading) in LIST_SECTIONS or self.heading.startswith(NOTES_ON)
        if is_other or not (self.requirements or is_group_heading(self.heading)):
            raise ValueError("a group has requirements, or a heading that says so, and is no other section")
        return self


class RequirementTrace(Frozen):
    """Where a requirement is built, and how far it is; cells as written."""

    requirement: Annotated[OneLine, Field(min_length=1)]
    phase: OneLine = ""
    state: OneLine = ""
    more: MoreColumns = ()


class RequirementsList(Frozen):
    """A whole list of requirements. Raises ValueError for notes that are sections of it."""

    title: OneLine = ""
    labels: tuple[Label, ...] = ()
    """What stands below the title, such as ``**Core Value**: …``."""

    groups: tuple[RequirementGroup, ...] = ()
    out_of_scope: tuple[Excluded, ...] = ()
    traces: tuple[RequirementTrace, ...] = ()
    notes: tuple[Note, ...] = ()
    front_matter: FrontMatterText = ""

    def requirements(self) -> tuple[ListedRequirement, ...]:
        """Return every requirement, in order."""
        return tuple(requirement for group in self.groups for requirement in group.requirements)

    def requirement(self, number: str) -> ListedRequirement | None:
        """Return the first requirement of that id, or None."""
        return next((requirement for requirement in self.requirements() if requirement.id == number), None)

    def trace(self, number: str) -> RequirementTrace | None:
        """Return the first row of the table for that id, or None."""
        return next((trace for trace in self.traces if trace.requirement == number), None)

    @model_validator(mode="after")
    def is_readable(self) -> RequirementsList:
        """Refuse what would be read as something else."""
        refuse_known(self.notes, frozenset(LIST_SECTIONS))
        if any(is_group_heading(note.heading) for note in self.notes):
            raise ValueError("a note's heading is that of a group")
        levels = [1]
        for group in self.groups:
            if group.level > levels[-1] + 1:
                raise ValueError(f"{group.heading!r} stands below no section of level {group.level - 1}")
            levels.append(group.level)
        return self
