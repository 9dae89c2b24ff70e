"""What the tests of declared rules try: the rows that they make and send, and what is expected of each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from bot.documents.entities.declared_rules import AtMost, LatestAfter, NoOverlap, OneOpen, OnlyWhile, Transition
from bot.documents.entities.entity_specs import EntityField
from bot.generation.kinds import Json
from bot.generation.rule_fields import initial_values, rules_of
from bot.generation.rule_samples import Overrides
from bot.generation.rule_states import status_json, status_values
from bot.generation.rule_views import LimitView, OneOpenView, OverlapView, TransitionView
from bot.generation.rule_writing import status_enum, text_of
from bot.generation.ruled_entity import RuledEntity
from bot.generation.status_steps import step_place, step_segments
from bot.generation.values import Identifier, PythonLiteral

__all__ = ["limit_trials", "one_open_trial", "overlap_trial", "transition_trial"]

type Turn = tuple[dict[str, Json], bool]
"""What is sent, and whether it is taken."""

BESIDE = 50
"""More rows than the tests of periods make."""


def transition_trial(ruled: RuledEntity, rule: Transition) -> TransitionView:
    """Prepare the tests of a status."""
    item = ruled.fields[rule.field]
    return TransitionView(
        rule=text_of(rule),
        attribute=item.attribute,
        constant=Identifier(rule.field.upper()),
        key=item.key,
        label=item.label,
        values=status_enum(rule, ruled.entity, ruled.specs).values,
        initial=PythonLiteral.of(list(initial_values(rule, ruled.entity, ruled.specs))),
        ways=PythonLiteral.of(list(rule.pairs())),
        steps=PythonLiteral.of([(step_place(rule, value), value) for value in step_segments(rule)]),
    )


def one_open_trial(ruled: RuledEntity, rule: OneOpen) -> OneOpenView:
    """Prepare the tests of open rows. Raises ValueError where no client can leave a row open."""
    openings = ruled.samples.openings(rule.until)
    if openings is None:
        raise ValueError(f"no client can leave {rule.until} empty")
    opened, closed = (PythonLiteral.of(ruled.samples.payload(each)) for each in openings)
    parent = ruled.parent(rule.relation)
    return OneOpenView(
        rule=text_of(rule),
        name=parent.field,
        attribute=ruled.fields[parent.field.text].attribute,
        parent=parent,
        opened=opened,
        closed=closed,
        rows=three_rows(ruled, rule, *openings),
    )


def three_rows(
    ruled: RuledEntity, rule: OneOpen, opened: Overrides, closed: Overrides
) -> tuple[PythonLiteral, PythonLiteral, PythonLiteral] | None:
    """Return payloads that break no other rule with each other."""
    if ruled.samples.is_unique(rule.until) or ruled.samples.is_end(rule.until, rule.relation):
        return None
    apart = [ruled.samples.apart(number, rule.relation) for number in range(3)]
    if any(ruled.samples.is_unique(*each) for each in apart):
        return None
    first, other, third = (
        PythonLiteral.of(ruled.samples.payload(each | state))
        for each, state in zip(apart, (opened, closed, opened), strict=True)
    )
    return first, other, third


def overlap_trial(ruled: RuledEntity, rule: NoOverlap) -> OverlapView:
    """Prepare the tests of periods."""
    parent = ruled.parent(rule.relation)
    turns = with_room(ruled, rule, ruled.samples.periods_in_turn(rule))
    taken = next(iter(ruled.samples.candidates(rule)), {})
    status = ruled.fields[rule.unless] if rule.unless else None
    return OverlapView(
        rule=text_of(rule),
        name=Identifier(f"{rule.start}_{rule.end}_{parent.field.text}"),
        parent=parent,
        turns=PythonLiteral.of(turns) if turns else None,
        taken=PythonLiteral.of(ruled.samples.payload(taken)),
        beside=PythonLiteral.of(ruled.samples.payload(ruled.samples.apart(BESIDE, rule.relation, rule) | taken)),
        status=status.key if status else None,
        left_out=PythonLiteral.of(list(left_out(ruled, rule, status.field))) if status else None,
    )


def left_out(ruled: RuledEntity, rule: NoOverlap, status: EntityField) -> Iterator[tuple[Json, Json]]:
    """Yield each status by which a row doesn't count, with one by which it does and that it may come to, or None."""
    ways = [pair for one in rules_of(ruled.entity, Transition) if one.field == status.name for pair in one.pairs()]
    is_kept = any(one.action == "update" for one in rules_of(ruled.entity, OnlyWhile))
    counted = [value for value in status_values(status, ruled.specs) if value not in rule.values]
    for value in rule.values:
        targets = [target for source, target in ways if source == value and target in counted] if ways else counted
        back = None if is_kept or not targets else status_json(status, targets[0])
        yield status_json(status, value), back


def with_room(ruled: RuledEntity, rule: NoOverlap, turns: list[Turn]) -> list[Turn]:
    """Return the turns until one parent has as many rows as another rule lets it have."""
    key = ruled.entity.key_along(rule.relation)
    counts = [one.count for one in rules_of(ruled.entity, AtMost) if ruled.entity.key_along(one.relation) == key]
    room = min((count for count in counts if count), default=len(turns))
    free = accumulate(is_free for _, is_free in turns)
    return [turn for turn, taken in zip(turns, free, strict=True) if taken <= room]


def limit_trials(ruled: RuledEntity) -> Iterator[LimitView]:
    """Yield the tests of limits that a client can reach."""
    for rule in rules_of(ruled.entity, LatestAfter):
        around = ruled.samples.around(rule)
        if around is None:
            continue
        in_time, too_late = (ruled.samples.payload(each) for each in around)
        changed = {name: value for name, value in too_late.items() if in_time[name] != value}
        yield LimitView(
            rule=text_of(rule),
            name=Identifier(f"{rule.field}_after_{rule.after}"),
            in_time=PythonLiteral.of(in_time),
            too_late=PythonLiteral.of(too_late),
            change=PythonLiteral.of(changed),
        )
