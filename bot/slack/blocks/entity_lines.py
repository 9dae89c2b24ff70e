"""Lines about entities: what a review says of fields, their limits, and the values of enums."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.documents.entities.declared_rules import Transition
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, EnumSpec, FieldType, OnDelete
from bot.documents.entities.plain_types import spoken_type
from bot.documents.naming import capital
from bot.generation.account_specs import AUTH
from bot.slack.texts import clip

__all__ = ["field_list", "limits", "value_line"]

LONGEST_LIST = 600
"""Letters of one entity's fields."""
LEAST_IN_A_ROW = 3
"""So many values at least follow each other as a row of steps, or are all that there are."""
WITH_IT: dict[OnDelete | None, str] = {OnDelete.CASCADE: "deleted with it", OnDelete.SET_NULL: "emptied with it"}
"""What becomes of a row when the one that it names is deleted; that it holds the deletion up goes without saying."""
BROUGHT = {AUTH: "what signing in needs: e-mail, password and role"}
"""What the fields of a feature are for, in the place of their names."""
USUAL_AMOUNT = (12, 2)
"""The digits, and the places among them, of an amount about which nothing else was said."""


def value_line(enum: EnumSpec, specs: EntitySpecs) -> str:
    """Return the values of an enum in one line, with arrows where a rule leads from one to another.

    The steps that follow each other in the order of the values are one row; further ways stand behind it.
    """
    ways = ways_between(enum, specs)
    row = [*enum.values[:1], *(after for before, after in pairwise(enum.values) if (before, after) in ways)]
    row = row if len(row) >= min(LEAST_IN_A_ROW, len(enum.values)) and [*enum.values[: len(row)]] == row else []
    in_row = {*pairwise(row)}
    others = [way for way in ways if way not in in_row]
    told = {*row, *(value for way in others for value in way)}
    still = [value for value in enum.values if value not in told]
    parts = [*([" → ".join(row)] if row else []), *branches(others), *([", ".join(still)] if still else [])]
    line = "; ".join(parts).replace("_", " ")
    return clip(f"{capital(spoken_type(FieldType(name=enum.name)))}: {line}", LONGEST_LIST)


def branches(ways: Sequence[tuple[str, str]]) -> list[str]:
    """Return steps that stand in no row, those that begin at the same values together: ``asked → given or back``."""
    sources = {target: tuple(before for before, after in ways if after == target) for _, target in ways}
    alike = {begin: [target for target, known in sources.items() if known == begin] for begin in sources.values()}
    return [f"{' or '.join(begin)} → {' or '.join(targets)}" for begin, targets in alike.items()]


def ways_between(enum: EnumSpec, specs: EntitySpecs) -> list[tuple[str, str]]:
    """Return the steps from one value of an enum to another that rules leave, each once."""
    rules = [
        rule
        for entity in specs.entities
        for rule in entity.rules
        if isinstance(rule, Transition)
        and any(field.name == rule.field and field.type.name == enum.name for field in entity.fields)
    ]
    return list(dict.fromkeys(pair for rule in rules for pair in rule.pairs()))


def field_list(entity: Entity) -> str:
    """Return an entity's fields in one line, without those that all have; what a feature brings is summed up."""
    shown = [field for field in entity.fields if not (field.primary_key or field.is_timestamp)]
    brought = dict.fromkeys(field.feature for field in shown if field.feature)
    parts = [field_told(field) for field in shown if not field.feature]
    parts += [BROUGHT.get(feature, f"what {feature} needs") for feature in brought]
    return clip(" · ".join(parts), LONGEST_LIST)


def field_told(field: EntityField) -> str:
    """Return a field in plain words, such as ``pages (number, at least 1)`` or ``kiln → Kiln (optional)``."""
    name = f"{field.name.removesuffix('_id')} → {field.foreign_key}" if field.foreign_key else field.name
    marks = [
        *([] if field.foreign_key else [kind_of(field)]),
        *filter(None, (limits(field), "no two the same" if field.unique else "", "optional" if field.optional else "")),
        *([f"{spoken_value(field)} at first"] if field.default is not None else []),
        *([WITH_IT[field.on_delete]] if field.on_delete in WITH_IT else []),
    ]
    return f"{name} ({', '.join(marks)})" if marks else name


def kind_of(field: EntityField) -> str:
    """Return what a field holds, such as ``text`` or ``amount of 8 digits with 3 decimals``."""
    digits = [f"{field.digits} digits"] if field.digits is not None else []
    places = [f"{field.places} decimals"] if field.places is not None else []
    is_usual = not (digits or places) or (field.digits, field.places) == USUAL_AMOUNT
    return spoken_type(field.type) + ("" if is_usual else f" of {' with '.join([*digits, *places])}")


def spoken_value(field: EntityField) -> str:
    """Return the value that a field has where none is given: yes or no for a yes/no."""
    return {"true": "yes", "false": "no"}.get(str(field.default).lower(), str(field.default))


def limits(field: EntityField) -> str:
    """Return what a value may be at least and at most, such as ``at least 1`` or ``3–20 letters``.

    That a text says something goes without saying.
    """
    low, high, unit = field.minimum, field.maximum, {"str": " letters"}.get(field.type.name, "")
    if unit and low in {"0", "1"}:
        low = None
    if low and high:
        return f"{low}–{high}{unit}"
    return f"at least {low}{unit}" if low else f"at most {high}{unit}" if high else ""
