"""The specs of services: 3 entities as dense as the grammar allows, 10 of a bicycle workshop, 100 made by rule."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from tests.generated_services.hundred import hundred_entities
from tests.generated_services.switched_off import without_switched_off

__all__ = ["NAMES", "SIZES", "buildable", "whole_specs"]

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


def buildable(specs: EntitySpecs) -> str:
    """Return the document that is built: all that the specs say but for what is switched off."""
    return write_entity_specs(without_switched_off(specs))
