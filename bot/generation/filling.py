"""The value that rows get which are there before a required field is."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.generation.fields import default_of, fills_from_clock
from bot.generation.kinds import Json, Kind
from bot.generation.values import Expression, literal

__all__ = ["Filling", "filling"]

NEUTRAL: dict[str, Json] = {
    "int": 0,
    "float": 0.0,
    "Decimal": "0",
    "bool": False,
    "date": "1970-01-01",
    "datetime": "1970-01-01T00:00:00Z",
    "time": "00:00:00",
    "UUID": "00000000-0000-4000-8000-000000000000",
    "JSON": {},
}
"""What says least, of types that have such a value; others take the first of their examples."""
BOUNDED = frozenset({"int", "float", "Decimal"})
"""The types whose limits may leave that value out."""
WRITTEN = {
    "date": "dt.date.fromisoformat({})",
    "datetime": "dt.datetime.fromisoformat({})",
    "time": "dt.time.fromisoformat({})",
    "UUID": "UUID({})",
    "Decimal": "Decimal({})",
}
IMPORTS = {
    "date": "import datetime as dt",
    "datetime": "import datetime as dt",
    "time": "import datetime as dt",
    "UUID": "from uuid import UUID",
    "Decimal": "from decimal import Decimal",
}
MADE = {
    "base.today": Expression("sa.func.current_date()"),
    "base.now": Expression("sa.func.now()"),
}
"""Defaults that are made anew for each row, as the database makes them."""


@dataclass(frozen=True)
class Filling:
    """A value as a migration writes it; ``is_default`` tells that the specs chose it."""

    value: Expression
    is_default: bool


def filling(kind: Kind) -> Filling | None:
    """Return the default of a field, else a neutral valid value; None where the database fills it by itself."""
    if fills_from_clock(kind.field):
        return None
    default = default_of(kind)
    if default is None:
        return Filling(written(kind, neutral(kind)), is_default=False)
    if default.text in MADE:
        return Filling(MADE[default.text], is_default=True)
    if kind.field.type.is_list:
        return Filling(Expression(literal(json.loads(kind.field.default or "[]"))), is_default=True)
    if not kind.field.type.is_scalar:
        return Filling(Expression(literal(kind.field.default)), is_default=True)
    return Filling(default, is_default=True)


def neutral(kind: Kind) -> Json:
    """Return the valid value of a field that says least, as JSON."""
    field = kind.field
    if field.type.is_list:
        return [] if not field.minimum or int(field.minimum) == 0 else kind.examples()[0]
    if field.type.name == "str" and field.pattern is None and not int(field.minimum or 0):
        return ""
    value = NEUTRAL.get(field.type.name)
    if value is None or (field.type.name in BOUNDED and not within_bounds(kind, value)):
        return kind.examples()[0]
    return value


def within_bounds(kind: Kind, value: Json) -> bool:
    """Tell whether a number is within the limits of its field."""
    low, high = kind.field.minimum, kind.field.maximum
    number = float(str(value))
    return (low is None or float(low) <= number) and (high is None or number <= float(high))


def written(kind: Kind, value: Json) -> Expression:
    """Write a JSON value as the column's type takes it."""
    name = kind.field.type.name
    if kind.field.type.is_list or name not in WRITTEN:
        return Expression(literal(value))
    return Expression(WRITTEN[name].format(literal(value)), frozenset({IMPORTS[name]}))
