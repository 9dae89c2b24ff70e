"""Tells which things are people: they have an e-mail or a phone, or are called like people."""

from __future__ import annotations

from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.words.people_words import PEOPLE

__all__ = ["is_called_like_people", "is_person", "only_person"]


def is_person(entity: EntityDraft) -> bool:
    """Tell whether an entity is somebody: it has an e-mail or a phone, or is called like people."""
    has_address = any(
        field.field.type.name == "EmailStr" or "phone" in name.split("_") for name, field in entity.fields.items()
    )
    return has_address or is_called_like_people(entity)


def is_called_like_people(entity: EntityDraft) -> bool:
    """Tell whether an entity is called like somebody."""
    return entity.noun.rpartition(" ")[2] in PEOPLE


def only_person(draft: Draft) -> EntityDraft | None:
    """Return the only thing of a draft that is somebody, or None where there are several or none."""
    people = [entity for entity in draft.entities.values() if is_person(entity)]
    return people[0] if len(people) == 1 else None
