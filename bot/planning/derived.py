"""What follows from a proposal: its three documents and what the checks find in them. Pure."""

from __future__ import annotations

from collections.abc import Callable

from bot.checks import check_entity_specs, check_plan
from bot.documents.entities.declared_rules import DerivedMoment
from bot.documents.entities.entity_specs import FEATURES, EntitySpecs
from bot.documents.entities.rule_lines import write_rule
from bot.documents.findings import Finding
from bot.documents.frozen import Frozen
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.task_plan import TaskPlan
from bot.generation.blueprint import Blueprint, load_blueprint
from bot.generation.derivation import derive_requirements, derive_task_plan
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import features_in, with_features
from bot.patterns import regex
from bot.planning.conversation import Proposal

__all__ = ["Derived", "derive"]

CIRCLE = regex(r"(?P<first>\w+)(?: → \w+)+ of (?P<entity>\w+) are derived from each other\.")
KEPT = regex(r"“(?P<rule>[^“”]+)”")


class Derived(Frozen):
    """The documents of a proposal, and what is found in them."""

    requirements: Requirements
    specs: EntitySpecs
    task_plan: TaskPlan
    findings: tuple[Finding, ...]


def derive(proposal: Proposal, numbered: Callable[[Requirements, EntitySpecs], Requirements] | None = None) -> Derived:
    """Derive everything that follows from a planner's decisions, and check it.

    ``numbered`` gives requirements other numbers, such as those that they had before.

    A service has the usual features, those that the proposal names, and those that fields of its specs are marked for.
    Raises UnsupportedSpecsError where the specs ask for what can't be generated.
    """
    blueprint = load_blueprint()
    marked = features_in(proposal.specs, blueprint.usual_features)
    features = (*marked, *(each for each in FEATURES if each in proposal.features and each not in marked))
    specs = with_features(proposal.specs, features)
    refuse_circles(specs)
    try:
        return derived_of(proposal, specs, features, blueprint, numbered)
    except UnsupportedSpecsError as error:
        raise UnsupportedSpecsError(with_way_on(str(error))) from error


def derived_of(
    proposal: Proposal,
    specs: EntitySpecs,
    features: tuple[str, ...],
    blueprint: Blueprint,
    numbered: Callable[[Requirements, EntitySpecs], Requirements] | None,
) -> Derived:
    """Derive the documents of specs that have their features already, and check them."""
    requirements = derive_requirements(
        proposal.title,
        proposal.introduction,
        specs,
        proposal.custom,
        proposal.assumptions,
        blueprint.chosen(features),
        {each.entity: each for each in proposal.wording},
    )
    requirements = numbered(requirements, specs) if numbered else requirements
    task_plan = derive_task_plan(proposal.title, specs, requirements, proposal.custom, blueprint, features)
    findings = check_plan(specs, requirements, task_plan)
    return Derived(requirements=requirements, specs=specs, task_plan=task_plan, findings=findings)


def refuse_circles(specs: EntitySpecs) -> None:
    """Refuse moments that are derived from each other, before anything looks for the first of them.

    Raises UnsupportedSpecsError.
    """
    for finding in check_entity_specs(specs):
        found = CIRCLE.match(finding.message) if finding.rule == "PT267" else None
        entity = specs.entity(found["entity"]) if found else None
        for rule in entity.rules if entity and found else ():
            if isinstance(rule, DerivedMoment) and found and rule.field == found["first"]:
                raise UnsupportedSpecsError(f"{finding.message} To go on, say: “drop the rule {write_rule(rule)}”.")


def with_way_on(message: str) -> str:
    """Return why specs can't be built, with the words that take out the rule that it names."""
    found = KEPT.search(message) if "rule" in message else None
    return f"{message} To go on, say: “drop the rule {found['rule']}”." if found else message
