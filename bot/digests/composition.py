"""What a digest says: how each plan of a channel stands, what was finished, and who is waited for since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.documents.tasks.task_plan import TaskState
from bot.store.tables import Event, Plan, Step
from bot.workflow.builds import StepKind, load_steps
from bot.workflow.overview import PlanOverview, overview
from bot.workflow.stages import Hold, PlanStage

__all__ = ["Counts", "Digest", "ExpectedStep", "FinishedTask", "NextStep", "PlanNews", "Standing", "compose"]

CLOSED = (PlanStage.DELIVERED, PlanStage.CANCELLED)


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
    RESUME = "resume"
    """A person lifts the pause."""
    REVIEW = "review"
    """The planner writes the next questions or review."""
    APPROVE = "approve"
    """A person approves the review."""
    BUILD = "build"
    """The next task is built."""
    NOTHING = "nothing"


class NextStep(Frozen):
    """The next expected step; ``detail`` is a count of questions, a task, or why it is blocked."""

    step: ExpectedStep
    detail: str = ""


class FinishedTask(Frozen):
    """A task that was ticked, with its commit; ``link`` is empty until the commit is pushed."""

    number: str
    title: str
    commit: str
    link: str
    tests: int
    at: datetime


class PlanNews(Frozen):
    """One plan in a digest."""

    id: str
    title: str
    handle: str
    thread: str | None
    stage: PlanStage
    hold: str | None
    hold_reason: str
    standing: Standing
    percent: int
    """Tasks done of all tasks, in whole percent; 100 only when every task is done."""
    tasks_done: int
    tasks_total: int
    finished: tuple[FinishedTask, ...]
    left_open: int
    waiting_for: tuple[str, ...]
    waiting_since: datetime | None
    approved_by: tuple[str, ...]
    """Who approved the newest review, for a plan that is past it."""
    next: NextStep
    web_url: str
    is_news: bool
    """Whether the plan alone is a reason to send the digest."""


class Counts(Frozen):
    """How many plans there are of each standing."""

    delivered: int = 0
    waiting: int = 0
    building: int = 0
    planning: int = 0
    paused: int = 0
    cancelled: int = 0


class Digest(Frozen):
    """What happened in a channel since a moment, and how its plans stand."""

    since: datetime
    counts: Counts
    plans: tuple[PlanNews, ...]

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to say: no open plan, or only paused ones that rested all the while."""
        return not any(plan.is_news for plan in self.plans)


async def compose(session: AsyncSession, workspace: str, channel: str, since: datetime) -> Digest:
    """Read how the plans of a channel stand: open ones, and those that were closed since."""
    moved = select(col(Event.plan_id)).where(col(Event.workspace) == workspace, col(Event.at) > since)
    query = (
        select(Plan)
        .where(col(Plan.workspace) == workspace, col(Plan.channel) == channel)
        .where(or_(col(Plan.stage).not_in(CLOSED), col(Plan.id).in_(moved)))
        .order_by(col(Plan.created_at), col(Plan.id))
    )
    plans = [await news_of(session, plan, since) for plan in (await session.scalars(query)).all()]
    order = list(Standing)
    shown = sorted(plans, key=lambda plan: order.index(plan.standing))
    counts = {standing.value: sum(plan.standing is standing for plan in shown) for standing in Standing}
    return Digest(since=since, counts=Counts(**counts), plans=tuple(shown))


async def events_of(session: AsyncSession, plan: Plan) -> Sequence[Event]:
    """Return what happened to a plan, oldest first."""
    query = select(Event).where(col(Event.plan_id) == plan.id).order_by(col(Event.id))
    return (await session.scalars(query)).all()


async def news_of(session: AsyncSession, plan: Plan, since: datetime) -> PlanNews:
    """Return what a digest says about one plan."""
    view = await overview(session, plan)
    events = await events_of(session, plan)
    steps = await load_steps(session, plan.id)
    standing = standing_of(view)
    return PlanNews(
        id=view.id,
        title=view.title,
        handle=view.handle,
        thread=view.thread,
        stage=view.stage,
        hold=view.hold,
        hold_reason=view.hold_reason,
        standing=standing,
        percent=100 * view.done // len(view.tasks) if view.tasks else 0,
        tasks_done=view.done,
        tasks_total=len(view.tasks),
        finished=tuple(finished_tasks(plan, steps, since)),
        left_open=len(view.left_open),
        waiting_for=view.waiting_for,
        waiting_since=waiting_since(view, events) if view.waiting_for else None,
        approved_by=approved_by(view, events),
        next=next_step(view),
        web_url=view.web_url,
        is_news=standing is not Standing.PAUSED or any(event.at > since for event in events),
    )


def standing_of(view: PlanOverview) -> Standing:
    """Return what a plan is counted as."""
    if view.stage is PlanStage.CANCELLED:
        return Standing.CANCELLED
    if view.stage is PlanStage.DELIVERED:
        return Standing.DELIVERED
    if view.hold == Hold.PAUSED:
        return Standing.PAUSED
    if view.waiting_for:
        return Standing.WAITING
    return Standing.BUILDING if view.stage in {PlanStage.APPROVED, PlanStage.BUILDING} else Standing.PLANNING


def finished_tasks(plan: Plan, steps: Sequence[Step], since: datetime) -> list[FinishedTask]:
    """Return the tasks ticked since, in build order; those that were pushed with a link."""
    pushed = max(
        (step.position for step in steps if plan.pushed_commit and step.commit == plan.pushed_commit), default=-1
    )
    ticked = (
        step
        for step in steps
        if step.key.startswith(StepKind.TASK) and step.state == TaskState.DONE and step.at and step.at > since
    )
    return [
        FinishedTask(
            number=step.number,
            title=step.title,
            commit=step.commit or "",
            link=f"{plan.web_url.rstrip('/')}/commit/{step.commit}" if plan.web_url and step.position <= pushed else "",
            tests=sum(check.get("passed_tests", 0) for check in (step.evidence or {}).get("checks", [])),
            at=step.at or since,
        )
        for step in ticked
    ]


def waiting_since(view: PlanOverview, events: Sequence[Event]) -> datetime:
    """Return since when people are waited for: since they were asked, shown the review, or the plan was held."""
    asked = "hold" if view.hold else {PlanStage.GATHERING: "asked", PlanStage.IN_REVIEW: "review"}.get(view.stage, "")
    return next((event.at for event in reversed(events) if event.what == asked), view.created_at)


def approved_by(view: PlanOverview, events: Sequence[Event]) -> tuple[str, ...]:
    """Return who approved the newest review, for a plan that is past it."""
    if view.stage not in {PlanStage.APPROVED, PlanStage.BUILDING, PlanStage.DELIVERED}:
        return ()
    people = (
        event.actor
        for event in events
        if event.what == "approved" and event.data.get("review", view.review) == view.review
    )
    return tuple(dict.fromkeys(people))


def next_step(view: PlanOverview) -> NextStep:
    """Return what has to happen next."""
    if view.stage in CLOSED:
        return NextStep(step=ExpectedStep.NOTHING)
    if view.hold == Hold.BLOCKED:
        return NextStep(step=ExpectedStep.HELP, detail=view.hold_reason)
    if view.hold is not None:
        return NextStep(step=ExpectedStep.RESUME)
    if view.open_questions:
        return NextStep(step=ExpectedStep.ANSWER, detail=str(view.open_questions))
    if view.stage is PlanStage.IN_REVIEW and not view.planning:
        return NextStep(step=ExpectedStep.APPROVE)
    if view.stage in {PlanStage.GATHERING, PlanStage.IN_REVIEW}:
        return NextStep(step=ExpectedStep.REVIEW)
    waiting = (task for task in view.tasks if task.state is not TaskState.DONE and not task.open_reason)
    task = next(waiting, None)
    return NextStep(step=ExpectedStep.BUILD, detail=f"{task.number} {task.title}" if task else "")
