"""What a plan's build is a function of."""

from __future__ import annotations

from collections.abc import Mapping

from bot.building.commits import AUTHOR_EMAIL, AUTHOR_NAME
from bot.generation.inputs import BuildInputs
from bot.store.tables import Plan
from bot.workflow.blast_radius import inputs_for
from bot.workflow.documents import Documents

__all__ = ["inputs_of"]


def inputs_of(
    plan: Plan, documents: Documents, kept: Mapping[str, str] | None = None, left_out: tuple[str, ...] = ()
) -> BuildInputs:
    """Return the inputs of an approved plan, with the texts that are kept as they are, and what was left out of it.

    Raises ValueError for a plan that nobody approved.
    """
    if plan.approved_at is None:
        raise ValueError(f"{plan.handle} is not approved")
    inputs = inputs_for(plan.title, documents, plan.approved_at, AUTHOR_NAME, AUTHOR_EMAIL)
    return inputs.model_copy(update={"kept": dict(kept or {}), "left_out": left_out})
