"""A running workspace and the people in it, for tests that import these fixtures into their conftest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.local_workspace.workspace import Workspace
from tests.local_workspace.driving import PersonAtWork, running_workspace

__all__ = ["ada", "jon", "mara", "workspace"]


@pytest.fixture
async def workspace(tmp_path: Path) -> AsyncIterator[Workspace]:
    """Give a running workspace that is patient with its app."""
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
