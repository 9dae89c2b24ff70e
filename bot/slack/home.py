"""What somebody's Home tab holds: what waits for them, their plans, what is built and delivered, and their settings."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.digests.schedules import find_schedule, when_of
from bot.digests.standing import Standing, begun, next_step, standing_of
from bot.digests.waits import FOR_PEOPLE, Wait
from bot.documents.frozen import Frozen
from bot.slack.blocks.digest import moment_in
from bot.slack.blocks.home import Home, MyDigest
from bot.slack.blocks.questions import questions
from bot.slack.blocks.rendered import NATIVE
from bot.slack.plan_pages import NO_PAGES, PlanPages
from bot.slack.private_channels import SOMEBODY_ELSES
from bot.slack.rendering import private_view
from bot.store.tables import Person, Plan, now
from bot.workflow.involvement import awaiting_merge, concerns, is_concerned
from bot.workflow.overview import PlanOverview, overview
from bot.workflow.plans import is_visible
from bot.workflow.refusals import Refused
from bot.workflow.rounds import open_questions, questions_of_round
from bot.workflow.stages import PlanStage

__all__ = ["home_of", "opened_plan"]

MOST_READ = 40
"""Plans of a person that are looked at; of the others their number is told."""


class Shelves(Frozen):
    """A person's plans, each where it is shown."""

    waiting: tuple[Wait, ...] = ()
    mine: tuple[PlanOverview, ...] = ()
    building: tuple[PlanOverview, ...] = ()
    delivered: tuple[PlanOverview, ...] = ()


async def home_of(
    session: AsyncSession, workspace: str, person: str, closed: Collection[str] = (), pages: PlanPages = NO_PAGES
) -> Home:
    """Read what somebody's Home tab shows: open plans first, those that rest before those that run; none cancelled.

    Plans of channels that are ``closed`` to them are not among them.
    """
    theirs = and_(
        await concerns(session, workspace, person),
        col(Plan.stage) != PlanStage.CANCELLED,
        col(Plan.channel).not_in(closed),
    )
    total = await session.scalar(select(func.count()).select_from(Plan).where(theirs)) or 0
    is_done = case((awaiting_merge(), 0), (col(Plan.stage) == PlanStage.DELIVERED, 1), else_=0)
    runs = case((col(Plan.hold).is_not(None), 0), (col(Plan.run_stage).is_(None), 0), else_=1)
    query = select(Plan).where(theirs).order_by(is_done, runs, col(Plan.created_at).desc(), col(Plan.id))
    plans = (await session.scalars(query.limit(MOST_READ))).all()
    shelves = await sorted_out(session, [pages.shown(await overview(session, plan)) for plan in plans], person)
    known = await session.get(Person, (workspace, person))
    return Home(
        person=person,
        zone=known.time_zone if known else "",
        reminders=known.reminders if known else True,
        digest=await digest_of(session, workspace, person),
        unread=total - len(plans),
        **dict(shelves),
    )


async def sorted_out(session: AsyncSession, views: list[PlanOverview], person: str) -> Shelves:
    """Put plans on their shelves."""
    found: dict[str, list[PlanOverview]] = {"mine": [], "building": [], "delivered": []}
    waiting = []
    for view in views:
        wait = await wait_for(session, view, person)
        if wait is not None:
            waiting.append(wait)
            continue
        standing = standing_of(view)
        built = standing is Standing.BUILDING
        shelf = "building" if built else "delivered" if view.stage is PlanStage.DELIVERED else "mine"
        found[shelf].append(view)
    waiting.sort(key=lambda wait: wait.since)
    return Shelves(waiting=tuple(waiting), **{shelf: tuple(plans) for shelf, plans in found.items()})


async def wait_for(session: AsyncSession, view: PlanOverview, person: str) -> Wait | None:
    """Return how a plan waits for a person, or None where it doesn't."""
    if person not in view.waiting_for or next_step(view).step not in FOR_PEOPLE:
        return None
    event = await begun(session, view)
    since = event.at if event else view.created_at
    return Wait(plan=view, key=(event.id or 0) if event else 0, since=since, people=view.waiting_for)


async def digest_of(session: AsyncSession, workspace: str, person: str) -> MyDigest:
    """Return when somebody gets a digest of their own plans."""
    schedule = await find_schedule(session, workspace, person)
    if schedule is None:
        return MyDigest()
    when = when_of(schedule)
    rests = schedule.snoozed_until is not None and schedule.snoozed_until > now()
    until = moment_in(schedule.snoozed_until, schedule.time_zone) if rests and schedule.snoozed_until else ""
    return MyDigest(told=when.told(), words=when.words(), rests_until=until)


async def opened_plan(
    session: AsyncSession, plan: Plan, channel: str, person: str, pages: PlanPages = NO_PAGES
) -> list[dict[str, object]]:
    """Return a plan as it is opened from somebody's Home tab: its card, its open questions, its review.

    Raises Refused where it is not theirs to see.
    """
    if not is_visible(plan, channel, person) and not await is_concerned(session, plan, person):
        raise Refused(SOMEBODY_ELSES)
    blocks = list((await private_view(session, plan, pages)).without(NATIVE).blocks)
    if plan.stage == PlanStage.GATHERING:
        for number in sorted({row.round for row in await open_questions(session, plan)}):
            asked = questions(plan, await questions_of_round(session, plan, number))
            blocks += asked.without(NATIVE).blocks if asked else []
    return blocks
