"""When a channel wants its digest: reading the words, keeping the schedule, and the slot that is due.

A slot is a moment; a schedule is a time of day on the clocks of one place, so slots move when those clocks do.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.store.tables import DigestSchedule, Firing, now
from bot.workflow.refusals import Refused

__all__ = [
    "DailyTime",
    "due_slot",
    "find_schedule",
    "read_schedule_words",
    "set_daily",
    "slot_before",
    "slot_on",
    "turn_off",
]

EXAMPLE = "`/plan digest daily 09:00 Europe/Berlin`"
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
LAST_HOUR, LAST_MINUTE, NOON = 23, 59, 12
DAYS_BACK = 3
"""How many days are looked at for the newest slot: clocks have jumped over a whole day (Samoa, 2011), never two."""


class DailyTime(Frozen):
    """A time of day on the clocks of one place."""

    hour: int
    minute: int
    time_zone: str


def read_schedule_words(words: Sequence[str], default_time_zone: str) -> DailyTime:
    """Read ``daily 09:00 Europe/Berlin``; without a zone the default holds. Raises Refused for what can't be read."""
    said = [word for word in words if word]
    if not said or said[0].lower() != "daily":
        raise Refused(f"Say when and where, such as {EXAMPLE}; `/plan digest off` stops it.")
    clock, zone = said[1:2], said[2:]
    if zone and zone[0].lower() in {"am", "pm"}:
        clock, zone = [clock[0] + zone[0]], zone[1:]
    if not clock:
        raise Refused(f"At what time? Such as {EXAMPLE}.")
    hour, minute = read_clock(clock[0])
    return DailyTime(hour=hour, minute=minute, time_zone=read_zone(" ".join(zone), default_time_zone))


def read_clock(word: str) -> tuple[int, int]:
    """Return hour and minute of ``9``, ``09:00``, ``9.30`` or ``9:30pm``. Raises Refused for anything else."""
    found = CLOCK.fullmatch(word)
    if found is None:
        raise Refused(
            f"I can't read {quoted(word)} as a time of day. Write it as hours and minutes, such as {EXAMPLE}."
        )
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= NOON:
        raise Refused(f"{quoted(word)} is no time of day. Hours with am or pm go from 1 to 12; or write {EXAMPLE}.")
    if half:
        hour = hour % NOON + (NOON if half == "pm" else 0)
    if hour > LAST_HOUR or minute > LAST_MINUTE:
        raise Refused(f"{quoted(word)} is no time of day. Hours go from 00 to 23, minutes from 00 to 59.")
    return hour, minute


def read_zone(name: str, default: str) -> str:
    """Return the zone's name as the time zone database spells it. Raises Refused, with suggestions, for others."""
    wanted = name.strip() or default.strip()
    if not wanted:
        raise Refused(f"Which place's clocks? Add a time zone, such as {EXAMPLE}.")
    key = wanted.lower().replace(" ", "_")
    found = zones().get(key)
    if found is not None:
        return found
    near = suggestions(key)
    hint = f"Did you mean {near}?" if near else f"Name it as Area/City, such as {EXAMPLE}."
    raise Refused(f"I don't know the time zone {quoted(wanted)}. {hint}")


@cache
def zones() -> dict[str, str]:
    """Return the zones that follow a place's clocks (``Area/City``), and UTC, by their names in lower case.

    Abbreviations such as EST are left out: they stand for a fixed offset, which is rarely what people mean.
    """
    named = (name for name in available_timezones() if "/" in name and not name.startswith(("posix/", "right/")))
    return {name.lower(): name for name in (*named, "UTC")}


def suggestions(key: str) -> str:
    """Return up to three zones that a person may have meant, or an empty string."""
    same_city = sorted(zone for lowered, zone in zones().items() if lowered.rpartition("/")[2] == key)
    near = same_city or [zones()[match] for match in difflib.get_close_matches(key[:60], zones(), n=3, cutoff=0.75)]
    return " or ".join(f"`{zone}`" for zone in near[:3])


def quoted(text: str) -> str:
    """Return a person's words, short and without anything that could end the quotation."""
    return f"`{''.join(char for char in text if char.isprintable() and char != '`')[:40]}`"


async def find_schedule(session: AsyncSession, workspace: str, channel: str) -> DigestSchedule | None:
    """Return the schedule of a channel, or None."""
    query = select(DigestSchedule).where(
        col(DigestSchedule.workspace) == workspace, col(DigestSchedule.channel) == channel
    )
    return (await session.scalars(query)).one_or_none()


async def set_daily(
    session: AsyncSession,
    workspace: str,
    channel: str,
    hour: int,
    minute: int,
    time_zone: str,
    person: str,
    at: datetime | None = None,
) -> DigestSchedule:
    """Have a channel's digest sent every day at that time; the first slot is the next one after ``at`` (now)."""
    schedule = await find_schedule(session, workspace, channel)
    if schedule is None:
        schedule = DigestSchedule(
            workspace=workspace, channel=channel, hour=hour, minute=minute, time_zone=time_zone, set_by=person
        )
        session.add(schedule)
    schedule.hour, schedule.minute, schedule.time_zone = hour, minute, time_zone
    schedule.set_by, schedule.since = person, at or now()
    await session.flush()
    return schedule


async def turn_off(session: AsyncSession, workspace: str, channel: str) -> bool:
    """Stop a channel's digest; tell whether there was one."""
    schedule = await find_schedule(session, workspace, channel)
    if schedule is None:
        return False
    await session.execute(delete(Firing).where(col(Firing.schedule_id) == schedule.id))
    await session.delete(schedule)
    await session.flush()
    return True


def due_slot(schedule: DigestSchedule, moment: datetime) -> datetime | None:
    """Return the newest slot not after a moment, in UTC; None when it lies before the schedule was set.

    Raises ZoneInfoNotFoundError where this machine's time zone database lacks the zone.
    """
    today = moment.astimezone(ZoneInfo(schedule.time_zone)).date()
    slots = (slot_on(schedule, today - timedelta(days=back)) for back in range(DAYS_BACK))
    newest = max((slot for slot in slots if slot <= moment), default=None)
    return newest if newest is not None and newest >= schedule.since else None


def slot_before(schedule: DigestSchedule, slot: datetime) -> datetime:
    """Return the slot of the day before, in UTC."""
    return slot_on(schedule, slot.astimezone(ZoneInfo(schedule.time_zone)).date() - timedelta(days=1))


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
