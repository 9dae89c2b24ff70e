"""Fields that come to things which may have rows already: they may be left out, unless somebody called them required.

Otherwise every row that is there would get a value that nobody gave it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.renaming import followed_names
from bot.documents.entities.rule_lines import write_rule
from bot.generation.names import entity_names
from bot.patterns import regex
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import singular, spoken, words_of
from bot.planning.conversation import Conversation, Message, Proposal
from bot.planning.edited_entities import as_told, last_edit

__all__ = ["without_invented_values"]

REQUIRED = regex(
    r"\b(?:required|mandatory|compulsory|must|has\s+to|have\s+to|needs?\s+to|always|not\s+optional|no\s+longer\s+optional|"
    r"(?:never|not)\s+(?:be\s+)?(?:left\s+)?(?:empty|blank|out|missing))\b",
    re.IGNORECASE,
)
"""How people say that a field must be given."""
NEUTRAL = frozenset({"bool"})
"""Types with a value that says nothing of a row: "no" until somebody says yes."""


def without_invented_values(proposal: Proposal, conversation: Conversation) -> Proposal:
    """Return a proposal in which later fields of what was delivered may be left out, and say so among its assumptions.

    As people said it stay fields that they called required, that stand in a rule or name a row, and those of which
    every row has a value by itself: a default, a list, yes or no.
    """
    before = conversation.delivered
    if before is None:
        return proposal
    former = {new: old for old, new in followed_names(before, proposal.specs).items()}
    edited = last_edit(conversation.changes)
    entities, notes = [], []
    for entity in proposal.specs.entities:
        known = before.entity(former.get(entity.name, entity.name))
        there = edited.entity(entity.name) if edited else None
        later = [one for one in later_fields(entity, known) if not is_called_required(one, there, conversation.changes)]
        entities.append(with_optional(entity, [one.name for one in later]))
        notes += [told(entity, one) for one in later]
    specs: EntitySpecs = proposal.specs.model_copy(update={"entities": tuple(entities)})
    return proposal.model_copy(update={"specs": specs, "assumptions": (*proposal.assumptions, *notes)})


def later_fields(entity: Entity, before: Entity | None) -> list[EntityField]:
    """Return the fields for which rows that are there have no value of their own; none of a new thing."""
    if before is None:
        return []
    has_value = {field.name for field in before.fields if not field.optional}
    in_rules = {word for rule in entity.rules for word in re.findall(r"\w+", write_rule(rule))}
    return [
        field
        for field in entity.fields
        if field.is_given
        and not (field.optional or field.default is not None or field.foreign_key or field.feature)
        and not (field.type.is_list or field.type.name in NEUTRAL)
        and not ({field.name, field.renamed_from} & has_value or field.name in in_rules)
    ]


def is_called_required(field: EntityField, edited: Entity | None, changes: Sequence[Message]) -> bool:
    """Tell whether a change says that a field must be given, in words or in the form of the entities."""
    if edited is not None and any(one.name == field.name and not one.optional for one in edited.fields):
        return True
    name = {singular(word) for word in words_of(spoken(field.name))}
    return any(
        REQUIRED.search(sentence) and name <= {singular(word) for word in words_of(sentence.replace("-", ""))}
        for change in changes
        for sentence in sentences_of(as_told(change.text))
    )


def with_optional(entity: Entity, names: Sequence[str]) -> Entity:
    """Return an entity with fields that may be left out."""
    fields = [one.model_copy(update={"optional": True}) if one.name in names else one for one in entity.fields]
    return entity.model_copy(update={"fields": tuple(fields)}) if names else entity


def told(entity: Entity, field: EntityField) -> str:
    """Return why a field may be left out, and how it is made required."""
    rows, name = entity_names(entity).plural, spoken(field.name)
    return (
        f"{entity.name}: {field.name} may be left out, as {rows} that were there before have none; "
        f"if it must be given, say “make the {name} of {rows} required”"
    )
