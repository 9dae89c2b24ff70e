"""Which moment a time of day on a place's clocks means, and what people may write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from bot.digests.schedules import (
    due_slot,
    find_schedule,
    set_schedule,
    slot_before,
    snooze,
    turn_off,
)
from bot.digests.words import DigestTime, read_rest, read_schedule_words
from bot.store.database import Database
from bot.store.tables import DigestSchedule, Firing
from bot.workflow.refusals import Refused


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def at(hour: int, minute: int, zone: str) -> DigestTime:
    return DigestTime(hour=hour, minute=minute, time_zone=zone)


def daily(clock: str, zone: str, since: str = "2000-01-01T00:00") -> DigestSchedule:
    hour, minute = clock.split(":")
    return DigestSchedule(
        workspace="T1",
        channel="C1",
        hour=int(hour),
        minute=int(minute),
        time_zone=zone,
        set_by="U1",
        since=utc(since),
    )


@pytest.mark.parametrize(
    ("zone", "moment", "slot"),
    [
        ("UTC", "2026-03-10T09:00", "2026-03-10T09:00"),
        ("UTC", "2026-03-10T08:59", "2026-03-09T09:00"),
        ("Europe/Berlin", "2026-01-10T12:00", "2026-01-10T08:00"),
        ("Europe/Berlin", "2026-07-10T12:00", "2026-07-10T07:00"),
        ("America/New_York", "2026-01-10T13:59", "2026-01-09T14:00"),
        ("Asia/Kolkata", "2026-01-10T12:00", "2026-01-10T03:30"),
        ("Pacific/Auckland", "2026-01-10T12:00", "2026-01-09T20:00"),
        ("Pacific/Kiritimati", "2026-01-10T18:59", "2026-01-09T19:00"),
    ],
)
def test_the_due_slot_is_the_newest_nine_o_clock_of_the_place(zone: str, moment: str, slot: str) -> None:
    assert due_slot(daily("09:00", zone), utc(moment)) == utc(slot)


@pytest.mark.parametrize(
    ("zone", "clock", "moment", "slot"),
    [
        # 02:30 does not exist on 29 March 2026 in Berlin: clocks go from 02:00 to 03:00, at 01:00 UTC.
        ("Europe/Berlin", "02:30", "2026-03-29T00:59", "2026-03-28T01:30"),
        ("Europe/Berlin", "02:30", "2026-03-29T01:00", "2026-03-29T01:00"),
        ("Europe/Berlin", "02:30", "2026-03-29T23:00", "2026-03-29T01:00"),
        ("Europe/Berlin", "02:30", "2026-03-30T00:30", "2026-03-30T00:30"),
        ("Europe/Berlin", "03:00", "2026-03-29T01:00", "2026-03-29T01:00"),
        ("America/New_York", "02:00", "2026-03-08T07:00", "2026-03-08T07:00"),
        # Half an hour is skipped on Lord Howe Island: 02:00 to 02:30 on 4 October 2026, at 15:30 UTC the day before.
        ("Australia/Lord_Howe", "02:15", "2026-10-03T15:30", "2026-10-03T15:30"),
        # Samoa had no 30 December 2011.
        ("Pacific/Apia", "09:00", "2011-12-30T10:00", "2011-12-30T10:00"),
        ("Pacific/Apia", "09:00", "2011-12-30T19:00", "2011-12-30T19:00"),
    ],
)
def test_a_skipped_time_fires_at_the_next_moment_there_is(zone: str, clock: str, moment: str, slot: str) -> None:
    assert due_slot(daily(clock, zone), utc(moment)) == utc(slot)


def test_a_doubled_time_fires_once_at_its_first() -> None:
    """02:30 comes twice on 25 October 2026 in Berlin: at 00:30 and at 01:30 UTC."""
    schedule = daily("02:30", "Europe/Berlin")

    slots = {
        due_slot(schedule, utc(f"2026-10-25T{hour:02}:{minute:02}")) for hour in range(1, 24) for minute in (0, 45)
    }

    assert slots == {utc("2026-10-25T00:30")}


def test_slots_before_the_schedule_was_set_are_not_due() -> None:
    schedule = daily("09:00", "UTC", since="2026-03-10T09:01")

    assert due_slot(schedule, utc("2026-03-10T12:00")) is None
    assert due_slot(schedule, utc("2026-03-11T09:00")) == utc("2026-03-11T09:00")


def test_the_slot_before_follows_the_clocks_too() -> None:
    assert slot_before(daily("09:00", "Europe/Berlin"), utc("2026-03-29T07:00")) == utc("2026-03-28T08:00")


@pytest.mark.parametrize(
    ("words", "hour", "minute", "zone"),
    [
        ("daily 09:00 Europe/Berlin", 9, 0, "Europe/Berlin"),
        ("DAILY 9 europe/berlin", 9, 0, "Europe/Berlin"),
        ("daily 9.30pm America/New York", 21, 30, "America/New_York"),
        ("daily 12:05 am UTC", 0, 5, "UTC"),
        ("daily 12pm utc", 12, 0, "UTC"),
        ("daily 23:59", 23, 59, "Asia/Tokyo"),
        ("daily 00:00 America/Argentina/Buenos_Aires", 0, 0, "America/Argentina/Buenos_Aires"),
    ],
)
def test_people_write_times_and_zones_in_many_ways(words: str, hour: int, minute: int, zone: str) -> None:
    expected = DigestTime(hour=hour, minute=minute, time_zone=zone)

    assert read_schedule_words(words.split(), "Asia/Tokyo") == expected


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "`/plan digest now` posts one at once"),
        ("monthly 1", "Say when and where"),
        ("weekly", "On which day"),
        ("weekly m 09:00", "On which day"),
        ("weekly someday 09:00", "On which day"),
        ("weekly mon", "At what time"),
        ("daily", "At what time"),
        ("daily Europe/Berlin", "can't read `Europe/Berlin` as a time"),
        ("daily 24:00 UTC", "Hours go from 00 to 23"),
        ("daily 09:60 UTC", "minutes from 00 to 59"),
        ("daily 13pm UTC", "from 1 to 12"),
        ("daily 0 am UTC", "from 1 to 12"),
        ("daily 09:00 Berlin", "Did you mean `Europe/Berlin`?"),
        ("daily 09:00 Europe/Berln", "Did you mean `Europe/Berlin`"),
        ("daily 09:00 EST", "I don't know the time zone `EST`"),
        ("daily 09:00 ../../etc/passwd", "I don't know the time zone"),
        ("daily 09:00 `x`\x1b[31m", "I don't know the time zone `x[31m`. Name it as Area/City"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_write(words: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_schedule_words(words.split(), "Europe/Berlin")

    assert sentence in str(refused.value)


def test_without_any_zone_people_are_asked_for_one() -> None:
    with pytest.raises(Refused, match="Which place's clocks"):
        read_schedule_words(["daily", "9:00"], "")


async def test_a_channel_has_one_schedule_that_can_be_changed_and_turned_off(database: Database) -> None:
    async with database.write() as session:
        first = await set_schedule(session, "T1", "C1", at(9, 0, "Europe/Berlin"), "U1", utc("2026-03-10T12:00"))
        await set_schedule(session, "T2", "C1", at(7, 0, "UTC"), "U9")
        second = await set_schedule(session, "T1", "C1", at(8, 30, "Asia/Tokyo"), "U2", utc("2026-03-11T12:00"))
        assert second.id == first.id
        session.add(Firing(schedule_id=first.id or 0, slot=utc("2026-03-11T00:00")))

    async with database.read() as session:
        kept = await find_schedule(session, "T1", "C1")
    assert kept is not None
    assert (kept.hour, kept.minute, kept.time_zone, kept.set_by) == (8, 30, "Asia/Tokyo", "U2")
    assert kept.since == utc("2026-03-11T12:00")

    async with database.write() as session:
        assert await turn_off(session, "T1", "C1")
        assert not await turn_off(session, "T1", "C1")
    async with database.read() as session:
        left = (await session.scalars(select(DigestSchedule))).all()
        assert [schedule.workspace for schedule in left] == ["T2"]
        assert (await session.scalars(select(Firing))).all() == []


def weekly(day: int, clock: str, zone: str, since: str = "2000-01-01T00:00") -> DigestSchedule:
    return daily(clock, zone, since).model_copy(update={"weekday": day})


@pytest.mark.parametrize(
    ("moment", "slot"),
    [
        ("2026-03-09T08:00", "2026-03-09T08:00"),
        ("2026-03-09T07:59", "2026-03-02T08:00"),
        ("2026-03-15T23:00", "2026-03-09T08:00"),
        ("2026-03-30T07:00", "2026-03-30T07:00"),
        ("2026-03-30T06:59", "2026-03-23T08:00"),
    ],
)
def test_a_weekly_slot_is_the_newest_monday_of_the_place(moment: str, slot: str) -> None:
    """Clocks in Berlin go forward on 29 March 2026."""
    assert due_slot(weekly(0, "09:00", "Europe/Berlin"), utc(moment)) == utc(slot)


def test_the_slot_before_a_weekly_one_is_a_week_earlier() -> None:
    assert slot_before(weekly(0, "09:00", "Europe/Berlin"), utc("2026-03-30T07:00")) == utc("2026-03-23T08:00")


def test_a_day_of_the_week_that_a_place_never_had_is_left_out() -> None:
    """Samoa had no Friday 30 December 2011; its slot comes at the first moment after it, once."""
    schedule = weekly(4, "09:00", "Pacific/Apia")
    assert due_slot(schedule, utc("2012-01-03T00:00")) == utc("2011-12-30T10:00")
    assert due_slot(schedule, utc("2012-01-06T19:00")) == utc("2012-01-05T19:00")


@pytest.mark.parametrize(
    ("words", "weekday", "told"),
    [
        ("weekly mon 09:00 Europe/Berlin", 0, "every Monday at 09:00 Europe/Berlin"),
        ("WEEKLY Sunday 9pm", 6, "every Sunday at 21:00 Asia/Tokyo"),
        ("weekly th 9:05 am UTC", 3, "every Thursday at 09:05 UTC"),
        ("daily 9", None, "every day at 09:00 Asia/Tokyo"),
        ("daily at 8 am", None, "every day at 08:00 Asia/Tokyo"),
        ("every day at 9:30 UTC", None, "every day at 09:30 UTC"),
        ("every Friday at 16:00", 4, "every Friday at 16:00 Asia/Tokyo"),
        ("weekly on mon at 9", 0, "every Monday at 09:00 Asia/Tokyo"),
    ],
)
def test_days_of_the_week_are_read_and_told(words: str, weekday: int | None, told: str) -> None:
    read = read_schedule_words(words.split(), "Asia/Tokyo")
    assert (read.weekday, read.told()) == (weekday, told)


@pytest.mark.parametrize(("words", "days"), [("3d", 3), ("1 day", 1), ("2w", 14), ("2 weeks", 14), ("92 days", 92)])
def test_a_rest_is_read(words: str, days: int) -> None:
    assert read_rest(words.split()) == days


@pytest.mark.parametrize("words", ["", "0d", "93d", "14w", "soon", "3", "-1d", "3dd"])
def test_a_rest_that_can_not_be_read_is_refused(words: str) -> None:
    with pytest.raises(Refused, match="For how long"):
        read_rest(words.split())


async def test_a_rest_ends_and_what_was_missed_is_not_sent(database: Database) -> None:
    when = DigestTime(hour=9, minute=0, time_zone="UTC")
    async with database.write() as session:
        assert await snooze(session, "T1", "C1", 3) is None
        await set_schedule(session, "T1", "C1", when, "U1", utc("2026-03-01T00:00"))
        schedule = await snooze(session, "T1", "C1", 3, utc("2026-03-10T12:00"))
        assert schedule is not None
        assert due_slot(schedule, utc("2026-03-11T09:00")) is None
        assert due_slot(schedule, utc("2026-03-13T13:00")) is None, "9 o'clock of that day lay within the rest"
        assert due_slot(schedule, utc("2026-03-14T09:00")) == utc("2026-03-14T09:00")
        again = await set_schedule(session, "T1", "C1", when, "U1", utc("2026-03-10T13:00"))
        assert due_slot(again, utc("2026-03-11T09:00")) == utc("2026-03-11T09:00"), "setting it wakes it"
