"""What a reader or a check has to say about a document: severity, place, message, and what to do next."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

__all__ = ["Finding", "Place", "Severity", "has_errors"]


class Severity(StrEnum):
    """How much a finding weighs: an error blocks approval, a warning informs."""

    ERROR = "error"
    WARNING = "warning"


class Place(BaseModel):
    """Where in a document: file name, line and column, both counted from 1 (``None``: the whole document)."""

    model_config = ConfigDict(frozen=True)

    file: str = ""
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Return ``file:line:column``, leaving out what is not known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


class Finding(BaseModel):
    """One thing to mend or to know, with the stable id of the rule that found it."""

    model_config = ConfigDict(frozen=True)

    rule: str
    severity: Severity
    message: str
    next_step: str
    place: Place = Place()


def has_errors(findings: tuple[Finding, ...] | list[Finding]) -> bool:
    """Tell whether any of the findings blocks approval."""
    return any(finding.severity is Severity.ERROR for finding in findings)
