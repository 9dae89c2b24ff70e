"""The specs of services: 3 entities as dense as the grammar allows, 10 of a bicycle workshop, 100 made by rule."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from bot.documents.entities.declared_rules import ActionByOwner, ActionByRole
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from tests.generated_services.hundred import hundred_entities

__all__ = ["NAMES", "SIZES", "buildable", "whole_specs", "without_owners"]

FOLDER = Path(__file__).resolve().parent / "specs"
NAMES = {3: "Lending desk", 10: "Bicycle workshop", 100: "Hundred"}
SIZES = tuple(NAMES)
FILES = {3: "dense.txt", 10: "workshop.txt"}


@cache
def whole_specs(size: int) -> EntitySpecs:
    """Return all that the specs of a size say."""
    if size not in FILES:
        return hundred_entities(size)
    text = (FOLDER / FILES[size]).read_text(encoding="utf-8")
    return read_entity_specs(text, FILES[size]).specs


def buildable(specs: EntitySpecs, features: Collection[str]) -> str:
    """Return the document that is built: all that the specs say, without accounts but for what only owners may do."""
    return write_entity_specs(specs if "auth" in features else without_owners(specs))


def without_owners(specs: EntitySpecs) -> EntitySpecs:
    """Return specs without the rules about who may do something, which need accounts."""
    kept = {
        entity.name: tuple(rule for rule in entity.rules if not isinstance(rule, ActionByOwner | ActionByRole))
        for entity in specs.entities
    }
    entities = tuple(entity.model_copy(update={"rules": kept[entity.name]}) for entity in specs.entities)
    return specs.model_copy(update={"entities": entities})
