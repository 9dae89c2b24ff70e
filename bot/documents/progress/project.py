"""The models of PROJECT.md: what is built and why, what it must do, what is left out, what was decided."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from bot.documents.frozen import Frozen
from bot.documents.text.boxes import TaskState
from bot.documents.text.notes import FrontMatterText, Note, refuse_known
from bot.documents.text.prose import Lines, OneLine, Paragraphs
from bot.documents.text.tables import MoreColumns

__all__ = [
    "DECISION_COLUMNS",
    "EXCLUDED_COLUMNS",
    "PROJECT_SECTIONS",
    "Constraint",
    "Decision",
    "Excluded",
    "Project",
    "ProjectRequirement",
]

PROJECT_SECTIONS = {
    "what this is": "what",
    "what it is": "what",
    "description": "what",
    "core value": "core_value",
    "requirements": "requirements",
    "validated": "validated",
    "validated requirements": "validated",
    "active": "active",
    "active requirements": "active",
    "out of scope": "out_of_scope",
    "constraints": "constraints",
    "key decisions": "decisions",
    "decisions": "decisions",
    "assumptions": "assumptions",
}
"""`heading_key` of a section → field of `Project`; items straight below “Requirements” count as active."""

DECISION_COLUMNS = {
    "decision": "text",
    "rationale": "why",
    "why": "why",
    "reason": "why",
    "outcome": "outcome",
    "status": "outcome",
}
"""`heading_key` of a column → field of `Decision`."""

EXCLUDED_COLUMNS = {
    "feature": "what",
    "what": "what",
    "item": "what",
    "reason": "why",
    "why": "why",
    "rationale": "why",
}
"""`heading_key` of a column → field of `Excluded`."""

Said = Annotated[OneLine, Field(min_length=1)]


class ProjectRequirement(Frozen):
    """One thing that the project does or is to do. ``state`` is its box; None where it has none."""

    text: Said
    state: TaskState | None = None


class Excluded(Frozen):
    """One thing that is out of scope, and why."""

    what: Said
    why: OneLine = ""


class Constraint(Frozen):
    """What holds whatever is built: its kind (such as ``Platform``; may be empty), and what it asks for."""

    kind: OneLine
    text: OneLine = ""

    @model_validator(mode="after")
    def says_something(self) -> Constraint:
        """Refuse a constraint without words."""
        if not self.kind and not self.text:
            raise ValueError("a constraint says something")
        return self


class Decision(Frozen):
    """What was decided, why, and what came of it."""

    text: Said
    why: OneLine = ""
    outcome: OneLine = ""
    more: MoreColumns = ()


class Project(Frozen):
    """A whole project document. Raises ValueError for notes that are sections of it."""

    title: OneLine = ""
    what: Paragraphs = ""
    core_value: Paragraphs = ""
    validated: tuple[ProjectRequirement, ...] = ()
    active: tuple[ProjectRequirement, ...] = ()
    out_of_scope: tuple[Excluded, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    decisions: tuple[Decision, ...] = ()
    assumptions: Lines = ()
    notes: tuple[Note, ...] = ()
    front_matter: FrontMatterText = ""

    @model_validator(mode="after")
    def is_readable(self) -> Project:
        """Refuse what would be read as something else."""
        refuse_known(self.notes, frozenset(PROJECT_SECTIONS))
        return self
