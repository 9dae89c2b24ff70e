"""What a defect is: exact replacements in a generated service, which must apply, and leave valid Python."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Defect", "Edit", "PatchDoesNotApply", "apply"]


class PatchDoesNotApply(Exception):  # noqa: N818 - says what happened
    """The text to replace is not there exactly once, or the result is no Python: the defect must be written anew."""


@dataclass(frozen=True)
class Edit:
    """One replacement in one file of the service."""

    path: str
    old: str
    new: str


@dataclass(frozen=True)
class Defect:
    """One defect: a short name, what is wrong with a service that has it, its edits, and the features it needs."""

    name: str
    what: str
    edits: tuple[Edit, ...]
    features: tuple[str, ...] = ("docker",)


def apply(defect: Defect, service: Path) -> None:
    """Put a defect into a service. Raises PatchDoesNotApply."""
    for edit in defect.edits:
        place = service / edit.path
        text = place.read_text(encoding="utf-8") if place.exists() else ""
        if text.count(edit.old) != 1:
            raise PatchDoesNotApply(
                f"{defect.name}: {edit.path} holds {edit.old!r} {text.count(edit.old)} times, and must hold it once"
            )
        changed = text.replace(edit.old, edit.new)
        try:
            ast.parse(changed)
        except SyntaxError as error:
            raise PatchDoesNotApply(f"{defect.name}: {edit.path} is no Python any more: {error}") from error
        place.write_text(changed, encoding="utf-8")
