"""What templates are told about the rows that rules look at besides the one that is written, and about their status."""

from __future__ import annotations

from dataclasses import dataclass

from bot.generation.values import Expression, Identifier, PythonLiteral, Words

__all__ = ["CountView", "RuleParent", "StateView", "WhileView"]


@dataclass(frozen=True)
class RuleParent:
    """The entity whose rows a rule is about one at a time, by the foreign key of it."""

    name: Identifier
    module: Identifier
    key: PythonLiteral
    """The foreign key, as clients send it."""
    field: Identifier
    attribute: Identifier
    """The foreign key in Python."""
    row: Identifier
    row_key: Expression
    """The key of a stored parent called as ``row`` says, as JSON."""
    state: Expression
    """The arguments with which a factory makes a parent that can be named, each after a comma."""


@dataclass(frozen=True)
class CountedState:
    """By which status rows count, and steps of it that the tests take."""

    key: PythonLiteral
    counted: PythonLiteral
    """A value with which a row counts."""
    entering: PythonLiteral | None
    """A value with which a row doesn't count, and one that it may go on to and count; None where there is none."""
    leaving: PythonLiteral | None
    """The same the other way round."""
    begins: bool
    """Whether a new row counts."""


@dataclass(frozen=True)
class CountView:
    """So many rows at most for each parent."""

    rule: PythonLiteral
    name: Identifier
    parent: RuleParent
    limited: Expression
    """The arguments with which a factory makes a parent that allows ``most`` rows, each after a comma."""
    is_told: bool
    """Whether the parent tells how many."""
    most: PythonLiteral
    stored: PythonLiteral
    """What the rows have that are there before."""
    last: PythonLiteral
    """What the last row sends for which there is room, and the next three what comes after it."""
    too_many: PythonLiteral
    beside: PythonLiteral
    closed: PythonLiteral | None
    """What is sent to close a row, where only open ones count."""
    state: CountedState | None = None
    """What is tried where rows count by a status."""
    another_day: PythonLiteral | None = None
    """What a row of another day has, where those of one day are counted."""


@dataclass(frozen=True)
class StateView:
    """A status that rows have, or are to have before something can be tried with others."""

    name: Identifier
    module: Identifier
    attribute: Identifier
    key: PythonLiteral
    value: Expression
    parent: RuleParent | None
    """The row whose status it is, where others name it."""


@dataclass(frozen=True)
class WhileView:
    """An action that depends on a status."""

    rule: PythonLiteral
    action: str
    name: Identifier
    parent: RuleParent | None
    attribute: Identifier
    """The status in its model."""
    label: Words
    values: Expression
    """All values that there are, none among them where the status may be empty."""
    allowed: Expression
    change: Expression
    """What is sent to change something else of a row."""
    needs: RuleParent | None
    """What must be stored for the change, where nothing but a reference can be changed."""

    @property
    def write(self) -> Identifier:
        """Return the action as a part of names."""
        return Identifier(self.action)

    @property
    def is_create(self) -> bool:
        """Tell whether it is about new rows."""
        return self.action == "create"

    @property
    def is_update(self) -> bool:
        """Tell whether it is about changes."""
        return self.action == "update"
