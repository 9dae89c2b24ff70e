"""Rules that count rows: whether a service can keep one, and what its tests try."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.declared_rules import MOST_COUNTED, AtMost, NoOverlap, OneOpen
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.generation.kinds import kind_of
from bot.generation.rule_fields import rules_of
from bot.generation.rule_rows import CountView
from bot.generation.rule_samples import Overrides, Samples
from bot.generation.rule_writing import key_along, state_arguments, text_of
from bot.generation.ruled_entity import RuledEntity
from bot.generation.values import Identifier, PythonLiteral

__all__ = ["about_count", "count_trials"]

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
    if rule.until and samples.openings(rule.until) is None:
        yield f"no client can leave {rule.until} empty; make it, or what it follows from, Optional[…]."
    elif rule.until and (samples.is_unique(rule.until) or samples.is_end(rule.until, rule.relation)):
        yield f"of open rows there is only one, as {rule.until} says elsewhere; declare “one open” instead."
    if samples.is_unique(*samples.apart(BEFORE, rule.relation)):
        yield "its periods never repeat, so it can't be tried; take “unique” out."
    yield from about_others(rule, entity)


def about_others(rule: AtMost, entity: Entity) -> Iterator[str]:
    """Find rules about the rows of the same parent that leave no room for each other."""
    alike = [one for one in rules_of(entity, OneOpen) if is_about_same(one, rule, entity)]
    periods = [one for one in rules_of(entity, NoOverlap) if is_about_same(one, rule, entity)]
    if any(one.until == rule.until for one in alike):
        yield "another rule says already that one is open at most; take this rule out."
    elif rule.count == 1 and not rule.until and (alike or periods):
        yield "where there is one row at most, no other rule holds it against others; take the other rule out."
    totals = [one for one in rules_of(entity, AtMost) if is_about_same(one, rule, entity) and not one.until]
    if rule.until and not rule.limit and any(0 < total.count <= rule.count for total in totals):
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
        turns = [states(ruled, rule, turn) | opened for turn in range(4)]
        stored, last, too_many, beside = (PythonLiteral.of(ruled.samples.payload(turn)) for turn in turns)
        yield CountView(
            rule=text_of(rule),
            name=Identifier(f"{parent.field.text}_until_{rule.until}") if rule.until else parent.field,
            parent=parent,
            limited=state_arguments(ruled.entity, key, ruled.specs, {rule.limit: most} if rule.limit else {}),
            is_told=bool(rule.limit),
            most=PythonLiteral.of(most),
            stored=stored,
            last=last,
            too_many=too_many,
            beside=beside,
            closed=PythonLiteral.of(ruled.samples.payload(closed)) if openings else None,
        )


def states(ruled: RuledEntity, rule: AtMost, turn: int) -> Overrides:
    """Return what a row has so that no other rule about the same parent is broken: its own time, and closed."""
    kept = Overrides()
    for other in ruled.entity.rules:
        if not isinstance(other, OneOpen | AtMost) or not is_about_same(other, rule, ruled.entity):
            continue
        openings = ruled.samples.openings(other.until) if other.until and other.until != rule.until else None
        kept |= openings[1] if openings else {}
    return kept | ruled.samples.apart(turn, rule.relation)
