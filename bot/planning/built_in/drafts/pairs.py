"""Many-to-many links between two entities: relations on both sides, under names that nothing else has."""

from __future__ import annotations

from bot.documents.entities.entity_specs import Cardinality, Entity, Relation
from bot.documents.naming import plural, snake_case
from bot.planning.built_in.drafts.draft import Draft

__all__ = ["with_pairs"]


def with_pairs(entities: tuple[Entity, ...], draft: Draft) -> tuple[Entity, ...]:
    """Return the entities with the relations of the draft's pairs.

    Both ends name the link, except that of several links between the same two only the first does: it could not be
    told otherwise which ends belong together. A link of an entity with itself has one end.
    """
    by_name = {entity.name: entity for entity in entities}
    seen: set[frozenset[str]] = set()
    for pair in draft.pairs:
        ends = frozenset({pair.one, pair.other})
        if not ends <= by_name.keys():
            continue
        by_name[pair.one] = with_way(by_name[pair.one], pair.other, pair.name)
        if len(ends) == 2 and ends not in seen and not named_again(draft, ends):
            by_name[pair.other] = with_way(by_name[pair.other], pair.one, "")
        seen.add(ends)
    return tuple(by_name[entity.name] for entity in entities)


def named_again(draft: Draft, ends: frozenset[str]) -> bool:
    """Tell whether two entities are linked many to many more than once."""
    return sum(frozenset({pair.one, pair.other}) == ends for pair in draft.pairs) > 1


def with_way(entity: Entity, target: str, name: str) -> Entity:
    """Return an entity with one more many-to-many relation, called by a name or after its target."""
    usual = plural(snake_case(target))
    taken = {way.name for way in entity.relations} | {field.name for field in entity.fields}
    free = next(
        one for one in (name, usual, f"linked_{usual}", f"also_{usual}", f"more_{usual}") if one and one not in taken
    )
    way = Relation(name=free, target=target, cardinality=Cardinality.MANY_TO_MANY)
    return entity.model_copy(update={"relations": (*entity.relations, way)})
