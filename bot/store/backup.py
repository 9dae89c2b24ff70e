"""Backups: everything that must not be lost, in one file, made while the bot works (`bot.store.restore` puts it back).

A backup is a ZIP archive: the database (a copy of the SQLite file, or what `pg_dump` writes), each bare repository as a
git bundle, and a manifest with the checksum of every member. It holds all that people said, so only its owner may read
it. Secrets of the environment are not in it.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime
from sqlalchemy.engine import make_url

from bot import __version__
from bot.documents.frozen import Frozen
from bot.repository.bundles import bundle_of
from bot.store.database import Database
from bot.store.migrate import schema_of
from bot.store.postgresql import dump

__all__ = [
    "BESIDE_GIT",
    "DATABASES",
    "MANIFEST",
    "BackupError",
    "Manifest",
    "back_up",
    "checksum",
    "kind_of",
    "repositories_in",
    "sqlite_file",
]

MANIFEST = "manifest.json"
DATABASES = {"sqlite": "plans.db", "postgresql": "plans.dump"}
BESIDE_GIT = ("planthread-marker", "description")
"""Files of a repository that are no part of git's own history."""


class BackupError(Exception):
    """A backup can't be made, read or put back. The message says why and what to do."""


class Manifest(Frozen):
    """What a backup holds: the schema of its database, and the SHA-256 of every member by its name."""

    format: Literal[1] = 1
    planthread: str
    made_at: AwareDatetime
    database: Literal["sqlite", "postgresql"]
    schema_revision: str
    members: Mapping[str, str]


async def back_up(database: Database, folders: Mapping[str, Path], to: Path, moment: datetime) -> Manifest:
    """Write a backup of the database and of the bare repositories below each folder, by the folder's name.

    The file appears when it is whole. Raises BackupError, and OSError where it can't be written.
    """
    if await asyncio.to_thread(to.exists):
        raise BackupError(f"{to} is there already; name another file.")
    await asyncio.to_thread(to.parent.mkdir, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=to.parent) as name:
        place = Path(name)
        await copy_database(database, place)
        for folder, path in folders.items():
            await bundle_all(path, place / folder)
        async with database.engine.connect() as connection:
            revision = await connection.run_sync(schema_of)
        return await asyncio.to_thread(pack, place, to, kind_of(database), revision or "", moment)


def kind_of(database: Database) -> Literal["sqlite", "postgresql"]:
    """Return which database it is."""
    return "sqlite" if database.is_sqlite else "postgresql"


async def copy_database(database: Database, place: Path) -> None:
    """Copy the database as it is at one moment, while others read and write."""
    target = place / DATABASES[kind_of(database)]
    if database.is_sqlite:
        file = sqlite_file(database.url)
        if not await asyncio.to_thread(file.is_file):
            raise BackupError(f"There is no database at {file} to back up.")
        await asyncio.to_thread(copy_sqlite, file, target)
        return
    async with database.engine.connect():  # who is away is said here, in the words for every database
        await dump(database.url, target)


def sqlite_file(url: str) -> Path:
    """Return the file of a SQLite URL. Raises BackupError for a database in memory."""
    name = make_url(url).database
    if not name or name == ":memory:":
        raise BackupError("A database in memory can't be backed up; set PLANTHREAD_DATABASE_URL to a file.")
    return Path(name)


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite file page by page, with what its log holds; writers go on meanwhile."""
    with (
        contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=30)) as old,
        contextlib.closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


async def bundle_all(folder: Path, place: Path) -> None:
    """Write a bundle for each bare repository below a folder, with what stands beside its history."""
    for repository in await asyncio.to_thread(repositories_in, folder):
        target = place / repository.name
        await asyncio.to_thread(target.mkdir, parents=True)
        await bundle_of(repository, target / "all.bundle")
        for name in BESIDE_GIT:
            if (repository / name).is_file():
                await asyncio.to_thread(shutil.copyfile, repository / name, target / name)


def pack(place: Path, to: Path, database: Literal["sqlite", "postgresql"], revision: str, moment: datetime) -> Manifest:
    """Put all files of a folder into one archive, with their checksums, and give it its name when it is whole."""
    files = sorted(path for path in place.rglob("*") if path.is_file())
    members = {path.relative_to(place).as_posix(): checksum(path) for path in files}
    manifest = Manifest(
        planthread=__version__, made_at=moment, database=database, schema_revision=revision, members=members
    )
    beside = place / ".archive"
    beside.touch(mode=0o600)
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in members:
            archive.write(place / name, name)
        archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))
    with beside.open("rb") as written:
        os.fsync(written.fileno())
    beside.rename(to)
    return manifest


def repositories_in(folder: Path) -> list[Path]:
    """Return the bare repositories below a folder, in order."""
    return sorted(folder.glob("*.git"))


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
