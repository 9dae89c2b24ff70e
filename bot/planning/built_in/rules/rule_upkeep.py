"""Keeps declared rules true to the fields that they name: names go along, a rule without its field goes, in words."""

from __future__ import annotations

from bot.documents.entities.declared_rules import DeclaredRule, OneOpen
from bot.documents.entities.rule_lines import write_rule
from bot.planning.built_in.drafts.draft import Draft, EntityDraft

__all__ = [
    "drop_rule",
    "drop_rules_about",
    "names_in",
    "noted",
    "quotes_of",
    "rename_entity_in_rules",
    "rename_field",
    "rename_in_rules",
]

NAMING = ("field", "source", "start", "end", "until", "after", "relation")
"""Parts of rules that are names of fields, or of relations by the stem of their key."""


def names_in(rule: DeclaredRule) -> dict[str, str]:
    """Return the parts of a rule that are names, with these names."""
    return {part: value for part in NAMING if isinstance(value := getattr(rule, part, None), str)}


def rename_in_rules(entity: EntityDraft, old: str, new: str) -> None:
    """Let the rules of an entity call a field by its new name; a relation goes by its key's name without ``_id``."""
    names = {old: new, old.removesuffix("_id"): new.removesuffix("_id")}
    entity.rules = tuple(
        rule.model_copy(update={part: names[value] for part, value in names_in(rule).items() if value in names})
        for rule in entity.rules
    )


def rename_field(entity: EntityDraft, old: str, new: str) -> None:
    """Give a field another name, in its place and in the rules of its entity."""
    field = entity.fields[old]
    field.field = field.field.model_copy(update={"name": new})
    field.words = ()
    entity.fields = {new if name == old else name: value for name, value in entity.fields.items()}
    rename_in_rules(entity, old, new)


def rename_entity_in_rules(draft: Draft, old: str, new: str) -> None:
    """Let rules call an entity by its new name."""
    for entity in draft.entities.values():
        entity.rules = tuple(
            rule.model_copy(update={"entity": new}) if isinstance(rule, OneOpen) and rule.entity == old else rule
            for rule in entity.rules
        )


def noted(entity: EntityDraft, rule: DeclaredRule) -> str:
    """Return how the note of a rule begins that was declared from what people said."""
    return f"Rule of {entity.name}, “{write_rule(rule)}”"


def quotes_of(draft: Draft, entity: EntityDraft, rule: DeclaredRule) -> list[str]:
    """Return the words in which people said a rule."""
    lead = f"{noted(entity, rule)}: “"
    notes = [note.removeprefix(lead) for note in draft.decisions if note.startswith(lead)]
    return [note.rpartition("”")[0] for note in notes]


def drop_rule(draft: Draft, entity: EntityDraft, rule: DeclaredRule) -> None:
    """Take a rule from its entity, and what was noted of it."""
    entity.rules = tuple(other for other in entity.rules if other != rule)
    draft.decisions[:] = [note for note in draft.decisions if not note.startswith(noted(entity, rule))]


def drop_rules_about(draft: Draft, entity: EntityDraft, field: str) -> None:
    """Take back the rules of an entity that name a field which is gone, and what was noted of them."""
    gone = {field, field.removesuffix("_id")}
    for rule in entity.rules:
        if gone & set(names_in(rule).values()):
            drop_rule(draft, entity, rule)
            draft.assume(f"Without {entity.name}.{field} its rule “{write_rule(rule)}” is gone")
