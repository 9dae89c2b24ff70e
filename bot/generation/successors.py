"""Entities that went while another came that looks the same: people may have renamed it, and only they can say so."""

from __future__ import annotations

from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.generation.matching import Side, TableMatches

__all__ = ["mark_of", "successors"]

ALIKE = 0.6
"""How much of what two entities have between them both must have."""


def successors(old: Side, new: Side, matches: TableMatches) -> dict[str, str]:
    """Map entities that go to the new ones that have nearly the same fields; each to one, and each of these once."""
    came = [table.entity for table in matches.created if table.entity]
    gone = [table.entity for table in matches.removed if table.entity]
    pairs = [(likeness(old.specs, former, new.specs, name), former, name) for former in gone for name in came]
    found: dict[str, str] = {}
    for measure, former, name in sorted(pairs, key=lambda pair: -pair[0]):
        if measure >= ALIKE and former not in found and name not in found.values():
            found[former] = name
    return found


def mark_of(former: str, name: str) -> str:
    """Return how specs say that an entity was called otherwise."""
    return f"`ENTITY: {name} (renamed from {former})`"


def likeness(old: EntitySpecs, former: str, new: EntitySpecs, name: str) -> float:
    """Return which part of the fields of two entities both have; what every entity has counts for nothing."""
    before, after = own_fields(old.entity(former)), own_fields(new.entity(name))
    return len(before & after) / len(before | after) if before and after else 0


def own_fields(entity: Entity | None) -> set[tuple[str, str]]:
    """Return names and types of the fields that tell an entity from others."""
    return {
        (said_of(field, entity), field.type.name)
        for field in (entity.fields if entity and entity.is_writable else ())
        if not (field.primary_key or field.is_timestamp or field.is_kept_by_service)
    }


def said_of(field: EntityField, entity: Entity | None) -> str:
    """Return what tells a field from others: a key to rows of the entity itself is called after that."""
    return "itself" if entity and field.foreign_key == entity.name else field.name
