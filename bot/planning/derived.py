"""What follows from a proposal: its three documents and what the checks find in them. Pure."""

from __future__ import annotations

from collections.abc import Callable

from bot.checks import check_plan
from bot.documents.entities.entity_specs import FEATURES, EntitySpecs
from bot.documents.findings import Finding
from bot.documents.frozen import Frozen
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.task_plan import TaskPlan
from bot.generation.blueprint import load_blueprint
from bot.generation.derivation import derive_requirements, derive_task_plan
from bot.generation.feature_specs import features_in, with_features
from bot.planning.conversation import Proposal

__all__ = ["Derived", "derive"]


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
