"""A migrated store, and an office around it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.database import Database, sqlite_url
from bot.store.migrate import upgrade
from tests.workflow.office import Office, ScriptedPlanner


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Give a migrated store in a file."""
    database = Database(sqlite_url(tmp_path / "plans.db"))
    await upgrade(database)
    yield database
    await database.close()


@pytest.fixture
def planner() -> ScriptedPlanner:
    """Return a planner that asks nothing."""
    return ScriptedPlanner()


@pytest.fixture
def office(database: Database, planner: ScriptedPlanner) -> Office:
    """Return an office whose planner asks nothing."""
    return Office(database, planner)
