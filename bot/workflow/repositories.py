"""The existing repository that a plan is for: its facts are kept when the plan begins, and never read again."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.inspection.facts import RepositoryFacts
from bot.inspection.kept import for_keeping
from bot.store.tables import Plan, PlanRepository

__all__ = ["keep_repository", "repository_of"]


def keep_repository(session: AsyncSession, plan: Plan, facts: RepositoryFacts) -> None:
    """Keep what was read, bounded and without secrets."""
    kept = for_keeping(facts)
    session.add(
        PlanRepository(plan_id=plan.id, workspace=plan.workspace, name=kept.name, facts=kept.model_dump(mode="json"))
    )


async def repository_of(session: AsyncSession, plan: Plan) -> RepositoryFacts | None:
    """Return the facts of the repository that a plan is for, None for a plan of a service of its own."""
    row = await session.get(PlanRepository, plan.id)
    return RepositoryFacts.model_validate(row.facts) if row else None
