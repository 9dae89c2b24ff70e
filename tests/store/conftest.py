"""A migrated store, in a file and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store.database import Database, sqlite_url
from bot.store.migrate import upgrade


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the plans are kept."""
    return tmp_path / "plans.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, file: Path) -> Iterator[str]:
    """Give the address of an empty store of each kind."""
    if request.param == "sqlite":
        yield sqlite_url(file)
        return
    with request.getfixturevalue("postgresql").database() as address:
        yield address.replace("+asyncpg", "+psycopg")


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """Give a migrated store."""
    database = Database(url)
    await upgrade(database)
    yield database
    await database.close()
