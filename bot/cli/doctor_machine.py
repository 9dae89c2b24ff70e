"""What `planthread doctor` says of this machine: databases, the data folder, and the programs that builds need."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette

from bot.cli.doctor_lines import Line, fine, left, wrong
from bot.settings import Settings
from bot.starting import StartError, listen, taken
from bot.store.alone import is_taken
from bot.store.database import Database, DatabaseHeld, file_of
from bot.store.migrate import NewerSchemaError, newest_revision, schema_of
from bot.store.refusals import is_damaged, mend_of, place_of, why
from bot.verification.sandbox import Level, Sandbox

__all__ = ["data_folder", "databases", "programs", "way_to_pages"]

LEAST_FREE = 2 * 1024**3
"""Bytes; a service's packages and a dozen repositories fit in there."""
OLDEST_GIT = (2, 38)
"""The first with `git merge-tree --write-tree`, by which changed services are merged."""
OLDEST_SQLITE = (3, 42)
SECONDS = 10.0
HELD_SECONDS = 2.0
"""How long another process may hold the database before that is a fault."""


async def databases(settings: Settings) -> list[Line]:
    """Look at the database of the plans, and at the engine's own."""
    return [await plans_database(settings), await asyncio.to_thread(engine_database, settings)]


async def plans_database(settings: Settings) -> Line:
    """Look at the schema, without changing it."""
    file = sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        return not_there("database", file, settings, settings.planthread_database_url and "PLANTHREAD_DATABASE_URL")
    where = place_of(settings.database_url)
    database = Database(settings.database_url)
    try:
        async with asyncio.timeout(SECONDS):
            async with database.engine.connect() as connection:
                revision = await connection.run_sync(schema_of)
            await database.check(patience=HELD_SECONDS)
            is_taken_elsewhere = not bot_at_work(settings.data) and await is_taken(settings.database_url)
    except NewerSchemaError as error:
        return wrong("database", f"{where} was written by a newer Planthread.", str(error))
    except (SQLAlchemyError, DatabaseHeld, OSError, TimeoutError, sqlite3.Error) as error:
        mend = mend_of(settings.database_url, error)
        if is_damaged(error):
            return wrong("database", f"{where} is damaged ({why(error)}).", f"Stop the bot first. {mend}")
        return wrong("database", f"{where} can't be used ({why(error)}).", mend)
    finally:
        await database.close()
    if is_taken_elsewhere:
        said, _, mend = taken(settings.database_url).rpartition(". ")
        return wrong("database", f"{said}.", mend)
    newest = newest_revision()
    if revision == newest:
        return fine("database", f"{where} is at schema {revision}.")
    return left(
        "database",
        f"{where} is at schema {revision or 'none'}, and this version's is {newest}.",
        "`planthread serve` brings it up to date at its start, after a backup; so does `planthread db upgrade`.",
    )


def engine_database(settings: Settings) -> Line:
    """Look at the engine's database; it may be deleted at any time."""
    file = sqlite_file(settings.engine_url)
    if file is None or not file.exists():
        return not_there("engine", file or Path(), settings, settings.planthread_engine_url and "PLANTHREAD_ENGINE_URL")
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=SECONDS)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        return wrong(
            "engine",
            f"{file} can't be read ({error}).",
            "Stop the bot and delete the file: it holds no facts, and is made again (or set PLANTHREAD_ENGINE_URL).",
        )
    return fine("engine", f"{file} can be read.")


def not_there(check: str, file: Path, settings: Settings, variable: str | None) -> Line:
    """Return the line of a database that is still to be made: fine in the data folder, elsewhere its folder counts."""
    if variable and not file.absolute().parent.is_dir() and file.absolute().parent != settings.data:
        return wrong(
            check, f"{variable}: there is no folder {file.absolute().parent}.", "Make it, or correct the address."
        )
    return left(check, f"{file} is not there yet; `planthread serve` makes it.")


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite address, or None for another database."""
    return file_of(url) if make_url(url).get_backend_name() == "sqlite" else None


async def data_folder(settings: Settings) -> list[Line]:
    """Look whether the folder can be written, has room, and is free."""
    folder = settings.data
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    mend = "Set PLANTHREAD_DATA to a folder that this user may write."
    if not there.is_dir():
        return [wrong("data folder", f"{there} is no folder.", mend)]
    try:
        with tempfile.NamedTemporaryFile(dir=there, prefix=".doctor-"):
            pass
    except OSError as error:
        return [wrong("data folder", f"{there} can't be written ({error.strerror}).", mend)]
    free = shutil.disk_usage(there).free
    room = f"{free / 1024**3:.1f} GB free"
    if free < LEAST_FREE:
        return [wrong("data folder", f"{folder} has {room}.", "Make room, or set PLANTHREAD_DATA to a larger disk.")]
    if there != folder:
        return [left("data folder", f"{folder} is not there yet; `planthread serve` makes it ({room}).")]
    return [fine("data folder", f"{folder} can be written, {room}{bot_at_work(folder)}.")]


async def way_to_pages(settings: Settings) -> list[Line]:
    """Try whether the bot could listen where its pages are to be; only where one is set up to serve."""
    if settings.slack_bot_token is None or bot_at_work(settings.data):
        return []
    where = f"{settings.planthread_host}:{settings.planthread_port}"
    try:
        server = await listen(Starlette(), settings.planthread_host, settings.planthread_port)
    except StartError as error:
        said, _, mend = str(error).partition(". ")
        return [wrong("port", f"{said}.", mend)]
    await server.stop()
    return [fine("port", f"{where} is free.")]


def bot_at_work(folder: Path) -> str:
    """Say that a bot works on a folder, where one does."""
    lock = folder / "planthread.lock"
    if not lock.exists():
        return ""
    try:
        with FileLock(lock, timeout=0):
            return ""
    except Timeout:
        return "; a bot works on it now"


async def programs(settings: Settings) -> list[Line]:
    """Look at git, the sandbox, SQLite, and the packages that generated services are judged with."""
    return [await git(), await sandbox(), sqlite(), packages(settings)]


async def git() -> Line:
    """Look at git and its version."""
    install = f"Install git {version(OLDEST_GIT)} or newer."
    found = shutil.which("git")
    if found is None:
        return wrong("git", "There is no git.", install)
    process = await asyncio.create_subprocess_exec(found, "--version", stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    words = said.decode(errors="replace").split()
    numbers = tuple(int(part) for part in words[2].split(".")[:2] if part.isdigit()) if len(words) > 2 else ()
    if numbers < OLDEST_GIT:
        return wrong("git", f"git {' '.join(words[2:3]) or 'of an unknown version'} is too old.", install)
    return fine("git", f"git {words[2]}")


async def sandbox() -> Line:
    """Try the sandbox."""
    found = await Sandbox.probe()
    if found.level is Level.SANDBOXED:
        return fine("sandbox", f"{found.level}: {found.reason}")
    return left(
        "sandbox",
        f"{found.level}: {found.reason}",
        "Install bubblewrap and util-linux where a model writes code; until then its tasks stay open.",
    )


def sqlite() -> Line:
    """Look at the SQLite that Python brings."""
    if sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        return fine("SQLite", sqlite3.sqlite_version)
    newer = f"A Python with SQLite {version(OLDEST_SQLITE)} or newer is better; nothing has to be done."
    return left("SQLite", f"{sqlite3.sqlite_version} works with a function of our own.", newer)


def packages(settings: Settings) -> Line:
    """Look for the packages that `planthread setup` fetches."""
    place = settings.cache / "environments"
    if any(place.glob("*/.planthread-ready")):
        return fine("packages", f"The packages of generated services are in {place}.")
    return left(
        "packages",
        f"The packages of generated services are not in {place} yet.",
        "`planthread setup` fetches them; else the first build does, which needs a network then.",
    )


def version(numbers: tuple[int, ...]) -> str:
    """Return a version as people write it."""
    return ".".join(map(str, numbers))
