"""The line of builds: how many of a workspace are at work at once, and who comes next. Planning waits for no build."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, or_, select

from bot.store.tables import Plan
from bot.workflow.messages import refresh_card
from bot.workflow.ports import Stage
from bot.workflow.stages import PlanStage

__all__ = ["BUILDS_AT_ONCE", "keep_places", "places_of"]

BUILDS_AT_ONCE = 2
"""Builds of a workspace that are at work at once, where nothing else is configured."""


def places_of(plans: Sequence[Plan], at_once: int) -> dict[str, int]:
    """Return the place of each plan that wants a build: 0 while it is its turn, else 1 for the next, 2, 3, …

    Builds that have begun come first, then those that were approved first; a workspace has a line of its own.
    """
    wanted = [plan for plan in plans if plan.run_stage == Stage.BUILD and plan.hold is None]
    lines: dict[str, list[Plan]] = {}
    for plan in sorted(
        wanted, key=lambda plan: (plan.stage != PlanStage.BUILDING, plan.approved_at or plan.created_at)
    ):
        lines.setdefault(plan.workspace, []).append(plan)
    return {plan.id: max(0, number - at_once) for line in lines.values() for number, plan in enumerate(line, start=1)}


async def keep_places(session: AsyncSession, at_once: int) -> dict[str, int]:
    """Keep each plan's place in the line, and have the cards of those that moved drawn again; return the places."""
    query = select(Plan).where(or_(col(Plan.run_stage) == Stage.BUILD, col(Plan.place) > 0))
    plans = (await session.scalars(query)).all()
    places = places_of(plans, at_once)
    for plan in plans:
        place = places.get(plan.id, 0)
        if plan.place != place:
            plan.place = place
            await refresh_card(session, plan)
    return places
