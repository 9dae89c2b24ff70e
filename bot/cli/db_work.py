"""What `planthread db` does: each work on the data folder gives a sentence, or leaves with one."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.cli.configuration import fail
from bot.repository.errors import GitError
from bot.settings import Settings
from bot.starting import StartError, make_private, only_bot, only_one
from bot.store.backup import BackupError
from bot.store.data_folder import DataFolder
from bot.store.database import Database, DatabaseHeld
from bot.store.migrate import NewerSchemaError
from bot.store.postgresql import PostgreSQLError
from bot.store.refusals import refusal_of

__all__ = ["backed_up", "number", "refusals", "restored", "run", "upgraded"]


def upgraded(settings: Settings) -> str:
    """Bring the schema up to date while no bot works on it."""
    with refusals(settings.database_url), only_one(settings.data):
        make_private(settings.database_url)
        done = run(settings, DataFolder(settings.data).upgrade, alone=True)
    if not done.changed:
        return f"The schema is {done.after}, as it should be."
    return f"The schema is {done.after} now; it was {done.before or 'not there'}."


def backed_up(settings: Settings, file: Path | None) -> str:
    """Write a backup; a bot may go on meanwhile."""
    with refusals(settings.database_url):
        place, manifest = run(settings, lambda database: DataFolder(settings.data).back_up(database, file))
    return (
        f"{place} holds {number(len(manifest.members), 'member')} at schema {manifest.schema_revision}. "
        "Keep it private."
    )


def restored(settings: Settings, file: Path) -> str:
    """Put a backup back while no bot works on what is there."""
    if not file.is_file():
        kept = DataFolder(settings.data).backups
        raise fail([f"There is no file {file}. Name one that `planthread db backup` wrote, such as those in {kept}."])
    with refusals(settings.database_url), only_one(settings.data):
        aside, manifest = run(settings, lambda database: DataFolder(settings.data).restore(database, file), alone=True)
    done = f"Everything is as it was at {manifest.made_at:%Y-%m-%d %H:%M} UTC."
    if any(aside.iterdir()):
        return f"{done} What was there is in {aside}"
    aside.rmdir()
    return f"{done} Nothing was there before."


def number(count: int, one: str) -> str:
    """Return a number with its noun."""
    many = f"{one[:-1]}ies" if one.endswith("ry") else f"{one}s"
    return f"{count} {one if count == 1 else many}"


def run[Answer](settings: Settings, work: Callable[[Database], Awaitable[Answer]], *, alone: bool = False) -> Answer:
    """Await work on the database, and close it; ``alone`` where no bot may be at work on it. Raises StartError."""

    async def closing() -> Answer:
        async with only_bot(settings.database_url) if alone else contextlib.nullcontext():
            database = Database(settings.database_url)
            try:
                return await work(database)
            finally:
                await database.close()

    return asyncio.run(closing())


@contextlib.contextmanager
def refusals(url: str) -> Iterator[None]:
    """Leave with one sentence where something is refused; ``url`` is the database's."""
    try:
        yield
    except (StartError, BackupError, NewerSchemaError, PostgreSQLError, GitError) as error:
        raise fail([str(error)], 1) from None
    except DatabaseHeld:
        sentence = "Another process holds the database, so nothing was changed. End that one, or try again in a moment."
        raise fail([sentence], 1) from None
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise fail([refusal_of(url, error)], 1) from None
    except OSError as error:
        raise fail([f"{error.filename or 'The folder'} can't be read or written ({error.strerror})."], 1) from None
