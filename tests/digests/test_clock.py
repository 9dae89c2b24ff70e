"""Slots are claimed once, told of when there is something to say, and the newest only after a downtime."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import col, select
from structlog.testing import capture_logs

from bot.digests.clock import DigestClock
from bot.digests.firing import claim_due
from bot.digests.schedules import end_digest, set_schedule, turn_off
from bot.digests.words import DigestTime
from bot.store.database import Database, sqlite_url
from bot.store.tables import DigestSchedule, Firing, OutboxItem
from bot.workflow.people import keep_person
from tests.digests.conftest import Life, digests


class Watch:
    """A clock that people turn by hand."""

    def __init__(self, moment: str) -> None:
        self.turn(moment)

    def turn(self, moment: str) -> None:
        self.moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


async def schedule(database: Database, moment: datetime, clock: str = "09:00", zone: str = "UTC") -> None:
    hour, minute = clock.split(":")
    async with database.write() as session:
        when = DigestTime(hour=int(hour), minute=int(minute), time_zone=zone)
        await set_schedule(session, "T1", "C1", when, "U1", moment)


async def slots(database: Database) -> list[datetime]:
    async with database.read() as session:
        return [firing.slot for firing in (await session.scalars(select(Firing).order_by(col(Firing.id)))).all()]


async def test_a_due_digest_is_sent_once(life: Life, database: Database) -> None:
    watch = Watch("2026-03-10T08:00")
    clock = DigestClock(database, watch)
    await schedule(database, watch())
    await life.ask(await life.start(watch()), watch())

    await clock.tick()
    assert await digests(database) == []
    for moment in ("2026-03-10T09:00", "2026-03-10T09:00", "2026-03-10T17:00"):
        watch.turn(moment)
        await clock.tick()

    sent = await digests(database)
    assert [item.key.rpartition("/")[2] for item in sent] == ["2026-03-10T09:00:00+00:00"]
    assert (sent[0].workspace, sent[0].channel, sent[0].plan_id) == ("T1", "C1", None)
    assert sent[0].sent_version < sent[0].version
    assert sent[0].subject["since"] == "2026-03-09T09:00:00+00:00"


async def test_a_digest_goes_on_where_the_one_before_ended(life: Life, database: Database) -> None:
    watch = Watch("2026-03-10T08:00")
    clock = DigestClock(database, watch)
    await schedule(database, watch())
    await life.ask(await life.start(watch()), watch())
    for moment in ("2026-03-10T09:00:15", "2026-03-11T09:00:05"):
        watch.turn(moment)
        await clock.tick()

    assert (await digests(database))[1].subject["since"] == "2026-03-10T09:00:15+00:00"


async def test_nothing_to_say_nothing_sent(life: Life, database: Database) -> None:
    watch = Watch("2026-03-10T08:00")
    clock = DigestClock(database, watch)
    await schedule(database, watch())
    await life.start(watch(), channel="C2")

    watch.turn("2026-03-10T09:00")
    await clock.tick()

    assert await digests(database) == []
    assert await slots(database) == [watch()]


async def test_after_a_downtime_only_the_newest_missed_slot_is_sent_and_it_tells_everything(
    life: Life, database: Database
) -> None:
    watch = Watch("2026-03-10T08:00")
    await schedule(database, watch())
    await life.ask(await life.start(watch()), watch())
    watch.turn("2026-03-10T09:00")
    await DigestClock(database, watch).tick()

    watch.turn("2026-03-15T11:30")
    restarted = DigestClock(database, watch)
    await restarted.tick()
    await restarted.tick()

    sent = await digests(database)
    assert [item.subject["slot"] for item in sent] == ["2026-03-10T09:00:00+00:00", "2026-03-15T09:00:00+00:00"]
    assert sent[1].subject["since"] == "2026-03-10T09:00:00+00:00"


@pytest.mark.parametrize(
    ("clock", "days"),
    [
        ("02:30", ["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"]),
        ("02:30", ["2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30"]),
    ],
)
async def test_one_digest_a_day_over_both_clock_changes(
    database: Database, life: Life, clock: str, days: list[str]
) -> None:
    """The clock ticks every half hour of three days in Berlin."""
    start = Watch(days[0])().replace(hour=0, minute=0)
    await schedule(database, start, clock, "Europe/Berlin")
    await life.start(start)
    minutes = range(0, 3 * 24 * 60, 30)
    async with database.write() as session:
        for minute in minutes:
            await claim_due(session, datetime.fromtimestamp(start.timestamp() + minute * 60, UTC))

    assert await slots(database) == [Watch(day)() for day in days]
    assert len(await digests(database)) == len(days)


async def test_two_bots_on_one_database_send_each_slot_once(life: Life, database: Database, file: Path) -> None:
    watch = Watch("2026-03-10T08:00")
    await schedule(database, watch())
    await life.ask(await life.start(watch()), watch())
    other = Database(sqlite_url(file))
    clocks = [DigestClock(database, watch), DigestClock(other, watch)]

    for day in range(10, 15):
        watch.turn(f"2026-03-{day}T09:00")
        await asyncio.gather(*(clock.tick() for clock in clocks * 3))
    await other.close()

    assert len(await slots(database)) == 5
    assert [item.subject["slot"][:10] for item in await digests(database)] == [
        f"2026-03-{day}" for day in range(10, 15)
    ]


async def test_off_sends_nothing_more_and_a_later_schedule_starts_anew(life: Life, database: Database) -> None:
    watch = Watch("2026-03-10T08:00")
    clock = DigestClock(database, watch)
    await schedule(database, watch())
    await life.ask(await life.start(watch()), watch())
    watch.turn("2026-03-10T09:00")
    await clock.tick()
    async with database.write() as session:
        assert await turn_off(session, "T1", "C1")

    watch.turn("2026-03-12T09:30")
    await clock.tick()
    assert len(await digests(database)) == 1
    await schedule(database, watch())
    await clock.tick()
    assert len(await digests(database)) == 1
    watch.turn("2026-03-13T09:00")
    await clock.tick()

    assert [item.subject["since"] for item in await digests(database)][1:] == ["2026-03-12T09:00:00+00:00"]


async def test_a_zone_this_machine_lacks_does_not_stop_the_others(life: Life, database: Database) -> None:
    watch = Watch("2026-03-10T08:00")
    await schedule(database, watch())
    await life.start(watch())
    async with database.write() as session:
        session.add(
            DigestSchedule(
                workspace="T1", channel="C0", hour=9, minute=0, time_zone="Mars/Olympus", set_by="U1", since=watch()
            )
        )
    watch.turn("2026-03-10T09:00")

    with capture_logs() as logs:
        await DigestClock(database, watch).tick()

    assert len(await digests(database)) == 1
    assert [entry["zone"] for entry in logs if entry["log_level"] == "error"] == ["Mars/Olympus"]


async def test_the_running_clock_ticks_at_start_and_stops(life: Life, database: Database) -> None:
    watch = Watch("2026-03-10T08:00")
    await schedule(database, watch())
    await life.start(watch())
    watch.turn("2026-03-10T09:00")
    claimed = asyncio.Event()
    database.on_commit(claimed.set)
    clock = DigestClock(database, watch)

    clock.start()
    clock.start()
    await asyncio.wait_for(claimed.wait(), 30)
    await clock.stop()
    await clock.stop()

    assert len(await digests(database)) == 1


async def test_a_failing_tick_is_logged_with_an_id_and_the_next_one_works(life: Life, database: Database) -> None:
    watch = Watch("2026-03-10T08:00")
    await schedule(database, watch())
    await life.start(watch())
    broken = [True]

    def present() -> datetime:
        if broken.pop():
            raise OSError("the clock fell off the wall")
        return datetime(2026, 3, 10, 9, tzinfo=UTC)

    clock = DigestClock(database, present)
    with capture_logs() as logs:
        await clock.tick()
    broken.append(False)
    await clock.tick()

    assert len(logs[0]["error_id"]) == 8
    assert len(await digests(database)) == 1


async def test_a_digest_of_ones_own_plans_is_sent_to_its_person_alone_and_ends_with_them(
    life: Life, database: Database
) -> None:
    watch = Watch("2026-03-10T08:00")
    async with database.write() as session:
        for person in ("U1", "U2", "U9"):
            when = DigestTime(hour=9, minute=0, time_zone="Europe/Berlin")
            await set_schedule(session, "T1", person, when, person, watch())
        await keep_person(session, "T1", "U2", guest=False, gone=True)
    await life.ask(await life.start(watch(), channel="C7"), watch())
    await life.ask(await life.start(watch(), "rooms", channel="C7", person="U2"), watch())

    watch.turn("2026-03-10T09:00")
    await DigestClock(database, watch).tick()

    (sent,) = await digests(database)
    assert (sent.channel, sent.plan_id, sent.subject["zone"]) == ("U1", None, "Europe/Berlin")


async def test_a_digest_whose_place_is_gone_ends_and_the_one_who_set_it_hears_why(
    life: Life, database: Database
) -> None:
    watch = Watch("2026-03-10T08:00")
    await schedule(database, watch())
    async with database.write() as session:
        await set_schedule(session, "T1", "U2", DigestTime(hour=9, minute=0, time_zone="UTC"), "U2", watch())
        for place in ("C1", "U2", "C404"):
            await end_digest(session, "T1", place, "is_archived")

    async with database.read() as session:
        assert (await session.scalars(select(DigestSchedule))).all() == []
        (told,) = (await session.scalars(select(OutboxItem))).all()
    assert (told.channel, told.kind, told.subject) == ("U1", "digest ended", {"channel": "C1", "reason": "is_archived"})
