"""What tests of a wrong configuration share: all set right, and what `serve` and `doctor` say of one thing wrong."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.local_workspace.server import listening_socket
from bot.settings import Settings
from tests.end_to_end.programs import workspace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def slack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a workspace, as a program of its own."""
    program = workspace(tmp_path_factory.mktemp("workspace")).start()
    yield f"{program.probe}/api"
    program.stop()


@pytest.fixture
def environment(slack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Set everything right, in an empty folder."""
    for name in [*os.environ]:
        if name.upper().startswith(("PLANTHREAD_", "TZ")) or name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_API_URL", slack)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-local")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-local")
    with closing(listening_socket("127.0.0.1", 0)) as free:
        monkeypatch.setenv("PLANTHREAD_PORT", str(free.getsockname()[1]))
    return monkeypatch


def doctor(*options: str) -> list[str]:
    """Return what `doctor` says, a line a thing that is not fine: how it is, what it is, and what to do."""
    ended = CliRunner().invoke(app, ["doctor", "--format", "json", *options])
    lines = json.loads(ended.stdout)

    wrong = [line for line in lines if line["state"] == "wrong"]
    assert ended.exit_code == (1 if wrong else 0)
    assert all(line["next_step"] for line in wrong)
    return [f"{line['state']}: {line['message']} {line['next_step']}" for line in lines if line["state"] != "fine"]


def refusal() -> str:
    """Try to serve; return the one sentence that it ends with."""
    ended = CliRunner().invoke(app, ["serve"])

    assert isinstance(ended.exception, SystemExit), ended.exception
    assert ended.exit_code in {1, 2}, ended.output
    assert ended.stdout == ""
    said = [line for line in ended.stderr.splitlines() if not line.startswith(("{", "WARNING slack_bolt"))]
    assert len(said) == 1, ended.stderr
    assert re.fullmatch(r"planthread: .+[.)]", said[0]), said
    return said[0]
