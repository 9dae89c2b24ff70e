"""Declared rules: what must hold about an entity's rows beyond the types of its fields, in nine forms.

The forms are part of the grammar in ``docs/formats.md``; `bot.documents.entities.rule_lines` reads and writes them, and
`bot.checks.declared_rules` judges whether an entity can keep them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from bot.documents.frozen import Frozen

__all__ = [
    "ACTIONS",
    "MOMENTS",
    "MOST_COUNTED",
    "RULE_FORMS",
    "WRITES",
    "ActionByOwner",
    "ActionByRole",
    "AtMost",
    "DeclaredRule",
    "DerivedMoment",
    "LatestAfter",
    "NoOverlap",
    "OneOpen",
    "OnlyWhile",
    "Span",
    "StatusChange",
    "TimeUnit",
    "Transition",
    "counting_status",
    "fields_of",
    "rule_subject",
]

RULE_FORMS = (
    "transition FIELD: A -> B, B -> A | C",
    "one open ENTITY per RELATION until FIELD",
    "FIELD = FIELD + N days",
    "no overlap of FIELD, FIELD per RELATION [unless FIELD is A | B]",
    "FIELD at most N hours after FIELD",
    "ACTION only by FIELD",
    "ACTION only while [RELATION.]FIELD is A | B",
    "at most N ENTITY per RELATION [and FIELD | until FIELD | while FIELD is A | B]",
    "ACTION only by role A | B",
)
"""How each form is written; days and hours are possible wherever one of them stands.

N is a number, or ``RELATION.FIELD``: a whole number of the row that the relation names.
"""

ACTIONS = frozenset({"create", "read", "update", "delete"})
"""What every entity's service does."""
WRITES = ("create", "update", "delete")
"""What may depend on a status."""
MOMENTS = frozenset({"date", "datetime"})
"""The types of fields that rules about time compare."""

MOST_COUNTED = 1000
"""Rows that a rule counts at most: the tests of a service make so many."""


class TimeUnit(StrEnum):
    """What a span of time is counted in."""

    DAYS = "days"
    HOURS = "hours"


class Span(Frozen):
    """A span of time, such as 14 days."""

    count: int
    unit: TimeUnit

    @property
    def hours(self) -> int:
        """Return the span in hours, to compare two spans; a day has 24 of them."""
        return self.count * 24 if self.unit is TimeUnit.DAYS else self.count


class StatusChange(Frozen):
    """From one value of a status, the values that may follow it."""

    source: str
    targets: tuple[str, ...]


class Transition(Frozen):
    """A field changes its value only along these ways."""

    kind: Literal["transition"] = "transition"
    field: str
    changes: tuple[StatusChange, ...]

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return every allowed change as value and next value, in order."""
        return tuple((change.source, target) for change in self.changes for target in change.targets)


class OneOpen(Frozen):
    """Of the rows that share a relation, at most one is open: its field ``until`` is empty as long as it is."""

    kind: Literal["one open"] = "one open"
    entity: str
    relation: str
    until: str


class DerivedMoment(Frozen):
    """A date or moment is always another one and a span of time."""

    kind: Literal["derived"] = "derived"
    field: str
    source: str
    span: Span


class NoOverlap(Frozen):
    """The periods from ``start`` to ``end`` of the rows that share a relation don't overlap."""

    kind: Literal["no overlap"] = "no overlap"
    start: str
    end: str
    relation: str
    unless: str = ""
    """The status by which a row doesn't count, such as that of a cancelled booking; empty where every row does."""
    values: tuple[str, ...] = ()
    """The values of that status, as the enum spells them; ``true`` or ``false`` of a bool."""


class LatestAfter(Frozen):
    """A date or moment is at most a span of time after another one."""

    kind: Literal["at most"] = "at most"
    field: str
    span: Span
    after: str


class ActionByOwner(Frozen):
    """An action is open only to the account that a foreign key names, and to those who manage accounts."""

    kind: Literal["only by"] = "only by"
    action: str
    field: str


class ActionByRole(Frozen):
    """An action is open only to accounts with one of some roles, and to those who manage accounts.

    Beside `ActionByOwner` for the same action either is enough: the account that a row names, or one with the role.
    """

    kind: Literal["by role"] = "by role"
    action: str
    roles: tuple[str, ...]
    """Values of the role of the account, as its enum spells them."""


class OnlyWhile(Frozen):
    """An action is possible only while a status has one of some values: its own, or that of the row it names."""

    kind: Literal["only while"] = "only while"
    action: str
    relation: str = ""
    """The relation to the row whose field it is; empty for a field of the entity itself."""
    field: str
    values: tuple[str, ...]
    """The values as the enum spells them; ``true`` or ``false`` of a bool."""

    @property
    def path(self) -> str:
        """Return the field as the grammar writes it: ``status``, ``kiln.status``."""
        return f"{self.relation}.{self.field}" if self.relation else self.field


class AtMost(Frozen):
    """Of the rows that share a relation there are at most so many, or so many of those that count.

    With ``day``, those of one day are counted. With ``until``, a row counts as long as that field is empty; with
    ``status``, while it has one of ``values``.
    """

    kind: Literal["count"] = "count"
    entity: str
    relation: str
    count: int = 0
    """How many; 0 where ``limit`` tells it."""
    limit: str = ""
    """The field of the row that the relation names, in which the number stands; empty where it is always the same."""
    day: str = ""
    """The date of a row by whose days rows are counted; empty where those of all days are."""
    until: str = ""
    """What is empty as long as a row counts; empty where every row does."""
    status: str = ""
    """The enum or bool that tells which rows count; empty where every row does."""
    values: tuple[str, ...] = ()
    """The values of that status, as the enum spells them; ``true`` or ``false`` of a bool."""

    @property
    def number(self) -> str:
        """Return how many, as the grammar writes it: ``3``, ``course.places``."""
        return f"{self.relation}.{self.limit}" if self.limit else str(self.count)


type DeclaredRule = Annotated[
    Transition | OneOpen | DerivedMoment | NoOverlap | LatestAfter | ActionByOwner | OnlyWhile | AtMost | ActionByRole,
    Field(discriminator="kind"),
]


def fields_of(rule: DeclaredRule) -> tuple[str, ...]:
    """Return the fields of its entity that a rule names; a relation is none, and the owner may be named by one."""
    match rule:
        case Transition():
            return (rule.field,)
        case OneOpen():
            return (rule.until,)
        case DerivedMoment():
            return (rule.field, rule.source)
        case NoOverlap():
            return (rule.start, rule.end, rule.unless) if rule.unless else (rule.start, rule.end)
        case LatestAfter():
            return (rule.field, rule.after)
        case ActionByOwner() | ActionByRole():
            return ()
        case OnlyWhile():
            return () if rule.relation else (rule.field,)
        case AtMost():
            return tuple(name for name in (rule.day, rule.until, rule.status) if name)


def counting_status(rule: DeclaredRule) -> str:
    """Return the own status that tells which rows count for a rule; empty where every row does."""
    match rule:
        case NoOverlap():
            return rule.unless
        case AtMost():
            return rule.status
        case _:
            return ""


def rule_subject(entity: str, number: int) -> str:
    """Return what places and findings call the rule of that number, from 1: ``Loan.rule 2``."""
    return f"{entity}.rule {number}"
