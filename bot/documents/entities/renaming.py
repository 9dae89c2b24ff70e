"""Entities that go on under another name: which they are between two revisions, and specs in which they have it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.documents.entities.declared_rules import AtMost, DeclaredRule, OneOpen
from bot.documents.entities.entity_specs import Entity, EntitySpecs

__all__ = ["followed_names", "with_names"]


def followed_names(old: EntitySpecs, new: EntitySpecs) -> dict[str, str]:
    """Map the former name of each renamed entity to its new one.

    A mark counts where the former name is free and the new one was; of several marks for one name the first does.
    """
    before, after = ({entity.name for entity in specs.entities} for specs in (old, new))
    names: dict[str, str] = {}
    for entity in new.entities:
        former = entity.renamed_from
        if former in before - after and entity.name not in before:
            names.setdefault(former, entity.name)
    return names


def with_names(specs: EntitySpecs, names: Mapping[str, str]) -> EntitySpecs:
    """Return specs in which entities have other names, wherever they are named."""
    if not names:
        return specs
    return specs.model_copy(update={"entities": tuple(with_names_in(entity, names) for entity in specs.entities)})


def with_names_in(entity: Entity, names: Mapping[str, str]) -> Entity:
    """Return an entity with other names for itself and those that its keys, relations and rules name."""
    return entity.model_copy(
        update={
            "name": names.get(entity.name, entity.name),
            "fields": tuple(
                field.model_copy(update={"foreign_key": names.get(field.foreign_key or "", field.foreign_key)})
                for field in entity.fields
            ),
            "relations": tuple(
                relation.model_copy(update={"target": names.get(relation.target, relation.target)})
                for relation in entity.relations
            ),
            "rules": tuple(with_names_in_rule(rule, names) for rule in entity.rules),
        }
    )


def with_names_in_rule(rule: DeclaredRule, names: Mapping[str, str]) -> DeclaredRule:
    """Return a rule with another name for the entity that it names."""
    if isinstance(rule, OneOpen | AtMost):
        return rule.model_copy(update={"entity": names.get(rule.entity, rule.entity)})
    return rule
