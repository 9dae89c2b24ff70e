"""Facts about specs and entities that decide which tasks and files of a blueprint there is something to do in."""

from __future__ import annotations

from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.generation.relations import related_names

__all__ = ["entity_facts", "facts_about"]

ENUMS, RELATIONS, RULES = "enums", "relations", "rules"
WRITABLE, READ_ONLY = "writable", "read-only"


def facts_about(subject: str, specs: EntitySpecs) -> frozenset[str]:
    """Return the facts that hold for a task about an entity, or about the whole service where it names none.

    The words are those of ``only_with`` in a blueprint's manifest: ``enums`` (the specs have some), ``relations``
    (reads may include related rows), ``rules`` (rules are declared), the form of each rule, such as ``at most``,
    ``writable`` (clients write the rows), ``read-only`` (they only read them); of one entity, or of any for the
    service.
    """
    entity = specs.entity(subject)
    facts = {ENUMS} if specs.enums else set()
    if entity is not None:
        return frozenset(facts | entity_facts(entity, specs))
    return frozenset(facts.union(*(entity_facts(each, specs) for each in specs.entities)))


def entity_facts(entity: Entity, specs: EntitySpecs) -> set[str]:
    """Return the facts that hold for one entity."""
    facts = {WRITABLE if entity.is_writable else READ_ONLY}
    if related_names(entity, specs):
        facts.add(RELATIONS)
    return facts | {rule.kind for rule in entity.rules} | ({RULES} if entity.rules else set())
