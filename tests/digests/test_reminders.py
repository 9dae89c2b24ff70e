"""Who is waited for is reminded with growing gaps, in working hours, once, and never after they acted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col
from structlog.testing import capture_logs

from bot.digests.clock import DigestClock
from bot.digests.reminders import Reminders, due_at, is_awake, monday, rest, want_reminders
from bot.store.database import Database, sqlite_url
from bot.store.tables import OutboxItem, Person, Plan, Reminder
from bot.workflow.builds import load_steps
from bot.workflow.channel_settings import change_settings
from bot.workflow.checkpoints import CheckpointKind, answer_checkpoint, ask_checkpoint, open_checkpoint
from bot.workflow.people import keep_person
from bot.workflow.plans import add_message, stop
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.questions import answer_question
from bot.workflow.refusals import Refused
from bot.workflow.runs import block
from tests.digests.conftest import Life, happened, the


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MONDAY = utc("2026-03-09T10:00")


class Directory:
    """What Slack says of people: their zones, and who left."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.zones = {"U1": "Europe/Berlin", "U2": "America/New_York"}
        self.gone: set[str] = set()
        self.asked: list[str] = []

    async def look(self, workspace: str, person: str) -> None:
        self.asked.append(person)
        zone = self.zones.get(person, "")
        async with self.database.write() as session:
            await keep_person(session, workspace, person, guest=False, gone=person in self.gone, time_zone=zone)


@pytest.fixture
def directory(database: Database) -> Directory:
    return Directory(database)


@pytest.fixture
def reminders(database: Database, directory: Directory) -> Reminders:
    return Reminders(database, directory.look)


async def sent(database: Database, kind: str = "reminder") -> list[OutboxItem]:
    async with database.read() as session:
        query = select(OutboxItem).where(col(OutboxItem.kind) == kind).order_by(col(OutboxItem.id))
        return list((await session.scalars(query)).all())


async def at_hours(reminders: Reminders, begin: datetime, days: int, every: int = 1) -> list[datetime]:
    """Run a round each hour, or every so many hours; return the moments at which something was sent."""
    hours = [begin + timedelta(hours=hour) for hour in range(0, days * 24, every)]
    return [moment for moment in hours if await reminders.round(moment)]


async def change(life: Life, plan_id: str, at: datetime, deed: Callable[..., Awaitable[object]]) -> None:
    async with life.database.write() as session:
        plan = await the(session, plan_id)
        await deed(session, plan)
        await happened(session, plan, at)


async def test_the_gaps_grow_and_nights_and_weekends_are_left_out(
    life: Life, database: Database, reminders: Reminders
) -> None:
    plan_id = await life.start(MONDAY)
    await life.ask(plan_id, MONDAY)

    told = await at_hours(reminders, MONDAY, 32, every=6)

    assert told == [
        utc("2026-03-10T10:00"),  # a day after
        utc("2026-03-12T10:00"),  # two days after that
        utc("2026-03-16T10:00"),  # four
        utc("2026-03-23T10:00"),  # seven
        utc("2026-04-06T10:00"),  # fourteen
    ]
    items = await sent(database)
    assert {item.channel for item in items} == {"U1"}
    assert {item.plan_id for item in items} == {None}
    assert [item.subject["waits"][0][0] for item in items] == [plan_id] * 5


async def test_a_reminder_that_falls_into_a_weekend_comes_on_monday_at_nine_of_its_person(
    life: Life, reminders: Reminders, directory: Directory
) -> None:
    await directory.look("T1", "U1")
    friday = utc("2026-03-27T12:00")
    await life.ask(await life.start(friday), friday)
    # On Sunday 29 March Berlin's clocks go forward: nine o'clock there is 07:00 UTC on Monday.
    assert (await at_hours(reminders, friday, 4))[0] == utc("2026-03-30T07:00")


@pytest.mark.parametrize(
    ("zone", "moment", "awake"),
    [
        ("Europe/Berlin", "2026-03-27T08:00", True),
        ("Europe/Berlin", "2026-03-27T07:59", False),
        ("Europe/Berlin", "2026-03-30T07:00", True),
        ("Europe/Berlin", "2026-03-27T16:59", True),
        ("Europe/Berlin", "2026-03-27T17:00", False),
        ("Europe/Berlin", "2026-03-28T10:00", False),
        ("Pacific/Auckland", "2026-03-08T20:00", True),
        ("Pacific/Auckland", "2026-03-06T20:00", False),
        ("America/New_York", "2026-03-10T08:00", False),
        ("", "2026-03-10T09:00", True),
        ("Mars/Olympus", "2026-03-10T09:00", True),
        ("../..", "2026-03-10T03:00", False),
    ],
)
def test_people_are_awake_between_nine_and_six_on_weekdays_by_their_own_clocks(
    zone: str, moment: str, awake: bool
) -> None:
    assert is_awake(zone, utc(moment)) is awake


@pytest.mark.parametrize(
    ("zone", "moment", "beginning"),
    [
        ("Europe/Berlin", "2026-03-24T10:00", "2026-03-30T07:00"),
        ("Europe/Berlin", "2026-03-23T10:00", "2026-03-30T07:00"),
        ("Europe/Berlin", "2026-03-22T22:59", "2026-03-23T08:00"),
        ("Europe/Berlin", "2026-03-22T23:01", "2026-03-30T07:00"),
        ("", "2026-03-22T10:00", "2026-03-23T09:00"),
    ],
)
def test_monday_is_the_next_one_where_the_person_is(zone: str, moment: str, beginning: str) -> None:
    assert monday(zone, utc(moment)) == utc(beginning)


def test_a_rest_counts_from_the_reminder_after_which_it_was_asked_for() -> None:
    day = timedelta(days=1)
    assert due_at(MONDAY, []) == MONDAY + day
    assert due_at(MONDAY, [MONDAY + day], until=MONDAY + 7 * day) == MONDAY + 7 * day
    later = [MONDAY + day, MONDAY + 8 * day]
    assert due_at(MONDAY, later, until=MONDAY + 7 * day) == MONDAY + 12 * day
    assert due_at(MONDAY, [MONDAY] * 20) == MONDAY + 28 * day


async def test_after_a_downtime_one_reminder_is_sent_and_the_gap_counts_from_it(
    life: Life, database: Database, reminders: Reminders
) -> None:
    await life.ask(await life.start(MONDAY), MONDAY)
    assert await reminders.round(utc("2026-03-25T12:00")) == 1
    assert await reminders.round(utc("2026-03-25T12:10")) == 0
    assert await reminders.round(utc("2026-03-27T11:00")) == 0
    assert await reminders.round(utc("2026-03-27T12:00")) == 1


async def test_who_acted_is_reminded_no_more_and_the_next_wait_begins_anew(
    life: Life, database: Database, reminders: Reminders
) -> None:
    plan_id = await life.start(MONDAY)
    await life.ask(plan_id, MONDAY)
    assert await reminders.round(utc("2026-03-10T10:00")) == 1
    acted = utc("2026-03-11T12:00")
    await change(life, plan_id, acted, lambda session, plan: answer_question(session, plan, "who", "All", "U1", "k"))
    assert await at_hours(reminders, acted, 7, every=4) == []

    await life.review(plan_id, utc("2026-03-18T12:00"))
    assert await at_hours(reminders, utc("2026-03-18T12:00"), 2) == [utc("2026-03-19T12:00")]
    async with database.read() as session:
        rows = (await session.scalars(select(Reminder).order_by(col(Reminder.id)))).all()
    assert [(row.person, row.step) for row in rows] == [("U1", 0), ("U1", 0)]
    assert rows[0].wait != rows[1].wait


async def test_a_pause_rests_on_purpose_and_what_blocks_a_plan_waits(
    life: Life, database: Database, reminders: Reminders
) -> None:
    paused, blocked = await life.start(MONDAY, "rooms"), await life.start(MONDAY, "lunches")
    await change(life, paused, MONDAY, lambda session, plan: stop(session, plan, "U1", "k"))
    await change(life, blocked, MONDAY, lambda session, plan: block(session, plan, "No model answers."))
    assert await reminders.round(utc("2026-03-10T10:00")) == 1
    assert [plan_id for plan_id, _ in (await sent(database))[0].subject["waits"]] == [blocked]


async def test_who_is_asked_by_a_build_is_reminded_until_they_answer(
    life: Life, database: Database, reminders: Reminders
) -> None:
    plan_id = await life.start(MONDAY)
    await life.review(plan_id, MONDAY)
    await life.approve(plan_id, MONDAY)

    async def look(session: AsyncSession, plan: Plan) -> None:
        step = (await load_steps(session, plan_id))[1]
        await ask_checkpoint(session, plan, step, CheckpointKind.LOOK, "Please look at this", "the list", ())

    await change(life, plan_id, MONDAY, look)
    assert await reminders.round(utc("2026-03-10T10:00")) == 1
    assert [(item.channel, item.subject["waits"][0][0]) for item in await sent(database)] == [("U1", plan_id)]

    async def confirm(session: AsyncSession, plan: Plan) -> None:
        point = await open_checkpoint(session, plan)
        assert point is not None
        await answer_checkpoint(session, plan, point.number, "Confirm", "U1", "k")

    await change(life, plan_id, utc("2026-03-10T11:00"), confirm)
    assert await at_hours(reminders, utc("2026-03-11T10:00"), 7, every=6) == []


async def test_all_that_waits_for_a_person_is_one_message_and_each_person_has_their_own_hours(
    life: Life, database: Database, reminders: Reminders
) -> None:
    async with database.write() as session:
        await change_settings(session, "T1", "C1", ApprovalPolicy(people=("U1", "U2")), None, "U9", "k")
    for text in ("rooms", "lunches"):
        plan_id = await life.start(MONDAY, text)
        await life.review(plan_id, MONDAY)
    assert await at_hours(reminders, MONDAY, 2) == [utc("2026-03-10T10:00"), utc("2026-03-10T13:00")]
    assert [(item.channel, len(item.subject["waits"])) for item in await sent(database)] == [("U1", 2), ("U2", 2)]


async def test_two_bots_on_one_database_send_each_reminder_once(
    life: Life, database: Database, directory: Directory, file: Path
) -> None:
    for text in ("rooms", "lunches"):
        await life.ask(await life.start(MONDAY, text), MONDAY)
    other = Database(sqlite_url(file))
    bots = [Reminders(each, directory.look) for each in (database, other)]
    for day in (10, 12, 16):
        await asyncio.gather(*(bot.round(utc(f"2026-03-{day}T10:00")) for bot in bots * 3))
    await other.close()
    told = [tuple(wait) for item in await sent(database) for wait in item.subject["waits"]]
    assert len(told) == 6
    assert all(told.count(wait) == 3 for wait in told)
    async with database.read() as session:
        rows = (await session.scalars(select(Reminder))).all()
    assert sorted(row.step for row in rows) == [0, 0, 1, 1, 2, 2]


async def test_who_asks_to_be_reminded_on_monday_is_reminded_then(
    life: Life, database: Database, reminders: Reminders
) -> None:
    plan_id = await life.start(MONDAY)
    await life.ask(plan_id, MONDAY)
    tuesday = utc("2026-03-10T10:00")
    assert await reminders.round(tuesday) == 1
    async with database.write() as session:
        said = await rest(session, await the(session, plan_id), "U1", tuesday)
        assert "on Monday" in said
        with pytest.raises(Refused, match="doesn't wait for you"):
            await rest(session, await the(session, plan_id), "U2", tuesday)
    assert (await sent(database))[0].version == 2, "the message loses its button"
    told = await at_hours(reminders, tuesday, 12, every=2)
    assert told == [utc("2026-03-16T08:00"), utc("2026-03-20T08:00")]


async def test_who_left_is_not_reminded_and_somebody_else_who_can_act_is(
    life: Life, database: Database, reminders: Reminders, directory: Directory
) -> None:
    plan_id = await life.start(MONDAY)
    await change(life, plan_id, MONDAY, lambda session, plan: add_message(session, plan, "U2", "and films", "k"))
    await life.review(plan_id, MONDAY)
    async with database.write() as session:
        await session.execute(update(OutboxItem).values(sent_version=col(OutboxItem.version)))
    directory.gone = {"U1"}

    assert await at_hours(reminders, MONDAY, 2) == [utc("2026-03-10T13:00")]
    assert [item.channel for item in await sent(database)] == ["U2"]
    async with database.read() as session:
        due = select(OutboxItem).where(col(OutboxItem.sent_version) < col(OutboxItem.version))
        kinds = {item.kind for item in (await session.scalars(due)).all()}
    assert kinds == {"card", "review", "reminder"}, "card and review name who is left"


async def test_where_everybody_left_the_thread_is_told_once(
    life: Life, database: Database, reminders: Reminders, directory: Directory
) -> None:
    plan_id = await life.start(MONDAY)
    await life.ask(plan_id, MONDAY)
    directory.gone = {"U1"}
    assert len(await at_hours(reminders, MONDAY, 10, every=4)) == 1
    assert await sent(database) == []
    (told,) = await sent(database, "left")
    assert (told.plan_id, told.channel) == (plan_id, "C1")


async def test_nobody_is_reminded_of_whom_nothing_is_known(life: Life, database: Database) -> None:
    await life.ask(await life.start(MONDAY), MONDAY)

    async def silent(workspace: str, person: str) -> None:
        """Slack doesn't answer."""

    assert await Reminders(database, silent).round(utc("2026-03-10T10:00")) == 0
    assert await Reminders(database, Directory(database).look).round(utc("2026-03-10T10:10")) == 1


async def test_slack_is_asked_about_a_person_once_a_day_at_most_and_only_in_working_hours(
    life: Life, reminders: Reminders, directory: Directory, database: Database
) -> None:
    await life.ask(await life.start(MONDAY), MONDAY)
    assert await reminders.round(utc("2026-03-14T10:00")) == 0
    assert directory.asked == [], "a Saturday"
    await reminders.round(utc("2026-03-16T10:00"))
    await reminders.round(utc("2026-03-18T10:00"))
    assert directory.asked == ["U1"], "what was said of them is newer than the moments of this test"
    async with database.write() as session:
        await session.execute(update(Person).values(at=utc("2026-03-16T10:00")))
    await reminders.round(utc("2026-03-25T10:00"))
    assert directory.asked == ["U1", "U1"]


async def test_who_wants_no_reminders_gets_none(life: Life, database: Database, reminders: Reminders) -> None:
    await life.ask(await life.start(MONDAY), MONDAY)
    async with database.write() as session:
        await want_reminders(session, "T1", "U1", wanted=False)
    assert await at_hours(reminders, MONDAY, 5, every=4) == []
    async with database.write() as session:
        await want_reminders(session, "T1", "U1", wanted=True)
    assert await reminders.round(utc("2026-03-16T10:00")) == 1


async def test_what_has_waited_for_months_is_left_in_peace(
    life: Life, database: Database, reminders: Reminders
) -> None:
    await life.ask(await life.start(MONDAY), MONDAY)
    assert await reminders.round(MONDAY + timedelta(days=91)) == 0


async def test_the_clock_reminds_and_a_failure_is_logged(life: Life, database: Database, reminders: Reminders) -> None:
    await life.ask(await life.start(MONDAY), MONDAY)
    await DigestClock(database, lambda: utc("2026-03-10T10:00")).remind()
    assert await sent(database) == [], "without anybody who reminds"
    broken = [True]

    def present() -> datetime:
        if broken.pop():
            raise OSError("the clock fell off the wall")
        return utc("2026-03-10T10:00")

    clock = DigestClock(database, present, reminders)
    with capture_logs() as logs:
        await clock.remind()
    broken.append(False)
    await clock.remind()
    assert len(logs[0]["error_id"]) == 8
    assert len(await sent(database)) == 1
