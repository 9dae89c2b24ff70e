"""What entity specs answer to a plain question, in a sentence or two: fields, links, values and rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.documents.entities.declared_rules import AtMost, NoOverlap, OneOpen
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.rule_words import rule_in_words
from bot.documents.naming import joined
from bot.generation.names import article, entity_names, words
from bot.patterns import regex
from bot.workflow.named_in_questions import Asked

__all__ = ["field_words", "marks_of", "told_of_things"]

MOST = 12
TYPES = {
    "str": "text", "int": "a whole number", "float": "a number", "bool": "yes or no", "date": "a date",
    "datetime": "a moment", "time": "a time of day", "UUID": "a key", "Decimal": "an amount",
    "EmailStr": "an e-mail address", "HttpUrl": "a web address", "JSON": "free data",
}  # fmt: skip
SEVERAL = regex(r"\b(?:two|three|several|many|multiple|more than one|\d+|both)\b", re.IGNORECASE)
MAY = regex(r"^(?:can|may|must|does|do|is|are|will)\b", re.IGNORECASE)
WISHES = regex(r"^(?:should|could|shall|would)\b", re.IGNORECASE)
HOLDS = regex(r"\b(?:have|has|hold|holds|contain|contains|keep|keeps|store|stores)\b", re.IGNORECASE)
OF_LINKS = regex(
    r"\b(?:have|has|belongs?|link\w*|relat\w*|connect\w*|joined|names?|between|several|many|two|one)\b", re.IGNORECASE
)
LISTED = regex(
    r"^(?:(?:what|which|list|show|tell|how)\b|where\b.*\b(?:stored|kept|saved|recorded|noted)\b)", re.IGNORECASE
)
OF_RULES = regex(r"\b(?:rules?|twice|again|allowed|overlap|limits?|late|before|after|longer)\b", re.IGNORECASE)
AT_ONCE = regex(
    r"\b(?:at once|at (?:a|one|the same) time|at the same moment|simultaneously|overlap\w*|in parallel|twice|again)\b",
    re.IGNORECASE,
)
OF_FIELD = regex(r"\b(?:unique|optional|required|mandatory|needed|given|empty|left out|the same)\b", re.IGNORECASE)


def told_of_things(specs: EntitySpecs, asked: Asked) -> str:
    """Return what the specs say of what a question names; nothing where they don't answer it."""
    said, entities = asked.said, asked.entities
    if asked.fields and (OF_FIELD.search(said) or LISTED.match(said)):
        return " ".join(told_of_field(specs, entity, field) for entity, field in asked.fields[:MOST])
    if len(entities) == 2 and OF_LINKS.search(said):
        return told_of_links(specs, entities[0], entities[1], said)
    if OF_RULES.search(said):
        return told_of_rules(specs, entities or specs.entities)
    if not entities or WISHES.match(said):
        return ""
    if len(entities) == 1 and (LISTED.match(said) or HOLDS.search(said)):
        return told_of_entity(specs, entities[0])
    return f"The plan doesn't say that in these words. {told_of_rules(specs, entities)}" if MAY.match(said) else ""


def told_of_field(specs: EntitySpecs, entity: Entity, field: EntityField) -> str:
    """Say what a field is, and whether it must be given and is unique."""
    return f"`{entity.name}.{field.name}` is {field_words(specs, field)}{marks_of(field)}."


def field_words(specs: EntitySpecs, field: EntityField) -> str:
    """Return what the values of a field are, in plain words."""
    enum = specs.enum_of(field)
    if field.foreign_key:
        return f"the {words(field.foreign_key)} that it names"
    kind = f"one of {', '.join(map(words, enum.values))}" if enum else TYPES.get(field.type.name, field.type.name)
    return f"a list, each of it {kind}" if field.type.is_list else kind


def marks_of(field: EntityField) -> str:
    """Return whether a field must be given, its limits, and whether no two have the same."""
    if not field.is_given:
        return ", which the service sets"
    bounds = (("at least", field.minimum), ("at most", field.maximum))
    limits = [f"{word} {value}" for word, value in bounds if value and not (field.type.name == "str" and value == "1")]
    letters = " letters" if limits and field.type.name == "str" else ""
    given = "may be left out" if field.optional or field.default is not None else "must be given"
    unique = ["no two have the same"] if field.unique else []
    return "".join(f"; {part}" for part in (f"{joined(limits)}{letters}", given, *unique) if part)


def told_of_entity(specs: EntitySpecs, entity: Entity) -> str:
    """Say what an entity holds, what it names, and what names it."""
    own = [field for field in entity.fields if not (field.primary_key or field.is_timestamp or field.is_secret)]
    plain = [f"{field.name} ({field_words(specs, field)})" for field in own if not field.foreign_key]
    named = [f"{article(words(field.foreign_key))} (`{field.name}`)" for field in own if field.foreign_key]
    by = [other.name for other in specs.entities for field in other.fields if field.foreign_key == entity.name]
    parts = [
        f"{entity.name} holds {joined(plain[:MOST]) or 'no values of its own'}",
        *([f"it names {joined(named[:MOST])}"] if named else []),
        *([f"{joined(list(dict.fromkeys(by))[:MOST])} {'names' if len(set(by)) == 1 else 'name'} it"] if by else []),
    ]
    return "; ".join(parts) + "."


def told_of_rules(specs: EntitySpecs, about: Sequence[Entity]) -> str:
    """Say the rules of some entities, and of those that name one of them; or that there are none."""
    names = {entity.name for entity in about}
    ruled = [one for one in specs.entities if one in about or any(field.foreign_key in names for field in one.fields)]
    rules = [f"{rule_in_words(entity.name, rule)}." for entity in ruled for rule in entity.rules]
    if rules:
        return f"Rules of the plan: {' '.join(rules[:MOST])}"
    many = joined([entity_names(entity).plural for entity in about])
    return f"The plan has no rule for {many}: whatever fits the fields is taken."


# --------------------------------------------------------------------------------------------------------------- links


def told_of_links(specs: EntitySpecs, one: Entity, other: Entity, said: str) -> str:
    """Say how two entities are linked; yes or no first where it is asked whether one can have several of the other."""
    links = [*links_between(one, other), *links_between(other, one), *joining(specs, one, other)]
    if not links:
        return f"Nothing links {entity_names(one).plural} and {entity_names(other).plural} in this plan."
    holder = first_named(one, other, said)
    held = other if holder is one else one
    is_asked = MAY.match(said) and SEVERAL.search(said)
    if AT_ONCE.search(said):
        return f"{told_at_once(specs, holder, held)}{' '.join(links)}"
    return f"{several(specs, holder, held) if is_asked else ''}{' '.join(links)}"


def told_at_once(specs: EntitySpecs, holder: Entity, held: Entity) -> str:
    """Say which rules limit how many there are at a time; that none does, where there is none."""
    ends = {holder.name, held.name}
    records = [one for one in specs.entities if one.name in ends or ends <= {field.foreign_key for field in one.fields}]
    rules = [(one, rule) for one in records for rule in one.rules if isinstance(rule, OneOpen | NoOverlap | AtMost)]
    if not rules:
        return f"{several(specs, holder, held)}No rule limits how many at a time. "
    is_no = any(one is held and is_of(one, rule, holder) and not isinstance(rule, AtMost) for one, rule in rules)
    told = " ".join(f"{rule_in_words(one.name, rule)}." for one, rule in rules)
    return f"{'No. ' if is_no else ''}What holds at a time: {told} "


def is_of(entity: Entity, rule: OneOpen | NoOverlap | AtMost, holder: Entity) -> bool:
    """Tell whether a rule of records counts those of one row of another entity."""
    keys = [field for field in entity.fields if field.foreign_key == holder.name]
    return any(rule.relation in {key.name, key.name.removesuffix("_id")} for key in keys)


def first_named(one: Entity, other: Entity, said: str) -> Entity:
    """Return the entity that a question names first: whose it asks about."""
    places = [said.lower().find(words(entity.name).split()[-1][:-1]) for entity in (one, other)]
    return one if places[0] <= places[1] else other


def several(specs: EntitySpecs, holder: Entity, held: Entity) -> str:
    """Answer whether one of the first entity can have several of the second."""
    keys = [field for field in held.fields if field.foreign_key == holder.name]
    if any(True for _ in joining(specs, holder, held)) or any(not field.unique for field in keys):
        return "Yes. "
    return "No. "


def links_between(one: Entity, other: Entity) -> Iterator[str]:
    """Yield a sentence for each key with which an entity names another one."""
    for field in one.fields:
        if field.foreign_key == other.name:
            many = f"at most one {words(one.name)}" if field.unique else f"many {entity_names(one).plural}"
            names = "may name one" if field.optional else "names one"
            of = f"Each {words(one.name)} {names} {words(other.name)} (`{field.name}`)"
            yield f"{of}; {article(words(other.name))} can have {many}."


def joining(specs: EntitySpecs, one: Entity, other: Entity) -> Iterator[str]:
    """Yield a sentence for each entity that joins two others."""
    for entity in specs.entities:
        named = {field.foreign_key for field in entity.fields}
        if entity not in (one, other) and {one.name, other.name} <= named:
            pair = f"{article(words(one.name))} and {article(words(other.name))}"
            yield f"Each {words(entity.name)} joins {pair}, so there can be many on both sides."
    for holder, held in ((one, other), (other, one)):
        ways = [way for way in holder.relations if way.target == held.name and way.cardinality == "ManyToMany"]
        if ways:
            yield f"{entity_names(holder).plural.capitalize()} and {entity_names(held).plural} are linked many to many."
            return
