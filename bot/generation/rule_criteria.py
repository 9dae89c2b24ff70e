"""One EARS criterion for each declared rule, which also says what the rule's words leave open."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.declared_rules import (
    ActionByOwner,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
    Span,
    Transition,
)
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.rule_lines import written_value
from bot.generation.names import article, entity_names, words
from bot.generation.rule_fields import initial_values

__all__ = ["rule_sentences"]

REFUSED = "THEN THE System SHALL answer 409 with the words of the rule and change nothing."
FORBIDDEN = "THEN THE System SHALL answer 403 with the words of the rule and change nothing."


def rule_sentences(entity: Entity, specs: EntitySpecs) -> Iterator[str]:
    """Yield the criterion of each rule of an entity, in order."""
    return (rule_sentence(rule, entity, specs) for rule in entity.rules)


def rule_sentence(rule: DeclaredRule, entity: Entity, specs: EntitySpecs) -> str:
    """Say what the service does about a rule."""
    names = entity_names(entity)
    one, many = article(names.label), names.plural
    match rule:
        case Transition():
            return transition_sentence(rule, entity, specs)
        case OneOpen():
            return (
                f"IF {one} would be a second one with the same {words(rule.relation)} and no {words(rule.until)}, "
                f"{REFUSED}"
            )
        case DerivedMoment():
            return (
                f"WHEN {one} is stored, THE System SHALL set its {words(rule.field)} to its {words(rule.source)} and "
                f"{span_words(rule.span)}, and never take it from a client."
            )
        case NoOverlap():
            return overlap_sentence(rule, entity)
        case LatestAfter():
            return (
                f"IF the {words(rule.field)} of {one} is more than {span_words(rule.span)} after its "
                f"{words(rule.after)}, {REFUSED}"
            )
        case ActionByOwner():
            return (
                f"IF an account that neither is the {words(rule.field)} of {one} nor manages accounts asks for "
                f"“{words(rule.action)}” of {many}, {FORBIDDEN}"
            )


def transition_sentence(rule: Transition, entity: Entity, specs: EntitySpecs) -> str:
    """Say how a status begins, and how it goes on."""
    one = article(entity_names(entity).label)
    first = " or ".join(map(written_value, initial_values(rule, entity, specs)))
    ways = "; ".join(
        f"{written_value(way.source)} to {' or '.join(map(written_value, way.targets))}" for way in rule.changes
    )
    return (
        f"IF a client creates {one} with a {words(rule.field)} other than {first}, or changes it otherwise than "
        f"from {ways}, {REFUSED}"
    )


def overlap_sentence(rule: NoOverlap, entity: Entity) -> str:
    """Say which periods are in each other's way."""
    start = entity.field(rule.start)
    is_date = start is not None and start.type.name == "date"
    bounds = "the last day included" if is_date else "the moment of the end not included"
    return (
        f"IF the period from {words(rule.start)} to {words(rule.end)} of {article(entity_names(entity).label)}, "
        f"{bounds} and without an end for ever, overlaps that of another one with the same {words(rule.relation)}, "
        f"or ends before it begins, {REFUSED}"
    )


def span_words(span: Span) -> str:
    """Spell a span: ``1 day``, ``14 days``."""
    return f"{span.count} {span.unit.value.removesuffix('s') if span.count == 1 else span.unit.value}"
