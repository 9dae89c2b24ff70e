"""What a digest says: how each plan stands, what was finished, what changed, and who is waited for since when."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.digests.standing import CLOSED, NextStep, Standing, begun, next_step, standing_of
from bot.documents.clipping import clip_words
from bot.documents.frozen import Frozen
from bot.documents.tasks.task_plan import TaskState
from bot.store.tables import Change, Event, Plan, Review, Step
from bot.workflow.asked import asked_of_change
from bot.workflow.budget import usage_of
from bot.workflow.builds import StepKind, load_steps
from bot.workflow.documents import DOCUMENT_TITLES
from bot.workflow.involvement import awaiting_merge, concerns
from bot.workflow.overview import PlanOverview, overview
from bot.workflow.reviews import ReviewContent
from bot.workflow.stages import PlanStage

__all__ = ["Counts", "Digest", "FinishedTask", "PlanNews", "compose"]

LONGEST_WORDS = 80
"""Letters of what a merged change was asked for with."""
MOST_CHANGES = 5
"""Sentences on changed requirements that a digest tells of one plan; the review has them all."""


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
    channel: str
    thread: str | None
    stage: PlanStage
    hold: str | None
    hold_reason: str
    standing: Standing
    percent: int
    """Tasks done of all tasks, in whole percent; 100 only when every task is done."""
    tasks_done: int
    tasks_total: int
    running: str
    """The task that is being built; empty where none is."""
    finished: tuple[FinishedTask, ...]
    requirements: tuple[str, ...]
    """What changed in the requirements since, as sentences."""
    merged: tuple[str, ...] = ()
    """The changes that were merged since, each with what it was asked for with."""
    left_open: int
    open_tasks: tuple[str, ...] = ()
    """Those tasks, by number and title."""
    waiting_for: tuple[str, ...]
    waiting_since: datetime | None
    approved_by: tuple[str, ...]
    """Who approved the newest review, for a plan that is past it."""
    next: NextStep
    tokens: int
    """What its model calls used since, in tokens."""
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
    """What happened in a channel, or in one person's plans, since a moment, and how these plans stand."""

    since: datetime
    counts: Counts
    plans: tuple[PlanNews, ...]
    person: str = ""
    """Whose plans these are; empty for those of a channel."""

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to say: no open plan, or only paused ones that rested all the while."""
        return not any(plan.is_news for plan in self.plans)


async def compose(
    session: AsyncSession,
    workspace: str,
    channel: str,
    since: datetime,
    person: str = "",
    closed: Collection[str] = (),
    repository_of: Callable[[PlanOverview], str] = lambda plan: plan.web_url,
) -> Digest:
    """Read how plans stand: open ones, those that were closed since, and those with a change that is to be merged.

    They are a channel's; or those that concern a person, where one is given, what waits for them first, none of them
    of channels that are ``closed`` to them. ``repository_of`` tells at which address people open a plan's repository.
    """
    of_the_channel = and_(col(Plan.workspace) == workspace, col(Plan.channel) == channel)
    theirs = await concerns(session, workspace, person) if person else of_the_channel
    seen = and_(theirs, col(Plan.channel).not_in(closed))
    plans = [
        await news_of(session, plan, since, repository_of) for plan in await plans_to_tell_of(session, seen, since)
    ]
    order = list(Standing)
    shown = sorted(plans, key=lambda plan: (not person or person not in plan.waiting_for, order.index(plan.standing)))
    counts = {standing.value: sum(plan.standing is standing for plan in shown) for standing in Standing}
    return Digest(since=since, counts=Counts(**counts), plans=tuple(shown), person=person)


async def plans_to_tell_of(session: AsyncSession, whose: ColumnElement[bool], since: datetime) -> Sequence[Plan]:
    """Return the plans of which there is something to say, oldest first."""
    moved = select(col(Event.plan_id)).where(col(Event.plan_id) == col(Plan.id), col(Event.at) > since)
    tells = or_(col(Plan.stage).not_in(CLOSED), moved.exists(), awaiting_merge())
    query = select(Plan).where(whose, tells).order_by(col(Plan.created_at), col(Plan.id))
    return (await session.scalars(query)).all()


async def news_of(
    session: AsyncSession, plan: Plan, since: datetime, repository_of: Callable[[PlanOverview], str]
) -> PlanNews:
    """Return what a digest says about one plan."""
    view = await overview(session, plan)
    web_url = repository_of(view)
    steps, built = await load_steps(session, plan.id), await pushed(session, plan)
    standing = standing_of(view)
    wait = await begun(session, view) if view.waiting_for else None
    return PlanNews(
        id=view.id,
        title=view.title,
        handle=view.handle,
        channel=view.channel,
        thread=view.thread,
        stage=view.stage,
        hold=view.hold,
        hold_reason=view.hold_reason,
        standing=standing,
        percent=100 * view.done // len(view.counted) if view.counted else 0,
        tasks_done=view.done,
        tasks_total=len(view.counted),
        running=f"{view.now.number} {view.now.title}" if view.now and standing is Standing.BUILDING else "",
        finished=tuple(finished_tasks(web_url, steps, built, since)),
        requirements=await changed_requirements(session, plan, since),
        merged=await merged_changes(session, plan, since),
        left_open=len(view.left_open),
        open_tasks=tuple(f"{task.number} {task.title}" for task in view.left_open),
        waiting_for=view.waiting_for,
        waiting_since=(wait.at if wait else view.created_at) if view.waiting_for else None,
        approved_by=await approved_by(session, view),
        next=next_step(view),
        tokens=(await usage_of(session, plan.id, since)).tokens,
        web_url=web_url,
        is_news=standing is not Standing.PAUSED or await moved_since(session, plan, since),
    )


async def pushed(session: AsyncSession, plan: Plan) -> str:
    """Return the last commit of a build that was pushed, also where main holds its merge with what people pushed."""
    query = select(Event).where(col(Event.plan_id) == plan.id, col(Event.what) == "pushed")
    event = await session.scalar(query.order_by(col(Event.id).desc()).limit(1))
    return str(event.data.get("built") or event.data["commit"]) if event else ""


def finished_tasks(web_url: str, steps: Sequence[Step], built: str, since: datetime) -> list[FinishedTask]:
    """Return the tasks ticked since, in build order, with a link up to ``built``: that commit was pushed last.

    ``web_url`` is where people open the repository; without it there are no links.
    """
    last = max((step.position for step in steps if built and step.commit == built), default=-1)
    ticked = (
        step
        for step in steps
        if StepKind.of(step) is StepKind.TASK and step.state == TaskState.DONE and step.at and step.at > since
    )
    return [
        FinishedTask(
            number=step.number,
            title=step.title,
            commit=step.commit or "",
            link=f"{web_url.rstrip('/')}/commit/{step.commit}" if web_url and step.position <= last else "",
            tests=sum(check.get("passed_tests", 0) for check in (step.evidence or {}).get("checks", [])),
            at=step.at or since,
        )
        for step in ticked
    ]


async def changed_requirements(session: AsyncSession, plan: Plan, since: datetime) -> tuple[str, ...]:
    """Return what the reviews since then said of changed requirements, the newest last; nothing of a first review."""
    query = select(Review).where(col(Review.plan_id) == plan.id, col(Review.at) > since).order_by(col(Review.number))
    said = [ReviewContent.model_validate(row.content) for row in (await session.scalars(query)).all()]
    head = f"{DOCUMENT_TITLES['requirements']}: "
    sentences = (one.removeprefix(head) for content in said for one in content.changes if one.startswith(head))
    return tuple(dict.fromkeys(sentences))[-MOST_CHANGES:]


async def merged_changes(session: AsyncSession, plan: Plan, since: datetime) -> tuple[str, ...]:
    """Return the changes that were merged since: ``change 1 (“add pages to books”)``."""
    query = select(Event).where(col(Event.plan_id) == plan.id, col(Event.what) == "merged", col(Event.at) > since)
    numbers = [int(event.data["number"]) for event in await session.scalars(query.order_by(col(Event.id)))]
    wanted = select(Change).where(col(Change.plan_id) == plan.id, col(Change.number).in_(numbers))
    rows = (await session.scalars(wanted.order_by(col(Change.number)))).all()
    return tuple([await named_change(session, plan, change) for change in rows])


async def named_change(session: AsyncSession, plan: Plan, change: Change) -> str:
    """Return a change by its number and the first words that it was asked for with, as far as they are left."""
    asked = await asked_of_change(session, plan, change)
    return f"change {change.number}" + (f" (“{clip_words(asked[0].words, LONGEST_WORDS)}”)" if asked else "")


async def approved_by(session: AsyncSession, view: PlanOverview) -> tuple[str, ...]:
    """Return who approved the newest review, for a plan that is past it."""
    if view.stage not in {PlanStage.APPROVED, PlanStage.BUILDING, PlanStage.DELIVERED}:
        return ()
    query = select(Event).where(col(Event.plan_id) == view.id, col(Event.what) == "approved").order_by(col(Event.id))
    events = (await session.scalars(query)).all()
    people = (event.actor for event in events if event.data.get("review", view.review) == view.review)
    return tuple(dict.fromkeys(people))


async def moved_since(session: AsyncSession, plan: Plan, since: datetime) -> bool:
    """Tell whether anything happened to a plan since a moment."""
    query = select(col(Event.id)).where(col(Event.plan_id) == plan.id, col(Event.at) > since).limit(1)
    return await session.scalar(query) is not None
