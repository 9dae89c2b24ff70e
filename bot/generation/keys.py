"""Primary keys: those of entities, how one looks in JSON, and one that no row has."""

from __future__ import annotations

from bot.documents.entities.entity_specs import Entity, EntityField
from bot.generation.names import attribute_name
from bot.generation.values import Expression, PythonLiteral

__all__ = ["key_as_json", "key_of", "missing_key", "missing_value"]


def key_of(entity: Entity) -> EntityField:
    """Return the primary key of an entity. Raises ValueError where it has none."""
    if entity.primary_key is None:
        raise ValueError(f"{entity.name} has no primary key")
    return entity.primary_key


def key_as_json(key: EntityField, row: str) -> Expression:
    """Write how the key of a row looks in JSON."""
    text = f"{row}.{attribute_name(key)}"
    return Expression(f"str({text})" if key.type.name == "UUID" else text)


def missing_value(key: EntityField) -> str | int:
    """Return a key that no row of a test has, as JSON."""
    return "ffffffff-ffff-4fff-8fff-ffffffffffff" if key.type.name == "UUID" else 2**31 - 1


def missing_key(key: EntityField) -> PythonLiteral:
    """Write a key that no row of a test has."""
    return PythonLiteral.of(missing_value(key))
