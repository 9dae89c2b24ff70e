"""Backups: everything in one file while the bot works, checked in full before it is put back, nothing ever deleted."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.repository.git import Commit, Repository
from bot.store.backup import BackupError
from bot.store.data_folder import DataFolder
from bot.store.database import Database, sqlite_url
from bot.store.migrate import newest_revision, upgrade
from bot.store.restore import check_backup
from bot.store.tables import Plan

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Return a data folder at noon."""
    path = tmp_path / "data"
    path.mkdir()
    return DataFolder(path, clock=lambda: NOON)


async def keep_plan(database: Database, handle: str) -> None:
    async with database.write() as session:
        session.add(Plan(workspace="T1", channel="C1", handle=handle, title="A", stage="gathering", starter="U1"))


async def handles(database: Database) -> list[str]:
    async with database.read() as session:
        return list(await session.scalars(select(col(Plan.handle)).order_by(col(Plan.handle))))


async def keep_repository(folder: DataFolder, name: str, content: bytes) -> str:
    repository = Repository(folder.path / "remotes" / f"{name}.git")
    await repository.create()
    (repository.path / "planthread-marker").write_text("plan-1")
    parent = await repository.head("main")
    return await repository.commit(
        "main",
        parent,
        Commit(message="m", author_name="a", author_email="a@b.invalid", date=NOON, files={"a.txt": content}),
    )


async def test_what_was_backed_up_comes_back_and_what_was_there_stays_aside(
    database: Database, folder: DataFolder
) -> None:
    await keep_plan(database, "library")
    first = await keep_repository(folder, "library", b"one")
    await Repository(folder.path / "remotes" / "empty.git").create()
    file, manifest = await folder.back_up(database)
    await keep_plan(database, "clinic")
    await keep_repository(folder, "library", b"two")
    (folder.path / "engine.db").write_text("what ran")

    aside, restored = await folder.restore(database, file)

    assert (restored, restored.made_at, restored.schema_revision) == (manifest, NOON, newest_revision())
    assert await handles(database) == ["library"]
    library = Repository(folder.path / "remotes" / "library.git")
    assert await library.head("main") == first
    assert (library.path / "planthread-marker").read_text() == "plan-1"
    assert await Repository(folder.path / "remotes" / "empty.git").branches() == []
    assert (
        await Repository(aside / "remotes" / "library.git").file(
            str(await Repository(aside / "remotes" / "library.git").head("main")), "a.txt"
        )
        == b"two"
    )
    assert (aside / "engine.db").read_text() == "what ran"
    assert not (folder.path / "engine.db").exists()


async def test_a_backup_is_made_while_somebody_writes_and_only_its_owner_may_read_it(
    database: Database, folder: DataFolder
) -> None:
    async with database.write() as session:
        session.add(Plan(workspace="T1", channel="C1", handle="late", title="A", stage="gathering", starter="U1"))
        await session.flush()
        file, _ = await folder.back_up(database)

    assert file == folder.path / "backups" / "planthread-backup-20261121T120000Z.zip"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    with pytest.raises(BackupError, match="is there already; name another file"):
        await folder.back_up(database)
    await folder.restore(database, file)
    assert await handles(database) == []


@pytest.fixture
async def backed_up(file: Path, folder: DataFolder) -> Path:
    """Return a backup of a store in a file."""
    store = Database(sqlite_url(file))
    await upgrade(store)
    await keep_plan(store, "library")
    await keep_repository(folder, "library", b"one")
    place, _ = await folder.back_up(store)
    await store.close()
    return place


def rewritten(backup: Path, name: str, content: bytes) -> None:
    """Change one member of a backup."""
    other = backup.with_suffix(".new")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(other, "w") as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    other.replace(backup)


@pytest.mark.parametrize("member", ["plans.db", "remotes/library.git/all.bundle", "manifest.json"])
def test_a_backup_with_another_byte_is_refused(backed_up: Path, member: str) -> None:
    with zipfile.ZipFile(backed_up) as archive:
        content = bytearray(archive.read(member))
    content[len(content) // 2] ^= 1
    rewritten(backed_up, member, bytes(content))

    with pytest.raises(BackupError, match=r"no whole backup|does not know"), check_backup(backed_up):
        pytest.fail("it was taken")


def test_a_backup_that_was_cut_off_or_is_none_is_refused(backed_up: Path) -> None:
    backed_up.write_bytes(backed_up.read_bytes()[:-100])
    with pytest.raises(BackupError, match="no whole backup of Planthread"), check_backup(backed_up):
        pytest.fail("it was taken")


def test_a_member_that_climbs_is_refused(backed_up: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backed_up) as archive:
        manifest = archive.read("manifest.json").decode()
        database = archive.read("plans.db")
    evil = tmp_path / "evil.zip"
    with zipfile.ZipFile(evil, "w") as archive:
        archive.writestr("manifest.json", manifest.replace("remotes/library.git/all.bundle", "../../stolen"))
        archive.writestr("plans.db", database)
        archive.writestr("../../stolen", b"mine")

    with pytest.raises(BackupError, match="no whole backup"), check_backup(evil):
        pytest.fail("it was taken")
    assert not (tmp_path.parent / "stolen").exists()


async def test_a_backup_of_a_newer_version_or_of_another_database_is_refused(
    backed_up: Path, folder: DataFolder, file: Path
) -> None:
    with zipfile.ZipFile(backed_up) as archive:
        manifest = archive.read("manifest.json").decode()
    other = backed_up.with_name("other.zip")
    shutil.copy(backed_up, other)
    rewritten(backed_up, "manifest.json", manifest.replace(f'"{newest_revision()}"', '"0099"').encode())
    with pytest.raises(BackupError, match="at schema 0099, which this version does not know"), check_backup(backed_up):
        pytest.fail("it was taken")

    elsewhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(BackupError, match="holds a database of sqlite, and PLANTHREAD_DATABASE_URL names one of"):
        await folder.restore(elsewhere, other)
    await elsewhere.close()
    assert file.exists()


async def test_a_restore_that_fails_half_way_leaves_everything_as_it_was(
    backed_up: Path, folder: DataFolder, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Database(sqlite_url(file))
    await keep_plan(store, "clinic")
    second = await keep_repository(folder, "library", b"two")

    async def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.store.restore.put_database", no_room)
    with pytest.raises(OSError, match="No space left"):
        await folder.restore(store, backed_up)

    assert await handles(store) == ["clinic", "library"]
    assert await Repository(folder.path / "remotes" / "library.git").head("main") == second
    assert [path.name for path in folder.path.iterdir() if "before-restore" in path.name] == []
    await store.close()


def test_a_damaged_database_in_a_sound_archive_is_refused(backed_up: Path, tmp_path: Path) -> None:
    import hashlib
    import json

    with zipfile.ZipFile(backed_up) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        copy = tmp_path / "copy.db"
        copy.write_bytes(archive.read("plans.db"))
    with sqlite3.connect(copy) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.close()
    content = bytearray(copy.read_bytes())
    content[4096 * (pages // 2) : 4096 * (pages // 2) + 2048] = b"\xff" * 2048
    manifest["members"]["plans.db"] = hashlib.sha256(content).hexdigest()
    rewritten(backed_up, "plans.db", bytes(content))
    rewritten(backed_up, "manifest.json", json.dumps(manifest).encode())

    with pytest.raises(BackupError, match="is damaged"), check_backup(backed_up):
        pytest.fail("it was taken")
