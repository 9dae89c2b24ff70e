"""A database that somebody else holds: who is in a hurry is told, and writers that get nothing keep nobody waiting."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.database import WRITERS, Database, DatabaseHeld, sqlite_url
from bot.store.migrate import upgrade
from bot.store.tables import Plan

SHORT = 0.2
LONG = 60.0


@contextlib.asynccontextmanager
async def held(database: Database, file: Path) -> AsyncIterator[None]:
    """Hold a database as another process would."""
    if database.is_sqlite:
        with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    other_one = Database(database.url)
    async with other_one.engine.connect() as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:writers)"), {"writers": WRITERS})
        yield
    await other_one.close()


async def write(database: Database, handle: str, patience: float = LONG) -> None:
    async with database.write(patience) as session:
        session.add(Plan(workspace="T1", channel="C1", handle=handle, title="A", stage="gathering", starter="U1"))


async def test_who_is_in_a_hurry_is_told_and_can_write_later(database: Database, file: Path) -> None:
    async with held(database, file):
        with pytest.raises(DatabaseHeld):
            await write(database, "library", SHORT)
        with pytest.raises(DatabaseHeld):
            await database.check(SHORT)

    await database.check(SHORT)
    await write(database, "library", SHORT)


async def test_nobody_in_a_hurry_waits_behind_a_writer_that_gets_nothing(database: Database, file: Path) -> None:
    async with asyncio.timeout(LONG), held(database, file):
        patient = asyncio.create_task(write(database, "patient"))
        await asyncio.sleep(0)
        with pytest.raises(DatabaseHeld):
            await write(database, "hurried", SHORT)
        assert not patient.done()

    await patient
    await write(database, "hurried", SHORT)


async def test_who_was_in_a_hurry_once_waits_as_long_as_ever_the_next_time(file: Path) -> None:
    database = Database(sqlite_url(file))
    await upgrade(database)
    async with held(database, file):
        with pytest.raises(DatabaseHeld):
            await write(database, "hurried", SHORT)
    async with database.write() as session:
        assert (await session.execute(text("PRAGMA busy_timeout"))).scalar() == 30_000
    await database.close()
