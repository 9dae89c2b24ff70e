"""When a channel, or a person, wants a digest: keeping the schedule, and the slot that is due.

A person's own digest has their id in the place of a channel's. A slot is a moment; a schedule is a time of day on the
clocks of one place, so slots move when those clocks do.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.digests.words import DigestTime
from bot.store.tables import DigestSchedule, Firing, OutboxItem, now
from bot.workflow.messages import MessageKind

__all__ = [
    "due_slot",
    "end_digest",
    "find_schedule",
    "set_schedule",
    "slot_before",
    "slot_on",
    "snooze",
    "turn_off",
    "when_of",
]

WEEK = 7
DAYS_BACK = 3
"""How many days are looked at for the newest slot: clocks have jumped over a whole day (Samoa, 2011), never two."""


async def find_schedule(session: AsyncSession, workspace: str, channel: str) -> DigestSchedule | None:
    """Return the schedule of a channel or of a person, or None."""
    query = select(DigestSchedule).where(
        col(DigestSchedule.workspace) == workspace, col(DigestSchedule.channel) == channel
    )
    return (await session.scalars(query)).one_or_none()


def when_of(schedule: DigestSchedule) -> DigestTime:
    """Return when a schedule's digest comes."""
    return DigestTime(
        hour=schedule.hour, minute=schedule.minute, time_zone=schedule.time_zone, weekday=schedule.weekday
    )


async def set_schedule(
    session: AsyncSession, workspace: str, channel: str, when: DigestTime, person: str, at: datetime | None = None
) -> DigestSchedule:
    """Have a digest sent at those times; the first slot is the next one after ``at`` (now)."""
    schedule = await find_schedule(session, workspace, channel)
    if schedule is None:
        schedule = DigestSchedule(
            workspace=workspace,
            channel=channel,
            hour=when.hour,
            minute=when.minute,
            time_zone=when.time_zone,
            set_by=person,
        )
        session.add(schedule)
    schedule.hour, schedule.minute, schedule.time_zone = when.hour, when.minute, when.time_zone
    schedule.weekday, schedule.snoozed_until = when.weekday, None
    schedule.set_by, schedule.since = person, at or now()
    await session.flush()
    return schedule


async def snooze(
    session: AsyncSession, workspace: str, channel: str, days: int, at: datetime | None = None
) -> DigestSchedule | None:
    """Send nothing for so many days; what is missed then is not sent later. None where there is no digest."""
    schedule = await find_schedule(session, workspace, channel)
    if schedule is not None:
        schedule.snoozed_until = (at or now()) + timedelta(days=days)
        await session.flush()
    return schedule


async def turn_off(session: AsyncSession, workspace: str, channel: str) -> bool:
    """Stop a digest; tell whether there was one."""
    schedule = await find_schedule(session, workspace, channel)
    if schedule is None:
        return False
    await session.execute(delete(Firing).where(col(Firing.schedule_id) == schedule.id))
    await session.delete(schedule)
    await session.flush()
    return True


async def end_digest(session: AsyncSession, workspace: str, channel: str, reason: str) -> None:
    """Stop a digest that can't be posted any more, and tell the one who set it why; a person's own just ends."""
    schedule = await find_schedule(session, workspace, channel)
    if schedule is None:
        return
    key, person = f"digest ended/{channel}/{schedule.since.isoformat()}", schedule.set_by
    await turn_off(session, workspace, channel)
    if person != channel:
        subject = {"channel": channel, "reason": reason}
        session.add(
            OutboxItem(workspace=workspace, key=key, channel=person, kind=MessageKind.DIGEST_ENDED, subject=subject)
        )


def due_slot(schedule: DigestSchedule, moment: datetime) -> datetime | None:
    """Return the newest slot not after a moment, in UTC; None when it lies before the schedule was set, or in a rest.

    Raises ZoneInfoNotFoundError where this machine's time zone database lacks the zone.
    """
    today = moment.astimezone(ZoneInfo(schedule.time_zone)).date()
    back = DAYS_BACK if schedule.weekday is None else DAYS_BACK + WEEK
    slots = (slot_on(schedule, day) for day in days_of(schedule, today, back))
    newest = max((slot for slot in slots if slot <= moment), default=None)
    begins = max(schedule.since, schedule.snoozed_until or schedule.since)
    return newest if newest is not None and newest >= begins else None


def days_of(schedule: DigestSchedule, last: date, back: int) -> list[date]:
    """Return the days up to the last one, and so many in all, on which a schedule has a slot; the newest first."""
    days = [last - timedelta(days=number) for number in range(back)]
    return [day for day in days if schedule.weekday in {None, day.weekday()}]


def slot_before(schedule: DigestSchedule, slot: datetime) -> datetime:
    """Return the slot of the day, or of the week, before, in UTC."""
    days = 1 if schedule.weekday is None else WEEK
    return slot_on(schedule, slot.astimezone(ZoneInfo(schedule.time_zone)).date() - timedelta(days=days))


def slot_on(schedule: DigestSchedule, day: date) -> datetime:
    """Return the slot of a day in UTC: the first of a doubled local time, the first moment after a skipped one."""
    zone = ZoneInfo(schedule.time_zone)
    local = datetime.combine(day, time(schedule.hour, schedule.minute), zone)
    early, late = sorted(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    is_skipped = early.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None)
    return clock_change(zone, early, late) if is_skipped else early


def clock_change(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """Return the moment between two moments at which the zone's offset changes, to the second."""
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=int((late - early).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late
