"""Rules over the structure of entity_specs, an entity at a time: keys, types, enums and their users, timestamps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.checks.registry import Problem, RuleSet, quote
from bot.documents.entities.entity_specs import SCALAR_TYPES, Entity, EntityField, EntitySpecs, EnumSpec
from bot.documents.entities.subjects import class_subjects, subjects_of
from bot.documents.findings import Severity
from bot.documents.naming import snake_case
from bot.documents.remembered import remembered

__all__ = ["ENTITY_RULES", "HOLDS_SOMETHING", "FieldAt", "each_field"]

ENTITY_RULES: RuleSet[EntitySpecs] = RuleSet("entity_specs.txt")
rule = ENTITY_RULES.rule

HOLDS_SOMETHING = "PT220"
"""The rule that is left out where nothing has a name."""


class FieldAt(NamedTuple):
    """A field, the entity that has it, what messages call it, and its subject: of two ``price``, the very one."""

    entity: Entity
    field: EntityField
    name: str
    subject: str


@remembered
def each_field(specs: EntitySpecs) -> tuple[FieldAt, ...]:
    """Return every field with its entity and its subject."""
    return tuple(
        FieldAt(subjects.entity, field, f"{subjects.entity.name}.{field.name}", subject)
        for subjects in subjects_of(specs)
        for field, subject in zip(subjects.entity.fields, subjects.fields, strict=True)
    )


def each_enum(specs: EntitySpecs) -> Iterator[tuple[EnumSpec, str]]:
    """Yield every enum with its subject."""
    return zip(specs.enums, class_subjects(specs)[len(specs.entities) :], strict=True)


@rule(
    HOLDS_SOMETHING,
    "There is at least one entity, and each has a field that a client gives",
    Severity.ERROR,
    "An entity of which nobody can say anything can't be created.",
)
def holds_something(specs: EntitySpecs) -> Iterator[Problem]:
    """Find empty documents and entities."""
    if not specs.entities:
        yield Problem("", "There is no entity.", "Describe at least one thing that the service keeps.")
    for entity, subject, *_ in subjects_of(specs):
        if not any(field.is_given for field in entity.fields):
            message = f"{entity.name} has no field that a client gives."
            yield Problem(subject, message, "Add at least one, such as “- name: str”.")


@rule(
    "PT221",
    "Each entity has exactly one primary key: an int or a UUID that refers to nothing",
    Severity.ERROR,
    "Paths such as /books/{id} and foreign keys name a row by one value.",
)
def has_primary_key(specs: EntitySpecs) -> Iterator[Problem]:
    """Find missing, several and unfit primary keys."""
    step = "Write “- id: int (primary key, auto-generated)” or “- id: UUID (primary key, auto-generated)”."
    for entity, at, fields, _ in subjects_of(specs):
        keys = [pair for pair in zip(entity.fields, fields, strict=True) if pair[0].primary_key]
        if len(keys) != 1:
            has = f"{len(keys)} primary keys" if keys else "no primary key"
            yield Problem(at, f"{entity.name} has {has}.", step)
            continue
        key, subject = keys[0]
        name = f"{entity.name}.{key.name}"
        if key.type.name not in {"int", "UUID"} or key.type.is_list:
            yield Problem(subject, f"The primary key {name} is neither int nor UUID.", step)
        elif key.optional or key.foreign_key:
            wrong = "may be left out" if key.optional else f"refers to {quote(key.foreign_key or '')}"
            yield Problem(subject, f"The primary key {name} {wrong}.", step)


@rule(
    "PT222",
    "Every type is one of the grammar or an enum of the document",
    Severity.ERROR,
    "An unknown type has no column and no validation.",
)
def has_known_types(specs: EntitySpecs) -> Iterator[Problem]:
    """Find fields of unknown types."""
    enums = {enum.name for enum in specs.enums}
    for _, field, name, subject in each_field(specs):
        if not field.type.is_scalar and field.type.name not in enums:
            message = f"{name} has the unknown type {quote(field.type.name)}."
            step = f"Use {', '.join(SCALAR_TYPES)}, or declare an ENUM of that name."
            yield Problem(subject, message, step)


@rule(
    "PT223",
    "Every enum has values that differ, none of them empty or longer than 100 letters",
    Severity.ERROR,
    "An enum without values allows nothing; values are kept as text of limited length.",
)
def has_enum_values(specs: EntitySpecs) -> Iterator[Problem]:
    """Find enums without values, and values that are unfit or too alike."""
    for enum, subject in each_enum(specs):
        if not enum.values:
            yield Problem(subject, f"The enum {enum.name} has no values.", "Write “VALUES: A, B”.")
        seen: set[str] = set()
        for value in enum.values:
            if not value.strip() or len(value) > 100 or not value.isprintable():
                message = f"{quote(value)} can't be a value of {enum.name}."
                yield Problem(subject, message, "Use a short word, such as AVAILABLE.")
            member = snake_case(value)
            if member and member in seen:
                message = f"{quote(value)} is too like another value of {enum.name}."
                yield Problem(subject, message, "Keep one of them, or give it another word.")
            seen.add(member)


@rule(
    "PT224",
    "Every enum is the type of a field",
    Severity.WARNING,
    "An enum that nobody uses is usually a field that was forgotten.",
)
def uses_enums(specs: EntitySpecs) -> Iterator[Problem]:
    """Find enums without a field."""
    used = {field.type.name for _, field, *_ in each_field(specs)}
    for enum, subject in each_enum(specs):
        if enum.name not in used:
            message = f"No field has the type {enum.name}."
            yield Problem(subject, message, f"Write “- status: {enum.name} (enum)” where it belongs, or take it out.")


@rule(
    "PT232",
    "Every entity has created_at and updated_at",
    Severity.WARNING,
    "People ask sooner or later when a row came and when it changed, and it can't be told afterwards.",
)
def has_timestamps(specs: EntitySpecs) -> Iterator[Problem]:
    """Find entities without both timestamps; a trail that the service writes has a time of its own."""
    for entity, subject, *_ in subjects_of(specs):
        there = {field.name for field in entity.fields if field.is_timestamp}
        missing = [name for name in ("created_at", "updated_at") if name not in there]
        if missing and entity.is_writable:
            message = f"{entity.name} has no {' and no '.join(missing)}."
            yield Problem(subject, message, f"Add {' and '.join(f'“- {name}: datetime”' for name in missing)}.")
