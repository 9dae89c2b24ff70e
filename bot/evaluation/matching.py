"""Finds what a brief wants in what a planner proposed: entities and fields by their names, relations by their keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.documents.entities.entity_specs import Cardinality, Entity, EntityField, EntitySpecs
from bot.evaluation.briefs import Brief, WantedEntity, WantedField, WantedRelation

__all__ = ["FoundRelation", "Match", "has_type", "match"]


@dataclass(frozen=True)
class FoundRelation:
    """What carries a wanted relation: a foreign key, or for many-to-many nothing (``key`` is None)."""

    key: EntityField | None
    keys: frozenset[tuple[str, str]] = frozenset()
    """Entity and field of every foreign key that the relation takes up."""
    joins: str = ""
    """The entity that joins the two ends, where there is one."""


@dataclass
class Match:
    """What was found, by what was wanted; what nobody wanted; and what was not found, in words."""

    specs: EntitySpecs
    entities: dict[str, Entity] = field(default_factory=dict)
    """Wanted entity → the proposed one."""
    fields: dict[tuple[str, str], EntityField] = field(default_factory=dict)
    """Wanted entity and field → the proposed field."""
    relations: dict[int, FoundRelation] = field(default_factory=dict)
    """Number of the wanted relation → what carries it."""
    extra_entities: list[str] = field(default_factory=list)
    extra_fields: list[str] = field(default_factory=list)
    extra_relations: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def folded(name: str) -> str:
    """Return a name without case and underscores."""
    return name.replace("_", "").casefold()


def first_named[Named: (Entity, EntityField)](
    candidates: Iterable[Named], names: Iterable[str], taken: Iterable[str]
) -> Named | None:
    """Return the candidate with the earliest of the names, leaving out those that are taken."""
    free = {folded(one.name): one for one in reversed(list(candidates)) if one.name not in taken}
    return next((free[folded(name)] for name in names if folded(name) in free), None)


def match(brief: Brief, specs: EntitySpecs) -> Match:
    """Match a whole brief with proposed specs."""
    found = Match(specs)
    match_entities(brief, found)
    for wanted in brief.entities:
        match_fields(wanted, found)
    match_relations(brief, found)
    note_extras(found)
    return found


def match_entities(brief: Brief, found: Match) -> None:
    """Match entities: all by their own names first, then by the other names that will do."""
    for names_of in (lambda one: (one.name,), lambda one: one.also):
        for wanted in brief.entities:
            taken = {entity.name for entity in found.entities.values()}
            if wanted.name not in found.entities:
                entity = first_named(found.specs.entities, names_of(wanted), taken)
                if entity is not None:
                    found.entities[wanted.name] = entity
    found.missed += [f"entity {wanted.name}" for wanted in brief.entities if wanted.name not in found.entities]


def match_fields(wanted: WantedEntity, found: Match) -> None:
    """Match the fields of one entity, again by their own names first."""
    entity = found.entities.get(wanted.name)
    own = [one for one in entity.fields if is_own(one)] if entity else []
    taken: set[str] = set()
    for names_of in (lambda one: (one.name,), lambda one: one.also):
        for each in wanted.fields:
            if (wanted.name, each.name) in found.fields:
                continue
            field_found = first_named(own, names_of(each), taken)
            if field_found is not None:
                found.fields[wanted.name, each.name] = field_found
                taken.add(field_found.name)
    if entity is None:
        return
    found.extra_fields += [f"{entity.name}.{one.name}" for one in own if one.name not in taken]
    found.missed += [
        f"field {wanted.name}.{each.name}"
        for each in wanted.fields
        if each.essential and (wanted.name, each.name) not in found.fields
    ]


def is_own(one: EntityField) -> bool:
    """Tell whether a field is neither key nor reference nor what the service or a feature brings by itself."""
    return one.is_given and not one.foreign_key and not one.feature


def has_type(wanted: WantedField, one: EntityField, specs: EntitySpecs) -> bool:
    """Tell whether a field has the wanted type: a scalar, ``enum``, or ``list[str]`` (of an enum's values too)."""
    is_enum = specs.enum(one.type.name) is not None
    if wanted.type == "enum":
        return is_enum and not one.type.is_list
    if wanted.type.startswith("list["):
        return one.type.is_list and (is_enum or one.type.name == wanted.type[5:-1])
    return one.type.name == wanted.type and not one.type.is_list


def match_relations(brief: Brief, found: Match) -> None:
    """Match relations; each foreign key carries one of them only."""
    used: set[tuple[str, str]] = set()
    for number, wanted in enumerate(brief.relations):
        source, target = found.entities.get(wanted.source), found.entities.get(wanted.target)
        carried = None
        if source and target:
            is_many = wanted.kind == "many-to-many"
            carried = joined_by(source, target, found) if is_many else carried_by(source, target, wanted, used)
        if carried is None:
            found.missed.append(f"relation {wanted.source} → {wanted.target} ({wanted.kind})")
            continue
        used |= carried.keys
        found.relations[number] = carried


def carried_by(
    source: Entity, target: Entity, wanted: WantedRelation, used: set[tuple[str, str]]
) -> FoundRelation | None:
    """Return the foreign key of a relation: unique for one-to-one (from either end), else not."""
    is_one = wanted.kind == "one-to-one"
    for holder, other in ((source, target), (target, source))[: 1 + is_one]:
        for key in holder.fields:
            if key.foreign_key == other.name and key.unique == is_one and (holder.name, key.name) not in used:
                return FoundRelation(key, frozenset({(holder.name, key.name)}))
    return None


def joined_by(source: Entity, target: Entity, found: Match) -> FoundRelation | None:
    """Return what joins two entities many to many: a relation of either, or an entity that names both."""
    for one, other in ((source, target), (target, source)):
        ways = (way for way in one.relations if way.cardinality is Cardinality.MANY_TO_MANY)
        if any(way.target == other.name for way in ways):
            return FoundRelation(None)
    wanted = {entity.name for entity in found.entities.values()}
    for entity in found.specs.entities:
        keys = [one for one in entity.fields if one.foreign_key]
        if entity.name not in wanted and {source.name, target.name} <= {one.foreign_key for one in keys}:
            return FoundRelation(None, frozenset((entity.name, one.name) for one in keys), entity.name)
    return None


def note_extras(found: Match) -> None:
    """Note entities and foreign keys that no brief wanted."""
    joins = {one.joins for one in found.relations.values()}
    known = {entity.name for entity in found.entities.values()} | joins
    found.extra_entities += [entity.name for entity in found.specs.entities if entity.name not in known]
    used = frozenset[tuple[str, str]]().union(*(one.keys for one in found.relations.values()))
    found.extra_relations += [
        f"{entity.name}.{key.name}"
        for entity in found.specs.entities
        if entity.name in known - joins
        for key in entity.fields
        if key.foreign_key and not key.feature and (entity.name, key.name) not in used
    ]
