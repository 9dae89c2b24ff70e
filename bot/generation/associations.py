"""Many-to-many relations: which of them are two ends of one association, and the table that holds its pairs."""

from __future__ import annotations

from bot.documents.entities.entity_specs import Cardinality, Entity, EntitySpecs, Relation
from bot.documents.frozen import Frozen
from bot.documents.naming import regular_singular, snake_case
from bot.documents.remembered import remembered
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.names import entity_names

__all__ = ["Association", "AssociationEnd", "associations", "ends_of", "keys_name"]


class Association(Frozen):
    """A many-to-many relation and its table; ``back`` is what the target calls it, if it names it at all."""

    owner: Entity
    target: Entity
    relation: Relation
    back: Relation | None = None

    @property
    def table(self) -> str:
        """Return the table of the pairs: ``books_tags`` for the relation ``tags`` of books."""
        return f"{self.owner.table}_{self.relation.name}"

    @property
    def owner_column(self) -> str:
        """Return the column that names the row which has the relation."""
        return f"{snake_case(self.owner.name)}_id"

    @property
    def target_column(self) -> str:
        """Return the column that names the row which the relation leads to."""
        if self.owner.name != self.target.name:
            return f"{snake_case(self.target.name)}_id"
        column = f"{regular_singular(self.relation.name)}_id"
        return column if column != self.owner_column else f"other_{column}"


class AssociationEnd(Frozen):
    """One end of an association: by which relation an entity shows it, and whether that end declares the table."""

    association: Association
    relation: Relation
    target: Entity
    is_owner: bool

    @property
    def back(self) -> Relation | None:
        """Return what the other end calls the relation, if it names it."""
        return self.association.back if self.is_owner else self.association.relation


@remembered
def associations(specs: EntitySpecs) -> tuple[Association, ...]:
    """Pair the many-to-many relations of specs; where each side names one, the first is the owner.

    Raises UnsupportedSpecsError where two entities name several, so that nobody can tell which belong together.
    """
    found: list[Association] = []
    for entity in specs.entities:
        for relation in many_to_many(entity):
            target = specs.entity(relation.target)
            if target is None:
                continue
            back = opposite(entity, relation, target)
            is_seen = any(each.owner.name == target.name and each.back == relation for each in found)
            if back is None or not is_seen:
                found.append(Association(owner=entity, target=target, relation=relation, back=back))
    return tuple(found)


def opposite(entity: Entity, relation: Relation, target: Entity) -> Relation | None:
    """Return the relation of the target that is the other end, or None. Raises UnsupportedSpecsError."""
    if entity.name == target.name:
        return None
    there = [other for other in many_to_many(target) if other.target == entity.name]
    here = [other for other in many_to_many(entity) if other.target == target.name]
    if not there:
        return None
    if len(there) == len(here) == 1:
        return there[0]
    raise UnsupportedSpecsError(
        f"{entity.name} and {target.name} name several many-to-many relations to each other, so it can't be told which "
        f"belong together ({entity.name}.{relation.name} is one of them); keep them at one of the two entities."
    )


def many_to_many(entity: Entity) -> tuple[Relation, ...]:
    """Return the many-to-many relations of an entity."""
    return tuple(relation for relation in entity.relations if relation.cardinality is Cardinality.MANY_TO_MANY)


def ends_of(entity: Entity, found: tuple[Association, ...]) -> tuple[AssociationEnd, ...]:
    """Return the ends of associations that an entity shows, in the order of its relations."""
    both = [end for each in found for end in (owner_end(each), target_end(each)) if end is not None]
    ends = {end.relation.name: end for end in both if shown_by(end) == entity.name}
    return tuple(ends[relation.name] for relation in many_to_many(entity) if relation.name in ends)


def owner_end(association: Association) -> AssociationEnd:
    """Return the end that declares the table."""
    return AssociationEnd(
        association=association, relation=association.relation, target=association.target, is_owner=True
    )


def target_end(association: Association) -> AssociationEnd | None:
    """Return the end at the target, where the target names the relation."""
    if association.back is None:
        return None
    return AssociationEnd(association=association, relation=association.back, target=association.owner, is_owner=False)


def shown_by(end: AssociationEnd) -> str:
    """Return the entity that shows an end."""
    return end.association.owner.name if end.is_owner else end.association.target.name


def keys_name(relation: Relation, target: Entity) -> str:
    """Return the field that lists the keys of linked rows: ``tag_ids`` for the relation ``tags``."""
    names = entity_names(target)
    is_plain = relation.name in {target.table, f"{names.module}s"}
    return f"{snake_case(target.name) if is_plain else regular_singular(relation.name)}_ids"
