"""One thing wrong with what the bot is given: one sentence that names the variable and says what to do.

`planthread serve` ends with it, or warns where it can work; `planthread doctor` has it among its lines.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from bot.cli import app
from bot.local_workspace.server import listening_socket
from bot.settings import Settings, load_settings
from bot.store.migrate import known_revisions
from tests.end_to_end.programs import PATIENCE, workspace
from tests.stand_ins.outside import Outside
from tests.stand_ins.serving import served

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "http://127.0.0.1:9/api"
GITHUB = {"GITHUB_API_URL": "{outside}/github", "GITHUB_URL": "{outside}/github"}


@pytest.fixture(scope="module")
def outside() -> Iterator[str]:
    """Give the address of servers that refuse."""
    with served(Outside) as address:
        yield address


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
    ("SLACK_API_URL", "{slack}/../nothing", "Web API"),
    ("OPENAI_API_KEY", "sk-…", "must be the key alone"),
    ("OPENAI_API_KEY", "sk-1 # of the team", "must be the key alone"),
    ("OPENAI_BASE_URL", "models.example", "must be a full address"),
    ("PLANTHREAD_PLANNER", "psychic", "built-in, model or auto"),
    ("PLANTHREAD_PLANNER", "model", "OPENAI_API_KEY"),
    ("PLANTHREAD_PORT", "many", "from 1 to 65535"),
    ("PLANTHREAD_HOST", "192.0.2.7", "address of this machine"),
    ("PLANTHREAD_HOST", "no such name", "address of this machine"),
    ("PLANTHREAD_DATA", "/dev/null/data", "folder"),
    ("PLANTHREAD_DATABASE_URL", "mysql://host/plans", "postgresql:// or sqlite:///"),
    ("PLANTHREAD_DATABASE_URL", "postgresql://u:hush-hush@127.0.0.1:9/plans", "server runs"),
    ("PLANTHREAD_DATABASE_URL", "sqlite:////no/such/folder/plans.db", "/no/such/folder"),
    ("PLANTHREAD_ENGINE_URL", "postgresql://host/engine", "sqlite:///"),
    ("PLANTHREAD_ENGINE_URL", "sqlite:////no/such/folder/engine.db", "/no/such/folder"),
    ("PLANTHREAD_PUBLIC_URL", "bot.example.org", "must be a full address"),
    ("PLANTHREAD_BUILDS", "9", "from 1 to 4"),
    ("PLANTHREAD_LINK_DAYS", "forever", "a number of days"),
    ("PLANTHREAD_LOG", "loud", "json or text"),
    ("PLANTHREAD_BUDGET", "plenty", "whole number"),
    ("PLANTHREAD_PRICES", "cheap", "two prices"),
    ("GITHUB_APP_ID", "12", "GITHUB_APP_PRIVATE_KEY is not set"),
    ("GITHUB_API_URL", "github.example", "must be a full address"),
    ("GITHUB_URL", "git@github.example", "must be a full address"),
    ("GITHUB_WEBHOOK_SECRET", "short", "at least 16 characters"),
]
"""A variable, its wrong value, and a part of the remedy. All else is right."""

NOT_WRONG_FOR_DOCTOR = {("SLACK_BOT_TOKEN", "")}
"""What only `serve` needs: to `doctor` it isn't there yet."""


@pytest.mark.parametrize(("name", "value", "said"), VALUES, ids=[f"{name}={value}" for name, value, _ in VALUES])
def test_a_wrong_value_is_one_sentence_of_serve_and_of_doctor(
    environment: pytest.MonkeyPatch, slack: str, name: str, value: str, said: str
) -> None:
    environment.setenv(name, value.replace("{slack}", slack))

    sentence = refusal()
    told = doctor()

    assert name in sentence
    assert said in sentence
    assert "hush" not in sentence + str(told)
    if (name, value) not in NOT_WRONG_FOR_DOCTOR:
        lines = [line for line in told if name in line and said in line]
        assert lines
        assert all(line.startswith("wrong: ") for line in lines)


def test_slack_out_of_reach_is_wrong_for_doctor(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_API_URL", NOWHERE)

    assert [line for line in doctor() if line.startswith("wrong: Slack can't be reached") and "SLACK_API_URL" in line]


OUTSIDE = [
    ("OPENAI_API_KEY", {"OPENAI_API_KEY": "sk-refused", "OPENAI_BASE_URL": "{outside}/refusing"}, "Set a valid"),
    ("PLANTHREAD_MODEL", {"OPENAI_API_KEY": "sk-1", "OPENAI_BASE_URL": "{outside}/unknowing"}, "knows no model"),
    ("OPENAI_BASE_URL", {"OPENAI_API_KEY": "sk-1", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, "can't be reached"),
    (
        "GITHUB_TOKEN",
        {"GITHUB_TOKEN": "ghp_1", **GITHUB, "GITHUB_API_URL": "{outside}/refusing"},
        "Copy it",
    ),
    ("GITHUB_TOKEN", {"GITHUB_TOKEN": "ghp_1", **GITHUB, "GITHUB_API_URL": "{outside}/reading"}, "scope repo"),
    ("GITHUB_TOKEN", {"GITHUB_TOKEN": "ghp_1", **GITHUB, "GITHUB_API_URL": "{outside}/halfway"}, "scope workflow too"),
    ("GITHUB_URL", {"GITHUB_TOKEN": "ghp_1", **GITHUB, "GITHUB_URL": "http://127.0.0.1:9"}, "can't be reached"),
    (
        "GITHUB_API_URL",
        {"GITHUB_TOKEN": "ghp_1", **GITHUB, "GITHUB_API_URL": "http://127.0.0.1:9"},
        "the network",
    ),
    ("GITHUB_URL", {"GITHUB_TOKEN": "ghp_1", "GITHUB_API_URL": "{outside}/github"}, "needs both"),
    ("PLANTHREAD_PUBLIC_URL", {"PLANTHREAD_PUBLIC_URL": "http://127.0.0.1:9"}, "doesn't answer"),
]
"""A variable, what is set, and a part of what `doctor` says; a start goes on, and says it in its log."""


@pytest.mark.parametrize(("name", "values", "said"), OUTSIDE, ids=[f"{name}: {said}" for name, _, said in OUTSIDE])
def test_what_the_world_outside_refuses_is_a_line_of_doctor(
    environment: pytest.MonkeyPatch, outside: str, name: str, values: dict[str, str], said: str
) -> None:
    for variable, value in values.items():
        environment.setenv(variable, value.replace("{outside}", outside))

    told = [line for line in doctor() if name in line and said in line]

    assert len(told) == 1
    assert told[0].startswith("left: " if name == "PLANTHREAD_PUBLIC_URL" else "wrong: ")


def test_calls_and_pushes_to_two_servers_are_refused_at_a_start(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("GITHUB_API_URL", "https://github.example/api/v3")
    assert load_settings().github_token is None

    environment.setenv("GITHUB_TOKEN", "ghp_of_github_example")

    assert refusal().startswith("planthread: GITHUB_URL is not set though GITHUB_API_URL is")


@pytest.mark.parametrize("reason", ["token_revoked", "account_inactive", "invalid_auth"])
def test_a_token_that_slack_takes_no_more_is_one_sentence(
    environment: pytest.MonkeyPatch, outside: str, reason: str
) -> None:
    environment.setenv("SLACK_API_URL", f"{outside}/slack/{reason}")

    sentence = refusal()

    assert f"SLACK_BOT_TOKEN ({reason})" in sentence
    assert "Copy it again" in sentence
    assert [line for line in doctor() if f"SLACK_BOT_TOKEN ({reason})" in line and "Copy it again" in line]


def test_what_a_bot_can_start_with_and_should_not_is_a_warning_of_serve_and_wrong_for_doctor(
    environment: pytest.MonkeyPatch, outside: str
) -> None:
    environment.setenv("SLACK_API_URL", f"{outside}/slack/older-app")
    environment.setenv("TZ", "Mars/Base")
    environment.setenv("PLANTHREAD_COLOUR", "red")

    said = start_that_fails_at_the_socket(environment)
    warnings = [json.loads(line) for line in said if line.startswith("{")]
    told = doctor()

    (colour, zone, scopes, clock) = [entry["event"] for entry in warnings if entry["level"] == "warning"]
    assert colour.startswith("PLANTHREAD_COLOUR is no setting of Planthread")
    assert zone.startswith("TZ Mars/Base is no time zone that is known here, so this machine's own times are UTC")
    assert [line for line in told if "PLANTHREAD_COLOUR" in line]
    assert [line for line in told if "TZ Mars/Base" in line and line.endswith("Correct it, or take it away.")]
    assert re.fullmatch(r"SLACK_BOT_TOKEN lacks the scopes app_mentions:read, .+\. Add them .+", scopes)
    assert re.fullmatch(r"This machine's clock is \d+ seconds ahead of Slack's\. Set it by the network .+", clock)
    assert [line for line in told if line.startswith("wrong: The token lacks app_mentions:read") and "Add them" in line]
    assert [line for line in told if line.startswith("wrong: This machine's clock") and "timedatectl" in line]


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


def no_place_for_a_backup(folder: Path) -> None:
    (folder / ".planthread").mkdir()
    (folder / ".planthread" / "backups").write_text("mine")
    older = min(known_revisions())
    with closing(sqlite3.connect(folder / ".planthread" / "plans.db")) as database:
        database.execute("CREATE TABLE alembic_version (version_num)")
        database.execute("INSERT INTO alembic_version VALUES (?)", (older,))
        database.commit()


def an_unreadable_env_file(folder: Path) -> None:
    (folder / ".env").write_bytes("GITHUB_OWNER=Müller".encode("latin-1"))


def a_broken_env_file(folder: Path) -> None:
    (folder / ".env").write_text("# the bot's\nSLACK_BOT_TOKEN xoxb-1\n")


@pytest.mark.parametrize(
    ("prepare", "name", "said"),
    [
        (a_file_in_the_way, "PLANTHREAD_DATA", "a folder of your own"),
        (no_database, "plans.db", "is damaged: put the newest backup back with `planthread db restore FILE`"),
        (no_engine_database, "PLANTHREAD_ENGINE_URL", "delete"),
        (a_newer_schema, "schema 9z", "Install the newer version"),
        (an_unreadable_env_file, ".env", "UTF-8"),
        (a_broken_env_file, ".env, line 2", "NAME=value"),
    ],
)
def test_a_folder_that_does_not_fit_is_one_sentence(
    environment: pytest.MonkeyPatch, tmp_path: Path, prepare: Callable[[Path], None], name: str, said: str
) -> None:
    prepare(tmp_path)

    sentence = refusal()

    assert name in sentence
    assert said in sentence
    assert [line for line in doctor() if line.startswith("wrong: ")]


def test_a_start_without_git_is_one_sentence(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("PATH", str(tmp_path))

    assert "no git here. Install git" in refusal()


def test_a_misspelt_variable_is_a_warning_of_serve(environment: pytest.MonkeyPatch, outside: str) -> None:
    environment.setenv("SLACK_API_URL", f"{outside}/slack/invalid_auth")
    environment.setenv("PLANTHREAD_BUILD", "3")

    ended = CliRunner().invoke(app, ["serve"])

    assert "Did you mean PLANTHREAD_BUILDS?" in ended.stderr


def test_a_backup_that_cannot_be_made_before_an_upgrade_is_one_sentence(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    no_place_for_a_backup(tmp_path)

    sentence = refusal()

    assert "backup before the upgrade" in sentence
    assert "PLANTHREAD_DATA" in sentence
    with closing(sqlite3.connect(tmp_path / ".planthread" / "plans.db")) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [(min(known_revisions()),)]


def test_a_port_or_a_folder_that_another_bot_has_is_one_sentence(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with closing(listening_socket("127.0.0.1", 0)) as taken:
        taken.listen()
        environment.setenv("PLANTHREAD_PORT", str(taken.getsockname()[1]))
        assert "PLANTHREAD_PORT" in refusal()
        assert [line for line in doctor() if line.startswith("wrong: PLANTHREAD_PORT") and "set another" in line]
    environment.setattr("bot.starting.LOCK_SECONDS", 0.1)
    with FileLock(tmp_path / ".planthread" / "planthread.lock"):
        assert "PLANTHREAD_DATA" in refusal()


def test_a_database_on_which_another_bot_works_is_one_sentence(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setattr("bot.starting.LOCK_SECONDS", 0.1)
    environment.setenv("PLANTHREAD_DATABASE_URL", f"sqlite:///{tmp_path}/shared.db")
    assert CliRunner().invoke(app, ["db", "upgrade"]).exit_code == 0
    environment.setenv("PLANTHREAD_DATA", str(tmp_path / "second"))

    with FileLock(tmp_path / "shared.db.lock"):
        sentence, told = refusal(), doctor()
        upgraded = CliRunner().invoke(app, ["db", "upgrade"])

    assert sentence == (
        f"planthread: Another Planthread works on the database {tmp_path}/shared.db. Stop it, or set "
        "PLANTHREAD_DATABASE_URL to a database of its own."
    )
    assert (upgraded.exit_code, upgraded.stderr) == (1, f"{sentence}\n")
    assert [line for line in told if line.startswith("wrong: Another Planthread works on the database")]


def test_a_database_that_another_process_holds_is_one_sentence_without_a_backup(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert CliRunner().invoke(app, ["db", "upgrade"]).exit_code == 0
    environment.setattr("bot.store.database.UNHURRIED", 100)
    environment.setattr("bot.cli.doctor_machine.HELD_SECONDS", 0.1)

    with closing(sqlite3.connect(tmp_path / ".planthread" / "plans.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        sentence, told = refusal(), doctor()

    assert sentence.endswith("Another process holds it: end that one, and try again. Nothing that was kept is lost.")
    assert [line for line in told if line.startswith("wrong: ") and "plans.db" in line and "end that one" in line]
    assert "restore" not in sentence + str(told)


AWAY = "postgresql://u:hush-hush@127.0.0.1:9/plans"
DB = [
    ["db", "upgrade"],
    ["db", "backup"],
    ["db", "restore", "kept.zip"],
    ["db", "purge", "--yes"],
    ["db", "forget", "U012AB3CD", "--yes"],
    ["rules", "show"],
]


@pytest.mark.parametrize("words", DB, ids=" ".join)
def test_a_server_that_is_away_is_one_sentence_of_what_works_on_the_database(
    environment: pytest.MonkeyPatch, tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / "kept.zip").touch()
    environment.setenv("PLANTHREAD_DATABASE_URL", AWAY)

    ended = CliRunner().invoke(app, words)

    assert (ended.exit_code, ended.stdout, type(ended.exception)) == (1, "", SystemExit)
    (sentence,) = ended.stderr.splitlines()
    assert "127.0.0.1" in sentence
    assert sentence.endswith(
        "See that its server runs, or correct PLANTHREAD_DATABASE_URL. Nothing that was kept there is lost."
    )
    assert "hush" not in sentence
    assert "psycopg" not in sentence


@pytest.mark.parametrize("words", [words for words in DB if "restore" not in words], ids=" ".join)
def test_a_damaged_file_is_one_sentence_of_what_works_on_the_database(
    environment: pytest.MonkeyPatch, tmp_path: Path, words: list[str]
) -> None:
    no_database(tmp_path)

    ended = CliRunner().invoke(app, words)

    assert (ended.exit_code, ended.stdout, type(ended.exception)) == (1, "", SystemExit)
    (sentence,) = ended.stderr.splitlines()
    assert "plans.db" in sentence
    assert "The file is damaged: put the newest backup back with `planthread db restore FILE`" in sentence


FULL_AT = [
    pytest.param(4096, id="the lock", marks=pytest.mark.matrix),
    pytest.param(65_536, id="the plans"),
    pytest.param(700_000, id="the engine", marks=pytest.mark.matrix),
]
"""Bytes that a disk has, and what finds no room on it."""


@pytest.mark.sandbox
@pytest.mark.parametrize("size", FULL_AT)
def test_a_full_disk_is_one_sentence(environment: pytest.MonkeyPatch, tmp_path: Path, size: int) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    environment.setenv("PLANTHREAD_DATA", str(disk))
    environment.setenv("PYTHONPATH", str(ROOT))

    small = ["bwrap", "--dev-bind", "/", "/", "--size", str(size), "--tmpfs", str(disk)]
    done = subprocess.run(
        [*small, sys.executable, "-m", "bot.cli", "serve"],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    (sentence,) = [line for line in done.stderr.splitlines() if not line.startswith(("{", "WARNING slack_bolt"))]
    assert done.returncode == 1
    assert sentence.startswith(f"planthread: The disk of {disk} is full. Nothing is lost: make room there")
    assert "PLANTHREAD_DATA" in sentence


def start_that_fails_at_the_socket(environment: pytest.MonkeyPatch) -> list[str]:
    """Start, as a program of its own, with a token that the socket doesn't take; return what was printed."""
    environment.setenv("SLACK_APP_TOKEN", "xapp-of-another-app")
    environment.setenv("PYTHONPATH", str(ROOT))
    serve = [sys.executable, "-m", "bot.cli", "serve"]
    ended = subprocess.run(serve, capture_output=True, text=True, timeout=PATIENCE, check=False)
    said = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert "SLACK_APP_TOKEN (invalid_auth)" in said[-1], ended.stderr
    return said


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
