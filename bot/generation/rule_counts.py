"""Rules that count rows: whether a service can keep one, and what its tests try."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.declared_rules import (
    MOST_COUNTED,
    AtMost,
    NoOverlap,
    OneOpen,
    OnlyWhile,
    Transition,
    fields_of,
)
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.naming import snake_case
from bot.generation.kinds import kind_of
from bot.generation.rule_fields import given_fields, rules_of
from bot.generation.rule_rows import CountedState, CountView, RuleParent
from bot.generation.rule_samples import Overrides, Samples
from bot.generation.rule_states import about_values, status_json, status_values
from bot.generation.rule_writing import key_along, state_arguments, text_of
from bot.generation.ruled_entity import RuledEntity
from bot.generation.values import Identifier, PythonLiteral

__all__ = ["about_count", "count_trials"]

ROOM_BESIDE = 3
"""Rows of the same parent that tests make beside those that count."""
BEFORE, LAST, TOO_MANY, BESIDE = range(4)
"""The turns in which the tests of a count make rows, to keep their periods apart."""


def about_count(rule: AtMost, entity: Entity, specs: EntitySpecs) -> Iterator[str]:
    """Yield what keeps a count from being kept or tried, the most basic first."""
    samples, key = Samples(entity, specs), entity.key_along(rule.relation)
    parent = specs.entity(key.foreign_key or "") if key else None
    number = parent.field(rule.limit) if parent and rule.limit else None
    if rule.limit and (number is None or number.type.name != "int" or number.type.is_list):
        yield f"{rule.number} is no whole number."
    elif number is not None and not number.is_given:
        yield f"no client gives {rule.number}."
    elif parent is not None and not 1 <= rows_of(rule, parent, specs) <= MOST_COUNTED:
        yield f"it can't be tried; let {rule.number} be between 1 and {MOST_COUNTED}."
    if status := entity.field(rule.status):
        yield from about_state(rule, status, specs)
    if day := entity.field(rule.day):
        yield from about_day(rule, day, entity)
    if rule.until and samples.openings(rule.until) is None:
        yield f"no client can leave {rule.until} empty; make it, or what it follows from, Optional[…]."
    elif rule.until and (samples.is_unique(rule.until) or samples.is_end(rule.until, rule.relation)):
        yield f"of open rows there is only one, as {rule.until} says elsewhere; declare “one open” instead."
    if samples.is_unique(*samples.apart(BEFORE, rule.relation)):
        yield "its periods never repeat, so it can't be tried; take “unique” out."
    yield from about_others(rule, entity)


def about_state(rule: AtMost, status: EntityField, specs: EntitySpecs) -> Iterator[str]:
    """Find what is no status, values that it doesn't have, and two things at once by which rows count."""
    yield from about_values(rule.status, rule.values, status, specs)
    if rule.until:
        yield "rows count by a status or by what is empty, not by both; leave one of them out."
    if status.unique:
        yield f"{rule.status} is unique, so there would be only one row for each value."


def about_day(rule: AtMost, day: EntityField, entity: Entity) -> Iterator[str]:
    """Find what tells no day, days that never repeat, and other rules about the rows of a parent or about the day."""
    if day.type.name != "date" or day.type.is_list:
        yield f"{rule.day} is no date, so it doesn't tell of which day a row is."
    elif day.optional or day not in given_fields(entity):
        yield f"a client must always give {rule.day}; make it required, and take out the rule that sets it."
    elif day.unique:
        yield f"{rule.day} is unique, so there is one row a day already; take one of the two out."
    if rule.until or rule.status:
        yield "rows are counted by the day or by what is open, not by both; leave one of them out."
    others = [one for one in entity.rules if one != rule]
    counted = [
        one for one in others if isinstance(one, AtMost | NoOverlap | OneOpen) and is_about_same(one, rule, entity)
    ]
    if counted or any(rule.day in fields_of(one) for one in others if not isinstance(one, AtMost)):
        yield "beside a count by the day there is no other rule about the same rows or that day; take one of them out."


def about_others(rule: AtMost, entity: Entity) -> Iterator[str]:
    """Find rules about the rows of the same parent that leave no room for each other."""
    alike = [one for one in rules_of(entity, OneOpen) if is_about_same(one, rule, entity)]
    periods = [one for one in rules_of(entity, NoOverlap) if is_about_same(one, rule, entity)]
    if not rule.status and any(one.until == rule.until for one in alike):
        yield "another rule says already that one is open at most; take this rule out."
    elif rule.count == 1 and not (rule.until or rule.status) and (alike or periods):
        yield "where there is one row at most, no other rule holds it against others; take the other rule out."
    totals = [one for one in rules_of(entity, AtMost) if is_about_same(one, rule, entity)]
    totals = [one for one in totals if not (one.until or one.status)]
    if rule.status and any(0 < total.count < rule.count + ROOM_BESIDE for total in totals):
        yield "there is no room for rows that don't count, so it can't be tried; let there be more rows in all."
    elif rule.until and not rule.limit and any(0 < total.count <= rule.count for total in totals):
        yield "there never are so many rows, open or not; take this rule out."


def is_about_same(one: AtMost | NoOverlap | OneOpen, other: AtMost, entity: Entity) -> bool:
    """Tell whether two rules are about the rows of one parent."""
    return entity.key_along(one.relation) == entity.key_along(other.relation)


def rows_of(rule: AtMost, parent: Entity, specs: EntitySpecs) -> int:
    """Return how many rows tests let a parent have; 0 where its field has no number for that."""
    field = parent.field(rule.limit) if rule.limit else None
    if field is None:
        return rule.count
    values = kind_of(f"{parent.name}.{field.name}", field, specs).examples()
    return min((value for value in values if isinstance(value, int) and value > 0), default=0)


def count_trials(ruled: RuledEntity) -> Iterator[CountView]:
    """Yield the tests of each count. Raises ValueError where there is no parent."""
    for rule in rules_of(ruled.entity, AtMost):
        parent, key = ruled.parent(rule.relation), key_along(ruled.entity, rule.relation)
        holder = ruled.specs.entity(parent.name.text)
        if holder is None:
            raise ValueError(f"{rule.relation} of {ruled.entity.name} has no parent")
        most = rows_of(rule, holder, ruled.specs)
        openings = ruled.samples.openings(rule.until) if rule.until else None
        opened, closed = openings or (Overrides(), Overrides())
        same_day: Overrides = {rule.day: ruled.samples.hours[rule.day][0]} if rule.day else {}
        turns = [states(ruled, rule, turn) | opened | same_day for turn in range(4)]
        stored, last, too_many, beside = (PythonLiteral.of(ruled.samples.payload(turn)) for turn in turns)
        yield CountView(
            rule=text_of(rule),
            name=name_of(rule, parent),
            parent=parent,
            limited=state_arguments(ruled.entity, key, ruled.specs, {rule.limit: most} if rule.limit else {}),
            is_told=bool(rule.limit),
            most=PythonLiteral.of(most),
            stored=stored,
            last=last,
            too_many=too_many,
            beside=beside,
            closed=PythonLiteral.of(ruled.samples.payload(closed)) if openings else None,
            state=state_trial(ruled, rule) if rule.status else None,
            another_day=another_day(ruled, rule) if rule.day else None,
        )


def another_day(ruled: RuledEntity, rule: AtMost) -> PythonLiteral:
    """Return what a row of another day than the others has."""
    return PythonLiteral.of(ruled.samples.payload({rule.day: ruled.samples.hours[rule.day][1]}))


def name_of(rule: AtMost, parent: RuleParent) -> Identifier:
    """Return what ends the names of a count's tests."""
    if rule.status:
        return Identifier(f"{parent.field.text}_while_{rule.status}_{snake_case('_'.join(rule.values))}")
    if rule.day:
        return Identifier(f"{parent.field.text}_and_{rule.day}")
    return Identifier(f"{parent.field.text}_until_{rule.until}") if rule.until else parent.field


def state_trial(ruled: RuledEntity, rule: AtMost) -> CountedState:
    """Return what the tests of a count by a status try: rows that count, that begin to, and that don't."""
    status = ruled.fields[rule.status].field
    ways = [pair for one in rules_of(ruled.entity, Transition) if one.field == status.name for pair in one.pairs()]
    values = status_values(status, ruled.specs)
    steps = ways or [(source, target) for source in values for target in values if source != target]
    is_kept = any(one.action == "update" for one in rules_of(ruled.entity, OnlyWhile))
    entering = [] if is_kept else [(one, to) for one, to in steps if one not in rule.values and to in rule.values]
    is_held = is_kept or any(one.unless == status.name for one in rules_of(ruled.entity, NoOverlap))
    leaving = [] if is_held else [(one, to) for one, to in steps if one in rule.values and to not in rule.values]
    begins = next(iter(ruled.samples.examples(status) or ()), None)
    return CountedState(
        key=ruled.fields[rule.status].key,
        counted=PythonLiteral.of(status_json(status, rule.values[0])),
        entering=pair_of(status, entering),
        leaving=pair_of(status, leaving),
        begins=begins in [status_json(status, value) for value in rule.values],
    )


def pair_of(status: EntityField, steps: list[tuple[str, str]]) -> PythonLiteral | None:
    """Return the first of some steps of a status as clients send its two values; None where there is none."""
    return PythonLiteral.of(tuple(status_json(status, value) for value in steps[0])) if steps else None


def states(ruled: RuledEntity, rule: AtMost, turn: int) -> Overrides:
    """Return what a row has so that no other rule about the same parent is broken: its own time, and closed."""
    kept = Overrides()
    for other in ruled.entity.rules:
        if not isinstance(other, OneOpen | AtMost) or not is_about_same(other, rule, ruled.entity):
            continue
        openings = ruled.samples.openings(other.until) if other.until and other.until != rule.until else None
        kept |= openings[1] if openings else {}
    return kept | ruled.samples.apart(turn, rule.relation)
