"""What each acceptance criterion is about: an entity, a custom behaviour, a feature, or the whole service."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.frozen import Frozen
from bot.documents.requirements.requirements import Requirement, Requirements
from bot.generation.blueprint import BlueprintFeature
from bot.generation.criteria import entity_criteria, entity_heading
from bot.generation.custom import CustomBehaviour, behaviours_by_module
from bot.generation.names import entity_names

__all__ = ["SERVICE", "Coverage", "cover"]

SERVICE = ""
"""The subject of criteria that are about no entity and no custom behaviour."""


class Coverage(Frozen):
    """What a criterion is about: an entity's name, a custom behaviour's slug, or the whole service; and its kind."""

    number: str
    subject: str
    kind: str = ""
    feature: str = ""
    """The feature whose criterion it is."""


def cover(
    requirements: Requirements,
    specs: EntitySpecs,
    custom: tuple[CustomBehaviour, ...],
    features: tuple[BlueprintFeature, ...] = (),
) -> tuple[Coverage, ...]:
    """Find what each criterion is about. One that names nothing known is about the whole service."""
    of_features = {text: feature.name for feature in features for text in feature.criteria}
    modules = {behaviour: module for module, behaviour in behaviours_by_module(custom, specs).items()}
    derived = {
        criterion.text: (entity.name, criterion.kind.value)
        for entity in specs.entities
        for criterion in entity_criteria(entity, specs)
    }
    items: list[Coverage] = []
    for requirement in requirements.requirements:
        for criterion in requirement.criteria:
            if feature := of_features.get(criterion.text):
                items.append(Coverage(number=criterion.number, subject=SERVICE, feature=feature))
                continue
            subject, kind = derived.get(criterion.text, ("", ""))
            subject = subject or custom_subject(requirement, criterion.text, modules)
            subject = subject or entity_subject(requirement, criterion.text, specs)
            items.append(Coverage(number=criterion.number, subject=subject, kind=kind))
    return tuple(items)


def custom_subject(requirement: Requirement, criterion: str, modules: Mapping[CustomBehaviour, str]) -> str:
    """Return the module of the custom behaviour that a criterion belongs to, or nothing."""
    for behaviour, module in modules.items():
        if criterion in behaviour.criteria or requirement.title == behaviour.title:
            return module
    return SERVICE


def entity_subject(requirement: Requirement, criterion: str, specs: EntitySpecs) -> str:
    """Return the entity that a requirement's title or a criterion names first, or nothing."""
    for entity in specs.entities:
        if requirement.title == entity_heading(entity):
            return entity.name
    for text in (requirement.title, criterion):
        found = [(position, entity.name) for entity in specs.entities if (position := mention(entity, text)) >= 0]
        if found:
            return min(found)[1]
    return SERVICE


def mention(entity: Entity, text: str) -> int:
    """Return where a text names an entity, or -1."""
    names = entity_names(entity)
    spellings = "|".join(re.escape(spelling) for spelling in (names.name, names.plural, names.label))
    match = re.search(rf"\b({spellings})\b", text, re.IGNORECASE)
    return match.start() if match else -1
