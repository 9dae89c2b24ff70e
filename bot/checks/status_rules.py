"""Rules over actions that depend on a status: there is one to look at, and it decides something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.checks.entity_specs import ENTITY_RULES
from bot.checks.registry import Problem, quote
from bot.checks.rule_owner import CORRECT_IT, Owner, beginnings, for_each_rule, owners, reachable, spelled
from bot.documents.entities.declared_rules import (
    WRITES,
    AtMost,
    DeclaredRule,
    NoOverlap,
    OnlyWhile,
    Transition,
    counting_status,
    rule_subject,
)
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.findings import Severity
from bot.documents.naming import joined

__all__: list[str] = []

rule = ENTITY_RULES.rule


@rule(
    "PT273",
    "What depends on a status is create, update or delete; create looks at the status of a row that is named",
    Severity.ERROR,
    "A new row has no status yet that could forbid it; what else may be done is behaviour of its own.",
)
@for_each_rule
def depends_on_what_is_there(_owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find actions that no status can hold back."""
    if not isinstance(declared, OnlyWhile):
        return
    if declared.action not in WRITES:
        yield f"{quote(declared.action)} can't depend on a status.", f"Write {joined(list(WRITES), 'or')}."
    elif declared.action == "create" and not declared.relation:
        step = f"Name the row that is looked at, such as “room.{declared.field}”, or write update or delete."
        yield f"a new row has no {declared.field} yet that could forbid it.", step


@rule(
    "PT274",
    "What depends on a status is forbidden at one of its values at least, and “unless” leaves out some of them",
    Severity.WARNING,
    "A rule that names every value holds nothing back, and usually one too many was named.",
)
@for_each_rule
def holds_something_back(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find rules that every row keeps; an empty status has none of the values, so it is one that is held back."""
    if isinstance(declared, OnlyWhile):
        status, path = owner.status(declared), declared.path
    elif isinstance(declared, NoOverlap | AtMost):
        path = counting_status(declared)
        status = owner.fields.get(path)
    else:
        return
    values = owner.values(declared)
    if status is not None and not status.optional and values and set(values) <= set(declared.values):
        yield f"it names every value of {path}, so it holds nothing back.", CORRECT_IT


@rule(
    "PT275",
    "What depends on a status is possible at one of its values that a row can come to",
    Severity.WARNING,
    "A rule that only values allow which no way leads to lets nothing through.",
)
def lets_something_through(specs: EntitySpecs) -> Iterator[Problem]:
    """Find rules that no row ever keeps, because none comes to any of the values."""
    transitions: dict[tuple[str, str], Transition] = {}
    for entity in specs.entities:
        transitions |= {(entity.name, way.field): way for way in entity.rules if isinstance(way, Transition)}
    for owner in owners(specs):
        for number, declared in enumerate(owner.entity.rules, start=1):
            if not isinstance(declared, OnlyWhile):
                continue
            status, holder = owner.status(declared), owner.looked_at(declared)
            ways, values = transitions.get((holder or "", declared.field)), owner.values(declared)
            known = [value for value in declared.values if value in values]
            if status is None or ways is None or not known:
                continue
            if reachable(ways, beginnings(ways, status, values)).isdisjoint(known):
                message = (
                    f"{spelled(declared)} of {owner.entity.name}: no way of {declared.path} leads to "
                    f"{joined(known, 'or')}, so it lets nothing through."
                )
                step = "Add the ways that lead there, or name other values."
                yield Problem(rule_subject(owner.entity.name, number), message, step)


@rule(
    "PT276",
    "What may be updated only at some values of its status comes back to them, or its transitions say what is final",
    Severity.WARNING,
    "At its other values nothing of the row can be changed any more, not even its status: it is frozen for good.",
)
def comes_back(specs: EntitySpecs) -> Iterator[Problem]:
    """Find rows that freeze by accident; with ways of its own a status goes on, and where they end it is meant so."""
    for owner in owners(specs):
        guided = {one.field for one in owner.entity.rules if isinstance(one, Transition)}
        for number, declared in enumerate(owner.entity.rules, start=1):
            if not isinstance(declared, OnlyWhile) or declared.action != "update" or declared.relation:
                continue
            values, known = owner.values(declared), set(declared.values)
            held = [value for value in values if value not in known]
            if declared.field in guided or not held or not known & set(values):
                continue
            message = (
                f"{spelled(declared)} of {owner.entity.name}: a row with the {declared.field} {joined(held, 'or')} "
                f"stays as it is for good, its {declared.field} too."
            )
            yield Problem(rule_subject(owner.entity.name, number), message, way_out(declared, held, values))


def way_out(declared: OnlyWhile, held: Sequence[str], values: Sequence[str]) -> str:
    """Return what to write where a row shall come back, or where it is meant to be final."""
    first = next(value for value in values if value in declared.values)
    if set(values) <= {"true", "false"}:
        return f"Use a status with values and ways between them if {held[0]} shall end; else leave it so."
    back, final = (
        f"transition {declared.field}: {one} -> {other}" for one, other in ((held[0], first), (first, held[0]))
    )
    return f"Say where it goes on, such as “{back}”, or that it is final: “{final}”."
