"""Keeps declared rules true to the fields that they name: names go along, a rule without its field goes, in words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.documents.entities.accounts import ROLES
from bot.documents.entities.declared_rules import (
    ActionByOwner,
    ActionByRole,
    AtMost,
    DeclaredRule,
    NoOverlap,
    OneOpen,
    OnlyWhile,
    counting_status,
)
from bot.documents.entities.rule_words import rule_in_words, rule_note
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft

__all__ = [
    "drop_rule",
    "drop_rules_about",
    "drop_value_in_rules",
    "leaving_out",
    "names_in",
    "noted",
    "number_at",
    "put_in_place",
    "quotes_of",
    "rename_entity_in_rules",
    "rename_field",
    "rename_in_rules",
    "rename_values_in_rules",
    "roles_in",
    "sees_every",
    "status_at",
]

NAMING = ("field", "source", "start", "end", "until", "after", "relation", "unless", "status", "day")
"""Parts of rules that are names of fields, or of relations by the stem of their key."""


def names_in(rule: DeclaredRule) -> dict[str, str]:
    """Return the parts of a rule that are names of its own entity, with these names."""
    if isinstance(rule, OnlyWhile):
        return {"relation": rule.relation} if rule.relation else {"field": rule.field}
    return {part: value for part in NAMING if isinstance(value := getattr(rule, part, None), str) and value}


def status_at(draft: Draft, entity: EntityDraft, rule: OnlyWhile) -> tuple[EntityDraft, FieldDraft] | None:
    """Return the status that a rule of an entity looks at, with the entity that has it; None where there is none."""
    key = entity.fields.get(f"{rule.relation}_id") or entity.fields.get(rule.relation)
    holder = draft.entities.get(key.field.foreign_key or "") if key else None if rule.relation else entity
    status = holder.fields.get(rule.field) if holder else None
    return (holder, status) if holder and status else None


def number_at(draft: Draft, entity: EntityDraft, rule: AtMost) -> FieldDraft | None:
    """Return the whole number of another row up to which a rule counts; None where there is none."""
    key = entity.fields.get(f"{rule.relation}_id") or entity.fields.get(rule.relation)
    holder = draft.entities.get(key.field.foreign_key or "") if key else None
    number = holder.fields.get(rule.limit) if holder else None
    is_number = number is not None and number.field.type.name == "int" and not number.field.type.is_list
    return number if is_number else None


def rules_looking_at(draft: Draft, holder: EntityDraft, field: str) -> list[tuple[EntityDraft, OnlyWhile]]:
    """Return the rules that make an action depend on a field, each with its entity."""
    found: list[tuple[EntityDraft, OnlyWhile]] = []
    for entity in draft.entities.values():
        for rule in entity.rules:
            place = status_at(draft, entity, rule) if isinstance(rule, OnlyWhile) and rule.field == field else None
            if isinstance(rule, OnlyWhile) and place and place[0] is holder:
                found.append((entity, rule))
    return found


def rules_naming_values(
    draft: Draft, holder: EntityDraft, field: str
) -> list[tuple[EntityDraft, OnlyWhile | NoOverlap | AtMost]]:
    """Return the rules that name values of a status, each with its entity."""
    own = [
        (holder, rule)
        for rule in holder.rules
        if isinstance(rule, NoOverlap | AtMost) and counting_status(rule) == field
    ]
    return [*rules_looking_at(draft, holder, field), *own]


def roles_in(draft: Draft) -> tuple[str, ...]:
    """Return the roles of whoever logs in: those of the account, or the ones that accounts bring with them."""
    role = next((one.fields["role"] for one in draft.entities.values() if one.account and "role" in one.fields), None)
    return draft.values_of(role) if role else ROLES


def rules_naming_roles(draft: Draft, holder: EntityDraft, field: str) -> list[tuple[EntityDraft, ActionByRole]]:
    """Return the rules that name values of a field, where it is the role of the account, each with its entity."""
    if field != "role" or not holder.account:
        return []
    return [
        (entity, rule) for entity in draft.entities.values() for rule in entity.rules if isinstance(rule, ActionByRole)
    ]


def leaving_out(rule: NoOverlap, values: tuple[str, ...], field: str = "") -> NoOverlap:
    """Return a rule that leaves out what has one of some values of a status, or nothing where there are none."""
    unless = (field or rule.unless) if values else ""
    return rule.model_copy(update={"unless": unless, "values": values})


def put_in_place(draft: Draft, entity: EntityDraft, old: DeclaredRule, new: DeclaredRule) -> None:
    """Let a rule be another one, in its place, with what was noted of it."""
    before, after = noted(entity, old), noted(entity, new)
    entity.rules = tuple(new if rule == old else rule for rule in entity.rules)
    draft.decisions[:] = [
        after + note.removeprefix(before) if note.startswith(before) else note for note in draft.decisions
    ]


def rename_values_in_rules(draft: Draft, holder: EntityDraft, field: str, names: Mapping[str, str]) -> None:
    """Let the rules that look at a status call its values by their new names."""
    for entity, rule in rules_naming_values(draft, holder, field):
        values = tuple(names.get(value, value) for value in rule.values)
        put_in_place(draft, entity, rule, rule.model_copy(update={"values": values}))
    for entity, left in rules_naming_roles(draft, holder, field):
        roles = tuple(names.get(role, role) for role in left.roles)
        put_in_place(draft, entity, left, left.model_copy(update={"roles": roles}))


def rename_in_rules(entity: EntityDraft, old: str, new: str) -> None:
    """Let the rules of an entity call a field by its new name; a relation goes by its key's name without ``_id``."""
    names = {old: new, old.removesuffix("_id"): new.removesuffix("_id")}
    entity.rules = tuple(
        rule.model_copy(update={part: names[value] for part, value in names_in(rule).items() if value in names})
        for rule in entity.rules
    )


def drop_value_in_rules(draft: Draft, holder: EntityDraft, field: str, value: str) -> None:
    """Take a value that is gone from the rules that name it; a rule that named no other goes."""
    for entity, rule in (*rules_naming_values(draft, holder, field), *rules_naming_roles(draft, holder, field)):
        left = without_value(rule, value)
        if left is not None:
            put_in_place(draft, entity, rule, left)
            continue
        drop_rule(draft, entity, rule)
        draft.assume(f"Without {value} of {holder.name} the rule “{rule_in_words(entity.name, rule)}” is gone")


def without_value(rule: OnlyWhile | NoOverlap | AtMost | ActionByRole, value: str) -> DeclaredRule | None:
    """Return a rule that names a value no more; None where nothing is left of it."""
    if isinstance(rule, ActionByRole):
        roles = tuple(one for one in rule.roles if one != value)
        return rule.model_copy(update={"roles": roles}) if roles else None
    values = tuple(one for one in rule.values if one != value)
    if isinstance(rule, NoOverlap):
        return leaving_out(rule, values)
    return rule.model_copy(update={"values": values}) if values else None


def rename_field(draft: Draft, entity: EntityDraft, old: str, new: str) -> None:
    """Give a field another name, in its place, in the rules of its entity, and in those of others that look at it."""
    field = entity.fields[old]
    for other, rule in rules_looking_at(draft, entity, old):
        put_in_place(draft, other, rule, rule.model_copy(update={"field": new}))
    for other in draft.entities.values():
        for counted in other.rules:
            if isinstance(counted, AtMost) and looks_at(other, counted, entity, old):
                put_in_place(draft, other, counted, counted.model_copy(update={"limit": new}))
    field.field = field.field.model_copy(update={"name": new})
    field.words = ()
    entity.fields = {new if name == old else name: value for name, value in entity.fields.items()}
    rename_in_rules(entity, old, new)


def rename_entity_in_rules(draft: Draft, old: str, new: str) -> None:
    """Let rules call an entity by its new name."""
    for entity in draft.entities.values():
        entity.rules = tuple(
            rule.model_copy(update={"entity": new})
            if isinstance(rule, OneOpen | AtMost) and rule.entity == old
            else rule
            for rule in entity.rules
        )


def noted(entity: EntityDraft, rule: DeclaredRule) -> str:
    """Return how the note of a rule begins that was declared from what people said."""
    return rule_note(entity.name, rule)


def quotes_of(draft: Draft, entity: EntityDraft, rule: DeclaredRule) -> list[str]:
    """Return the words in which people said a rule."""
    lead = f"{noted(entity, rule)}: “"
    notes = [note.removeprefix(lead) for note in draft.decisions if note.startswith(lead)]
    return [note.rpartition("”")[0] for note in notes]


def drop_rule(draft: Draft, entity: EntityDraft, rule: DeclaredRule) -> None:
    """Take a rule from its entity, and what was noted of it; what some may do too goes with it, as then all may."""
    entity.rules = tuple(other for other in entity.rules if other != rule)
    draft.decisions[:] = [note for note in draft.decisions if not note.startswith(noted(entity, rule))]
    if isinstance(rule, ActionByRole) and rule.action == "read":
        draft.assumptions[:] = [note for note in draft.assumptions if sees_every(entity) not in note]
    if not isinstance(rule, ActionByOwner):
        return
    also = {one.wish.quote for one in draft.rule_wishes if one.wish.part("also")}
    for other in entity.rules:
        is_alike = isinstance(other, ActionByRole) and other.action == rule.action
        if is_alike and set(quotes_of(draft, entity, other)) <= also:
            drop_rule(draft, entity, other)


def sees_every(entity: EntityDraft) -> str:
    """Return how an assumption goes on that lets roles read the records of a thing, since they change them."""
    return f" sees every {entity.noun} too, as they could do nothing with one otherwise"


def looks_at(entity: EntityDraft, rule: DeclaredRule, holder: EntityDraft, field: str) -> bool:
    """Tell whether a rule of an entity looks at a field of another, which may be gone already."""
    if not isinstance(rule, OnlyWhile | AtMost) or not rule.relation:
        return False
    if field != (rule.limit if isinstance(rule, AtMost) else rule.field):
        return False
    key = entity.fields.get(f"{rule.relation}_id") or entity.fields.get(rule.relation)
    return key is not None and key.field.foreign_key == holder.name


def drop_rules_about(draft: Draft, entity: EntityDraft, field: str) -> None:
    """Take back the rules that name a field which is gone, or look at it, and what was noted of them."""
    gone = {field, field.removesuffix("_id")}
    for other in draft.entities.values():
        for rule in other.rules:
            if looks_at(other, rule, entity, field):
                drop_rule(draft, other, rule)
                draft.assume(f"Without {entity.name}.{field} the rule “{rule_in_words(other.name, rule)}” is gone")
    for rule in entity.rules:
        if isinstance(rule, NoOverlap) and rule.unless == field:
            put_in_place(draft, entity, rule, leaving_out(rule, ()))
        elif gone & set(names_in(rule).values()):
            drop_rule(draft, entity, rule)
            draft.assume(f"Without {entity.name}.{field} the rule “{rule_in_words(entity.name, rule)}” is gone")
