"""Another process that holds the bot's database."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

from tests.local_workspace.driving import PATIENCE_SECONDS

FILE = "plans.db"


@contextlib.asynccontextmanager
async def held(folder: Path) -> AsyncIterator[None]:
    """Hold the bot's database as another process would, once the bot itself has ended what it writes."""
    with contextlib.closing(sqlite3.connect(folder / FILE, isolation_level=None, timeout=0)) as other:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not is_taken(other):
                await asyncio.sleep(0.02)
        yield
        other.execute("ROLLBACK")


def is_taken(other: sqlite3.Connection) -> bool:
    """Try to take the database; tell whether it was free."""
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True
