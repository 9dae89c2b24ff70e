"""A migrated store, and an office around it."""

from __future__ import annotations

import pytest

from bot.store.database import Database
from tests.conftest import database
from tests.workflow.office import Office, ScriptedPlanner

__all__ = ["database"]


@pytest.fixture
def planner() -> ScriptedPlanner:
    """Return a planner that asks nothing."""
    return ScriptedPlanner()


@pytest.fixture
def office(database: Database, planner: ScriptedPlanner) -> Office:
    """Return an office whose planner asks nothing."""
    return Office(database, planner)
