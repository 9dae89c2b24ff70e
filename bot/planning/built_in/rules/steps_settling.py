"""Turns the steps of a status, as people told them, into the field with its values and the rule that keeps them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.documents.entities.declared_rules import StatusChange, Transition
from bot.documents.entities.entity_specs import EntityField
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, StatusSteps
from bot.planning.built_in.phrases.status_phrases import read_status_phrases
from bot.planning.built_in.rules.rule_upkeep import drop_rule, noted, quotes_of, rename_values_in_rules
from bot.planning.built_in.rules.status_edges import edges_of, ended_by_a_no, every_edge, one_after_the_other
from bot.planning.built_in.rules.status_rules import declares_status, status_rules
from bot.planning.built_in.words.field_kinds import CHOICE_WORDS, typed
from bot.planning.built_in.words.vocabulary import spoken

__all__ = ["NOBODY_SAID", "put_rule", "rename_values", "settle_steps"]

NOBODY_SAID = ", as nobody said which may"
"""How an assumption about the ways of a status ends."""
SPEAKS_OF_ALL = regex(r"\b(?:chang|edit|touch|modif|alter)", re.IGNORECASE)
"""Words that mean the whole row, not its status alone: "once done it can't be changed"."""


def settle_steps(draft: Draft, *, is_early: bool = False) -> None:
    """Declare the steps of every status that has any; steps of what is no longer there are dropped.

    What only seems to be a step waits as long as it is early: whether things have records is told by their links.
    """
    waiting: list[StatusSteps] = []
    for one in draft.steps:
        name = draft.other_words.get(one.entity, one.entity)
        entity = draft.entities.get(name)
        if entity is None:
            continue
        if has_new_state(draft, entity, one) and is_early and read_status_phrases(one.steps.quotes[0]):
            waiting.append(one)
        elif has_new_state(draft, entity, one) and status_rules(draft, one.steps.quotes[0]):
            draft.leave(one.steps.quotes[0])
        else:
            declare(draft, entity, one)
    draft.steps = waiting


def has_new_state(draft: Draft, entity: EntityDraft, said: StatusSteps) -> bool:
    """Tell whether one sentence names a state that the status lacks: "only a working kiln can be booked"."""
    known = {value for one in entity.fields.values() for value in draft.values_of(one)}
    return bool(known) and len(said.steps.quotes) == 1 and bool(set(said.steps.states) - known)


def declare(draft: Draft, entity: EntityDraft, said: StatusSteps) -> None:
    """Give an entity its status and the rule of its steps; what was declared so far goes on beside them."""
    states = list(said.steps.states)
    if not said.steps.edges and not said.limits:
        if not any(set(states) & set(draft.values_of(one)) for one in entity.fields.values()):
            draft.leave(" … ".join(said.steps.quotes))
        return
    known = entity.fields.get(said.status)
    field = known or status_of(entity, states)
    quote = " … ".join(said.steps.quotes)
    if field is None:
        name = "status" if "status" not in entity.fields else "state"
        field = FieldDraft(EntityField(name=name, type=typed("str")), said.said, (name,), type_said=True)
        entity.fields[name] = field
        entity.is_settled = True
        draft.assume(f"{entity.name}: “{quote}” are the steps of its {name}")
    values = draft.values_of(field)
    more = [state for state in states if state not in values]
    if values and more:
        draft.assume(f"{entity.name}: {', '.join(more)} is one more {field.field.name}, as the steps name it")
    if field.values or not values:
        field.values = (*field.values, *more)
        field.open_values = field.open_plural = field.guessed_text = False
    elif more:
        draft.enums[field.field.type.name] = values = (*values, *more)
    if entity.is_pasted and field.field.optional:
        draft.assume(f"{entity.name}.{field.field.name} must be given, as its steps need a value")
    field.field = field.field.model_copy(update={"optional": False})
    old = next((one for one in entity.rules if isinstance(one, Transition) and one.field == field.field.name), None)
    before = without_assumed(draft, entity, field.field.name, old.pairs(), said) if old else ()
    leads_on = {source for source, _ in (*before, *said.steps.edges)}
    said.limits = [limit.ending_where_none_leads_on(leads_on) for limit in said.limits]
    edges = edges_of(said, field.values or values, before)
    if not before and (way := one_after_the_other(said, field.values or values)):
        draft.assume(f"{entity.name}: {' → '.join(map(spoken, way))}, one after the other as they were listed")
    if noes := ended_by_a_no(said):
        draft.assume(f"{entity.name}: nothing follows {' or '.join(map(spoken, noes))}, as nobody said what does")
    note_finals(draft, entity, field.field.name, said)
    is_free = any(limit.is_any for limit in said.limits) and len(edges) == len(every_edge(field.values or values))
    put_rule(draft, entity, field.field.name, () if is_free else edges, quote)


def without_assumed(
    draft: Draft, entity: EntityDraft, field: str, pairs: Sequence[tuple[str, str]], said: StatusSteps
) -> list[tuple[str, str]]:
    """Return the changes of a rule without those that were assumed of values that people speak of now."""
    told = {value for edge in said.steps.edges for value in edge}
    told |= {value for limit in said.limits for value in limit.values()}
    gone = {edge for name, of, edge in draft.assumed_ways if (name, of) == (entity.name, field) and told & set(edge)}
    if gone:
        draft.assumed_ways = [
            one for one in draft.assumed_ways if one[2] not in gone or one[:2] != (entity.name, field)
        ]
        draft.assumptions[:] = [
            note
            for note in draft.assumptions
            if not (note.startswith(f"{entity.name}: any {spoken(field)} may change") and note.endswith(NOBODY_SAID))
        ]
    return [pair for pair in pairs if pair not in gone]


def put_rule(draft: Draft, entity: EntityDraft, field: str, edges: Sequence[tuple[str, str]], quote: str) -> None:
    """Let a status have these changes and no others; without any, there is no rule."""
    old = next((one for one in entity.rules if isinstance(one, Transition) and one.field == field), None)
    quotes = [*(quotes_of(draft, entity, old) if old else ()), *([quote] if quote else [])]
    if old is not None:
        drop_rule(draft, entity, old)
    one = entity.fields[field]
    values = draft.values_of(one)
    if not edges:
        return
    changes = tuple(
        StatusChange(source=state, targets=targets)
        for state in values
        if (targets := tuple(target for source, target in edges if source == state))
    )
    rule = Transition(field=field, changes=changes)
    entity.rules = (*entity.rules, rule)
    draft.decide(f"{noted(entity, rule)}: “{' … '.join(dict.fromkeys(quotes))}”")


def rename_values(draft: Draft, entity: EntityDraft, field: str, names: Mapping[str, str]) -> None:
    """Call values of a status otherwise, in its rule and its default too; ``names`` maps old ones to new ones."""
    one = entity.fields[field]
    old = next((rule for rule in entity.rules if isinstance(rule, Transition) and rule.field == field), None)
    edges = [(names.get(source, source), names.get(target, target)) for source, target in old.pairs()] if old else []
    one.values = tuple(names.get(value, value) for value in one.values)
    rename_values_in_rules(draft, entity, field, names)
    default = one.field.default
    one.field = one.field.model_copy(update={"default": names.get(default, default) if default else default})
    here = (entity.name, field)
    draft.finals[:] = [
        (name, of, names.get(last, last) if (name, of) == here else last) for name, of, last in draft.finals
    ]
    for ways in (draft.assumed_ways, draft.barred_ways):
        ways[:] = [
            (name, of, (names.get(pair[0], pair[0]), names.get(pair[1], pair[1])) if (name, of) == here else pair)
            for name, of, pair in ways
        ]
    if old is not None:
        put_rule(draft, entity, field, edges, "")


def note_finals(draft: Draft, entity: EntityDraft, field: str, said: StatusSteps) -> None:
    """Remember what nothing follows; words that speak of the whole thing hold its status only, which is said."""
    for limit, quote in zip(said.limits, said.limit_quotes, strict=True):
        for value in limit.finals:
            draft.finals.append((entity.name, field, value))
        pairs = [(source, target) for sources, targets in limit.barred for source in sources for target in targets]
        draft.barred_ways += [(entity.name, field, pair) for pair in pairs]
        if limit.finals and SPEAKS_OF_ALL.search(quote) and not declares_status(draft, quote, said.said.author):
            finals = " or ".join(map(spoken, limit.finals))
            draft.assume(
                f"{entity.name}: “{quote}” is kept for its {spoken(field)}: nothing follows {finals}; "
                "its other fields can still be edited"
            )


def status_of(entity: EntityDraft, states: list[str]) -> FieldDraft | None:
    """Return the field whose values are such states, or the one that is called like a status, or None."""
    plain = [one for one in entity.fields.values() if not one.field.foreign_key]
    sharing = [one for one in plain if set(one.values) & set(states)]
    called = [
        one for one in plain
        if one.field.name.rpartition("_")[2] in CHOICE_WORDS - {"role", "priority", "severity"} and not one.values
    ]  # fmt: skip
    found = sharing or called
    return found[0] if found else None
