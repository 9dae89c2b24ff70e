"""Counts of everything that an operator watches: plans, what waits, what failed, what models used. No texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.store.tables import InboxItem, ModelUsage, OutboxItem, Plan
from bot.workflow.ports import Stage
from bot.workflow.stages import Hold, PlanStage

__all__ = ["Figures", "count_figures", "oldest_delivery"]


class Figures(Frozen):
    """The counts of one moment."""

    plans: Mapping[PlanStage, int]
    holds: Mapping[Hold, int]
    runs_wanted: Mapping[Stage, int]
    """Runs that plans want and nothing holds, by stage of the engine: those under way and those that wait."""
    deliveries_waiting: int
    oldest_delivery: datetime | None
    """When the oldest delivery that waits came; None where none does."""
    deliveries_failed: int
    messages_waiting: int
    input_tokens: int
    output_tokens: int


async def count_figures(session: AsyncSession) -> Figures:
    """Count everything, as it is now."""
    stages = await counted(session, col(Plan.stage))
    holds = await counted(session, col(Plan.hold), col(Plan.hold).is_not(None))
    runs = await counted(session, col(Plan.run_stage), col(Plan.run_stage).is_not(None), col(Plan.hold).is_(None))
    waiting = select(func.count()).select_from(InboxItem).where(col(InboxItem.handled_at).is_(None))
    failed = select(func.count()).select_from(InboxItem).where(col(InboxItem.error) != "")
    due = col(OutboxItem.sent_version) < col(OutboxItem.version)
    read, written = (
        await session.execute(select(func.sum(col(ModelUsage.input_tokens)), func.sum(col(ModelUsage.output_tokens))))
    ).one()
    return Figures(
        plans={stage: stages.get(stage, 0) for stage in PlanStage},
        holds={hold: holds.get(hold, 0) for hold in Hold},
        runs_wanted={stage: runs.get(stage, 0) for stage in Stage},
        deliveries_waiting=int(await session.scalar(waiting) or 0),
        oldest_delivery=await oldest_delivery(session),
        deliveries_failed=int(await session.scalar(failed) or 0),
        messages_waiting=int(await session.scalar(select(func.count()).select_from(OutboxItem).where(due)) or 0),
        input_tokens=int(read or 0),
        output_tokens=int(written or 0),
    )


async def oldest_delivery(session: AsyncSession) -> datetime | None:
    """Return when the oldest delivery that was not handled yet came; None where none waits."""
    query = select(col(InboxItem.received_at)).where(col(InboxItem.handled_at).is_(None))
    return await session.scalar(query.order_by(col(InboxItem.id)).limit(1))


async def counted(session: AsyncSession, column: Mapped[Any], *which: ColumnElement[bool]) -> dict[str, int]:
    """Count plans by the values of a column."""
    query = select(column, func.count()).select_from(Plan).where(*which).group_by(column)
    return {str(value): int(count) for value, count in (await session.execute(query)).all()}
