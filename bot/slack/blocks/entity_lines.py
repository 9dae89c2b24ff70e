"""Lines about entities: what a review says of fields, their limits, and the values of enums."""

from __future__ import annotations

from itertools import pairwise

from bot.documents.entities.declared_rules import Transition
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, EnumSpec, OnDelete
from bot.slack.texts import clip

__all__ = ["field_list", "limits", "value_line"]

LONGEST_LIST = 600
"""Letters of one entity's fields."""
WITH_IT: dict[OnDelete | None, str] = {OnDelete.CASCADE: ", deleted with it", OnDelete.SET_NULL: ", emptied with it"}
"""What becomes of a row when the one that it names is deleted; that it holds the deletion up goes without saying."""
USUAL_AMOUNT = (12, 2)
"""The digits, and the places among them, of an amount about which nothing else was said."""


def value_line(enum: EnumSpec, specs: EntitySpecs) -> str:
    """Return the values of an enum in one line, with arrows only where a rule leads from each to the next one."""
    ways = {
        pair
        for entity in specs.entities
        for rule in entity.rules
        if isinstance(rule, Transition)
        and any(field.name == rule.field and field.type.name == enum.name for field in entity.fields)
        for pair in rule.pairs()
    }
    joint = " → " if ways and ways == {*pairwise(enum.values)} else ", "
    return f"{enum.name}: {joint.join(enum.values)}"


def field_list(entity: Entity) -> str:
    """Return an entity's fields in one line, without those that every entity has."""
    parts = []
    for field in entity.fields:
        if field.primary_key or field.is_timestamp:
            continue
        marks = "".join([" unique" if field.unique else "", "?" if field.optional else ""])
        parts.append(
            f"{field.name} {kind_of(field)}{limits(field)}{marks}{first_value(field)}{WITH_IT.get(field.on_delete, '')}"
        )
    return clip(" · ".join(parts), LONGEST_LIST)


def kind_of(field: EntityField) -> str:
    """Return what a field holds, such as ``→ Author``, ``Decimal(8,3)`` or ``str[]``."""
    if field.foreign_key:
        return f"→ {field.foreign_key}"
    digits = [str(number) for number in (field.digits, field.places) if number is not None]
    size = f"({','.join(digits)})" if digits and (field.digits, field.places) != USUAL_AMOUNT else ""
    return f"{field.type.name}{size}{'[]' if field.type.is_list else ''}"


def first_value(field: EntityField) -> str:
    """Return the value that a field has where none is given, such as `` = new``."""
    return f" = {field.default}" if field.default is not None else ""


def limits(field: EntityField) -> str:
    """Return what a value may be at least and at most, such as `` ≥ 1`` or `` 3–20 letters``.

    That a text says something goes without saying.
    """
    low, high, unit = field.minimum, field.maximum, {"str": " letters"}.get(field.type.name, "")
    if unit and low in {"0", "1"}:
        low = None
    if low and high:
        return f" {low}–{high}{unit}"
    return f" ≥ {low}{unit}" if low else f" ≤ {high}{unit}" if high else ""
