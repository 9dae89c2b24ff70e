"""Putting a backup back: checked in full first, and what was there is moved aside, never deleted."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
import stat
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from bot.repository.bundles import from_bundle
from bot.repository.errors import GitError
from bot.store.backup import (
    BESIDE_GIT,
    DATABASES,
    MANIFEST,
    BackupError,
    Manifest,
    checksum,
    kind_of,
    repositories_in,
    sqlite_file,
)
from bot.store.database import Database
from bot.store.migrate import known_revisions
from bot.store.postgresql import dump, load

__all__ = ["check_backup", "restore"]

CHUNK = 1 << 20
"""Bytes that are unpacked at a time."""
LARGEST_MANIFEST = 10 << 20


@contextlib.contextmanager
def check_backup(file: Path) -> Iterator[tuple[Manifest, Path]]:
    """Give the manifest and a folder with all members, once every one of them is what was backed up.

    Raises BackupError where the file is no backup, was damaged or changed, or comes from a newer Planthread.
    """
    with tempfile.TemporaryDirectory(prefix="planthread-restore-") as name:
        place = Path(name)
        try:
            manifest = unpack(file, place)
        except (OSError, zipfile.BadZipFile, ValidationError, KeyError) as error:
            raise BackupError(f"{file} is no whole backup of Planthread ({kind(error)}); use another one.") from None
        if manifest.schema_revision not in known_revisions():
            raise BackupError(
                f"{file} was made by Planthread {manifest.planthread} at schema {manifest.schema_revision}, which this "
                "version does not know; install that version or a newer one."
            )
        if manifest.database == "sqlite":
            require_sound(place / DATABASES["sqlite"], file)
        yield manifest, place


def kind(error: Exception) -> str:
    """Return what went wrong, in a few words."""
    return error.strerror or "it can't be read" if isinstance(error, OSError) else "it was cut off or changed"


def unpack(file: Path, place: Path) -> Manifest:
    """Unpack the members that the manifest names, each where it belongs and with its checksum. Raises KeyError."""
    with zipfile.ZipFile(file) as archive:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise zipfile.BadZipFile
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
        for name, expected in manifest.members.items():
            pure = PurePosixPath(name)
            if pure.is_absolute() or ".." in pure.parts or stat.S_ISLNK(archive.getinfo(name).external_attr >> 16):
                raise zipfile.BadZipFile
            target = place / pure
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as packed, target.open("wb") as written:
                shutil.copyfileobj(packed, written, CHUNK)
            if checksum(target) != expected:
                raise zipfile.BadZipFile
    if DATABASES[manifest.database] not in manifest.members:
        raise zipfile.BadZipFile
    return manifest


def require_sound(copy: Path, file: Path) -> None:
    """Raise BackupError unless SQLite finds its own file sound."""
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        try:
            found = connection.execute("PRAGMA integrity_check").fetchone()
        except sqlite3.DatabaseError as error:
            found = (str(error),)
    if found != ("ok",):
        raise BackupError(f"The database in {file} is damaged ({str(found[0])[:200]}); use another backup.")


async def restore(file: Path, database: Database, folders: Mapping[str, Path], aside: Path) -> Manifest:
    """Put a backup in the place of what is there, which is moved to ``aside``; nobody may be at work on it.

    The backup is checked in full first. Raises BackupError, and leaves all as it was where a step fails.
    """
    with check_backup(file) as (manifest, place):
        if manifest.database != kind_of(database):
            raise BackupError(
                f"{file} holds a database of {manifest.database}, and PLANTHREAD_DATABASE_URL names one of "
                f"{kind_of(database)}; set it to a database of the same kind."
            )
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=aside.parent) as name:
            fresh = Path(name)
            for folder in folders:
                await unbundle_all(place / folder, fresh / folder)
            await asyncio.to_thread(aside.mkdir, mode=0o700, parents=True)
            moved = Moved(aside)
            try:
                for folder, path in folders.items():
                    await asyncio.to_thread(moved.replace, path, fresh / folder)
                await put_database(database, place / DATABASES[manifest.database], moved)
            except BaseException:
                await asyncio.to_thread(moved.undo)
                raise
    return manifest


async def unbundle_all(place: Path, fresh: Path) -> None:
    """Make the bare repositories of a backup. Raises BackupError where git can't read one."""
    await asyncio.to_thread(fresh.mkdir, parents=True)
    for member in await asyncio.to_thread(repositories_in, place):
        repository = fresh / member.name
        try:
            await from_bundle(member / "all.bundle", repository)
        except GitError as error:
            raise BackupError(f"The repository {member.name} in the backup can't be read: {error}") from error
        for name in BESIDE_GIT:
            if (member / name).is_file():
                await asyncio.to_thread(shutil.copyfile, member / name, repository / name)


async def put_database(database: Database, copy: Path, moved: Moved) -> None:
    """Put the database of a backup in the place of the one that is there."""
    if not database.is_sqlite:
        await dump(database.url, moved.aside / DATABASES["postgresql"])
        await load(database.url, copy)
        return
    await database.close()  # who has the old file open goes on reading it
    file = sqlite_file(database.url)
    for beside in (file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        await asyncio.to_thread(moved.replace, beside, None)
    await asyncio.to_thread(copy.chmod, 0o600)
    await asyncio.to_thread(moved.replace, file, copy)


class Moved:
    """What was moved aside to make room, so that all of it can go back."""

    def __init__(self, aside: Path) -> None:
        """Begin with nothing."""
        self.aside = aside
        self.done: list[tuple[Path, Path | None]] = []

    def replace(self, place: Path, new: Path | None) -> None:
        """Move what is at a place aside, and something new there."""
        kept = self.aside / place.name if place.exists() else None
        if kept:
            shutil.move(place, kept)
        self.done.append((place, kept))
        if new:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(new, place)

    def undo(self) -> None:
        """Put everything back where it was."""
        for place, kept in reversed(self.done):
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
            if kept:
                shutil.move(kept, place)
        with contextlib.suppress(OSError):
            self.aside.rmdir()
