"""What a plan's build is a function of."""

from __future__ import annotations

from bot.building.commits import AUTHOR_EMAIL, AUTHOR_NAME
from bot.generation.blueprint import load_blueprint
from bot.generation.custom import behaviours_of
from bot.generation.feature_specs import features_in
from bot.generation.inputs import BuildInputs, slugify
from bot.store.tables import Plan
from bot.workflow.documents import Documents

__all__ = ["inputs_of"]


def inputs_of(plan: Plan, documents: Documents) -> BuildInputs:
    """Return the inputs of an approved plan. Raises ValueError for a plan that nobody approved."""
    if plan.approved_at is None:
        raise ValueError(f"{plan.handle} is not approved")
    return BuildInputs(
        name=plan.title,
        slug=slugify(plan.title),
        specs=documents.specs,
        requirements=documents.requirements,
        task_plan=documents.task_plan,
        features=features_in(documents.specs, load_blueprint().usual_features),
        custom=behaviours_of(documents.task_plan, documents.requirements),
        started=plan.approved_at,
        author_name=AUTHOR_NAME,
        author_email=AUTHOR_EMAIL,
    )
