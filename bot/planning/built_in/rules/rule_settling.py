"""Turns rules as people said them into declared ones, where the draft has the fields for them; else they are quoted."""

from __future__ import annotations

from copy import deepcopy
from functools import partial

from bot.documents.entities.declared_rules import (
    ActionByRole,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
)
from bot.documents.entities.entity_specs import EntityField, FieldType
from bot.documents.naming import plural
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, RuleWish, Said
from bot.planning.built_in.phrases.rule_phrases import Form, Wish
from bot.planning.built_in.rules.count_rules import left_empty, settle_counts
from bot.planning.built_in.rules.deletion_rules import leave_deletions, settle_deletions
from bot.planning.built_in.rules.due_rules import due, field_after
from bot.planning.built_in.rules.left_out_rules import settle_left_out, standing
from bot.planning.built_in.rules.limits_of_people import take_limits_of_people
from bot.planning.built_in.rules.number_limits import settle_limits
from bot.planning.built_in.rules.owner_rules import owner
from bot.planning.built_in.rules.period_rules import no_overlap
from bot.planning.built_in.rules.role_rules import give_back_roles, let_roles_read, settle_account_roles
from bot.planning.built_in.rules.rule_notation import notation, settle_ways, why_not
from bot.planning.built_in.rules.rule_subjects import (
    Found,
    implied_key,
    is_loan,
    key_to,
    named,
    over_field,
    period_of,
    record_of,
    with_days,
)
from bot.planning.built_in.rules.rule_upkeep import drop_rule, noted, quotes_of
from bot.planning.built_in.rules.span_rules import derived, lasting, lending, limit
from bot.planning.built_in.rules.steps_settling import settle_steps
from bot.planning.built_in.words.vocabulary import a, spoken, word_set, words_of

__all__ = ["leave_rules", "rules_meant", "settle_rules"]

GONE_OUT = word_set("lent out loaned borrowed rented hired loan taken")
"""Words of a status that say that something is with somebody."""
RETURNED = "returned_at"
"""When a loan is over, where people name no moment for it."""


def settle_rules(draft: Draft) -> None:
    """Declare every rule that can be told by now; the rest waits for answers."""
    settle_steps(draft)
    settle_limits(draft)
    take_limits_of_people(draft)
    settle_counts(draft)
    settle_deletions(draft)
    give_back_roles(draft)
    for wish in sorted(draft.rule_wishes, key=lambda one: bool(one.wish.part("also"))):
        if not wish.is_settled and declared(draft, wish):
            wish.is_settled = True
    settle_account_roles(draft)
    settle_steps(draft)
    settle_left_out(draft)


def leave_rules(draft: Draft) -> bool:
    """Quote the rules that could not be declared, now that everything was said; tell whether there were any."""
    left = [wish for wish in draft.rule_wishes if not wish.is_settled]
    for wish in left:
        wish.is_settled = True
        if gets_an_end(draft, wish) and declared(draft, wish):
            continue
        is_notation = wish.wish.form == Form.NOTATION
        draft.leave(f"{wish.wish.quote} ({why_not(draft, wish.wish)})" if is_notation else wish.wish.quote)
    return leave_deletions(draft) or bool(left)


def gets_an_end(draft: Draft, wish: RuleWish) -> bool:
    """Give the loan of which there is one at a time the moment when it is over, where it has none; tell whether."""
    thing = named(draft, wish.wish.part("owner")) if wish.wish.form == Form.ONE_OPEN else None
    loans = [
        one for one in draft.entities.values() if thing and not one.is_pasted and is_loan(one) and key_to(one, thing)
    ]
    if len(loans) != 1 or over_field(loans[0]) or period_of(loans[0]):
        return False
    moment = EntityField(name=RETURNED, type=FieldType(name="datetime"), optional=True)
    loans[0].fields[RETURNED] = FieldDraft(moment, wish.said, type_said=True)
    draft.assume(f"Each {loans[0].noun} has {RETURNED}, empty as long as it is out: “{wish.wish.quote}”")
    return True


def declared(draft: Draft, wish: RuleWish) -> bool:
    """Declare a rule in its entity; tell whether the draft has what it needs.

    A change that says another span for the same moments replaces the rule that had the old one.
    """
    if wish.wish.form == Form.NOTATION and settle_ways(draft, wish.wish):
        return True
    found = found_in(draft, wish)
    if found is None:
        return False
    entity, rules = found
    if not gives_way(draft, entity, rules, wish):
        return False
    for old in [one for one in entity.rules if wish.is_change and any(differs_in_span(one, rule) for rule in rules)]:
        drop_rule(draft, entity, old)
    entity.rules = tuple(dict.fromkeys((*entity.rules, *rules)))
    for rule in rules:
        draft.decide(f"{noted(entity, rule)}: “{wish.wish.quote}” ({wish.said.author})")
    let_roles_read(draft, entity, rules, wish.wish.quote)
    return True


def gives_way(draft: Draft, entity: EntityDraft, rules: tuple[DeclaredRule, ...], wish: RuleWish) -> bool:
    """Let a rule about roles go for another one about the same, where that is a change, or the first was only assumed.

    Tell whether none is left: two that somebody said are not both meant.
    """
    actions = {rule.action for rule in rules if isinstance(rule, ActionByRole)}
    olds = [one for one in entity.rules if isinstance(one, ActionByRole) and one.action in actions and one not in rules]
    if not wish.is_change and any(quotes_of(draft, entity, old) for old in olds):
        return False
    for old in olds:
        drop_rule(draft, entity, old)
    return True


def differs_in_span(one: DeclaredRule, other: DeclaredRule) -> bool:
    """Tell whether two rules say the same of the same moments, but for how long."""
    if not isinstance(one, DerivedMoment | LatestAfter) or not isinstance(other, DerivedMoment | LatestAfter):
        return False
    return one.span != other.span and one.model_copy(update={"span": other.span}) == other


def rules_meant(draft: Draft, wish: Wish) -> list[tuple[EntityDraft, DeclaredRule]]:
    """Return the rules of a draft that a wish would declare, had they not been; the draft stays as it is."""
    trial = deepcopy(draft)
    found = found_in(trial, RuleWish(wish, Said("", wish.quote)))
    entity = draft.entities.get(found[0].name) if found else None
    return [(entity, rule) for rule in found[1] if rule in entity.rules] if found and entity else []


def found_in(draft: Draft, wish: RuleWish) -> Found:
    """Return the entity that a rule stands in, and the rule in its form; None where the draft lacks what it needs."""
    find = {
        Form.ONE_OPEN: one_open, Form.NO_OVERLAP: no_overlap, Form.LIMIT: limit, Form.DERIVED: derived,
        Form.LENDING: lending, Form.OWNER: owner, Form.LASTING: lasting, Form.NOTATION: notation,
        Form.DUE: due, Form.AFTER: field_after,
    }[wish.wish.form]  # fmt: skip
    found = find(draft, wish.wish, "" if wish.is_near else wish.entity, wish.field)
    if found is None and wish.is_near and wish.entity in draft.entities:
        found = find(draft, wish.wish, wish.entity, wish.field)
    return (found[0], tuple(map(partial(as_it_stands, found[0]), found[1]))) if found else None


def as_it_stands(entity: EntityDraft, rule: DeclaredRule) -> DeclaredRule:
    """Return a rule as the entity has it, where it leaves some records out by now."""
    return standing(entity, rule) if isinstance(rule, NoOverlap) and not rule.unless else rule


def one_open(draft: Draft, wish: Wish, _entity: str, _field: str) -> Found:
    """Declare "a lent book can't be lent again"."""
    owner_entity = named(draft, wish.part("owner"))
    record = record_of(draft, wish, owner_entity) if owner_entity else None
    key = implied_key(draft, wish, record, owner_entity) if record and owner_entity else None
    if record and key:
        with_days(draft, wish.quote, record)
    until = over_field(record) if record else None
    period = period_of(record) if record else None
    is_planned = period is not None and not period[1].optional and period[1].type.name == "date"
    if record and key and period and (until is None or is_planned):
        return record, (NoOverlap(start=period[0].name, end=period[1].name, relation=key.name.removesuffix("_id")),)
    if record is None or key is None or until is None:
        return None
    if not until.optional:
        left_empty(draft, record, until)
    if owner_entity:
        note_state(draft, owner_entity, record)
    rule = OneOpen(entity=record.name, relation=key.name.removesuffix("_id"), until=until.name)
    return record, (rule,)


def note_state(draft: Draft, thing: EntityDraft, record: EntityDraft) -> None:
    """Note that nothing but people sets the value of a thing's status that says that it is out."""
    for field in thing.fields.values():
        out = next((value for value in field.values if set(words_of(value)) & GONE_OUT), "")
        if out:
            draft.assume(
                f"{a(record.noun).capitalize()} doesn't change the {spoken(field.field.name)} of its {thing.noun}: "
                f"whoever lends it sets it to {spoken(out)}; the rule looks at {plural(record.noun)} only"
            )
