"""What a plan's build is a function of."""

from __future__ import annotations

from bot.building.commits import AUTHOR_EMAIL, AUTHOR_NAME
from bot.documents.task_plan import TaskKind, TaskPlan
from bot.generation.inputs import BuildInputs, slugify
from bot.store.tables import Plan
from bot.workflow.documents import Documents

__all__ = ["inputs_of", "without_tasks"]


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
        started=plan.approved_at,
        author_name=AUTHOR_NAME,
        author_email=AUTHOR_EMAIL,
    )


def without_tasks(inputs: BuildInputs, numbers: set[str]) -> BuildInputs:
    """Return the inputs as if some custom tasks had not been planned: what is rendered must not name their files."""
    phases = tuple(
        phase.model_copy(
            update={
                "tasks": tuple(
                    task for task in phase.tasks if task.number not in numbers or task.kind is not TaskKind.CUSTOM
                )
            }
        )
        for phase in inputs.task_plan.phases
    )
    return inputs.model_copy(update={"task_plan": TaskPlan(title=inputs.task_plan.title, phases=phases)})
