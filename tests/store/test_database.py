"""Units of work: kept whole or not at all, in any number at once."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.store.database import Database, sqlite_url
from bot.store.tables import Event, InboxItem, Plan

WRITERS = 100


def a_plan(handle: str = "library") -> Plan:
    return Plan(workspace="T1", channel="C1", handle=handle, title="Library", stage="gathering", starter="U1")


async def handles(database: Database) -> set[str]:
    async with database.read() as session:
        return set((await session.scalars(select(col(Plan.handle)))).all())


async def test_a_unit_of_work_is_kept_when_its_block_ends(database: Database) -> None:
    async with database.write() as session:
        session.add(a_plan())

    assert await handles(database) == {"library"}


async def test_a_unit_of_work_that_raises_leaves_nothing(database: Database) -> None:
    async def fail_half_way() -> None:
        async with database.write() as session:
            session.add(a_plan())
            await session.flush()
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await fail_half_way()

    assert await handles(database) == set()
    async with database.write() as session:
        session.add(a_plan("after"))
    assert await handles(database) == {"after"}


async def test_two_plans_of_a_workspace_never_share_a_handle(database: Database) -> None:
    async with database.write() as session:
        session.add(a_plan())
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            session.add(a_plan())

    assert await handles(database) == {"library"}


async def test_a_row_of_a_plan_that_is_not_there_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            session.add(Event(workspace="T1", plan_id="nobody", actor="U1", what="started"))


async def test_what_is_changed_while_reading_is_never_kept(database: Database) -> None:
    async with database.write() as session:
        session.add(a_plan())
    async with database.read() as session:
        plan = (await session.scalars(select(Plan))).one()
        plan.title = "Changed"
        await session.flush()

    async with database.read() as session:
        assert (await session.scalars(select(Plan))).one().title == "Library"


async def test_rows_stay_readable_after_their_session(database: Database) -> None:
    async with database.write() as session:
        session.add(written := a_plan())
    async with database.read() as session:
        read = (await session.scalars(select(Plan))).one()

    assert (written.title, read.title) == ("Library", "Library")


async def test_a_hundred_writers_at_once_lose_nothing_and_meet_no_lock(database: Database) -> None:
    async with database.write() as session:
        session.add(plan := a_plan())

    async def count_one_more(store: Database, number: int) -> None:
        async with store.write() as session:
            row = await session.get_one(Plan, plan.id)
            seen = row.run_attempt
            await asyncio.sleep(0)
            row.run_attempt = seen + 1
            session.add(Event(workspace="T1", plan_id=plan.id, actor="U1", what=f"counted {number}"))

    async with AsyncExitStack() as stack:
        stores = [Database(database.url) for _ in range(5)]
        for store in stores:
            stack.push_async_callback(store.close)
        await asyncio.gather(*(count_one_more(stores[number % 5], number) for number in range(WRITERS)))

    async with database.read() as session:
        assert (await session.get_one(Plan, plan.id)).run_attempt == WRITERS
        assert await session.scalar(select(func.count()).select_from(Event)) == WRITERS


async def test_readers_go_on_while_somebody_writes(database: Database) -> None:
    async with database.write() as session:
        session.add(a_plan())
        await session.flush()
        assert await handles(database) == set()
    assert await handles(database) == {"library"}


async def test_moments_come_back_aware_and_in_utc(database: Database) -> None:
    noon_in_tokyo = datetime(2026, 11, 20, 12, 0, tzinfo=timezone(timedelta(hours=9)))
    async with database.write() as session:
        session.add(InboxItem(key="a", kind="message", payload={}, received_at=noon_in_tokyo))
    async with database.read() as session:
        item = (await session.scalars(select(InboxItem))).one()
        later = select(InboxItem).where(col(InboxItem.received_at) > noon_in_tokyo)
        assert (await session.scalars(later)).all() == []

    assert item.received_at == noon_in_tokyo
    assert item.received_at.isoformat() == "2026-11-20T03:00:00+00:00"
    assert item.handled_at is None


async def test_a_moment_without_a_time_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 11, 20, 12, 0)  # noqa: DTZ001 (that it is naive is the point)
    with pytest.raises(StatementError, match="a stored moment needs a time zone"):
        async with database.write() as session:
            session.add(InboxItem(key="a", kind="message", payload={}, received_at=naive))


async def test_listeners_are_woken_once_after_each_commit_and_never_without_one(database: Database) -> None:
    seen: list[set[str]] = []
    woken = asyncio.Event()

    async def look() -> None:
        seen.append(await handles(database))
        woken.set()

    looking: list[asyncio.Task[None]] = []
    database.on_commit(lambda: looking.append(asyncio.create_task(look())))

    async with database.write() as session:
        session.add(a_plan())
        await session.flush()
        assert looking == []
    await woken.wait()
    assert seen == [{"library"}]

    with pytest.raises(RuntimeError):
        async with database.write():
            raise RuntimeError("no")
    async with database.read():
        pass
    assert len(looking) == 1


async def test_the_file_keeps_what_was_committed_through_a_power_cut(file: Path) -> None:
    database = Database(sqlite_url(file))
    async with database.engine.connect() as connection:
        pragmas = [
            (await connection.execute(text(f"PRAGMA {name}"))).scalar() for name in ("journal_mode", "synchronous")
        ]
    assert pragmas == ["wal", 2]
    await database.close()


async def test_a_reachable_database_passes_its_check(database: Database) -> None:
    await database.check()
    assert database.is_sqlite is database.url.startswith("sqlite")


async def test_who_is_cancelled_while_a_unit_of_work_is_kept_waits_until_it_is(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()
    commit = AsyncSession.commit

    async def commit_slowly(session: AsyncSession) -> None:
        begun.set()
        await may_end.wait()
        await commit(session)

    async def work() -> None:
        async with database.write() as session:
            session.add(a_plan())

    monkeypatch.setattr(AsyncSession, "commit", commit_slowly)
    working = asyncio.create_task(work())
    await begun.wait()
    working.cancel()
    for _ in range(100):
        await asyncio.sleep(0)
    assert not working.done()

    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert await handles(database) == {"library"}
