"""Readers of a SQLite file stay in the event loop, and answers hold exactly as long as nobody wrote."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from bot.store.database import Database, sqlite_url
from bot.store.migrate import upgrade
from bot.store.reading import KEPT_SECONDS, MOST_KEPT, Kept
from bot.store.tables import InboxItem


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Database]:
    """Give a store in a file."""
    database = Database(sqlite_url(tmp_path / "a folder?" / "plans.db"))
    (tmp_path / "a folder?").mkdir()
    await upgrade(database)
    yield database
    await database.close()


class Asked:
    """A question that counts how often it was really asked."""

    def __init__(self) -> None:
        self.times = 0

    async def __call__(self) -> int:
        self.times += 1
        return self.times


async def keep(database: Database, key: str) -> None:
    """Write something."""
    async with database.write() as session:
        session.add(InboxItem(key=key, kind="command", payload={}))


async def keep_twice(database: Database, key: str) -> None:
    """Write the same key twice. Raises IntegrityError."""
    async with database.write() as session:
        for _ in range(2):
            session.add(InboxItem(key=key, kind="command", payload={}))
            await session.flush()


async def keys(database: Database) -> list[str]:
    """Read it."""
    async with database.read() as session:
        return list(await session.scalars(select(col(InboxItem.key)).order_by(col(InboxItem.id))))


async def test_readers_see_what_was_committed_and_nothing_before(store: Database) -> None:
    async with store.write() as session:
        session.add(InboxItem(key="a", kind="command", payload={}))
        await session.flush()
        assert await keys(store) == []
    assert await keys(store) == ["a"]


async def test_a_query_of_a_reader_runs_in_the_thread_of_the_event_loop(store: Database) -> None:
    seen = []

    async with store.read() as session:
        connection = await session.connection()
        event.listen(connection.sync_connection, "before_cursor_execute", lambda *_: seen.append(threading.get_ident()))
        await session.execute(select(InboxItem))
    assert seen == [threading.get_ident()]


async def test_many_read_while_one_writes(store: Database) -> None:
    found: list[list[str]] = []

    async def read_often() -> None:
        for _ in range(30):
            found.append(await keys(store))
            await asyncio.sleep(0)

    await asyncio.gather(*(read_often() for _ in range(8)), *(keep(store, f"k{number}") for number in range(20)))
    assert sorted(await keys(store)) == sorted(f"k{number}" for number in range(20))
    assert len(found) == 240


async def test_what_a_reader_changes_is_never_kept(store: Database) -> None:
    await keep(store, "a")
    async with store.read() as session:
        (row,) = (await session.scalars(select(InboxItem))).all()
        row.key = "changed"
        await session.flush()
    assert await keys(store) == ["a"]


async def test_an_answer_holds_until_somebody_writes(store: Database) -> None:
    asked = Asked()
    kept: Kept[int] = Kept(store.watermark, clock=lambda: 0.0)

    assert [await kept.of("q", asked) for _ in range(3)] == [1, 1, 1]
    assert await kept.of("another", asked) == 2
    await keep(store, "a")
    assert await kept.of("q", asked) == 3


async def test_a_write_by_another_process_ends_an_answer_too(store: Database) -> None:
    asked = Asked()
    kept: Kept[int] = Kept(store.watermark, clock=lambda: 0.0)
    other = Database(store.url)

    assert await kept.of("q", asked) == 1
    await keep(other, "a")
    assert await kept.of("q", asked) == 2
    await other.close()


async def test_a_unit_of_work_that_was_taken_back_ends_no_answer(store: Database) -> None:
    asked = Asked()
    kept: Kept[int] = Kept(store.watermark, clock=lambda: 0.0)

    assert await kept.of("q", asked) == 1
    with pytest.raises(IntegrityError):
        await keep_twice(store, "a")
    assert await kept.of("q", asked) == 1


async def test_an_answer_grows_old(store: Database) -> None:
    asked, moments = Asked(), iter([0.0, KEPT_SECONDS - 0.1, KEPT_SECONDS])
    kept: Kept[int] = Kept(store.watermark, clock=lambda: next(moments))

    assert [await kept.of("q", asked) for _ in range(3)] == [1, 1, 2]


async def test_only_so_many_answers_are_kept_and_the_oldest_goes_first(store: Database) -> None:
    asked = Asked()
    kept: Kept[int] = Kept(store.watermark, clock=lambda: 0.0)

    for number in range(MOST_KEPT + 1):
        await kept.of(number, asked)
    assert await kept.of(1, asked) == 2
    assert await kept.of(0, asked) == MOST_KEPT + 2


async def test_what_a_question_raises_is_not_kept(store: Database) -> None:
    kept: Kept[int] = Kept(store.watermark)

    async def fails() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        await kept.of("q", fails)
    assert await kept.of("q", Asked()) == 1


async def test_where_nobody_knows_who_wrote_every_question_is_asked() -> None:
    asked = Asked()
    kept: Kept[int] = Kept(Database("postgresql+psycopg://nobody@127.0.0.1:1/none").watermark)

    assert [await kept.of("q", asked) for _ in range(2)] == [1, 2]


async def test_a_file_that_is_not_there_has_no_watermark_and_is_not_made(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "plans.db"))

    assert database.watermark() is None
    assert not (tmp_path / "plans.db").exists()
