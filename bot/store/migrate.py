"""Bring the store's schema to this version's, at start, under a lock and after a backup.

A newer schema is refused with a sentence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, migrating_engine

__all__ = ["NewerSchemaError", "Upgraded", "known_revisions", "newest_revision", "schema_of", "upgrade"]

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
MIGRATORS = 0x6D696772
"""The advisory lock of PostgreSQL under which schemas change; the number spells “migr”."""


class NewerSchemaError(Exception):
    """The database was written by a newer Planthread. The message says what to do."""


@dataclass(frozen=True)
class Upgraded:
    """Where a schema was and is now; ``before`` is None where there was none."""

    before: str | None
    after: str

    @property
    def changed(self) -> bool:
        """Tell whether anything was done."""
        return self.before != self.after


async def upgrade(database: Database, before_change: Callable[[str], Awaitable[None]] | None = None) -> Upgraded:
    """Run the migrations that are missing, all of them or none.

    ``before_change`` is awaited with the present revision before a schema that holds something is changed: the place
    for a backup. Raises NewerSchemaError when the schema is ahead of this version, and what ``before_change`` raises.
    """
    engine = migrating_engine(database.url)
    try:
        async with engine.execution_options(sqlite_begin="IMMEDIATE").connect() as connection:
            if not database.is_sqlite:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATORS})
            before = await connection.run_sync(schema_of)
            newest = await asyncio.to_thread(newest_revision)
            if before not in {None, newest} and before_change is not None:
                await before_change(str(before))
            if before != newest:
                await connection.run_sync(migrate)
                await require_whole(connection, is_sqlite=database.is_sqlite)
            await connection.commit()
    finally:
        await engine.dispose()
    return Upgraded(before, newest)


def schema_of(connection: Connection) -> str | None:
    """Return the revision of a database, None where it has no schema. Raises NewerSchemaError for an unknown one."""
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in known_revisions():
        raise NewerSchemaError(
            f"The database is at schema {current}, which this version of Planthread does not know. "
            "Install the newer version again, or restore the backup that was made before it."
        )
    return current


def known_revisions() -> frozenset[str]:
    """Return every revision that this version can bring to its own."""
    return frozenset(revision.revision for revision in scripts().walk_revisions())


def newest_revision() -> str:
    """Return the revision of this version."""
    return str(scripts().get_current_head())


def scripts() -> ScriptDirectory:
    """Return our migrations."""
    return ScriptDirectory.from_config(configuration())


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration over our own migrations folder."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection) -> None:
    """Run what is missing over a connection."""
    command.upgrade(configuration(connection), "head")


async def require_whole(connection: AsyncConnection, *, is_sqlite: bool) -> None:
    """Raise RuntimeError where a migration left a row that refers to nothing; nothing of it is kept then."""
    if not is_sqlite:
        return
    lost = (await connection.execute(text("PRAGMA foreign_key_check"))).first()
    if lost is not None:
        raise RuntimeError(f"A migration would leave rows of {lost[0]} that refer to nothing; report it, please.")
