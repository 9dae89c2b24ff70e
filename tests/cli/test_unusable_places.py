"""A folder, a database, a disk or a port that can't be worked with: one sentence that says what to do.

`planthread serve` ends with it, `planthread doctor` has it among its lines, and `planthread db` says the same.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from bot.cli import app
from bot.local_workspace.server import listening_socket
from bot.store.migrate import known_revisions
from tests.cli.refusing import ROOT, doctor, environment, refusal, slack
from tests.end_to_end.programs import PATIENCE

__all__ = ["environment", "slack"]


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
    place = tmp_path / "St. Mary" / "shared.db"
    place.parent.mkdir()
    environment.setenv("PLANTHREAD_DATABASE_URL", f"sqlite:///{place}")
    assert CliRunner().invoke(app, ["db", "upgrade"]).exit_code == 0
    environment.setenv("PLANTHREAD_DATA", str(tmp_path / "second"))

    with FileLock(f"{place}.lock"):
        sentence, told = refusal(), doctor()
        upgraded = CliRunner().invoke(app, ["db", "upgrade"])

    said = (
        f"Another Planthread works on the database {place}. Stop it, or set PLANTHREAD_DATABASE_URL to a database of "
        "its own."
    )
    assert sentence == f"planthread: {said}"
    assert (upgraded.exit_code, upgraded.stderr) == (1, f"{sentence}\n")
    assert f"wrong: {said}" in told


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
