"""The schema: made at start, equal to the models, and never run backwards."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import cast

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlmodel import SQLModel

from bot.store.database import Database, sqlite_url, use_write_ahead_log
from bot.store.migrate import NewerSchemaError, newest_revision, upgrade
from bot.store.tables import Event, Plan

NEWEST = newest_revision()


async def test_the_migrations_make_exactly_the_tables_of_the_models(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, SQLModel.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        tables = await connection.run_sync(lambda inside: inspect(inside).get_table_names())
        assert set(tables) == {*SQLModel.metadata.tables, "alembic_version"}


async def test_a_start_with_everything_in_place_changes_nothing(database: Database) -> None:
    async with database.write() as session:
        session.add(Plan(workspace="T1", channel="C1", handle="a", title="A", stage="gathering", starter="U1"))
    await upgrade(database)
    async with database.read() as session:
        assert (await session.execute(text("SELECT count(*) FROM plan"))).scalar() == 1


async def test_two_processes_that_start_together_make_the_schema_once(url: str) -> None:
    stores = [Database(url) for _ in range(4)]
    await asyncio.gather(*(upgrade(store) for store in stores))
    async with stores[0].engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM alembic_version"))).scalar() == 1
    for store in stores:
        await store.close()


async def test_a_file_that_somebody_locks_is_waited_for(file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("CREATE TABLE theirs (id INTEGER)")
    other.execute("BEGIN EXCLUSIVE")
    store = Database(sqlite_url(file))

    opening = asyncio.create_task(store.check())
    await asyncio.sleep(0.3)
    assert not opening.done()
    other.execute("COMMIT")
    await opening

    async with store.engine.connect() as connection:
        assert (await connection.execute(text("PRAGMA journal_mode"))).scalar() == "wal"
    other.close()
    await store.close()


def test_a_file_that_can_not_be_written_is_not_waited_for(file: Path) -> None:
    sqlite3.connect(file).execute("CREATE TABLE theirs (id INTEGER)").connection.close()
    read_only = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        use_write_ahead_log(cast("DBAPICursor", read_only.cursor()))
    read_only.close()


async def test_before_a_schema_with_rows_changes_it_is_backed_up_and_a_failure_leaves_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def keep(revision: str) -> None:
        asked.append(revision)

    async def refuse(revision: str) -> None:
        raise OSError(revision)

    assert (await upgrade(database, keep)).changed is False
    assert asked == [], "nothing is to be done"
    monkeypatch.setattr("bot.store.migrate.newest_revision", lambda: "9999")
    monkeypatch.setattr("bot.store.migrate.migrate", lambda connection: connection.exec_driver_sql("DROP TABLE effect"))
    with pytest.raises(OSError, match=NEWEST):
        await upgrade(database, refuse)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(lambda inside: inspect(inside).has_table("effect"))
    assert (await upgrade(database, keep)).before == NEWEST
    assert asked == [NEWEST]


async def test_a_migration_that_leaves_rows_without_what_they_refer_to_is_taken_back(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Database(sqlite_url(file))
    await upgrade(store)
    async with store.write() as session:
        session.add(plan := Plan(workspace="T1", channel="C1", handle="a", title="A", stage="gathering", starter="U1"))
        await session.flush()
        session.add(Event(workspace="T1", plan_id=plan.id, actor="U1", what="started"))
    monkeypatch.setattr("bot.store.migrate.newest_revision", lambda: "9999")
    monkeypatch.setattr("bot.store.migrate.migrate", lambda connection: connection.exec_driver_sql("DELETE FROM plan"))

    with pytest.raises(RuntimeError, match="rows of event that refer to nothing"):
        await upgrade(store)
    async with store.read() as session:
        assert (await session.execute(text("SELECT count(*) FROM plan"))).scalar() == 1
    await store.close()


async def test_a_newer_schema_is_refused_with_a_sentence_and_left_alone(database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '0099'"))

    with pytest.raises(NewerSchemaError, match="at schema 0099, which this version of Planthread does not know"):
        await upgrade(database)
    async with database.read() as session:
        assert (await session.execute(text("SELECT version_num FROM alembic_version"))).scalar() == "0099"
