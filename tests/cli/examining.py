"""What tests of `planthread doctor` examine: settings, and a workspace that they fit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.cli.doctor_lines import Line, State
from bot.cli.doctor_work import examine
from bot.local_workspace.server import listening_socket
from bot.local_workspace.workspace import Workspace
from bot.settings import Settings
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.local_workspace.driving import running_workspace

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
async def workspace(tmp_path: Path) -> AsyncIterator[Workspace]:
    async with running_workspace(tmp_path / "workspace") as running:
        yield running


def slack(workspace: Workspace) -> Settings:
    """Return the settings of a bot in a workspace."""
    return settings_with(**given(workspace))


def given(workspace: Workspace) -> dict[str, str]:
    """Return what is set for a bot in a workspace; its port is one that nobody has."""
    tokens = {"slack_bot_token": "xoxb-local", "slack_app_token": "xapp-local"}
    with closing(listening_socket("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    return {"slack_api_url": f"{workspace.options.address}/api", "planthread_port": port, **tokens}


def settings_with(**values: str) -> Settings:
    return Settings(_env_file=None, **{name: value for name, value in values.items() if value})  # type: ignore[arg-type]


async def look(settings: Settings, **how: Any) -> dict[str, Line]:
    """Examine, and return the lines by what they are about; every problem says what to do."""
    lines = await examine(settings, **how)
    assert all(line.next_step for line in lines if line.state is State.WRONG)
    return {line.check: line for line in lines}


async def ready_store(folder: Path) -> Path:
    """Make the store of a bot that ran before in a working folder."""
    file = folder / ".planthread" / "plans.db"
    file.parent.mkdir(exist_ok=True)
    database = Database(f"sqlite+aiosqlite:///{file}")
    await upgrade(database)
    await database.close()
    return file
