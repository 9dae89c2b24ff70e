"""Lines about entities: what a review says of fields, their limits, and the values of enums."""

from __future__ import annotations

from itertools import pairwise

from bot.documents.entities.declared_rules import Transition
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, EnumSpec
from bot.slack.texts import clip

__all__ = ["field_list", "limits", "value_line"]

LONGEST_LIST = 600
"""Letters of one entity's fields."""


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
        kind = f"→ {field.foreign_key}" if field.foreign_key else field.type.name + ("[]" if field.type.is_list else "")
        marks = "".join([" unique" if field.unique else "", "?" if field.optional else ""])
        parts.append(f"{field.name} {kind}{limits(field)}{marks}")
    return clip(" · ".join(parts), LONGEST_LIST)


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
