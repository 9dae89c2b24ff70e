"""How each declared rule is stated in the service: the object of ``app.rules`` that keeps it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.documents.entities.declared_rules import (
    ActionByOwner,
    ActionByRole,
    AtMost,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
    OnlyWhile,
    Span,
    TimeUnit,
    Transition,
)
from bot.documents.entities.rule_lines import write_rule
from bot.generation.kinds.base import DATES, ENUMS
from bot.generation.names import attribute_name
from bot.generation.rule_fields import initial_values, rules_of
from bot.generation.rule_writing import joined, key_along, looked_at, made, member, status_enum, status_text
from bot.generation.ruled_entity import RuledEntity
from bot.generation.values import Expression

WRITE = "from app.rules.base.only_while import Write"

__all__ = ["derive_name", "rule_line", "span_text"]


def rule_line(ruled: RuledEntity, rule: DeclaredRule) -> Expression:
    """Write the object that keeps a rule."""
    match rule:
        case DerivedMoment():
            return made("derived", "DerivedField", rule, derived_arguments(ruled, rule))
        case Transition():
            return made("transition", "StatusTransition", rule, transition_arguments(ruled, rule), ENUMS)
        case OneOpen():
            arguments = {
                "relation": ruled.column(key_along(ruled.entity, rule.relation).name),
                "until": ruled.column(rule.until),
            }
            return made("one_open", "OneOpen", rule, arguments)
        case NoOverlap():
            arguments = overlap_arguments(ruled, rule)
            return made("no_overlap", "NoOverlap", rule, arguments, *enums_in(arguments))
        case LatestAfter():
            columns = {"field": ruled.column(rule.field), "after": ruled.column(rule.after)}
            return made("latest_after", "LatestAfter", rule, {**columns, "span": span_text(rule.span)}, DATES)
        case OnlyWhile():
            arguments = while_arguments(ruled, rule)
            return made("only_while", "OnlyWhile", rule, arguments, WRITE, *enums_in(arguments))
        case AtMost():
            arguments = count_arguments(ruled, rule)
            return made("at_most", "AtMost", rule, arguments, *enums_in(arguments))
        case ActionByOwner() | ActionByRole():
            raise TypeError(f"{write_rule(rule)!r} is about who acts, not about rows")


def enums_in(arguments: Mapping[str, str]) -> tuple[str, ...]:
    """Return the import of the enums, where the values of a status are some of them."""
    return (ENUMS,) if "enums." in arguments.get("values", "") else ()


def derived_arguments(ruled: RuledEntity, rule: DerivedMoment) -> dict[str, str]:
    """Write what makes a derivation."""
    derive = f"{ruled.entity.name}.{derive_name(rule)}"
    return {"field": ruled.column(rule.field), "source": ruled.column(rule.source), "derive": derive}


def transition_arguments(ruled: RuledEntity, rule: Transition) -> dict[str, str]:
    """Write the ways of a status."""
    enum = status_enum(rule, ruled.entity, ruled.specs)
    initial = [member(enum, value) for value in initial_values(rule, ruled.entity, ruled.specs)]
    ways = {member(enum, way.source): [member(enum, value) for value in way.targets] for way in rule.changes}
    if ruled.fields[rule.field].field.optional:
        ways = {"None": initial, **ways}
        initial = [*initial, "None"]
    written = ", ".join(f"{source}: {joined(targets)}" for source, targets in ways.items())
    return {"field": ruled.column(rule.field), "initial": joined(initial), "ways": f"{{{written}}}"}


def overlap_arguments(ruled: RuledEntity, rule: NoOverlap) -> dict[str, str]:
    """Write what makes periods lie apart."""
    key = key_along(ruled.entity, rule.relation)
    arguments = {
        "start": ruled.column(rule.start),
        "end": ruled.column(rule.end),
        "relation": ruled.column(key.name),
        "parent": key.foreign_key or "",
    }
    return arguments | (status_arguments(ruled, "unless", rule.unless, rule.values) if rule.unless else {})


def status_arguments(ruled: RuledEntity, part: str, status: str, named: tuple[str, ...]) -> dict[str, str]:
    """Write an own status and some of its values, by which rows count or don't; ``part``: what the rule calls it."""
    values = joined([status_text(ruled.fields[status].field, value, ruled.specs) for value in named])
    return {part: ruled.column(status), "values": values}


def count_arguments(ruled: RuledEntity, rule: AtMost) -> dict[str, str]:
    """Write whose rows are counted, how many there may be, and which of them count."""
    key = key_along(ruled.entity, rule.relation)
    parent = ruled.specs.entity(key.foreign_key or "")
    limit = parent.field(rule.limit) if parent and rule.limit else None
    arguments = {"relation": ruled.column(key.name), "parent": key.foreign_key or ""}
    if limit is not None:
        arguments["limit"] = f"{key.foreign_key}.{attribute_name(limit)}"
    else:
        arguments["count"] = str(rule.count)
    if rule.status:
        return arguments | status_arguments(ruled, "status", rule.status, rule.values)
    if rule.day:
        return arguments | {"day": ruled.column(rule.day)}
    return arguments | ({"until": ruled.column(rule.until)} if rule.until else {})


def while_arguments(ruled: RuledEntity, rule: OnlyWhile) -> dict[str, str]:
    """Write what an action depends on; a step of the own status goes its own ways."""
    key = key_along(ruled.entity, rule.relation) if rule.relation else None
    holder, status = looked_at(ruled.entity, rule, ruled.specs)
    field = f"{holder.name}.{attribute_name(status)}"
    arguments = {
        "write": f"Write.{rule.action.upper()}",
        "field": field,
        "values": joined([status_text(status, value, ruled.specs) for value in rule.values]),
    }
    if key is not None:
        arguments |= {"relation": ruled.column(key.name), "parent": holder.name}
    elif rule.action == "update" and any(way.field == rule.field for way in rules_of(ruled.entity, Transition)):
        arguments["has_steps"] = "True"
    return arguments


def derive_name(rule: DerivedMoment) -> str:
    """Return the function of the model that derives a field."""
    return f"derive_{rule.field}"


def span_text(span: Span) -> str:
    """Write a span of time."""
    unit = "days" if span.unit is TimeUnit.DAYS else "hours"
    return f"dt.timedelta({unit}={span.count})"
