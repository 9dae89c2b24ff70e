"""One thing wrong with what `planthread serve` is given: one sentence that names the variable and says what to do."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from bot.cli import app
from bot.local_workspace.server import listening_socket
from bot.settings import Settings
from tests.end_to_end.programs import workspace

NOWHERE = "http://127.0.0.1:9/api"


@pytest.fixture(scope="module")
def slack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a workspace, as a program of its own."""
    program = workspace(tmp_path_factory.mktemp("workspace")).start()
    yield f"{program.probe}/api"
    program.stop()


@pytest.fixture
def environment(slack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Set everything right, in an empty folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_API_URL", slack)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-local")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-local")
    with closing(listening_socket("127.0.0.1", 0)) as free:
        monkeypatch.setenv("PLANTHREAD_PORT", str(free.getsockname()[1]))
    return monkeypatch


VALUES = [
    ("SLACK_BOT_TOKEN", "", "OAuth Token"),
    ("SLACK_BOT_TOKEN", "xoxp-of-a-person", "must begin with xoxb-"),
    ("SLACK_BOT_TOKEN", "xapp-swapped", "must begin with xoxb-"),
    ("SLACK_BOT_TOKEN", "xoxb-of-another-app", "invalid_auth"),
    ("SLACK_APP_TOKEN", "", "SLACK_SIGNING_SECRET"),
    ("SLACK_APP_TOKEN", "xoxb-swapped", "must begin with xapp-"),
    ("SLACK_APP_TOKEN", "xapp-of-another-app", "invalid_auth"),
    ("SLACK_SIGNING_SECRET", "xoxb-pasted-by-mistake", "Basic Information"),
    ("SLACK_API_URL", "slack.example/api", "must be a full address"),
    ("SLACK_API_URL", NOWHERE, "can't be reached"),
    ("SLACK_API_URL", "{slack}/../nothing", "Web API"),
    ("OPENAI_BASE_URL", "models.example", "must be a full address"),
    ("PLANTHREAD_PLANNER", "psychic", "built-in, model or auto"),
    ("PLANTHREAD_PLANNER", "model", "OPENAI_API_KEY"),
    ("PLANTHREAD_PORT", "many", "from 1 to 65535"),
    ("PLANTHREAD_HOST", "192.0.2.7", "address of this machine"),
    ("PLANTHREAD_HOST", "no such name", "address of this machine"),
    ("PLANTHREAD_DATABASE_URL", "mysql://host/plans", "postgresql:// or sqlite:///"),
    ("PLANTHREAD_DATABASE_URL", "postgresql://u:hush-hush@127.0.0.1:9/plans", "can't be opened"),
    ("PLANTHREAD_DATABASE_URL", "sqlite:////no/such/folder/plans.db", "can't be opened"),
    ("PLANTHREAD_ENGINE_URL", "postgresql://host/engine", "sqlite:///"),
    ("PLANTHREAD_ENGINE_URL", "sqlite:////no/such/folder/engine.db", "can't be opened"),
    ("PLANTHREAD_PUBLIC_URL", "bot.example.org", "must be a full address"),
    ("PLANTHREAD_BUILDS", "9", "from 1 to 4"),
    ("PLANTHREAD_LOG", "loud", "json or text"),
    ("PLANTHREAD_BUDGET", "plenty", "whole number"),
    ("PLANTHREAD_PRICES", "cheap", "two prices"),
    ("GITHUB_APP_ID", "12", "GITHUB_APP_PRIVATE_KEY is not set"),
    ("GITHUB_API_URL", "github.example", "must be a full address"),
]


@pytest.mark.parametrize(("name", "value", "said"), VALUES, ids=[f"{name}={value}" for name, value, _ in VALUES])
def test_a_wrong_value_is_one_sentence(
    environment: pytest.MonkeyPatch, slack: str, name: str, value: str, said: str
) -> None:
    environment.setenv(name, value.replace("{slack}", slack))

    sentence = refusal()

    assert name in sentence
    assert said in sentence
    assert "hush" not in sentence


def a_file_in_the_way(folder: Path) -> None:
    (folder / ".planthread").write_text("mine")


def no_database(folder: Path) -> None:
    (folder / ".planthread").mkdir()
    (folder / ".planthread" / "plans.db").write_bytes(b"this is no database at all" * 100)


def no_engine_database(folder: Path) -> None:
    (folder / ".planthread").mkdir()
    (folder / ".planthread" / "engine.db").write_bytes(b"this is no database at all" * 100)


def a_newer_schema(folder: Path) -> None:
    (folder / ".planthread").mkdir()
    with closing(sqlite3.connect(folder / ".planthread" / "plans.db")) as database:
        database.executescript("CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('9z')")


def an_unreadable_env_file(folder: Path) -> None:
    (folder / ".env").write_bytes("GITHUB_OWNER=Müller".encode("latin-1"))


@pytest.mark.parametrize(
    ("prepare", "name", "said"),
    [
        (a_file_in_the_way, "PLANTHREAD_DATA", "a folder of your own"),
        (no_database, "PLANTHREAD_DATABASE_URL", "db restore"),
        (no_engine_database, "PLANTHREAD_ENGINE_URL", "delete"),
        (a_newer_schema, "schema 9z", "Install the newer version"),
        (an_unreadable_env_file, ".env", "UTF-8"),
    ],
)
def test_a_folder_that_does_not_fit_is_one_sentence(
    environment: pytest.MonkeyPatch, tmp_path: Path, prepare: Callable[[Path], None], name: str, said: str
) -> None:
    prepare(tmp_path)

    sentence = refusal()

    assert name in sentence
    assert said in sentence


def test_a_port_or_a_folder_that_another_bot_has_is_one_sentence(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with closing(listening_socket("127.0.0.1", 0)) as taken:
        taken.listen()
        environment.setenv("PLANTHREAD_PORT", str(taken.getsockname()[1]))
        assert "PLANTHREAD_PORT" in refusal()
    environment.setattr("bot.starting.LOCK_SECONDS", 0.1)
    with FileLock(tmp_path / ".planthread" / "planthread.lock"):
        assert "PLANTHREAD_DATA" in refusal()


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
