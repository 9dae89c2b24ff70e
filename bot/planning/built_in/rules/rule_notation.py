"""Declares rules that people wrote in the bot's own notation, where the draft has the fields that they name."""

from __future__ import annotations

from bot.documents.entities.cardinalities import folded
from bot.documents.entities.declared_rules import (
    WRITES,
    ActionByOwner,
    ActionByRole,
    AtMost,
    DeclaredRule,
    OneOpen,
    OnlyWhile,
    Transition,
)
from bot.documents.entities.entity_lines import Names
from bot.documents.entities.rule_lines import read_rule_line, write_rule
from bot.documents.naming import joined, table_name
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, StatusSteps
from bot.planning.built_in.phrases.rule_phrases import Wish
from bot.planning.built_in.phrases.steps import Steps
from bot.planning.built_in.rules.rule_subjects import Found, named
from bot.planning.built_in.rules.rule_upkeep import names_in, number_at, roles_in, status_at

__all__ = ["notation", "settle_ways", "why_not"]


def notation(draft: Draft, wish: Wish, _entity: str, _field: str) -> Found:
    """Declare "no overlap of starts_at, ends_at per room": in what it names, or in the only thing with such fields."""
    rule, places = meant(draft, wish)
    if isinstance(rule, OnlyWhile) and len(places) == 1:
        rule = in_values_of(draft, places[0], rule)
    if isinstance(rule, ActionByRole):
        rule = in_roles_of(draft, rule)
    return (places[0], (rule,)) if rule and len(places) == 1 and not isinstance(rule, Transition) else None


def in_values_of(draft: Draft, entity: EntityDraft, rule: OnlyWhile) -> OnlyWhile:
    """Return a rule with its values spelled as the status has them."""
    spelled = {folded(value): value for value in status_values(draft, entity, rule)}
    return rule.model_copy(update={"values": tuple(spelled.get(folded(value), value) for value in rule.values)})


def in_roles_of(draft: Draft, rule: ActionByRole) -> ActionByRole:
    """Return a rule with its roles spelled as the role of the account has them."""
    spelled = {folded(role): role for role in roles_in(draft)}
    return rule.model_copy(update={"roles": tuple(spelled.get(folded(role), role) for role in rule.roles)})


def status_values(draft: Draft, entity: EntityDraft, rule: OnlyWhile) -> tuple[str, ...]:
    """Return the values of the status that a rule looks at: those of an enum, or true and false; none of no status."""
    place = status_at(draft, entity, rule)
    if place is None:
        return ()
    holder, status = place
    is_truth = status.field.type.name == "bool" and not status.field.type.is_list
    return values_of(draft, holder, status.field.name) or (("true", "false") if is_truth else ())


def settle_ways(draft: Draft, wish: Wish) -> bool:
    """Take "transition status: open -> paid" as all the steps of a status; tell whether it is clear of which."""
    rule, places = meant(draft, wish)
    if not isinstance(rule, Transition) or len(places) != 1:
        return False
    values = values_of(draft, places[0], rule.field)
    spelled = {folded(value): value for value in values}
    steps = Steps(states=list(values), quotes=[wish.quote])
    for change in rule.changes:
        targets = tuple(spelled.get(folded(target), target) for target in change.targets)
        steps.go((spelled.get(folded(change.source), change.source),), targets)
    draft.steps.append(StatusSteps(places[0].name, steps, places[0].said, rule.field, is_whole=True))
    return True


def meant(draft: Draft, wish: Wish) -> tuple[DeclaredRule | None, list[EntityDraft]]:
    """Return the rule that a line has, in the names of the draft, and the entities that may be meant."""
    reading = read_rule_line(wish.parts["rule"], names_of(draft))
    rule = reading.rule
    if rule is None:
        return None, []
    about = draft.entities.get(reading.entity) or named(draft, wish.part("entity"))
    if about is None and wish.part("entity"):
        return rule, []
    if isinstance(rule, OneOpen | AtMost) and about is None:
        about = draft.entities.get(rule.entity)
    places = [one for one in ([about] if about else draft.entities.values()) if has_all(draft, one, rule)]
    if isinstance(rule, Transition) and len(places) > 1:
        told = {folded(value) for pair in rule.pairs() for value in pair}
        fitting = [one for one in places if told <= set(map(folded, values_of(draft, one, rule.field)))]
        places = fitting or places
    return rule, places


def names_of(draft: Draft) -> Names:
    """Return the names of a draft, in which rules may be written."""
    spellings = {folded(form): name for name in draft.entities for form in (name, table_name(name))}
    return Names(entities=frozenset(draft.entities), spellings=spellings)


def has_all(draft: Draft, entity: EntityDraft, rule: DeclaredRule) -> bool:
    """Tell whether an entity has every field and reference that a rule names; who alone may do a thing must log in."""
    if isinstance(rule, OneOpen | AtMost) and rule.entity != entity.name:
        return False
    if isinstance(rule, AtMost) and rule.limit and number_at(draft, entity, rule) is None:
        return False
    if isinstance(rule, ActionByOwner):
        key = entity.fields.get(f"{rule.field}_id") or entity.fields.get(rule.field)
        who = draft.entities.get(key.field.foreign_key or "") if key else None
        return who is not None and who.account
    if isinstance(rule, ActionByRole):
        is_known = set(map(folded, rule.roles)) <= set(map(folded, roles_in(draft)))
        return is_known and rule.action in WRITES and not entity.account
    if isinstance(rule, OnlyWhile):
        known = set(map(folded, status_values(draft, entity, rule)))
        is_possible = rule.relation or rule.action != "create"
        return bool(is_possible) and bool(known) and set(map(folded, rule.values)) <= known
    return all(
        f"{name}_id" in entity.fields if part == "relation" else name in entity.fields
        for part, name in names_in(rule).items()
    )


def values_of(draft: Draft, entity: EntityDraft, field: str) -> tuple[str, ...]:
    """Return the values of a field, or nothing."""
    one = entity.fields.get(field)
    return draft.values_of(one) if one else ()


def why_not(draft: Draft, wish: Wish) -> str:
    """Return what to do about a rule in the notation that could not be declared."""
    rule, places = meant(draft, wish)
    if rule is not None and len(places) > 1:
        which = joined([one.name for one in places], "or")
        return f"which one is meant: {which}? Say it such as “{places[0].name}: {write_rule(rule)}”"
    if isinstance(rule, ActionByOwner):
        return f"{rule.field} must be named by it, and log in"
    if isinstance(rule, ActionByRole):
        return f"what is added, changed or deleted can be left to {joined(list(roles_in(draft)), 'or')}"
    if isinstance(rule, AtMost) and rule.limit:
        return f"nothing here has the whole number {rule.number}"
    if isinstance(rule, OnlyWhile):
        return f"nothing here has {rule.path} with {joined(list(rule.values), 'and')}"
    return f"nothing here has {joined([*names_in(rule).values()])}" if rule else "nothing here is called so"
