"""Running the rules over one document or a whole plan, and describing them in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.checks import (
    checklist,
    count_rules,
    declared_rules,
    entity_naming,
    entity_relations,
    entity_values,
    phase_plan,
    phase_plans,
    role_rules,
    status_rules,
    step_rules,
    task_plan_contents,
)
from bot.checks.across import ACROSS_RULES, COVERAGE_RULES, Coverage, PlanDocuments
from bot.checks.entity_specs import ENTITY_RULES, HOLDS_SOMETHING
from bot.checks.field_names import NAMING_RULES
from bot.checks.package_lists import PackageMention, packages_mentioned
from bot.checks.packages import PACKAGE_RULES
from bot.checks.registry import NOWHERE, all_rules
from bot.checks.requirements import REQUIREMENT_RULES
from bot.checks.task_plan import TASK_PLAN_RULES
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.findings import Finding, Place, Severity
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.task_plan import TaskPlan

__all__ = [
    "check_entity_specs",
    "check_plan",
    "check_requirements",
    "check_task_plan",
    "describe_rules",
]

RULE_MODULES = (
    checklist,
    count_rules,
    declared_rules,
    entity_naming,
    entity_relations,
    entity_values,
    phase_plan,
    phase_plans,
    status_rules,
    role_rules,
    step_rules,
    task_plan_contents,
)
"""Modules whose rules no import above brings in; naming them here is what registers them."""


def check_entity_specs(specs: EntitySpecs, places: Mapping[str, Place] = NOWHERE) -> tuple[Finding, ...]:
    """Return what the rules find in entity_specs.

    ``places`` come from the reading of a file. It has said what has no name (PT005), and no more is said about that.
    """
    if places is NOWHERE:
        return ENTITY_RULES.check(specs)
    named = EntitySpecs(
        entities=tuple(entity for entity in specs.entities if entity.name),
        enums=tuple(enum for enum in specs.enums if enum.name),
    )
    only_nameless = specs.entities and not named.entities
    return ENTITY_RULES.check(named, places, {HOLDS_SOMETHING} if only_nameless else set())


def check_requirements(requirements: Requirements, places: Mapping[str, Place] = NOWHERE) -> tuple[Finding, ...]:
    """Return what the rules find in requirements."""
    return REQUIREMENT_RULES.check(requirements, places)


def check_task_plan(
    plan: TaskPlan, requirements: Requirements | None = None, places: Mapping[str, Place] = NOWHERE
) -> tuple[Finding, ...]:
    """Return what the rules find in a task plan; with requirements, also what it doesn't cover."""
    findings = TASK_PLAN_RULES.check(plan, places)
    if requirements is None:
        return findings
    return (*findings, *COVERAGE_RULES.check(Coverage.of_plan(plan, requirements), places))


def check_plan(specs: EntitySpecs, requirements: Requirements, task_plan: TaskPlan) -> tuple[Finding, ...]:
    """Return what the rules find in the three documents of a plan, alone and together."""
    documents = PlanDocuments(specs, requirements, task_plan)
    return (
        *check_requirements(requirements),
        *check_entity_specs(specs),
        *check_task_plan(task_plan, requirements),
        *ACROSS_RULES.check(documents),
        *NAMING_RULES.check(documents.names),
        *PACKAGE_RULES.check(packages_of_plan(task_plan), {"": Place(file=TASK_PLAN_RULES.file)}),
    )


def packages_of_plan(plan: TaskPlan) -> tuple[PackageMention, ...]:
    """Return the packages that tasks name; the same one in two tasks is no second entry."""
    return tuple(
        replace(mention, group=task.number, line=None)
        for task in plan.tasks()
        for mention in packages_mentioned("\n".join((task.title, *task.details)))
    )


def describe_rules(prefix: str) -> tuple[str, ...]:
    """Return the rules whose id begins with the prefix, such as ``PT2``, one line each; prompts state them verbatim."""
    return tuple(
        f"{rule.id} ({'must' if rule.severity is Severity.ERROR else 'should'}): {rule.title}. {rule.why}"
        for rule in all_rules()
        if rule.id.startswith(prefix)
    )
