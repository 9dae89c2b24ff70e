"""Where a plan stands for those who wait: what it is counted as, what has to happen next, and since when it rests."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.documents.tasks.task_plan import TaskState
from bot.store.tables import Event, Plan
from bot.workflow.overview import PlanOverview
from bot.workflow.stages import Hold, PlanStage

__all__ = ["CLOSED", "ExpectedStep", "NextStep", "Standing", "begun", "next_step", "standing_of"]

CLOSED = (PlanStage.DELIVERED, PlanStage.CANCELLED)

BEGINS = {PlanStage.GATHERING: "asked", PlanStage.IN_REVIEW: "review", PlanStage.DELIVERED: "change offered"}
"""The event since which people are waited for, in each stage in which they are."""


class Standing(StrEnum):
    """What a plan is counted as, in the order in which a digest shows its plans."""

    DELIVERED = "delivered"
    WAITING = "waiting"
    BUILDING = "building"
    PLANNING = "planning"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class ExpectedStep(StrEnum):
    """What has to happen next for a plan to go on."""

    ANSWER = "answer"
    """People answer the open questions."""
    HELP = "help"
    """A person helps with what blocks it."""
    CONFIRM = "confirm"
    """A person answers what the build asks."""
    RESUME = "resume"
    """A person lifts the pause."""
    REVIEW = "review"
    """The planner writes the next questions or review."""
    APPROVE = "approve"
    """A person approves the review."""
    BUILD = "build"
    """The next task is built."""
    MERGE = "merge"
    """A person merges the change that lies on its branch."""
    NOTHING = "nothing"


class NextStep(Frozen):
    """The next expected step; ``detail`` is a count of questions, a task, or why it is blocked."""

    step: ExpectedStep
    detail: str = ""


def standing_of(view: PlanOverview) -> Standing:
    """Return what a plan is counted as; one that was delivered and waits for a merge is waiting."""
    if view.stage is PlanStage.CANCELLED:
        return Standing.CANCELLED
    if view.hold == Hold.PAUSED:
        return Standing.PAUSED
    if view.waiting_for:
        return Standing.WAITING
    if view.stage is PlanStage.DELIVERED:
        return Standing.DELIVERED
    return Standing.BUILDING if view.stage in {PlanStage.APPROVED, PlanStage.BUILDING} else Standing.PLANNING


def next_step(view: PlanOverview) -> NextStep:
    """Return what has to happen next."""
    if view.stage is PlanStage.CANCELLED:
        return NextStep(step=ExpectedStep.NOTHING)
    if view.hold == Hold.PAUSED:
        return NextStep(step=ExpectedStep.RESUME)
    if view.hold == Hold.WAITING:
        return NextStep(step=ExpectedStep.CONFIRM, detail=view.hold_reason)
    if view.hold is not None:
        return NextStep(step=ExpectedStep.HELP, detail=view.hold_reason)
    if view.stage is PlanStage.DELIVERED:
        return NextStep(step=ExpectedStep.MERGE if view.waiting_for else ExpectedStep.NOTHING)
    if view.open_questions:
        return NextStep(step=ExpectedStep.ANSWER, detail=str(view.open_questions))
    if view.stage is PlanStage.IN_REVIEW and not view.planning:
        return NextStep(step=ExpectedStep.APPROVE)
    if view.stage in {PlanStage.GATHERING, PlanStage.IN_REVIEW}:
        return NextStep(step=ExpectedStep.REVIEW)
    waiting = (task for task in view.tasks if task.state is not TaskState.DONE and not task.open_reason)
    task = next(waiting, None)
    return NextStep(step=ExpectedStep.BUILD, detail=f"{task.number} {task.title}" if task else "")


async def begun(session: AsyncSession, plan: PlanOverview | Plan) -> Event | None:
    """Return the event since which people are waited for: they were asked, shown a review, or the plan was held."""
    what = "hold" if plan.hold else BEGINS.get(PlanStage(plan.stage), "")
    query = select(Event).where(col(Event.plan_id) == plan.id, col(Event.what) == what)
    return await session.scalar(query.order_by(col(Event.id).desc()).limit(1))
