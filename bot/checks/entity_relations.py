"""Rules over what joins entities of entity_specs: foreign keys, their circles, and relations with their two ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from bot.checks.cycles import find_cycles
from bot.checks.entity_specs import ENTITY_RULES, each_field
from bot.checks.registry import Problem, quote
from bot.documents.entities.entity_specs import Cardinality, Entity, EntityField, EntitySpecs, OnDelete, Relation
from bot.documents.entities.subjects import subjects_of
from bot.documents.findings import Severity
from bot.documents.naming import snake_case

__all__: list[str] = []

rule = ENTITY_RULES.rule


class RelationAt(NamedTuple):
    """A relation, the entity that has it, what messages call it, and its subject."""

    entity: Entity
    relation: Relation
    name: str
    subject: str


def entities_by_name(specs: EntitySpecs) -> Mapping[str, Entity]:
    """Return the first entity of each name."""
    return {entity.name: entity for entity in reversed(specs.entities)}


@rule(
    "PT225",
    "Every foreign key names an entity of the document and has the type of its primary key",
    Severity.ERROR,
    "A reference to nothing, or of another type, can't be enforced by the database.",
)
def resolves_foreign_keys(specs: EntitySpecs) -> Iterator[Problem]:
    """Find foreign keys without a target, and of another type than the target's key."""
    entities = entities_by_name(specs)
    for _, field, name, subject in each_field(specs):
        if field.foreign_key is None:
            continue
        target = entities.get(field.foreign_key)
        if target is None:
            message = f"{name} refers to {quote(field.foreign_key)}, which is no entity of this document."
            yield Problem(subject, message, "Name an entity that is there, or add it.")
        elif target.primary_key and target.primary_key.type != field.type:
            wanted = target.primary_key.type.name
            message = f"{name} is {field.type.name}, and the key of {target.name} is {wanted}."
            yield Problem(subject, message, f"Give {name} the type {wanted}.")


@rule(
    "PT226",
    "A delete rule stands on a foreign key; “set null” on an optional one",
    Severity.ERROR,
    "A required field can't be emptied when its row's parent is deleted.",
)
def has_fitting_delete_rule(specs: EntitySpecs) -> Iterator[Problem]:
    """Find delete rules that can't be kept."""
    for _, field, name, subject in each_field(specs):
        if field.on_delete and field.foreign_key is None:
            message = f"{name} has “on delete {field.on_delete}” and is no foreign key."
            yield Problem(subject, message, "Add “foreign key to …”, or take the delete rule out.")
        elif field.on_delete is OnDelete.SET_NULL and not field.optional:
            message = f"{name} is emptied on delete and is required."
            yield Problem(subject, message, "Make it Optional[…], or use “on delete restrict”.")


@rule(
    "PT227",
    "A circle of foreign keys has at least one that is optional",
    Severity.ERROR,
    "When every key of the circle is required, no first row can ever be stored.",
)
def can_store_first_row(specs: EntitySpecs) -> Iterator[Problem]:
    """Find circles of required foreign keys, with their path."""
    for cycle in find_cycles(references(specs, required_only=True)):
        message = f"{' → '.join(cycle)} require each other, so no first row could be stored."
        yield Problem(cycle[0], message, "Make one of these foreign keys Optional[…].")


@rule(
    "PT228",
    "Foreign keys don't run in a circle",
    Severity.WARNING,
    "A circle with an optional key works, and its migration adds that key after both tables are there.",
)
def has_no_circle(specs: EntitySpecs) -> Iterator[Problem]:
    """Find circles with an optional key, with their path; a tree of one entity (a parent of its own kind) is fine."""
    required = {frozenset(cycle) for cycle in find_cycles(references(specs, required_only=True))}
    keys = keys_between(specs)
    for cycle in find_cycles(without_self(references(specs, required_only=False))):
        if frozenset(cycle) in required:
            continue
        late = [
            f"{step[0]}.{keys[step][0].name}" for step in pairwise(cycle) if all(field.optional for field in keys[step])
        ]
        message = (
            f"{' → '.join(cycle)} refer to each other in a circle, so the migration makes the tables first and adds "
            f"the constraint of {' or of '.join(late)} after them."
        )
        yield Problem(cycle[0], message, "Leave it so if it is meant; rows are stored first and joined later.")


def references(specs: EntitySpecs, required_only: bool) -> dict[str, list[str]]:
    """Return which entities each entity refers to by foreign keys."""
    edges: dict[str, list[str]] = {entity.name: [] for entity in specs.entities}
    for entity, field, *_ in each_field(specs):
        if field.foreign_key is not None and not (required_only and field.optional):
            edges[entity.name].append(field.foreign_key)
    return edges


def without_self(edges: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the references without those of an entity to itself."""
    return {name: [target for target in targets if target != name] for name, targets in edges.items()}


def each_relation(specs: EntitySpecs) -> Iterator[RelationAt]:
    """Yield every relation with its entity and its subject."""
    for subjects in subjects_of(specs):
        for relation, subject in zip(subjects.entity.relations, subjects.relations, strict=True):
            yield RelationAt(subjects.entity, relation, f"{subjects.entity.name}.{relation.name}", subject)


@rule(
    "PT230",
    "Every relation leads to an entity of the document, along a foreign key",
    Severity.ERROR,
    "A relation is carried by a foreign key: ManyToOne by one of its own, OneToMany by one of its target.",
)
def is_carried(specs: EntitySpecs) -> Iterator[Problem]:
    """Find relations to nothing, and relations that no foreign key carries."""
    entities = entities_by_name(specs)
    keys = keys_between(specs)
    for entity, relation, name, subject in each_relation(specs):
        if relation.target not in entities:
            message = f"{name} leads to {quote(relation.target)}, which is no entity of this document."
            yield Problem(subject, message, "Name an entity that is there, or add it.")
            continue
        own, theirs = (entity.name, relation.target) in keys, (relation.target, entity.name) in keys
        carried = {
            Cardinality.MANY_TO_ONE: own,
            Cardinality.ONE_TO_MANY: theirs,
            Cardinality.ONE_TO_ONE: own or theirs,
            Cardinality.MANY_TO_MANY: True,
        }
        if not carried[relation.cardinality]:
            child, parent = entity.name, relation.target
            if relation.cardinality is Cardinality.ONE_TO_MANY:
                child, parent = parent, child
            message = f"{name} ({relation.cardinality}) has no foreign key from {child} to {parent}."
            step = f"Give {child} the field “- {snake_case(parent)}_id: int (foreign key to {parent})”."
            yield Problem(subject, message, step)


@rule(
    "PT231",
    "A relation has a name of its own",
    Severity.ERROR,
    "Relations and fields become attributes of one class.",
)
def has_own_name(specs: EntitySpecs) -> Iterator[Problem]:
    """Find relations that share a name with a field or another relation."""
    for entity, _, _, subjects in subjects_of(specs):
        taken = {field.name for field in entity.fields}
        for relation, subject in zip(entity.relations, subjects, strict=True):
            if relation.name in taken:
                message = f"{entity.name} has {quote(relation.name)} already."
                yield Problem(subject, message, "Give the relation another name.")
            taken.add(relation.name)


INVERSE = {
    Cardinality.ONE_TO_ONE: Cardinality.ONE_TO_ONE,
    Cardinality.ONE_TO_MANY: Cardinality.MANY_TO_ONE,
    Cardinality.MANY_TO_ONE: Cardinality.ONE_TO_MANY,
    Cardinality.MANY_TO_MANY: Cardinality.MANY_TO_MANY,
}
"""What a relation is called from its other end."""


@rule(
    "PT233",
    "The two ends of a relation agree: OneToMany and ManyToOne, OneToOne and OneToOne, ManyToMany and ManyToMany",
    Severity.ERROR,
    "Ends that contradict each other describe two different databases, and nobody decided which.",
)
def agrees_at_both_ends(specs: EntitySpecs) -> Iterator[Problem]:
    """Find pairs of entities whose only relations to each other, over at most one key, are no inverses."""
    relations = grouped((each.entity.name, each.relation.target, each) for each in each_relation(specs))
    keys = keys_between(specs)
    for (name, target), ways in relations.items():
        back = relations.get((target, name), [])
        joined = len(keys.get((name, target), [])) + len(keys.get((target, name), []))
        if name >= target or len(ways) != 1 or len(back) != 1 or joined > 1:
            continue
        if INVERSE[ways[0].relation.cardinality] is not back[0].relation.cardinality:
            message = (
                f"{ways[0].name} is {ways[0].relation.cardinality} and {back[0].name} is "
                f"{back[0].relation.cardinality}, which are not the two ends of one relation."
            )
            step = f"Write {INVERSE[ways[0].relation.cardinality]} at {back[0].name}, or correct the other end."
            yield Problem(ways[0].subject, message, step)


@rule(
    "PT234",
    "A OneToOne relation has a foreign key that is unique",
    Severity.WARNING,
    "The database goes by the key: without “unique”, several rows share what was meant for one.",
)
def is_one_to_one(specs: EntitySpecs) -> Iterator[Problem]:
    """Find OneToOne relations whose only key between the two entities may occur many times."""
    keys = keys_between(specs)
    for entity, relation, name, subject in each_relation(specs):
        own = keys.get((entity.name, relation.target), [])
        theirs = keys.get((relation.target, entity.name), []) if relation.target != entity.name else []
        is_one = relation.cardinality is Cardinality.ONE_TO_ONE and len(own) + len(theirs) == 1
        if is_one and not (own or theirs)[0].unique:
            owner = entity.name if own else relation.target
            message = f"{name} is OneToOne, and {owner}.{(own or theirs)[0].name} is not unique."
            yield Problem(subject, message, "Make it unique, or write another cardinality.")


def keys_between(specs: EntitySpecs) -> dict[tuple[str, str], list[EntityField]]:
    """Return the foreign keys by the entity that has them and the one that they name."""
    return grouped(
        (entity.name, field.foreign_key, field) for entity, field, *_ in each_field(specs) if field.foreign_key
    )


def grouped[Thing](things: Iterable[tuple[str, str, Thing]]) -> dict[tuple[str, str], list[Thing]]:
    """Return things by the two entities that they join, in order."""
    groups: dict[tuple[str, str], list[Thing]] = {}
    for name, target, thing in things:
        groups.setdefault((name, target), []).append(thing)
    return groups
