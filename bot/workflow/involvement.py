"""Which plans concern a person: those they began or took part in, and those that they may have to decide."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.store.tables import Approval, Change, ChannelSettings, ConversationMessage, Plan, PlanQuestion
from bot.workflow.overview import overview
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.stages import Hold, PlanStage

__all__ = ["awaiting_merge", "channels_of", "concerns", "is_concerned"]


async def concerns(session: AsyncSession, workspace: str, person: str) -> ColumnElement[bool]:
    """Return the condition that holds for a person's plans, for a query of plans."""
    wrote = select(col(ConversationMessage.plan_id)).where(col(ConversationMessage.author) == person)
    answered = select(col(PlanQuestion.plan_id)).where(col(PlanQuestion.answered_by) == person)
    approved = select(col(Approval.plan_id)).where(col(Approval.person) == person)
    decides = and_(
        col(Plan.channel).in_(await named_in(session, workspace, person)),
        or_(col(Plan.stage) == PlanStage.IN_REVIEW, col(Plan.hold) == Hold.WAITING, awaiting_merge()),
    )
    return and_(
        col(Plan.workspace) == workspace,
        or_(
            col(Plan.starter) == person,
            *(col(Plan.id).in_(taken_part) for taken_part in (wrote, answered, approved)),
            decides,
        ),
    )


async def channels_of(session: AsyncSession, workspace: str, person: str) -> Sequence[str]:
    """Return the channels of the plans that concern a person."""
    query = select(col(Plan.channel)).where(await concerns(session, workspace, person)).distinct()
    return (await session.scalars(query.order_by(col(Plan.channel)))).all()


def awaiting_merge() -> ColumnElement[bool]:
    """Return the condition that holds for plans with a change that people merge from the thread."""
    unmerged = select(col(Change.plan_id)).where(col(Change.merges_here), col(Change.merged_commit).is_(None))
    return and_(col(Plan.stage) == PlanStage.DELIVERED, col(Plan.id).in_(unmerged))


async def named_in(session: AsyncSession, workspace: str, person: str) -> Sequence[str]:
    """Return the channels whose settings name a person as approver, by themselves or in a group."""
    query = select(col(ChannelSettings.channel), col(ChannelSettings.approval))
    rows = (await session.execute(query.where(col(ChannelSettings.workspace) == workspace))).all()
    return [channel for channel, approval in rows if person in ApprovalPolicy.model_validate(approval).named]


async def is_concerned(session: AsyncSession, plan: Plan, person: str) -> bool:
    """Tell whether a plan concerns a person, who may then see it from anywhere: they took part, or it waits for them.

    A plan that only could wait for them, since their channel names them, does so while it is theirs to decide.
    """
    query = select(col(Plan.id)).where(col(Plan.id) == plan.id, await concerns(session, plan.workspace, person))
    return await session.scalar(query) is not None or person in (await overview(session, plan)).waiting_for
