"""The prepared view of declared rules: how the service states each, what the database keeps, and what tests try."""

from __future__ import annotations

from bot.documents.entities.declared_rules import (
    ActionByOwner,
    ActionByRole,
    AtMost,
    DeclaredRule,
    DerivedMoment,
    NoOverlap,
    OneOpen,
    OnlyWhile,
    Transition,
    fields_of,
)
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.rule_lines import write_rule
from bot.documents.entities.rule_words import rule_in_words
from bot.generation.fields import FieldView
from bot.generation.left_rules import left_views
from bot.generation.rule_constraints import check_argument, constraint_names, index_argument, order_check, rule_index
from bot.generation.rule_counts import count_trials
from bot.generation.rule_derivations import derivation_view, sources_of, stamps_of
from bot.generation.rule_fields import derivations, rules_of
from bot.generation.rule_statements import rule_line
from bot.generation.rule_trials import limit_trials, one_open_trial, overlap_trial, transition_trial
from bot.generation.rule_views import OwnerView, RoleView, RulesView, ToldRule
from bot.generation.rule_whiles import changes_before, seeded_states, while_views
from bot.generation.rule_writing import text_of
from bot.generation.ruled_entity import RuledEntity
from bot.generation.status_steps import steps_of
from bot.generation.values import MarkdownCode, MarkdownText, join_imports

__all__ = ["rules_view"]


def rules_view(entity: Entity, specs: EntitySpecs, fields: tuple[FieldView, ...]) -> RulesView:
    """Prepare the declared rules of an entity."""
    return whole_view(RuledEntity(entity, specs, fields)) if entity.rules else RulesView()


def whole_view(ruled: RuledEntity) -> RulesView:
    """Prepare every rule; derivations are stated first, since other rules look at what they make.

    What counts rows comes behind the others, and what a status forbids last: they lock rows, and need not to where a
    rule is broken anyway.
    """
    entity = ruled.entity
    others = (rule for rule in entity.rules if not isinstance(rule, DerivedMoment | ActionByOwner | ActionByRole))
    ordered = sorted(others, key=lambda rule: (isinstance(rule, OnlyWhile), isinstance(rule, AtMost)))
    lines = tuple(rule_line(ruled, rule) for rule in (*derivations(entity), *ordered))
    left = tuple(left_views(entity, ruled.specs))
    derived = tuple(derivation_view(ruled, rule) for rule in derivations(entity))
    indexes = {rule_index(ruled, rule): rule for rule in rules_of(entity, OneOpen)}
    checks = {order_check(ruled, rule): rule for rule in rules_of(entity, NoOverlap)}
    whiles = tuple(while_views(ruled, frozenset(name for rule in entity.rules for name in fields_of(rule))))
    parents = [ruled.parent(rule.relation) for rule in rules_of(entity, NoOverlap)]
    parents += [ruled.parent(rule.relation) for rule in rules_of(entity, AtMost)]
    parents += [view.parent for view in whiles if view.parent is not None]
    return RulesView(
        texts=tuple(told_rule(entity, rule) for rule in entity.rules),
        words=tuple(text_of(rule) for rule in entity.rules),
        held=tuple(text_of(rule) for rule in entity.rules if not isinstance(rule, ActionByOwner | ActionByRole)),
        lines=lines,
        imports=join_imports([*lines, *(each.line for each in left)]),
        parents=tuple({each.name.text: each for each in parents if each.name.text != entity.name}.values()),
        indexes=tuple(indexes),
        checks=tuple(checks),
        table_arguments=(*map(check_argument, checks), *map(index_argument, indexes)),
        constraints=tuple(constraint_names(entity, indexes, checks)),
        derivations=derived,
        sources=tuple(sources_of(ruled, derived)),
        stamps=tuple(stamps_of(ruled)),
        transitions=tuple(transition_trial(ruled, rule) for rule in rules_of(entity, Transition)),
        steps=tuple(step for rule in rules_of(entity, Transition) for step in steps_of(ruled, rule)),
        one_open=tuple(one_open_trial(ruled, rule) for rule in rules_of(entity, OneOpen)),
        overlaps=tuple(overlap_trial(ruled, rule) for rule in rules_of(entity, NoOverlap)),
        limits=tuple(limit_trials(ruled)),
        counts=tuple(count_trials(ruled)),
        owners=tuple(each for each in left if isinstance(each, OwnerView)),
        roles=tuple(each for each in left if isinstance(each, RoleView)),
        left=left,
        whiles=whiles,
        lets_create=changes_before(ruled, "create"),
        lets_update=changes_before(ruled, "update"),
        lets_delete=changes_before(ruled, "delete"),
        seeded=seeded_states(ruled),
        watched=frozenset(name for rule in entity.rules for name in fields_of(rule)),
        derived_keys=tuple(item.key for item in derived),
        status_names=frozenset(rule.field for rule in rules_of(entity, Transition)),
    )


def told_rule(entity: Entity, rule: DeclaredRule) -> ToldRule:
    """Prepare how the README tells a rule."""
    return ToldRule(
        sentence=MarkdownText.of(rule_in_words(entity.name, rule)), notation=MarkdownCode.of(write_rule(rule))
    )
