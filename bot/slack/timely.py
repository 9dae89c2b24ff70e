"""What goes out by the clock, rendered when it is sent: digests and reminders, and what came of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.digests.composition import compose
from bot.digests.waits import wait_of
from bot.slack.blocks.digest import digest, digest_ended
from bot.slack.blocks.reminder import Reminded, left_alone, reminder
from bot.slack.blocks.rendered import Rendered
from bot.slack.plan_pages import NO_PAGES, PlanPages
from bot.store.tables import OutboxItem, Person, Plan, ReminderRest, now
from bot.workflow.messages import MessageKind, is_person

__all__ = ["TIMELY", "render_timely"]

TIMELY = frozenset({MessageKind.DIGEST, MessageKind.DIGEST_ENDED, MessageKind.REMINDER, MessageKind.LEFT})


async def render_timely(
    session: AsyncSession,
    item: OutboxItem,
    plan: Plan | None,
    closed: Collection[str] = (),
    pages: PlanPages = NO_PAGES,
) -> Rendered | None:
    """Return the message that an outbox row of these kinds stands for, or None where there is nothing to say.

    ``closed`` are the private channels without the person whom it is for: nothing is said of their plans.
    """
    if item.kind == MessageKind.DIGEST:
        return await render_digest(session, item, closed, pages)
    if item.kind == MessageKind.DIGEST_ENDED:
        return digest_ended(str(item.subject["channel"]), str(item.subject["reason"]))
    if item.kind == MessageKind.REMINDER:
        return await render_reminder(session, item, closed)
    wait = await wait_of(session, plan) if plan else None
    return left_alone(wait) if wait and wait.key == item.subject["wait"] and not wait.people else None


async def render_digest(
    session: AsyncSession, item: OutboxItem, closed: Collection[str], pages: PlanPages
) -> Rendered | None:
    """Return a channel's or a person's digest since the moment the row names; None for a slot with nothing to say."""
    since = datetime.fromisoformat(item.subject["since"]) if "since" in item.subject else now() - timedelta(hours=24)
    person = item.channel if is_person(item.channel) else ""
    content = await compose(session, item.workspace, item.channel, since, person, closed, pages.repository_of)
    if closed and content.empty and "slot" in item.subject:
        return None
    return digest(content, str(item.subject.get("zone", "")))


async def render_reminder(session: AsyncSession, item: OutboxItem, closed: Collection[str]) -> Rendered | None:
    """Return what still waits for a person of what a reminder is about; None where nothing does, and nothing was said.

    Once it was sent, it says also what doesn't wait any more.
    """
    known = await session.get(Person, (item.workspace, item.channel))
    told = [await reminded(session, plan_id, key, item.channel, closed) for plan_id, key in item.subject["waits"]]
    shown = [one for one in told if one is not None and (one.wait is not None or item.message is not None)]
    return reminder(shown, item.channel, known.time_zone if known else "") if shown else None


async def reminded(
    session: AsyncSession, plan_id: str, key: int, person: str, closed: Collection[str]
) -> Reminded | None:
    """Return one wait as it stands now; None where its plan is gone, or not to be seen by the person."""
    plan = await session.get(Plan, plan_id)
    if plan is None or plan.channel in closed:
        return None
    wait = await wait_of(session, plan)
    if wait is None or wait.key != key or person not in wait.people:
        return Reminded(title=plan.title, wait=None)
    rest = await session.get(ReminderRest, (plan_id, key, person))
    return Reminded(title=plan.title, wait=wait, rests_until=rest.until if rest and rest.until > now() else None)
