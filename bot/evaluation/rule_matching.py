"""Finds the rules that a brief wants among the declared ones: same form, entity, fields, and same span or ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
    Transition,
    fields_of,
    rule_subject,
)
from bot.documents.entities.entity_specs import Entity
from bot.documents.naming import snake_case
from bot.evaluation.briefs import Brief, RuleForm, WantedRule
from bot.evaluation.matching import Match

__all__ = ["RuleMatch", "match_rules"]

FORMS: dict[RuleForm, type] = {
    "transition": Transition,
    "one open": OneOpen,
    "derived": DerivedMoment,
    "no overlap": NoOverlap,
    "limit": LatestAfter,
    "owner": ActionByOwner,
    "while": OnlyWhile,
    "count": AtMost,
    "role": ActionByRole,
}


@dataclass(frozen=True)
class RuleMatch:
    """Which wanted rules were not found, and which declared ones nobody wanted (``Loan.rule 2``)."""

    missed: tuple[WantedRule, ...]
    extra: tuple[str, ...]


def match_rules(brief: Brief, found: Match) -> RuleMatch:
    """Match the rules of a brief with those that the proposed entities declare."""
    meant = {number: set(meant_by(wanted, found)) for number, wanted in enumerate(brief.rules)}
    every = set[str]().union(*meant.values())
    return RuleMatch(
        missed=tuple(wanted for number, wanted in enumerate(brief.rules) if not meant[number]),
        extra=tuple(subject for subject, _, _ in declared(found) if subject not in every),
    )


def declared(found: Match) -> Iterator[tuple[str, Entity, DeclaredRule]]:
    """Yield every declared rule with its subject, such as ``Loan.rule 2``, and its entity."""
    for entity in found.specs.entities:
        for number, rule in enumerate(entity.rules, start=1):
            yield rule_subject(entity.name, number), entity, rule


def meant_by(wanted: WantedRule, found: Match) -> Iterator[str]:
    """Yield the subjects of the declared rules that a wanted one means; an owner's rule may take several actions."""
    entity = found.entities.get(wanted.entity)
    for subject, holder, rule in declared(found):
        is_its_own = entity is not None and holder.name == entity.name
        if is_its_own and isinstance(rule, FORMS[wanted.form]) and means(rule, wanted, holder, found):
            yield subject


def means(rule: DeclaredRule, wanted: WantedRule, entity: Entity, found: Match) -> bool:
    """Tell whether a rule of the right form speaks of the wanted fields, with the span or the ways of the words."""
    if isinstance(rule, OnlyWhile):
        return looks_at_wanted(rule, wanted, entity, found)
    names = [found.fields.get((wanted.entity, name)) for name in wanted.fields]
    left_out = {rule.unless} if isinstance(rule, NoOverlap) else set()
    is_of_fields = wanted.form not in {"owner", "role"}
    if is_of_fields and {one.name for one in names if one is not None} != set(fields_of(rule)) - left_out:
        return False
    if not relations_fit(rule, wanted, entity, found):
        return False
    match rule:
        case DerivedMoment() | LatestAfter():
            return has_span(rule.span, wanted.words)
        case Transition():
            ways = said_ways(wanted.words)
            return not ways or ways == {(snake_case(one).lower(), snake_case(to).lower()) for one, to in rule.pairs()}
        case _:
            return True


def looks_at_wanted(rule: OnlyWhile, wanted: WantedRule, entity: Entity, found: Match) -> bool:
    """Tell whether a rule looks at the status that the brief names: an own one, or one along a foreign key."""
    named = {name for name in wanted.fields if not name.endswith("_id")}
    holders = [name for name in found.entities if name != wanted.entity] if rule.relation else [wanted.entity]
    places = [found.fields.get((holder, name)) for holder in holders for name in named]
    is_along = any(name.endswith("_id") for name in wanted.fields) == bool(rule.relation)
    is_there = not named or rule.field in {place.name for place in places if place is not None}
    return is_along and is_there and relations_fit(rule, wanted, entity, found)


def relations_fit(rule: DeclaredRule, wanted: WantedRule, entity: Entity, found: Match) -> bool:
    """Tell whether a rule counts along the relation that the brief names (``book_id``), where it names one."""
    named = [name for name in wanted.fields if name.endswith("_id")]
    if not isinstance(rule, OneOpen | NoOverlap | OnlyWhile | AtMost) or not named:
        return True
    key = entity.key_along(rule.relation)
    targets = {f"{snake_case(name)}_id": there.name for name, there in found.entities.items()}
    return key is not None and (key.name in named or key.foreign_key in {targets.get(name) for name in named})


def has_span(span: Span, words: str) -> bool:
    """Tell whether words say a span; without any number in them every span will do."""
    said = re.findall(r"(\d+) (hour|day)s?", words)
    return not said or any(int(count) * (24 if unit == "day" else 1) == span.hours for count, unit in said)


def said_ways(words: str) -> set[tuple[str, str]]:
    """Return the ways of "open to done or failed; failed to open; nothing after done", or nothing where unclear."""
    found: set[tuple[str, str]] = set()
    source = ""
    for clause in re.split(r"\s*[;,]\s*", words):
        if clause.startswith("nothing"):
            break
        before, to, after = clause.partition(" to ")
        source, targets = (before, after) if to else (source, clause)
        targets = re.sub(r"^(?:back to|or) ", "", targets)
        for target in re.split(r" or (?:back to )?", targets):
            if len(source.split()) > 3 or len(target.split()) > 4 or not source:
                return set()
            found.add((snake_case(source).lower(), snake_case(target).lower()))
    return found
