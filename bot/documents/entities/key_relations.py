"""Relations that follow from foreign keys: the way along a key, and the way back."""

from __future__ import annotations

from bot.documents.entities.entity_specs import (
    WITH_OWN_KEY,
    Cardinality,
    Entity,
    EntityField,
    EntitySpecs,
    Relation,
)
from bot.documents.naming import plural, snake_case

__all__ = ["follows_from_key", "with_relations_of_keys"]

BACK = frozenset({Cardinality.ONE_TO_MANY, Cardinality.ONE_TO_ONE})
Keys = dict[str, EntityField]


def follows_from_key(entity: Entity, way: Relation, specs: EntitySpecs) -> bool:
    """Tell whether a relation goes along a foreign key of its entity, or back along one of its target."""
    return carried_by_own(entity, way) or carried_by_theirs(entity, way, specs)


def carried_by_own(entity: Entity, way: Relation) -> bool:
    """Tell whether a relation goes along a key of its own entity."""
    return way.cardinality in WITH_OWN_KEY and any(field.foreign_key == way.target for field in entity.fields)


def carried_by_theirs(entity: Entity, way: Relation, specs: EntitySpecs) -> bool:
    """Tell whether a relation goes back along a key of its target."""
    target = specs.entity(way.target)
    return way.cardinality in BACK and target is not None and bool(keys_to(target, entity.name))


def keys_to(entity: Entity, target: str) -> Keys:
    """Return an entity's foreign keys to another, by their names."""
    return {field.name: field for field in entity.fields if field.foreign_key == target}


def with_relations_of_keys(before: EntitySpecs, after: EntitySpecs) -> EntitySpecs:
    """Return specs in which keys that went took their relations with them, and keys that came brought theirs.

    ``before`` has every entity under the name that it has after.
    """
    if before == after:
        return after
    known = {entity.name: entity for entity in before.entities}
    relations = {entity.name: [*entity.relations] for entity in after.entities}
    for entity in after.entities:
        old = known.get(entity.name)
        fields = (*entity.fields, *(old.fields if old else ()))
        for target in dict.fromkeys(field.foreign_key for field in fields if field.foreign_key):
            settle_between(entity, target, keys_to(old, target) if old else {}, relations)
    for name in set(known) - set(relations):
        for target, ways in relations.items():
            was_linked = keys_to(known[name], target)
            ways[:] = [way for way in ways if not (was_linked and way.target == name and way.cardinality in BACK)]
    return after.model_copy(
        update={
            "entities": tuple(
                entity.model_copy(update={"relations": tuple(relations[entity.name])}) for entity in after.entities
            )
        }
    )


def settle_between(entity: Entity, target: str, old: Keys, relations: dict[str, list[Relation]]) -> None:
    """Settle the relations both ways between an entity that holds keys and the entity that these name."""
    keys = keys_to(entity, target)
    own, back = relations[entity.name], relations.get(target)
    left = len(old.keys() & keys.keys())
    for name in old.keys() - keys.keys():
        take_out(own, name, target, WITH_OWN_KEY, left)
        take_out(back or [], name, entity.name, BACK, left)
    if back is None:
        return
    for name, key in keys.items():
        if name not in old:
            bring(entity, key, own, back, several=len(keys) > 1)
        elif old[name].unique != key.unique:
            change(own, name, target, key, several=len(keys) > 1)
            change(back, name, entity.name, key, several=len(keys) > 1)


def stem_of(key: str) -> str:
    """Return what a key is called as a relation."""
    return key.removesuffix("_id")


def ways_of(ways: list[Relation], key: str, target: str, kinds: frozenset[Cardinality]) -> list[Relation]:
    """Return the relations to an entity that may go along a key, those that are called after it first."""
    stem = stem_of(key)
    found = [way for way in ways if way.target == target and way.cardinality in kinds]
    return sorted(found, key=lambda way: not (way.name == stem or way.name.startswith(f"{stem}_")))


def take_out(ways: list[Relation], key: str, target: str, kinds: frozenset[Cardinality], left: int) -> None:
    """Take out the relation of a key that went; others stay as long as there are keys ``left`` for them."""
    found = ways_of(ways, key, target, kinds)
    if len(found) > left:
        ways.remove(found[0])


def bring(entity: Entity, key: EntityField, own: list[Relation], back: list[Relation], *, several: bool) -> None:
    """Add the relation along a new key, and the one back."""
    target, stem = key.foreign_key or "", stem_of(key.name)
    one, many = cardinalities(key)
    if stem != key.name and not has_name(own, entity, stem):
        own.append(Relation(name=stem, target=target, cardinality=one))
    name = snake_case(entity.name) if key.unique else plural(snake_case(entity.name))
    if several or target == entity.name:
        name = f"{stem}_{name}"
    if all(way.name != name for way in back):
        back.append(Relation(name=name, target=entity.name, cardinality=many))


def has_name(ways: list[Relation], entity: Entity, name: str) -> bool:
    """Tell whether a field or a relation of an entity has a name."""
    return entity.field(name) is not None or any(way.name == name for way in ways)


def change(ways: list[Relation], key: str, target: str, now: EntityField, *, several: bool) -> None:
    """Give the relation of a key that is unique now, or no longer is, its other cardinality."""
    found = ways_of(ways, key, target, WITH_OWN_KEY | BACK)
    stem = stem_of(key)
    if not found or (several and found[0].name != stem and not found[0].name.startswith(f"{stem}_")):
        return
    one, many = cardinalities(now)
    is_own = found[0].name == stem
    ways[ways.index(found[0])] = found[0].model_copy(update={"cardinality": one if is_own else many})


def cardinalities(key: EntityField) -> tuple[Cardinality, Cardinality]:
    """Return what a relation along a key is, and the one back."""
    if key.unique:
        return Cardinality.ONE_TO_ONE, Cardinality.ONE_TO_ONE
    return Cardinality.MANY_TO_ONE, Cardinality.ONE_TO_MANY
