"""Whether the bot can work now, and why not."""

from __future__ import annotations

import asyncio

import structlog

from bot.slack.doors import Door
from bot.store.data_folder import DataFolder
from bot.store.database import Database, DatabaseHeld
from bot.store.refusals import mend_of, why
from bot.store.tables import now
from bot.workflow.figures import oldest_delivery

__all__ = ["readiness"]

HELD_SECONDS = 2.0
"""How long another process may hold the database before the bot counts as not ready."""
LONGEST_CHECK = 5.0
"""Seconds; after that the database counts as held, whatever it waits for."""
LATE_SECONDS = 120.0
"""How long a delivery may wait before the bot counts as not ready."""

log = structlog.get_logger("planthread")


async def readiness(database: Database, door: Door, folder: DataFolder) -> list[str]:
    """Return why the bot can't work now, one sentence each; nothing when it can."""
    return [*await of_database(database), *closed_folder(folder), *await door.problems()]


def closed_folder(folder: DataFolder) -> list[str]:
    """Return a sentence where builds can't write."""
    closed = folder.closed()
    if closed is None:
        return []
    log.warning("the data folder can't be written", folder=str(closed), variable="PLANTHREAD_DATA")
    return [
        f"{closed} can't be written. Let the bot's user write there, or set PLANTHREAD_DATA to a folder of its own."
    ]


async def of_database(database: Database) -> list[str]:
    """Return why the database can't be worked with, or what waits in it for long."""
    try:
        async with asyncio.timeout(LONGEST_CHECK):
            await database.check(patience=HELD_SECONDS)
    except (DatabaseHeld, TimeoutError):
        log.warning("the database can't be written: another process holds it")
        return ["The database can't be written: another process holds it. End that one; nothing that was kept is lost."]
    except Exception as error:
        log.exception("the database can't be used")
        reason = why(error).rpartition("failed: ")[2]  # who asks may be anybody: not where the server is
        return [f"The database can't be read or written ({reason}). {mend_of(database.url, error)}"]
    return await late_deliveries(database)


async def late_deliveries(database: Database) -> list[str]:
    """Return a sentence where what people said waits for long."""
    async with database.read() as session:
        oldest = await oldest_delivery(session)
    waits = (now() - oldest).total_seconds() if oldest else 0.0
    if waits < LATE_SECONDS:
        return []
    return [f"What people say waits for {waits:.0f} seconds to be handled; the log says what keeps it."]
