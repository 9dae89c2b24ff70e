"""Facts about specs and entities that decide which tasks and files of a blueprint there is something to do in."""

from __future__ import annotations

from bot.documents.entities.declared_rules import ActionByOwner, ActionByRole
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.remembered import remembered
from bot.generation.associations import associations, ends_of
from bot.generation.relations import related_names
from bot.generation.rule_fields import guards_links, left_rules

__all__ = ["MOST_QUERIES", "entity_facts", "facts_about"]

ENUMS, RELATIONS, RULES = "enums", "relations", "rules"
OWN_RULES, OWN_OWNERS, LINKED_RULES = "own rules", "own owner rules", "linked rules"
RULE_BOOK = "rule book"
LEFT = "left to somebody"
MANY_QUERIES = "many queries"
MOST_QUERIES = 120
"""FastAPI keeps the fields of 128 query schemas; those of features, such as reports, count as well."""
SERVICE = ""
"""What is about no entity."""
WRITABLE, READ_ONLY = "writable", "read-only"


def facts_about(subject: str, specs: EntitySpecs) -> frozenset[str]:
    """Return the facts that hold for a task about an entity, or about the whole service where it names none.

    The words are those of ``only_with`` in a blueprint's manifest: ``enums`` (the specs have some), ``relations``
    (reads may include related rows), ``rules`` (rules are declared), ``linked rules`` (others link to its rows and must
    know whom they are left to), ``own rules`` (it has rules that nobody else must know), ``own owner rules`` (those are
    only about who may do something), ``rule book`` (some rules are about more than that), the form of each rule, such
    as ``at most``, ``left to somebody`` (rules leave something to owners or roles), ``writable`` (clients write the
    rows), ``read-only`` (they only read them); of one entity, or of any for the service. ``many queries`` is about the
    service alone.
    """
    facts = all_facts(specs)
    return facts.get(subject, facts[SERVICE])


@remembered
def all_facts(specs: EntitySpecs) -> dict[str, frozenset[str]]:
    """Return the facts about the service, and those about each entity by its name."""
    always = frozenset({ENUMS} if specs.enums else ())
    facts = {entity.name: always | entity_facts(entity, specs) for entity in specs.entities}
    many = {MANY_QUERIES} if has_many_queries(specs) else ()
    return {**facts, SERVICE: always.union(*facts.values(), many)}


def has_many_queries(specs: EntitySpecs) -> bool:
    """Tell whether a service has more query schemas than FastAPI keeps in mind: one a list, and one a read."""
    reads = sum(1 for entity in specs.entities if related_names(entity, specs))
    return len(specs.entities) + reads > MOST_QUERIES


def entity_facts(entity: Entity, specs: EntitySpecs) -> set[str]:
    """Return the facts that hold for one entity."""
    facts = {WRITABLE if entity.is_writable else READ_ONLY}
    if related_names(entity, specs):
        facts.add(RELATIONS)
    if any(not isinstance(rule, ActionByOwner | ActionByRole) for rule in entity.rules):
        facts.add(RULE_BOOK)
    if left_rules(entity):
        facts.add(LEFT)
    if entity.rules:
        own = OWN_RULES if RULE_BOOK in facts else OWN_OWNERS
        facts |= {RULES, LINKED_RULES if is_guarded_from_links(entity, specs) else own}
    return facts | {rule.kind for rule in entity.rules}


def is_guarded_from_links(entity: Entity, specs: EntitySpecs) -> bool:
    """Tell whether many-to-many relations lead to rows that are left to their owners."""
    if not guards_links(entity):
        return False
    found = associations(specs)
    return any(end.target.name == entity.name for each in specs.entities for end in ends_of(each, found))
