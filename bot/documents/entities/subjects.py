"""What places and findings call each thing of entity_specs, so that two of one name keep their own lines.

The first ``price`` of Book is ``Book.price``, the second ``Book.price#2``; a second Book is ``Book#2``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.remembered import remembered

__all__ = ["EntitySubjects", "class_subjects", "numbered", "path_subject", "subjects_of", "table_subject"]


class EntitySubjects(NamedTuple):
    """An entity with its subject, and those of its fields and relations, in their order."""

    entity: Entity
    subject: str
    fields: tuple[str, ...]
    relations: tuple[str, ...]


def numbered(names: Iterable[str]) -> tuple[str, ...]:
    """Return names, the second of a kind as ``name#2``, the third as ``name#3``."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(found)


def class_subjects(specs: EntitySpecs) -> tuple[str, ...]:
    """Return the subjects of the entities, then those of the enums: they share their names."""
    return numbered([*(entity.name for entity in specs.entities), *(enum.name for enum in specs.enums)])


@remembered
def subjects_of(specs: EntitySpecs) -> tuple[EntitySubjects, ...]:
    """Return every entity with the subjects of what it holds."""
    return tuple(
        entity_subjects(entity, subject) for entity, subject in zip(specs.entities, class_subjects(specs), strict=False)
    )


def entity_subjects(entity: Entity, subject: str) -> EntitySubjects:
    """Return the subjects of an entity's fields and relations, which share their names."""
    names = (*(field.name for field in entity.fields), *(relation.name for relation in entity.relations))
    members = tuple(f"{subject}.{name}" for name in numbered(names))
    count = len(entity.fields)
    return EntitySubjects(entity, subject, members[:count], members[count:])


def table_subject(entity: str) -> str:
    """Return the subject of the TABLE of an entity, by its own subject."""
    return f"{entity}.TABLE"


def path_subject(entity: str) -> str:
    """Return the subject of the API_PATH of an entity, by its own subject."""
    return f"{entity}.API_PATH"
