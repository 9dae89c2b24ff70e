"""Reminders to those whom a plan waits for: with growing gaps, in their working hours, each once.

Each reminder is a row that is unique for plan, wait, person and step, written together with the message that tells of
it. Who acted waits no more, so nothing is to be called off.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.digests.waits import Wait, wait_of, waits
from bot.documents.frozen import Frozen
from bot.store.database import Database
from bot.store.tables import OutboxItem, Person, Plan, Reminder, ReminderRest
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.people import gone_among
from bot.workflow.refusals import Refused
from bot.workflow.stages import PlanStage

__all__ = ["Reminders", "clocks", "due_at", "is_awake", "monday", "rest", "want_reminders"]

GAPS = (1, 2, 4, 7, 14, 28)
"""Days between the beginning of a wait and its first reminder, then between reminders; the last one repeats."""
FORGOTTEN_AFTER = timedelta(days=90)
"""What has waited so long is left in peace; the digest and the Home tab still tell of it."""
BEGINS, ENDS = time(9), time(18)
FRIDAY, WEEK = 4, 7
KNOWN_FOR = timedelta(hours=20)
"""How long what Slack said of somebody is believed: who left is known within a day."""
MOST_LOOKED_UP = 30
"""People who are looked up in one round; the others come in the next."""

Look = Callable[[str, str], Awaitable[object]]
"""Looks a person of a workspace up and keeps what was said of them (`bot.workflow.people.keep_person`)."""


class Due(Frozen):
    """A reminder that is to be sent."""

    wait: Wait
    workspace: str
    person: str
    step: int


class Reminders:
    """Sends what is due, round by round."""

    def __init__(self, database: Database, look: Look) -> None:
        """Keep reminders in this database; ``look`` asks Slack who somebody is."""
        self._database = database
        self._look = look

    async def round(self, moment: datetime) -> int:
        """Send the reminders that are due at a moment; return how many.

        Slack is asked about people between two transactions: nothing that was read before counts in the second.
        """
        async with self._database.read() as session:
            if not await anybody_awake(session, moment):
                return 0
            expected = await due_reminders(session, moment)
            unknown = await not_known_lately(session, expected, moment)
        for workspace, person in unknown[:MOST_LOOKED_UP]:
            await self._look(workspace, person)
        if not expected:
            return 0
        async with self._database.write() as session:
            due = await due_reminders(session, moment, only={one.wait.plan.id for one in expected})
            strangers = await not_known_lately(session, due, moment)
            known = [one for one in due if (one.workspace, one.person) not in strangers]
            claimed = [one for one in known if await claim(session, one, moment)]
            await redraw_for_those_who_left(session, expected)
            await tell(session, claimed)
        return len(claimed)


async def anybody_awake(session: AsyncSession, moment: datetime) -> bool:
    """Tell whether it is working time on the clocks of anybody, or on those of people nothing is known of."""
    zones = (await session.scalars(select(col(Person.time_zone)).distinct())).all()
    return any(is_awake(zone, moment) for zone in {*zones, ""})


async def due_reminders(session: AsyncSession, moment: datetime, only: Collection[str] | None = None) -> list[Due]:
    """Return what is due at a moment, oldest waits first; ``only`` about plans with these ids.

    A plan whose people all left has one reminder, for nobody: it is told in its thread.
    """
    found = await waits(session, moment - timedelta(days=GAPS[0]), moment - FORGOTTEN_AFTER, only)
    due: list[Due] = []
    for wait in sorted(found, key=lambda one: one.since):
        due += await due_of(session, wait, moment)
    return due


async def due_of(session: AsyncSession, wait: Wait, moment: datetime) -> list[Due]:
    """Return the reminders of one wait that are due."""
    plan = await session.get_one(Plan, wait.plan.id)
    rows = select(Reminder).where(col(Reminder.plan_id) == plan.id, col(Reminder.wait) == wait.key)
    sent = (await session.scalars(rows)).all()
    if not wait.people:
        told = any(not row.person for row in sent) or not wait.left
        return [] if told else [Due(wait=wait, workspace=plan.workspace, person="", step=0)]
    rests = await resting(session, wait)
    ready = await reachable(session, plan.workspace, wait.people, moment)
    due = []
    for person in wait.people:
        told_at = [row.at for row in sent if row.person == person]
        if person in ready and due_at(wait.since, told_at, rests.get(person)) <= moment:
            due.append(Due(wait=wait, workspace=plan.workspace, person=person, step=len(told_at)))
    return due


async def resting(session: AsyncSession, wait: Wait) -> dict[str, datetime]:
    """Return until when people want no reminder of a wait."""
    query = select(ReminderRest).where(col(ReminderRest.plan_id) == wait.plan.id, col(ReminderRest.wait) == wait.key)
    return {row.person: row.until for row in (await session.scalars(query)).all()}


async def reachable(session: AsyncSession, workspace: str, people: Sequence[str], moment: datetime) -> set[str]:
    """Return who of these people is at work by their own clocks, and wants reminders."""
    query = select(Person).where(col(Person.workspace) == workspace, col(Person.person).in_(people))
    known = {row.person: row for row in (await session.scalars(query)).all()}
    zones = {person: known[person].time_zone if person in known else "" for person in people}
    quiet = {person for person, row in known.items() if not row.reminders}
    return {person for person, zone in zones.items() if person not in quiet and is_awake(zone, moment)}


async def not_known_lately(session: AsyncSession, due: Sequence[Due], moment: datetime) -> list[tuple[str, str]]:
    """Return whom Slack is to be asked about before they are reminded: it may be night there, or they left."""
    people = dict.fromkeys((one.workspace, one.person) for one in due if one.person)
    unknown = []
    for workspace, person in people:
        row = await session.get(Person, (workspace, person))
        if row is None or row.at < moment - KNOWN_FOR:
            unknown.append((workspace, person))
    return unknown


async def claim(session: AsyncSession, due: Due, moment: datetime) -> bool:
    """Write the unique row of a reminder; tell whether it was not there before."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert(Reminder) if is_postgresql else sqlite.insert(Reminder)
    row = insert.values(
        workspace=due.workspace,
        plan_id=due.wait.plan.id,
        wait=due.wait.key,
        person=due.person,
        step=due.step,
        at=moment,
    ).on_conflict_do_nothing()
    return await session.scalar(row.returning(col(Reminder.id))) is not None


async def tell(session: AsyncSession, claimed: Iterable[Due]) -> None:
    """Have each person get one message about all that they are reminded of now."""
    by_person: dict[tuple[str, str], list[Due]] = {}
    for one in claimed:
        if one.person:
            by_person.setdefault((one.workspace, one.person), []).append(one)
        else:
            plan = await session.get_one(Plan, one.wait.plan.id)
            await announce(session, plan, MessageKind.LEFT, str(one.wait.key), wait=one.wait.key)
    for (workspace, person), reminders in by_person.items():
        first = reminders[0]
        session.add(
            OutboxItem(
                workspace=workspace,
                key=f"reminder/{person}/{first.wait.plan.id}/{first.wait.key}/{first.step}",
                channel=person,
                kind=MessageKind.REMINDER,
                subject={"waits": [[one.wait.plan.id, one.wait.key] for one in reminders]},
            )
        )


async def redraw_for_those_who_left(session: AsyncSession, expected: Sequence[Due]) -> None:
    """Have cards and reviews name others than those of whom Slack just said that they left."""
    for one in expected:
        if not one.person or not await gone_among(session, one.workspace, [one.person]):
            continue
        plan = await session.get_one(Plan, one.wait.plan.id)
        await refresh_card(session, plan)
        if plan.stage == PlanStage.IN_REVIEW:
            await announce(session, plan, MessageKind.REVIEW, str(plan.review))


def due_at(since: datetime, told: Sequence[datetime], until: datetime | None = None) -> datetime:
    """Return when somebody is reminded next: after a gap that grows with each time, or when they asked to be.

    ``since`` is when the wait began, ``told`` are the moments of earlier reminders, ``until`` ends a rest.
    """
    last = max(told, default=since)
    if until is not None and until > last:
        return until
    return last + timedelta(days=GAPS[min(len(told), len(GAPS) - 1)])


def is_awake(zone: str, moment: datetime) -> bool:
    """Tell whether a moment lies between nine and six on a weekday, on the clocks of a zone (UTC where unknown)."""
    there = moment.astimezone(clocks(zone))
    return there.weekday() <= FRIDAY and BEGINS <= there.time() < ENDS


@cache
def clocks(zone: str) -> tzinfo:
    """Return a zone by its name, UTC where there is none of that name."""
    try:
        return ZoneInfo(zone) if zone else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def monday(zone: str, moment: datetime) -> datetime:
    """Return when work begins next Monday on the clocks of a zone, in UTC; on a Monday that of the week after."""
    there = moment.astimezone(clocks(zone))
    day = there.date() + timedelta(days=WEEK - there.weekday())
    return datetime.combine(day, BEGINS, clocks(zone)).astimezone(UTC)


async def rest(session: AsyncSession, plan: Plan, person: str, moment: datetime) -> str:
    """Let somebody have no reminder of what a plan waits for before Monday; return a sentence for them.

    Raises Refused where it doesn't wait for them.
    """
    wait = await wait_of(session, plan)
    if wait is None or person not in wait.people:
        raise Refused(f"*{plan.title}* doesn't wait for you any more; there is nothing that you would be reminded of.")
    row = await session.get(Person, (plan.workspace, person))
    until = monday(row.time_zone if row else "", moment)
    await session.merge(
        ReminderRest(plan_id=plan.id, wait=wait.key, person=person, workspace=plan.workspace, until=until)
    )
    await redraw_reminders(session, plan, person)
    return f"I'll remind you of *{plan.title}* on Monday, if it still waits for you then."


async def redraw_reminders(session: AsyncSession, plan: Plan, person: str) -> None:
    """Have the newest reminder that a person got be drawn again: it says what rests, and loses that button."""
    query = select(OutboxItem).where(
        col(OutboxItem.workspace) == plan.workspace,
        col(OutboxItem.channel) == person,
        col(OutboxItem.kind) == MessageKind.REMINDER,
    )
    newest = await session.scalar(query.order_by(col(OutboxItem.id).desc()).limit(1))
    if newest is not None and any(plan_id == plan.id for plan_id, _ in newest.subject["waits"]):
        newest.version += 1


async def want_reminders(session: AsyncSession, workspace: str, person: str, *, wanted: bool) -> None:
    """Keep whether somebody wants to be reminded of what waits for them."""
    row = await session.get(Person, (workspace, person)) or Person(workspace=workspace, person=person, guest=False)
    row.reminders = wanted
    session.add(row)
