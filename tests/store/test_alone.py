"""One bot a database: a second one is refused, whatever its data folder, and a dead one's lock is free at once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, event, text

from bot.store.alone import BOTS, ServerHold, TakenError, alone_on, is_taken
from bot.store.database import Database, sqlite_url

LONG = 120.0
CUT_OFF = """
SELECT pg_terminate_backend(pid) FROM pg_locks
WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
"""Ends who holds an advisory lock of this database; its server has those of other tests too."""
HOLDING = """
import asyncio, sys
from bot.store.alone import alone_on

async def hold():
    async with alone_on(sys.argv[1], 0.0):
        print("held", flush=True)
        await asyncio.sleep(600)

asyncio.run(hold())
"""


async def test_a_second_bot_is_refused_as_long_as_the_first_works(url: str) -> None:
    assert not await is_taken(url)
    async with alone_on(url, 0.0):
        assert await is_taken(url)
        with pytest.raises(TakenError):
            async with alone_on(url, 0.2):
                pytest.fail("two bots work on it")

    async with alone_on(url, 0.0):
        assert await is_taken(url)


async def test_the_lock_of_a_killed_bot_is_free(url: str) -> None:
    first = subprocess.Popen([sys.executable, "-c", HOLDING, url], stdout=subprocess.PIPE, text=True)
    try:
        assert first.stdout is not None
        assert await asyncio.to_thread(first.stdout.readline) == "held\n"
        assert await is_taken(url)
    finally:
        first.kill()
        first.communicate()

    async with asyncio.timeout(LONG), alone_on(url, LONG):
        pass


async def test_a_link_is_the_same_database(file: Path, tmp_path: Path) -> None:
    file.touch()
    (tmp_path / "link.db").symlink_to(file)

    async with alone_on(sqlite_url(file), 0.0):
        assert await is_taken(sqlite_url(tmp_path / "link.db"))
        assert not await is_taken(sqlite_url(tmp_path / "other.db"))
    assert not (tmp_path / "other.db.lock").exists()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_look_is_never_in_the_way_of_a_bot_that_takes_the_lock(url: str) -> None:
    could_be_taken: list[tuple[bool]] = []

    def try_it(*_: object) -> None:
        """Try, as a bot would between two statements of the look."""
        with psycopg.connect(url.replace("+psycopg", "")) as other:
            could_be_taken.extend(other.execute("SELECT pg_try_advisory_xact_lock(%s)", [BOTS]).fetchall())

    event.listen(Engine, "after_cursor_execute", try_it)
    try:
        assert not await is_taken(url)
    finally:
        event.remove(Engine, "after_cursor_execute", try_it)

    assert could_be_taken
    assert all(got for (got,) in could_be_taken)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_units_of_work_are_not_taken_for_a_bot(url: str) -> None:
    database = Database(url)
    try:
        async with database.write():
            assert not await is_taken(url)
    finally:
        await database.close()


async def cut_off(url: str) -> None:
    """Have the server end the connection of whoever holds the lock."""
    database = Database(url)
    async with database.engine.connect() as connection:
        await connection.execute(text(CUT_OFF))
    await database.close()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_bot_whose_server_was_away_takes_the_lock_again_or_ends_where_another_one_has_it(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.alone.BEAT_SECONDS", 0.02)
    first, second = ServerHold(url), ServerHold(url)
    try:
        assert await first.take()
        await cut_off(url)
        beating = asyncio.create_task(first.keep())
        async with asyncio.timeout(LONG):
            while not await is_taken(url):
                await asyncio.sleep(0.02)
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
        assert not first.alone.lost.is_set()

        await cut_off(url)
        async with asyncio.timeout(LONG):
            while not await second.take():
                await asyncio.sleep(0.02)
            await first.keep()
        assert first.alone.lost.is_set()
    finally:
        await first.close()
        await second.close()
