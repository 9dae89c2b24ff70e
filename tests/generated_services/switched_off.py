"""What the specs ask for and no service is built from yet. The table must be empty in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.documents.entities.entity_specs import Entity, EntitySpecs

__all__ = ["SWITCHED_OFF", "SwitchedOff", "without_switched_off"]


@dataclass(frozen=True)
class SwitchedOff:
    """One part of the grammar, why it is left out, and what leaves it out of an entity."""

    what: str
    why: str
    leave_out: Callable[[Entity], Entity]


def without_owners(entity: Entity) -> Entity:
    """Return an entity without the rules about who may do something."""
    return entity.model_copy(update={"rules": tuple(rule for rule in entity.rules if rule.kind != "only by")})


SWITCHED_OFF: tuple[SwitchedOff, ...] = (
    SwitchedOff("rules about owners", "the blueprint refuses them", without_owners),
)


def without_switched_off(specs: EntitySpecs) -> EntitySpecs:
    """Return specs without what is switched off."""
    entities = specs.entities
    for part in SWITCHED_OFF:
        entities = tuple(part.leave_out(entity) for entity in entities)
    return specs.model_copy(update={"entities": entities})
