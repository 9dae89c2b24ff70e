"""What can be wrong at a start: each thing that is opened, and its refusal as one sentence with the variable to set."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import structlog
from filelock import FileLock, Timeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp

from bot.building.memory_folder import SHARED_MEMORY, SHORT_PLACE, forget_the_dead
from bot.engine.durable import DurableEngine
from bot.language_model.first_call import trouble_with
from bot.publishing.chosen import ChosenPublisher
from bot.publishing.github import GitHubPublisher
from bot.publishing.local import UNFINISHED
from bot.repository.errors import GitError
from bot.repository.leftovers import swept
from bot.slack.doors import Door
from bot.slack.first_answer import warnings_of
from bot.slack.refusals import NO_ANSWER_OF_SLACK, reason_of
from bot.store.alone import Alone, TakenError, alone_on
from bot.store.backup import BackupError
from bot.store.data_folder import DataFolder
from bot.store.database import Database, DatabaseHeld, answer_of, cause_of, file_of
from bot.store.postgresql import PostgreSQLError
from bot.store.refusals import place_of, refusal_of, why
from bot.web.app import Readiness
from bot.web.serving import WebServer, serve_web
from bot.workflow.ports import Publisher, PublishingError

__all__ = [
    "StartError",
    "ask_github",
    "ask_model",
    "launch",
    "let_in",
    "listen",
    "make_private",
    "only_bot",
    "only_one",
    "reached",
    "require_git",
    "room_on",
    "taken",
    "tidy",
    "upgraded",
]

log = structlog.get_logger("planthread")

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before Slack is asked again that can't be reached at a start."""
LOCK_SECONDS = 5.0
"""How long a start waits for the bot before it to let go of the data folder."""


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
LEAST_ROOM = 1024 * 1024
"""Bytes; with less than that, SQLite's input or output error is one of a full disk."""


class StartError(Exception):
    """Planthread can't start here: a folder that is taken, a refusal of Slack. The message says what to do."""


class SlackAwayError(StartError):
    """Slack can't be reached at the moment."""


@contextlib.contextmanager
def room_on(data: Path) -> Iterator[None]:
    """Say it as StartError where what is done fails for want of room on the data folder's disk, however it says so."""
    try:
        yield
    except (StartError, OSError, SQLAlchemyError, sqlite3.Error) as error:
        if not is_full(data, error):
            raise
        raise StartError(
            f"The disk of {data} is full. Nothing is lost: make room there, or move the folder to a larger disk and "
            "set PLANTHREAD_DATA to it; then start again."
        ) from error


def is_full(data: Path, error: BaseException) -> bool:
    """Tell whether a failure, or what a StartError was made of, comes from a full disk."""
    first = error.__cause__ if isinstance(error, StartError) and error.__cause__ else error
    if isinstance(cause := cause_of(first), OSError):
        return cause.errno in NO_ROOM
    number = answer_of(first)
    if number == sqlite3.SQLITE_FULL:
        return True
    return number == sqlite3.SQLITE_IOERR and data.exists() and shutil.disk_usage(data).free < LEAST_ROOM


@contextlib.contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder for this process, closed to other users unless others made it.

    Raises StartError where it is taken or can't be written.
    """
    try:
        is_ours = not data.exists() or (data / "planthread.lock").exists()
        data.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        (data / "planthread.lock").touch()
        if is_ours:
            data.chmod(PRIVATE_FOLDER)
    except OSError as error:
        raise StartError(
            f"{data} can't be written ({error.strerror}). Set PLANTHREAD_DATA to a folder of your own."
        ) from error
    lock = FileLock(data / "planthread.lock")
    try:
        lock.acquire(timeout=LOCK_SECONDS)
    except Timeout as error:
        raise StartError(
            f"Another Planthread works on {data}. Stop it, or set PLANTHREAD_DATA to another folder."
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextlib.asynccontextmanager
async def only_bot(url: str) -> AsyncIterator[Alone]:
    """Hold the database for this process: two data folders may name the same one, and each would undo the other's.

    Raises StartError where another bot works on it, or it can't be reached.
    """
    require_folder(url)
    async with contextlib.AsyncExitStack() as held:
        try:
            alone = await held.enter_async_context(alone_on(url, LOCK_SECONDS))
        except TakenError as error:
            raise StartError(taken(url)) from error
        except (SQLAlchemyError, TimeoutError) as error:
            raise StartError(refusal_of(url, error)) from error
        except OSError as error:
            raise StartError(
                f"{file_of(url).absolute().parent} can't be written ({error.strerror}), and the database lies there. "
                "Let this user write in that folder, or correct PLANTHREAD_DATABASE_URL."
            ) from error
        yield alone


def taken(url: str) -> str:
    """Return the sentence for a database on which another bot works."""
    return (
        f"Another Planthread works on the database {place_of(url)}. Stop it, or set PLANTHREAD_DATABASE_URL to a "
        "database of its own."
    )


@contextlib.contextmanager
def tidy(folder: DataFolder) -> Iterator[None]:
    """Take away what a killed bot left in its data folder, and have throwaway folders of this one be made there too.

    The next start finds them there, whatever ends this process. Raises StartError.
    """
    shutil.rmtree(folder.work, ignore_errors=True)
    for unfinished in folder.remotes.glob(f"{UNFINISHED}*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    for place in (SHARED_MEMORY, SHORT_PLACE):
        forget_the_dead(place)
    for left in swept(list(folder.kept.values())):
        log.info("swept what a killed git left", path=str(left))
    try:
        folder.work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StartError(
            f"{folder.work} can't be made a folder ({error.strerror}). Move away what is there."
        ) from error
    before, tempfile.tempdir = tempfile.tempdir, str(folder.work)
    try:
        yield
    finally:
        tempfile.tempdir = before


async def upgraded(folder: DataFolder, database: Database) -> None:
    """Bring the schema up to date. Raises StartError where the database can't be opened, and what an upgrade raises."""
    try:
        await asyncio.to_thread(make_private, database.url)
        await folder.upgrade(database)
    except (SQLAlchemyError, sqlite3.Error, DatabaseHeld) as error:
        raise StartError(refusal_of(database.url, error)) from error
    except (BackupError, PostgreSQLError, GitError, OSError) as error:
        raise StartError(
            f"The backup before the upgrade of the schema can't be made ({why(error)}). Nothing was changed; "
            "mend that, or set PLANTHREAD_DATA to a folder in which backups/ can be written."
        ) from error


def make_private(url: str) -> None:
    """Have a SQLite file readable for its owner only, and what lies beside it; SQLite makes later ones the same.

    What can't be had so stays as it is: who opens it then says why.
    """
    parts = make_url(url)
    if parts.get_backend_name() != "sqlite" or parts.database in {None, "", ":memory:"}:
        return
    file = Path(str(parts.database))
    with contextlib.suppress(OSError):
        file.touch(mode=PRIVATE_FILE, exist_ok=False)
    for one in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        with contextlib.suppress(OSError):
            if one.is_file():
                one.chmod(PRIVATE_FILE)


def require_git() -> None:
    """Raise StartError where there is no git: every build commits with it."""
    if shutil.which("git") is None:
        raise StartError("There is no git here. Install git 2.38 or newer, or correct PATH; then start again.")


def require_folder(url: str) -> None:
    """Raise StartError where a SQLite file is to lie in a folder that isn't there."""
    place = file_of(url).absolute().parent
    if make_url(url).get_backend_name() == "sqlite" and not place.is_dir():
        raise StartError(f"There is no folder {place} for the database. Make it, or correct PLANTHREAD_DATABASE_URL.")


async def listen(site: ASGIApp, host: str, port: int) -> WebServer:
    """Serve the bot's pages. Raises StartError where the address can't be had."""
    try:
        return await serve_web(site, host, port)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise StartError(
                f"PLANTHREAD_HOST {host} is no address of this machine. Set it to 127.0.0.1, or to 0.0.0.0 for all."
            ) from error
        raise StartError(
            f"PLANTHREAD_PORT {port} can't be used on {host} ({error.strerror}). Stop what uses it, or set another."
        ) from error


async def launch(engine: DurableEngine, url: str) -> None:
    """Start the engine. Raises StartError where its database can't be opened."""
    try:
        await asyncio.to_thread(make_private, url)
        await engine.launch()
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StartError(
            f"The engine's database {url} can't be opened ({why(error)}). Check PLANTHREAD_ENGINE_URL, or delete "
            "the file: it holds no facts, and is made again."
        ) from error


async def let_in(door: Door) -> None:
    """Ask Slack for deliveries. Raises StartError where it won't or can't."""
    try:
        await door.open()
    except SlackApiError as error:
        raise StartError(
            f"Slack refused SLACK_APP_TOKEN ({reason_of(error)}). Make an app-level token with "
            "connections:write (Basic Information, App-Level Tokens) for it."
        ) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise StartError(f"Slack's socket can't be reached ({error}). Check the network and SLACK_API_URL.") from error


async def ask_github(publisher: Publisher) -> None:
    """Warn where GitHub refuses who the bot is, or can't be reached; it is needed only when something is delivered."""
    github = publisher.github if isinstance(publisher, ChosenPublisher) else publisher
    if not isinstance(github, GitHubPublisher):
        return
    try:
        await github.place()
    except PublishingError as error:
        reason = error.said.partition(";")[0]
        log.warning("repositories can't go to GitHub now; `planthread doctor` says what to do", reason=reason)


async def ask_model(api_key: str, base_url: str | None, name: str) -> None:
    """Tell the log whether the model answers; without it plans rest, and say so, and everything else goes on."""
    trouble = await trouble_with(api_key, base_url, name)
    if trouble:
        log.warning(f"{trouble.said} {trouble.mend}", model=name)
        return
    log.info("the model answers", model=name)


async def reached(client: AsyncWebClient, site: Callable[[Readiness], ASGIApp], host: str, port: int) -> str:
    """Return the bot's user id as soon as Slack can be reached. Meanwhile a site says that it can't.

    Raises StartError when Slack refuses the token, or the address can't be had.
    """
    try:
        return await who_am_i(client)
    except SlackAwayError as away:
        reason = str(away)
    log.warning(reason)

    async def problems() -> list[str]:
        return [reason]

    pages = await listen(site(problems), host, port)
    try:
        return await when_reached(client)
    finally:
        await pages.stop()


async def when_reached(client: AsyncWebClient) -> str:
    """Ask Slack who the bot is after ever longer pauses. Raises StartError as `who_am_i`, but for Slack's absence."""
    pause = FIRST_PAUSE
    while True:
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
        with contextlib.suppress(SlackAwayError):
            user = await who_am_i(client)
            log.info("Slack can be reached again")
            return user


async def who_am_i(client: AsyncWebClient) -> str:
    """Return the bot's user id, and log what should be mended though it can start.

    Raises StartError when Slack refuses the token, SlackAwayError when it can't be reached.
    """
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        reason = reason_of(error)
        if reason in {NO_ANSWER_OF_SLACK, "unknown_method"}:
            raise StartError(
                "SLACK_API_URL doesn't lead to Slack's Web API. Leave it empty for Slack itself."
            ) from error
        raise StartError(f"Slack refused SLACK_BOT_TOKEN ({reason}). Copy it again from the app's page.") from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise SlackAwayError(
            "Slack can't be reached; it is tried again by itself. If that goes on, check the network and SLACK_API_URL."
        ) from error
    for warning in warnings_of(answer.headers, datetime.now(UTC)):
        log.warning(warning)
    return str(answer["user_id"])
