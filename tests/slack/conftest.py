"""A store, a workspace that speaks Slack's protocol, and people in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.local_workspace.workspace import Workspace
from bot.store.database import Database
from tests.local_workspace.driving import PersonAtWork, running_workspace
from tests.slack.running import RunningBot, running_bot
from tests.workflow.office import Office, ScriptedPlanner


@pytest.fixture
async def workspace(tmp_path: Path) -> AsyncIterator[Workspace]:
    """Give a running workspace."""
    async with running_workspace(tmp_path) as running:
        yield running


@pytest.fixture
async def mara(workspace: Workspace) -> AsyncIterator[PersonAtWork]:
    """Mara, a member."""
    person = PersonAtWork(workspace, "Mara")
    yield person
    await person.http.aclose()


@pytest.fixture
async def jon(workspace: Workspace) -> AsyncIterator[PersonAtWork]:
    """Jon, another member."""
    person = PersonAtWork(workspace, "Jon")
    yield person
    await person.http.aclose()


@pytest.fixture
async def ada(workspace: Workspace) -> AsyncIterator[PersonAtWork]:
    """Ada, a guest."""
    person = PersonAtWork(workspace, "Ada")
    yield person
    await person.http.aclose()


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
