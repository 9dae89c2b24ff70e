"""The data folder: what lies where in it, and its upgrade, backup and restore as a whole."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeGuard

import structlog

from bot.store.backup import Manifest, back_up
from bot.store.database import Database
from bot.store.migrate import Upgraded, upgrade
from bot.store.restore import restore

__all__ = ["DataFolder", "is_unwritable"]

ASIDE = "before-restore-"
"""How the names of folders begin to which a restore moves what was there."""

UNWRITABLE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT})
"""Of what can't be written for a reason outside of this process: who may, and for how much there is room."""

log = structlog.get_logger("planthread")


def present() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def is_unwritable(error: BaseException) -> TypeGuard[OSError]:
    """Tell whether something failed because a file or folder can't be written."""
    return isinstance(error, OSError) and error.errno in UNWRITABLE


class DataFolder:
    """The folder of everything that one bot keeps. The database may lie elsewhere."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = present) -> None:
        """Name the folder; nothing is made yet."""
        self.path = path
        self.clock = clock

    @property
    def repositories(self) -> Path:
        """Return where each plan has the bare repository that its build commits in."""
        return self.path / "repositories"

    @property
    def remotes(self) -> Path:
        """Return where delivered repositories are, as long as there is no GitHub."""
        return self.path / "remotes"

    @property
    def work(self) -> Path:
        """Return where builds check out what they write and judge; it can all be made anew, and no backup holds it."""
        return self.path / "work"

    @property
    def backups(self) -> Path:
        """Return where backups are that were given no other place."""
        return self.path / "backups"

    def moved_aside(self) -> list[Path]:
        """Return the folders of what was there before backups were put back, oldest first."""
        return sorted(self.path.glob(f"{ASIDE}*"))

    @property
    def page_key(self) -> Path:
        """Return the file of the key that signs addresses of plan pages; no backup holds it."""
        return self.path / "pages.key"

    @property
    def kept(self) -> dict[str, Path]:
        """Return the folders of bare repositories that a backup holds, by name."""
        return {folder.name: folder for folder in (self.remotes, self.repositories)}

    def closed(self) -> Path | None:
        """Return a folder of those that builds write in which this process may not; None where all are open."""
        places = (self.path, self.work, *self.kept.values())
        return next((one for one in places if one.is_dir() and not os.access(one, os.W_OK | os.X_OK)), None)

    async def upgrade(self, database: Database) -> Upgraded:
        """Bring the schema to this version's, after a backup of everything. Raises NewerSchemaError, BackupError."""

        async def keep(revision: str) -> None:
            place = self.backup_place(f"before-upgrade-of-{revision}")
            await back_up(database, self.kept, place, self.clock())
            log.info("backed up before the schema changes", file=str(place))

        return await upgrade(database, keep)

    async def back_up(self, database: Database, file: Path | None = None) -> tuple[Path, Manifest]:
        """Write a backup, and return where it is and what it holds. Raises BackupError."""
        place = file or self.backup_place("backup")
        return place, await back_up(database, self.kept, place, self.clock())

    async def restore(self, database: Database, file: Path) -> tuple[Path, Manifest]:
        """Put a backup back, and return where what was there is now. Raises BackupError.

        The engine's own database goes aside too: what it runs follows from the plans.
        """
        aside = self.path / f"{ASIDE}{self.stamp()}"
        manifest = await restore(file, database, self.kept, aside)
        await asyncio.to_thread(self.move_engine, aside)
        return aside, manifest

    def move_engine(self, aside: Path) -> None:
        """Move the engine's database aside."""
        for left in sorted(self.path.glob("engine.db*")):
            left.rename(aside / left.name)

    def backup_place(self, word: str) -> Path:
        """Return the file of a backup that is made now."""
        return self.backups / f"planthread-{word}-{self.stamp()}.zip"

    def stamp(self) -> str:
        """Return the present moment as it stands in names of files."""
        return f"{self.clock():%Y%m%dT%H%M%SZ}"
