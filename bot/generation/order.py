"""The order in which entities are built, parents first, and the foreign keys that close a circle."""

from __future__ import annotations

from bot.documents.entities.entity_specs import Cardinality, Entity, EntityField, EntitySpecs, OnDelete
from bot.documents.frozen import Frozen
from bot.documents.remembered import remembered
from bot.generation.errors import UnsupportedSpecsError

__all__ = ["EntityOrder", "Reference", "entity_order", "foreign_keys", "references_to", "with_relations"]


class Reference(Frozen):
    """A foreign key seen from the row that it names: who refers, by which field, and what a delete does."""

    entity: Entity
    field: EntityField

    @property
    def on_delete(self) -> OnDelete:
        """Return the delete rule; deleting a parent with children is refused unless the specs say otherwise."""
        return self.field.on_delete or OnDelete.RESTRICT


class EntityOrder(Frozen):
    """Entities with parents before children; ``deferred`` are the (entity, field) pairs that would close a circle."""

    entities: tuple[Entity, ...]
    deferred: frozenset[tuple[str, str]] = frozenset()

    def parents(self, entity: Entity) -> tuple[Entity, ...]:
        """Return the other entities that must exist before this one, in order, without repetition."""
        keys = [field for field in foreign_keys(entity) if (entity.name, field.name) not in self.deferred]
        names = {field.foreign_key for field in keys} - {entity.name}
        return tuple(candidate for candidate in self.entities if candidate.name in names)


def foreign_keys(entity: Entity) -> tuple[EntityField, ...]:
    """Return the fields of an entity that name a row of an entity."""
    return tuple(field for field in entity.fields if field.foreign_key)


def references_to(entity: Entity, specs: EntitySpecs) -> tuple[Reference, ...]:
    """Return the foreign keys of all entities that name rows of this one."""
    return tuple(references_by_parent(specs).get(entity.name, ()))


@remembered
def references_by_parent(specs: EntitySpecs) -> dict[str, list[Reference]]:
    """Return all foreign keys, by the name of the entity whose rows they name."""
    found: dict[str, list[Reference]] = {}
    for child in specs.entities:
        for field in foreign_keys(child):
            found.setdefault(field.foreign_key or "", []).append(Reference(entity=child, field=field))
    return found


def entity_order(specs: EntitySpecs) -> EntityOrder:
    """Sort entities by Kahn's algorithm, keeping their order where it is free.

    A circle is opened at an optional foreign key, which the migration then adds last.
    Raises UnsupportedSpecsError where every key of a circle is required: no first row could ever be stored.
    """
    waiting = list(specs.entities)
    done: list[Entity] = []
    deferred: set[tuple[str, str]] = set()
    while waiting:
        names = {entity.name for entity in waiting}
        ready = next((entity for entity in waiting if not open_keys(entity, names, deferred)), None)
        if ready is not None:
            waiting.remove(ready)
            done.append(ready)
            continue
        deferred.add(opening_key(waiting, names, deferred))
    return EntityOrder(entities=tuple(done), deferred=frozenset(deferred))


def open_keys(entity: Entity, waiting: set[str], deferred: set[tuple[str, str]]) -> tuple[EntityField, ...]:
    """Return the foreign keys of an entity to other entities that still wait."""
    return tuple(
        field
        for field in foreign_keys(entity)
        if field.foreign_key in waiting
        and field.foreign_key != entity.name
        and (entity.name, field.name) not in deferred
    )


def opening_key(waiting: list[Entity], names: set[str], deferred: set[tuple[str, str]]) -> tuple[str, str]:
    """Choose the optional foreign key at which a circle is opened."""
    for entity in waiting:
        for field in open_keys(entity, names, deferred):
            if field.optional and reaches(field.foreign_key or "", entity.name, waiting, names, deferred):
                return (entity.name, field.name)
    circle = ", ".join(sorted(names))
    raise UnsupportedSpecsError(
        f"{circle} refer to each other in a circle of required foreign keys, so no first row could be stored. "
        "Make one of these foreign keys optional."
    )


def reaches(start: str, goal: str, waiting: list[Entity], names: set[str], deferred: set[tuple[str, str]]) -> bool:
    """Tell whether foreign keys lead from one waiting entity to another."""
    by_name = {entity.name: entity for entity in waiting}
    seen: set[str] = set()
    frontier = [start]
    while frontier:
        name = frontier.pop()
        if name == goal:
            return True
        if name in seen:
            continue
        seen.add(name)
        frontier.extend(field.foreign_key or "" for field in open_keys(by_name[name], names, deferred))
    return False


def with_relations(item: EntityField, entity: Entity, specs: EntitySpecs) -> EntityField:
    """Return a field with what relations say: a foreign key has the bounds of a key, and a one-to-one one is unique."""
    if item.foreign_key is None:
        return item
    bounded = item.model_copy(update={"minimum": "1"}) if item.type.name == "int" and not item.minimum else item
    is_one_to_one = not item.unique and entity.name != item.foreign_key and carries_one_to_one(item, entity, specs)
    return bounded.model_copy(update={"unique": True}) if is_one_to_one else bounded


def carries_one_to_one(item: EntityField, entity: Entity, specs: EntitySpecs) -> bool:
    """Tell whether a foreign key is the only one between two entities that declare a one-to-one relation."""
    target = specs.entity(item.foreign_key or "")
    keys = [key for key in foreign_keys(entity) if key.foreign_key == item.foreign_key]
    said_here = {relation.target for relation in entity.relations if relation.cardinality is Cardinality.ONE_TO_ONE}
    there = target.relations if target else ()
    said_there = {relation.target for relation in there if relation.cardinality is Cardinality.ONE_TO_ONE}
    return len(keys) == 1 and (item.foreign_key in said_here or entity.name in said_there)
