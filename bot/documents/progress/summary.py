"""The models of SUMMARY.md: what one plan of a phase did. A plan is done exactly when its summary exists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from bot.documents.frozen import Frozen
from bot.documents.text.front_matter import Value
from bot.documents.text.notes import Note, readable, refuse_known
from bot.documents.text.prose import Lines, OneLine
from bot.documents.text.tables import MoreColumns
from bot.patterns import regex

__all__ = [
    "COMMIT_COLUMNS",
    "FILE_COLUMNS",
    "SUMMARY_SECTIONS",
    "ChangedFile",
    "Deviation",
    "Requires",
    "Summary",
    "TaskCommit",
]

SUMMARY_SECTIONS = {
    "accomplishments": "accomplishments",
    "what was built": "accomplishments",
    "what was done": "accomplishments",
    "what shipped": "accomplishments",
    "task commits": "commits",
    "commits": "commits",
    "files created modified": "files",
    "files created": "files",
    "files modified": "files",
    "files changed": "files",
    "files": "files",
    "key files": "files",
    "decisions made": "decisions",
    "key decisions": "decisions",
    "decisions": "decisions",
    "deviations from plan": "deviations",
    "deviations": "deviations",
    "issues encountered": "issues",
    "issues": "issues",
    "problems encountered": "issues",
    "next phase readiness": "next_steps",
    "next step": "next_steps",
    "next steps": "next_steps",
    "written by a model": "written_by_model",
    "left open": "left_open",
}
"""`heading_key` of a section → field of `Summary`."""

COMMIT_COLUMNS = {
    "task": "task",
    "name": "task",
    "commit": "commit",
    "commits": "commit",
    "hash": "commit",
    "evidence": "note",
    "type": "note",
    "description": "note",
}
"""`heading_key` of a column → field of `TaskCommit`."""

FILE_COLUMNS = {
    "file": "path",
    "path": "path",
    "note": "note",
    "change": "note",
    "description": "note",
    "purpose": "note",
}
"""`heading_key` of a column → field of `ChangedFile`."""

CODE_MARK = regex("`")

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{4,64}$")]
Said = Annotated[OneLine, Field(min_length=1)]


def without_code_marks(value: object) -> object:
    """Return a path without backticks, which end a code span."""
    return CODE_MARK.sub("'", value) if isinstance(value, str) else value


def plain_value(value: object) -> object:
    """Return a value of a front matter with text that a model can hold, lists as tuples."""
    if isinstance(value, Mapping):
        return {str(readable(key)): plain_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return tuple(plain_value(inner) for inner in value)
    return readable(value)


class Requires(Frozen):
    """What a plan builds on: a phase (or plan), and what that one provides."""

    phase: OneLine
    provides: OneLine = ""


class TaskCommit(Frozen):
    """A task and the commits that hold it; no commit says that the task is open."""

    task: Said
    hashes: tuple[Hash, ...] = ()
    note: OneLine = ""
    """What proves it, or what else stands there."""

    more: MoreColumns = ()


class ChangedFile(Frozen):
    """A file that was made or changed, and what it is for."""

    path: Annotated[Said, BeforeValidator(without_code_marks)]
    note: OneLine = ""


class Deviation(Frozen):
    """Where the work left the plan."""

    text: Said
    details: Lines = ()


class Summary(Frozen):
    """A whole summary. Raises ValueError for notes that are sections of it."""

    phase: OneLine = ""
    plan: OneLine = ""
    requires: tuple[Requires, ...] = ()
    provides: Lines = ()
    affects: Lines = ()
    created: Lines = ()
    modified: Lines = ()
    key_decisions: Lines = ()
    requirements_completed: Lines = ()
    duration: OneLine = ""
    completed: OneLine = ""
    more: Annotated[Mapping[str, Value], BeforeValidator(plain_value)] = {}
    """Further keys of the front matter."""

    title: OneLine = ""
    one_line: OneLine = ""
    accomplishments: Lines = ()
    commits: tuple[TaskCommit, ...] = ()
    files: tuple[ChangedFile, ...] = ()
    decisions: Lines = ()
    deviations: tuple[Deviation, ...] = ()
    issues: Lines = ()
    written_by_model: Lines = ()
    left_open: Lines = ()
    next_steps: Lines = ()
    notes: tuple[Note, ...] = ()

    @model_validator(mode="after")
    def is_readable(self) -> Summary:
        """Refuse what would be read as something else."""
        refuse_known(self.notes, frozenset(SUMMARY_SECTIONS))
        return self
