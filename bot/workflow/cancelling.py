"""Cancelling a plan: asked twice, since it ends the plan for good. Its documents, and what was built, stay."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Plan
from bot.workflow.approving import mentions
from bot.workflow.events import record
from bot.workflow.messages import MessageKind, announce, refresh_card, settle_problems
from bot.workflow.people import took_part
from bot.workflow.refusals import Refused
from bot.workflow.rounds import open_questions
from bot.workflow.stages import Capability, PlanStage, allows, move

__all__ = ["cancel", "require_cancellable"]


def require_cancellable(plan: Plan) -> None:
    """Raise Refused where a plan can't be cancelled: it is over, or what was delivered is there to stay."""
    if plan.stage == PlanStage.CANCELLED:
        raise Refused(f"*{plan.title}* is cancelled already. `/plan new …` begins another.")
    if plan.delivered_review and plan.stage in {PlanStage.GATHERING, PlanStage.IN_REVIEW}:
        raise Refused(f"*{plan.title}* was delivered and stays. Press `Forget it` to take back only the change.")
    if plan.delivered_review and plan.stage != PlanStage.DELIVERED:
        raise Refused(
            f"A change of *{plan.title}* is {plan.stage}. Press `Stop` to pause it; what was delivered stays."
        )
    if not allows(plan, Capability.CANCEL):
        raise Refused(f"*{plan.title}* is {plan.stage}, so there is nothing to cancel. Its repository stays.")


async def cancel(session: AsyncSession, plan: Plan, person: str, key: str) -> str:
    """End a plan for good, keep everything that was written, and return a sentence for the person.

    Raises Refused where there is nothing to cancel, and for people who neither started it nor take part in it.
    """
    require_cancellable(plan)
    await require_taking_part(session, plan, person)
    for number in {row.round: row for row in await open_questions(session, plan)}:
        await announce(session, plan, MessageKind.QUESTIONS, str(number))
    move(session, plan, PlanStage.CANCELLED, person, key)
    plan.hold, plan.hold_reason, plan.hold_by = None, "", ""
    plan.run_stage = None
    plan.run_attempt += 1
    record(session, plan, person, "cancelled", key)
    await settle_problems(session, plan)
    if plan.review:
        await announce(session, plan, MessageKind.REVIEW, str(plan.review))
    await refresh_card(session, plan)
    return (
        f"*{plan.title}* is cancelled. What was written and built is kept: `/plan show {plan.handle}` shows it. "
        "`/plan new …` begins another."
    )


async def require_taking_part(session: AsyncSession, plan: Plan, person: str) -> None:
    """Raise Refused where somebody has no part in the plan."""
    people = await took_part(session, plan)
    if person not in people:
        raise Refused(f"{mentions(people)} can cancel *{plan.title}*: who started it or wrote in its thread.")
