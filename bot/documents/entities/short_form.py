"""The short form of an entity: what people decide of it, a line each, as they edit it by hand.

``bot.documents.entities.short_form_reader`` reads it. Keys, timestamps, tables, paths, what a feature brought and the
relations that follow from keys are not in it; the grammar is in ``docs/formats.md``.
"""

from __future__ import annotations

from bot.documents.entities.cardinalities import folded
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, FieldType
from bot.documents.entities.entity_specs_writer import modifier_texts, quoted_enum_value
from bot.documents.entities.field_types import written_type
from bot.documents.entities.key_relations import follows_from_key
from bot.documents.entities.plain_types import plain_type
from bot.documents.entities.rule_lines import write_rule

__all__ = ["field_lines", "is_shown", "link_name", "plain_line", "relation_lines", "write_short_form"]

KEY_END = "_id"
USUAL_AMOUNT, USUAL_DIGITS = "amount", "digits 12 places 2"
"""An amount, and what it has where nothing is said of its digits: that goes without saying."""


def write_short_form(specs: EntitySpecs) -> tuple[str, ...]:
    """Return one text for each entity, in their order; `short_form_reader` gives the same specs for them."""
    return tuple(entity_text(entity, specs) for entity in specs.entities)


def entity_text(entity: Entity, specs: EntitySpecs) -> str:
    """Return the lines of one entity: its fields, then its other relations and its rules, each under a heading."""
    lines = [line for _, line in field_lines(entity, specs) if line]
    others = [line for _, line in relation_lines(entity, specs) if line]
    rules = [write_rule(rule) for rule in entity.rules]
    lines += ["RELATIONS:", *others] if others else []
    lines += ["RULES:", *rules] if rules else []
    return "\n".join(lines)


def field_lines(entity: Entity, specs: EntitySpecs) -> list[tuple[EntityField, str]]:
    """Return each field with its line; an empty one where people don't decide about the field."""
    return [(field, short_line(field, specs) if is_shown(field) else "") for field in entity.fields]


def relation_lines(entity: Entity, specs: EntitySpecs) -> list[tuple[str, str]]:
    """Return each relation's name with its line; an empty one where the relation follows from a key."""
    return [
        (way.name, "" if follows_from_key(entity, way, specs) else f"{way.name}: {way.target} ({way.cardinality})")
        for way in entity.relations
    ]


def is_shown(field: EntityField) -> bool:
    """Tell whether people decide about a field: it is no key, no timestamp, and no feature brought it."""
    return not (field.primary_key or field.is_timestamp or field.feature)


def short_line(field: EntityField, specs: EntitySpecs) -> str:
    """Return the line of a field: a link names its entity, what takes some values names these."""
    if link := link_name(field, specs):
        return f"{link}: {field.foreign_key}{in_brackets(link_modifiers(field))}"
    enum = specs.enum_of(field)
    if enum is not None and enum.values and not field.type.is_list and not field.foreign_key:
        values = ", ".join(map(quoted_enum_value, enum.values))
        if len(enum.values) > 1 and all(value.isidentifier() for value in enum.values):
            return f"{field.name}: {values}{in_brackets(modifiers(field))}"
    return plain_line(field, specs)


def plain_line(field: EntityField, specs: EntitySpecs) -> str:
    """Return the line of a field as the grammar has it, with its type in plain words and ``optional`` in brackets."""
    said = modifiers(field)
    is_enum = ["enum"] if specs.enum(field.type.name) else []
    kind = spelled_type(field, specs)
    if kind == USUAL_AMOUNT:
        said = [mark for mark in said if mark != USUAL_DIGITS]
    return f"{field.name}: {kind}{in_brackets([*said[: field.optional], *is_enum, *said[field.optional :]])}"


def spelled_type(field: EntityField, specs: EntitySpecs) -> str:
    """Return a field's type in plain words, but in the grammar's where something else is called so."""
    plain = plain_type(field.type)
    is_told = plain != USUAL_AMOUNT or field.digits is not None  # whoever writes an amount gives it digits
    names = {folded(name) for name in (*(one.name for one in specs.entities), *(one.name for one in specs.enums))}
    is_free = folded(plain) not in names
    return plain if plain and is_told and is_free else written_type(field.type, optional=False)


def link_name(field: EntityField, specs: EntitySpecs) -> str:
    """Return what a foreign key is called as a link to its entity; empty where it is more than that."""
    name = field.name.removesuffix(KEY_END)
    target = specs.entity(field.foreign_key or "")
    if target is None or name in {"", field.name} or not is_shown(field):
        return ""
    key = target.primary_key
    kind = key.type if key else FieldType(name="int")
    hidden = {"index": False, "optional": False, "unique": False, "on_delete": None, "renamed_from": None}
    plain = EntityField(name=field.name, type=kind, foreign_key=field.foreign_key)
    return name if field.model_copy(update=hidden) == plain else ""


def link_modifiers(field: EntityField) -> list[str]:
    """Return what is said of a link; its index is left as it is."""
    said = field.model_copy(update={"index": False, "foreign_key": None})
    return modifiers(said)


def modifiers(field: EntityField) -> list[str]:
    """Return what is said of a field beside its type."""
    return [*(["optional"] if field.optional else []), *(text for text in modifier_texts(field, False) if text)]


def in_brackets(texts: list[str]) -> str:
    """Return modifiers in their brackets; nothing where there are none."""
    return f" ({', '.join(texts)})" if texts else ""
