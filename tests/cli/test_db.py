"""`planthread db`: each work gives one sentence, and leaves with one where it can't be done."""

from __future__ import annotations

import sqlite3
from contextlib import closing
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
    assert (made.exit_code, made.stdout) == (0, f"kept.zip holds 1 member at schema {NEWEST}. Keep it private.\n")
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
    assert sorted(path.name for path in data.iterdir()) == ["plans.db", "plans.db.lock", "planthread.lock"]


def test_a_schema_of_a_newer_version_is_refused(data: Path) -> None:
    db("upgrade")
    with sqlite3.connect(data / "plans.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
    connection.close()

    refused = db("upgrade")

    assert refused.exit_code == 1
    assert "at schema 0099, which this version of Planthread does not know" in refused.stderr


def test_nothing_is_purged_or_forgotten_before_it_is_confirmed(data: Path) -> None:
    db("upgrade")
    a_plan_of_long_ago(data)

    asked, done, again = db("purge"), db("purge", "--yes"), db("purge", "--yes")
    assert asked.stdout == (
        "Older than 90 days: the texts of 1 plan, 0 handled deliveries, 0 notes of messages and 0 of digests. "
        "Say it again with --yes to let it go.\n"
    )
    assert done.stdout.startswith("Gone: the texts of 1 plan, ")
    assert again.stdout == "Nothing is older than 90 days.\n"

    asked, done = db("forget", "U0MARA"), db("forget", "U0MARA", "--yes")
    assert "This can't be undone: say it again with --yes." in asked.stdout
    assert done.stdout.startswith("Forgotten: ")
    assert b"U0MARA" not in b"".join(file.read_bytes() for file in data.glob("plans.db*"))


def test_backups_that_still_hold_what_is_gone_are_named(data: Path) -> None:
    db("upgrade")
    a_plan_of_long_ago(data)
    db("backup")

    done = db("forget", "U0MARA", "--yes")

    assert f"1 backup in {data / 'backups'} still holds what was there; delete it too." in done.stdout


def test_what_a_restore_moved_aside_is_named_too(data: Path) -> None:
    db("upgrade")
    a_plan_of_long_ago(data)
    db("backup")
    back = db("restore", str(next((data / "backups").glob("*.zip"))))
    (aside,) = data.glob("before-restore-*")
    assert f"What was there is in {aside}" in back.stdout

    done = db("forget", "U0MARA", "--yes")

    assert f"1 backup in {data / 'backups'} and {aside} still hold what was there; delete them too." in done.stdout


def test_a_restore_into_an_empty_folder_leaves_nothing_aside(data: Path) -> None:
    db("upgrade")
    db("backup", "kept.zip")
    for file in data.iterdir():
        file.unlink()

    assert db("restore", "kept.zip").stdout.endswith("Nothing was there before.\n")
    assert list(data.glob("before-restore-*")) == []


def test_only_the_bots_user_may_read_what_is_kept(data: Path) -> None:
    data.mkdir(mode=0o755)
    (data / "planthread.lock").touch()
    (data / "plans.db").touch(mode=0o644)
    db("upgrade")
    assert [path.stat().st_mode & 0o777 for path in (data, data / "plans.db")] == [0o700, 0o600]

    db("backup", "kept.zip")
    db("restore", "kept.zip")
    (aside,) = data.glob("before-restore-*")
    assert [path.stat().st_mode & 0o777 for path in (aside, data / "plans.db")] == [0o700, 0o600]


def test_who_is_not_known_and_no_days_are_a_sentence_each(data: Path) -> None:
    db("upgrade")
    a_plan_of_long_ago(data)

    nobody, no_days = db("forget", "U0NOBODY", "--yes"), db("purge", "--days", "0")

    assert (nobody.exit_code, nobody.stderr) == (
        1,
        "planthread: Nobody with the id U0NOBODY is known here, so there is nothing to forget.\n",
    )
    assert (no_days.exit_code, no_days.stderr) == (
        2,
        "planthread: --days 0 would let go what ended today; say 1 or more.\n",
    )


def test_forgetting_nobody_or_nowhere_is_one_sentence(data: Path) -> None:
    nothing = db("purge")
    assert (nothing.exit_code, nothing.stderr) == (
        1,
        "planthread: There is no database yet, so there is nothing to let go. Check PLANTHREAD_DATA.\n",
    )
    db("upgrade")
    a_plan_of_long_ago(data)
    a_plan_of_long_ago(data, "T2")

    named, unclear = db("forget", "mara"), db("forget", "U0MARA")

    assert (named.exit_code, unclear.exit_code) == (2, 2)
    assert "mara is no member id; it looks like U012AB3CD" in named.stderr
    assert "Say which workspace, with --workspace: T1, T2." in unclear.stderr
    assert db("forget", "U0MARA", "--workspace", "T2", "--yes").stdout.startswith("Forgotten: ")


def a_plan_of_long_ago(data: Path, workspace: str = "T1") -> None:
    """Keep a plan of Mara's that was cancelled a year ago."""
    with closing(sqlite3.connect(data / "plans.db")) as connection, connection:
        plan = {
            "id": f"plan{workspace}", "workspace": workspace, "channel": "C1", "handle": "library", "title": "Library",
            "stage": "cancelled", "hold_reason": "", "hold_by": "", "starter": "U0MARA", "planner": "",
            "slots_known": 0, "slots_total": 0, "review": 0,
            "run_attempt": 0, "failures": 0, "created_at": "2020-01-01 00:00:00",
            "delivered_review": 0, "remote_name": "", "web_url": "", "clone_url": "", "push_url": "", "level": "",
        }  # fmt: skip
        names, places = ", ".join(plan), ", ".join("?" * len(plan))
        connection.execute(f"INSERT INTO plan ({names}) VALUES ({places})", list(plan.values()))  # noqa: S608
        said = (workspace, plan["id"], f"k{workspace}", "request", "U0MARA", "a library", "2020-01-01 00:00:00")
        connection.execute(
            'INSERT INTO conversationmessage (workspace, plan_id, "key", kind, author, text, at) '
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            said,
        )


def test_a_backup_of_nothing_is_refused_with_a_sentence(data: Path) -> None:
    refused = db("backup")

    assert refused.exit_code == 1
    assert refused.stderr == f"planthread: There is no database at {data / 'plans.db'} to back up.\n"


def test_a_backup_that_is_not_there_is_one_sentence(data: Path) -> None:
    refused = db("restore", "/nope.zip")

    assert refused.exit_code == 2
    assert refused.stderr == (
        "planthread: There is no file /nope.zip. Name one that `planthread db backup` wrote, such as those in "
        f"{data}/backups.\n"
    )
    assert not data.exists()
