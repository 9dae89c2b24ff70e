"""Bring the store's schema to this version's, at start, under a lock; a newer schema is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from bot.store.database import Database

__all__ = ["NewerSchemaError", "upgrade"]

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


class NewerSchemaError(Exception):
    """The database was written by a newer Planthread. The message says what to do."""


async def upgrade(database: Database) -> None:
    """Run the migrations that are missing. Raises NewerSchemaError when the schema is ahead of this version."""
    async with database.engine.execution_options(sqlite_begin="IMMEDIATE").connect() as connection:
        await connection.run_sync(_upgrade)
        await connection.commit()


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration over our own migrations folder."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    config = configuration(connection)
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in known:
        raise NewerSchemaError(
            f"The database is at schema {current}, which this version of Planthread does not know. "
            "Install the newer version again, or restore the backup that was made before it."
        )
    command.upgrade(config, "head")
