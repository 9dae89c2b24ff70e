"""`planthread db`: each work gives one sentence, and leaves with one where it can't be done."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.store.migrate import newest_revision

NEWEST = newest_revision()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the data folder of an otherwise empty working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLANTHREAD_DATABASE_URL", raising=False)
    monkeypatch.setenv("PLANTHREAD_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def db(*words: str) -> Result:
    return CliRunner().invoke(app, ["db", *words])


def test_the_way_of_an_operator(data: Path) -> None:
    first, again = db("upgrade"), db("upgrade")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.stdout.startswith(f"The schema is {NEWEST} now; it was not there.")
    assert again.stdout == f"The schema is {NEWEST}, as it should be.\n"

    made = db("backup", "kept.zip")
    assert (made.exit_code, made.stdout) == (0, f"kept.zip holds 1 members at schema {NEWEST}. Keep it private.\n")
    (data / "plans.db").unlink()

    back = db("restore", "kept.zip")
    assert back.exit_code == 0, back.stderr
    assert back.stdout.startswith("Everything is as it was at ")
    with sqlite3.connect(data / "plans.db") as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(NEWEST,)]
    connection.close()


def test_nothing_is_put_back_while_a_bot_works(data: Path) -> None:
    db("upgrade")
    db("backup", "kept.zip")

    with FileLock(data / "planthread.lock"):
        refused, fine = db("restore", "kept.zip"), db("backup", "other.zip")

    assert refused.exit_code == 1
    assert "Another Planthread works on" in refused.stderr
    assert fine.exit_code == 0


def test_what_is_no_backup_is_refused_and_all_stays(data: Path) -> None:
    db("upgrade")
    Path("other.zip").write_text("nothing of ours")

    refused = db("restore", "other.zip")

    assert refused.exit_code == 1
    assert refused.stderr == (
        "planthread: other.zip is no whole backup of Planthread (it was cut off or changed); use another one.\n"
    )
    assert sorted(path.name for path in data.iterdir()) == ["plans.db", "planthread.lock"]


def test_a_schema_of_a_newer_version_is_refused(data: Path) -> None:
    db("upgrade")
    with sqlite3.connect(data / "plans.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
    connection.close()

    refused = db("upgrade")

    assert refused.exit_code == 1
    assert "at schema 0099, which this version of Planthread does not know" in refused.stderr


def test_a_backup_of_nothing_is_refused_with_a_sentence(data: Path) -> None:
    refused = db("backup")

    assert refused.exit_code == 1
    assert refused.stderr == f"planthread: There is no database at {data / 'plans.db'} to back up.\n"
