"""A CHECK of one column as limits, a pattern or values: ``price >= 0``, ``BETWEEN``, ``IN``, ``length(…)``, ``~``."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from sqlglot import exp

from bot.documents.entities.entity_specs import EntityField
from bot.planning.pasted.model import is_enum_value

__all__ = ["Limit", "column_of", "read_check"]

MIRRORED: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.GT: exp.LT, exp.GTE: exp.LTE, exp.LT: exp.GT, exp.LTE: exp.GTE, exp.EQ: exp.EQ,
}  # fmt: skip


@dataclass
class Limit:
    """What a check allows: modifiers of the grammar, or the values of an enum."""

    modifiers: dict[str, object] = field(default_factory=dict)
    values: tuple[str, ...] = ()


def column_of(check: exp.Expr) -> str:
    """Return the only column that a check speaks of, or nothing where it speaks of several or none."""
    names = {column.name for column in check.find_all(exp.Column)}
    return names.pop() if len(names) == 1 else ""


def read_check(check: exp.Expr | None, one: EntityField) -> Limit | None:
    """Return what a check of a field's values allows, or None where no modifier says it."""
    match check:
        case exp.Paren():
            return read_check(check.this, one)
        case exp.And():
            return both(read_check(check.left, one), read_check(check.right, one))
        case exp.Between():
            low, high = number_of(check.args["low"]), number_of(check.args["high"])
            return limits(one, low, high, is_length=is_length(check.this)) if speaks_of(check.this) else None
        case exp.In():
            return values_of(check)
        case exp.RegexpLike() if isinstance(check.expression, exp.Literal) and isinstance(check.this, exp.Column):
            return Limit({"pattern": check.expression.name}) if one.type.name == "str" else None
        case exp.GT() | exp.GTE() | exp.LT() | exp.LTE() | exp.EQ():
            return compared(check, one)
        case _:
            return None


def both(left: Limit | None, right: Limit | None) -> Limit | None:
    """Join the limits of two checks; values of an enum stand alone."""
    if left is None or right is None or left.values or right.values:
        return None
    return Limit({**left.modifiers, **right.modifiers})


def speaks_of(side: exp.Expr) -> bool:
    """Tell whether a side of a comparison is the column, or its length."""
    return isinstance(side, exp.Column) or (is_length(side) and isinstance(side.this, exp.Column))


def is_length(side: exp.Expr) -> bool:
    """Tell whether a side is the length of something."""
    return isinstance(side, exp.Length)


def number_of(side: exp.Expr) -> Decimal | None:
    """Return a literal number, or None."""
    if isinstance(side, exp.Neg):
        inner = number_of(side.this)
        return None if inner is None else -inner
    is_number = isinstance(side, exp.Literal) and not side.is_string
    return Decimal(side.name) if is_number else None


def compared(check: exp.Expr, one: EntityField) -> Limit | None:
    """Read ``price >= 0`` or ``0 <= price``; a strict limit becomes the next value, where there is one."""
    left, right = check.this, check.expression
    kind: type[exp.Expr] = type(check)
    if not speaks_of(left):
        left, right, kind = right, left, MIRRORED[kind]
    bound = number_of(right) if speaks_of(left) else None
    if bound is None:
        return None
    length = is_length(left)
    if kind is exp.EQ:
        return limits(one, bound, bound, is_length=True) if length else None
    if kind in {exp.GT, exp.LT}:
        step = step_of(one, is_length=length)
        if step is None:
            return None
        bound = bound + step if kind is exp.GT else bound - step
    is_low = kind in {exp.GT, exp.GTE}
    return limits(one, bound if is_low else None, None if is_low else bound, is_length=length)


def step_of(one: EntityField, *, is_length: bool) -> Decimal | None:
    """Return the difference between a value and the next one; between fractions there is none."""
    if is_length or one.type.name == "int":
        return Decimal(1)
    return Decimal(1).scaleb(-(one.places or 0)) if one.type.name == "Decimal" else None


def limits(one: EntityField, low: Decimal | None, high: Decimal | None, *, is_length: bool) -> Limit | None:
    """Return limits as the grammar has them: of the length of a text, of the value of a number."""
    if (one.type.name == "str") != is_length or one.type.name not in {"str", "int", "float", "Decimal"}:
        return None
    found = {"minimum": low, "maximum": high}
    return Limit({name: f"{value.normalize():f}" for name, value in found.items() if value is not None})


def values_of(check: exp.In) -> Limit | None:
    """Return the values of ``status IN ('open', 'done')``."""
    values = tuple(one.name for one in check.expressions if isinstance(one, exp.Literal) and one.is_string)
    is_whole = len(values) == len(check.expressions) and bool(values) and isinstance(check.this, exp.Column)
    return Limit(values=values) if is_whole and all(map(is_enum_value, values)) else None
