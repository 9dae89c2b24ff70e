"""Which entities and fields of a plan a question names, in people's words: "the film" of a screening, "members"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.generation.names import words
from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import singular, words_of

__all__ = ["Asked", "asked_about", "linking"]

ENDINGS = frozenset({"id", "at", "on"})
"""Last words of field names that people leave out when they speak: ``film_id``, ``due_at``."""
OF_FIELDS = regex(
    r"\b(?:optional|required|mandatory|needed|unique|given|empty|left out|missing)\b",
    re.IGNORECASE,
)
"""Words that are said of fields, never of whole things."""

AS_CODE = regex(r"(?<=[a-z0-9])(?=[A-Z])|_")
"""Where a name that is written as reviews show it has its next word: ``PupilInstrument``, ``due_at``."""

E_MAIL = regex(r"\be-mail", re.IGNORECASE)

NAMES = regex(r"\bnames?\s+(?:an?|one|the|its|their)\s", re.IGNORECASE)
"""The verb, and not what somebody is called: "why does a loan name a member?"."""

type Place = tuple[Entity, EntityField | None]


@dataclass(frozen=True)
class Asked:
    """A question, with the entities and the fields that it names."""

    said: str
    entities: tuple[Entity, ...]
    fields: tuple[tuple[Entity, EntityField], ...]

    @property
    def one(self) -> Place:
        """Return the one thing that is asked about, the field before its entity; call it where `is_one_thing`."""
        return self.fields[0] if self.fields else (self.entities[0], None)

    @property
    def is_one_thing(self) -> bool:
        """Tell whether exactly one field, or else exactly one entity, is asked about."""
        return len(self.fields) == 1 or (not self.fields and len(self.entities) == 1)


def asked_about(specs: EntitySpecs, said: str) -> Asked:
    """Return what a question names of a plan.

    A field that several entities have is that of the entity which is named too. A word that names both an entity and
    the field that refers to it means the field where the question says something of fields.
    """
    told = [singular(word) for word in words_of(E_MAIL.sub("email", AS_CODE.sub(" ", said)))]
    held = [entity for entity in specs.entities if holds(told, name_words(entity.name))]
    entities = tuple(entity for entity in held if not is_part(entity, held, told))
    named = [(entity, field) for entity in specs.entities for field in entity.fields if names_field(told, field)]
    of_named = [place for place in named if place[0] in entities]
    fields = of_named or named
    if not OF_FIELDS.search(said):
        fields = [(entity, field) for entity, field in fields if not names_entity(entities, field)]
    elif "optional" in told:
        fields = [place for place in fields if place[1].optional] or fields
    return Asked(said, entities, tuple(fields))


def linking(asked: Asked) -> Asked:
    """Return a question about two entities as one about the key that links them; another one as it is."""
    are_fields = [field for _, field in asked.fields if field.name != "name" or not NAMES.search(asked.said)]
    if are_fields or len(asked.entities) != len(("one", "other")):
        return asked
    one, other = asked.entities
    ends = ((one, other), (other, one))
    keys = [(holder, field) for holder, held in ends for field in holder.fields if field.foreign_key == held.name]
    return Asked(asked.said, asked.entities, (keys[0],)) if len(keys) == 1 else asked


def is_part(entity: Entity, held: Sequence[Entity], told: Sequence[str]) -> bool:
    """Tell whether the words of an entity stand only in the longer name of another: the pupil of "pupil instrument"."""
    own = name_words(entity.name)
    longer = [name_words(one.name) for one in held if len(name_words(one.name)) > len(own)]
    return any(holds(name, own) and times(told, name) >= times(told, own) for name in longer)


def times(told: Sequence[str], name: Sequence[str]) -> int:
    """Return how often the words of a name stand in a question, one after the other."""
    return sum(list(told[start : start + len(name)]) == list(name) for start in range(len(told)))


def names_field(told: Sequence[str], field: EntityField) -> bool:
    """Tell whether a question names a field; keys and what every entity has are never meant."""
    if field.primary_key or field.is_timestamp:
        return False
    name = name_words(field.name)
    short = name[:-1] if len(name) > 1 and name[-1] in ENDINGS else name
    return holds(told, name) or holds(told, short)


def names_entity(entities: Sequence[Entity], field: EntityField) -> bool:
    """Tell whether a field only refers to an entity that is named."""
    return field.foreign_key is not None and any(entity.name == field.foreign_key for entity in entities)


def name_words(name: str) -> list[str]:
    """Return the words of a name, each in the singular."""
    return [singular(word) for word in words(name).split()]


def holds(told: Sequence[str], name: Sequence[str]) -> bool:
    """Tell whether the words of a name stand in a question, one after the other."""
    return times(told, name) > 0 if name else False
