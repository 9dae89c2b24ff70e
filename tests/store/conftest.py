"""A migrated store in a file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.database import Database, sqlite_url
from bot.store.migrate import upgrade


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the plans are kept."""
    return tmp_path / "plans.db"


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    """Give a migrated store."""
    database = Database(sqlite_url(file))
    await upgrade(database)
    yield database
    await database.close()
