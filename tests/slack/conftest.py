"""A store, a workspace that speaks Slack's protocol, and people in it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.local_workspace.workspace import Workspace
from bot.store.database import Database
from tests.local_workspace.people import ada, jon, mara, workspace
from tests.slack.running import RunningBot, running_bot
from tests.workflow.office import Office, ScriptedPlanner

__all__ = ["ada", "jon", "mara", "workspace"]


@pytest.fixture
def planner() -> ScriptedPlanner:
    """Return a planner that asks nothing."""
    return ScriptedPlanner()


@pytest.fixture
def office(database: Database, planner: ScriptedPlanner) -> Office:
    """Return an office whose plans are in the workspace's general channel."""
    return Office(database, planner)


@pytest.fixture
async def bot(workspace: Workspace, database: Database, planner: ScriptedPlanner) -> AsyncIterator[RunningBot]:
    """Give the real app over the real socket, with inbox, reporter and a planner that works at once."""
    async with running_bot(workspace, database, planner) as running:
        yield running
