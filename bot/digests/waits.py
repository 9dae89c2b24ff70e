"""Plans that wait for people: for whom, for what, and since when. Paused plans rest because somebody wants them to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.digests.standing import ExpectedStep, begun, next_step
from bot.documents.frozen import Frozen
from bot.store.tables import Event, Plan
from bot.workflow.involvement import awaiting_merge
from bot.workflow.overview import PlanOverview, overview
from bot.workflow.people import gone_among, took_part
from bot.workflow.policy import policy_of
from bot.workflow.stages import Hold, PlanStage

__all__ = ["FOR_PEOPLE", "Wait", "resting_plans", "wait_of", "waits"]

FOR_PEOPLE = frozenset(
    {ExpectedStep.ANSWER, ExpectedStep.HELP, ExpectedStep.CONFIRM, ExpectedStep.APPROVE, ExpectedStep.MERGE}
)
"""The steps that people are reminded of."""


class Wait(Frozen):
    """One plan that waits for people."""

    plan: PlanOverview
    key: int
    """The event since which it waits; nothing else waits with this key."""
    since: datetime
    people: tuple[str, ...]
    """Any of them, or where more approvals are needed each; empty where all who could have left."""
    left: bool = False
    """Whether somebody for whom it would wait has left the workspace."""


async def resting_plans(session: AsyncSession, after: datetime, only: Collection[str] | None = None) -> Sequence[Plan]:
    """Return the plans of all workspaces that may wait for people, and to which something happened since a moment.

    ``only`` those with these ids.
    """
    held = and_(col(Plan.hold).is_not(None), col(Plan.hold) != Hold.PAUSED, col(Plan.stage) != PlanStage.CANCELLED)
    asks = and_(
        col(Plan.hold).is_(None),
        col(Plan.run_stage).is_(None),
        col(Plan.stage).in_((PlanStage.GATHERING, PlanStage.IN_REVIEW)),
    )
    moved = select(col(Event.id)).where(col(Event.plan_id) == col(Plan.id), col(Event.at) >= after)
    query = select(Plan).where(or_(held, asks, awaiting_merge()), moved.exists())
    query = query if only is None else query.where(col(Plan.id).in_(only))
    return (await session.scalars(query.order_by(col(Plan.id)))).all()


async def waits(
    session: AsyncSession, before: datetime, after: datetime, only: Collection[str] | None = None
) -> list[Wait]:
    """Return what has waited since a moment between these two; ``only`` plans with these ids."""
    found = []
    for plan in await resting_plans(session, after, only):
        event = await begun(session, plan)
        if event is not None and after <= event.at <= before and (wait := await wait_since(session, plan, event)):
            found.append(wait)
    return found


async def wait_of(session: AsyncSession, plan: Plan) -> Wait | None:
    """Return for whom a plan waits, or None where it goes on by itself or rests on purpose."""
    event = await begun(session, plan)
    return await wait_since(session, plan, event) if event else None


async def wait_since(session: AsyncSession, plan: Plan, event: Event) -> Wait | None:
    """Return for whom a plan waits since an event, or None where it goes on by itself or rests on purpose."""
    view = await overview(session, plan)
    if event.id is None or next_step(view).step not in FOR_PEOPLE:
        return None
    concerned = {*await took_part(session, plan), *(await policy_of(session, plan)).named}
    left = bool(await gone_among(session, plan.workspace, concerned))
    return Wait(plan=view, key=event.id, since=event.at, people=view.waiting_for, left=left)
