"""One bot a database: who works on it holds a lock that ends with its process, whatever ends that.

Beside a SQLite file lies a file that is locked. On PostgreSQL it is an advisory lock of a transaction that does nothing
else: so it goes through poolers too, and the server takes it back soon from a machine that is gone.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from filelock import FileLock, Timeout
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from bot.store.database import file_of

__all__ = ["Alone", "TakenError", "alone_on", "is_taken"]

BOTS = 0x626F7473
"""The advisory lock of PostgreSQL that a bot holds as long as it works; the number spells “bots”."""
HELD = """
SELECT count(*) FROM pg_locks
WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = CAST(:bots AS oid) AND objsubid = 1
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
"""Counts who holds it: a lock of one number lies in `pg_locks` as two halves, and as kind 1."""
LEASE_SECONDS = 60
"""After so long without a beat the server takes the lock back."""
BEAT_SECONDS = 10.0
LONGEST_BEAT = 20.0
"""Seconds; a server that needs longer counts as away."""
LOOK_SECONDS = 0.1

log = structlog.get_logger("planthread")


class TakenError(Exception):
    """Another Planthread works on the database."""


class Alone:
    """That no other bot works on a database. ``lost`` is set where another one took it while its server was away."""

    def __init__(self) -> None:
        """Begin with nothing lost."""
        self.lost = asyncio.Event()


@asynccontextmanager
async def alone_on(url: str, patience: float) -> AsyncIterator[Alone]:
    """Hold a database as the only bot; ``patience``, in seconds, is for another one that is about to end.

    Raises TakenError, OSError where there can be no file beside that of SQLite, and SQLAlchemyError where PostgreSQL
    can't be reached.
    """
    if make_url(url).get_backend_name() != "sqlite":
        async with held_on_server(url, patience) as alone:
            yield alone
        return
    lock = lock_of(url)
    if lock is None:
        yield Alone()
        return
    held = FileLock(lock, mode=0o600)
    try:
        held.acquire(timeout=patience)
    except Timeout as error:
        raise TakenError from error
    try:
        yield Alone()
    finally:
        held.release()


def lock_of(url: str) -> Path | None:
    """Return the file that is locked beside one of SQLite; None for one in memory, and where its folder isn't there."""
    file = file_of(url)
    if file.name in {"", ":memory:"} or not file.absolute().parent.is_dir():
        return None
    place = file.resolve()  # the same file has the same lock, whatever it is called
    return place.with_name(f"{place.name}.lock")


async def is_taken(url: str) -> bool:
    """Tell whether a bot works on a database, without leaving anything there. Raises as `alone_on`."""
    if make_url(url).get_backend_name() != "sqlite":
        return await is_held_on_server(url)
    lock = lock_of(url)
    if lock is None or not await asyncio.to_thread(lock.exists):
        return False
    try:
        async with alone_on(url, 0.0):
            return False
    except TakenError:
        return True


async def is_held_on_server(url: str) -> bool:
    """Look whether a bot holds the lock of a PostgreSQL database.

    It isn't tried: a bot that takes it again just then, after its server was away, would find another one there.
    """
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with asyncio.timeout(LONGEST_BEAT), engine.connect() as connection:
            return bool(await connection.scalar(text(HELD), {"bots": BOTS}))
    finally:
        await engine.dispose()


@asynccontextmanager
async def held_on_server(url: str, patience: float) -> AsyncIterator[Alone]:
    """Hold the lock of a PostgreSQL database, and take it again whenever its server was away."""
    hold = ServerHold(url)
    try:
        async with asyncio.timeout(patience + LONGEST_BEAT):
            while not await hold.take():
                if patience <= 0:
                    raise TakenError
                await asyncio.sleep(LOOK_SECONDS)
                patience -= LOOK_SECONDS
        beating = asyncio.create_task(hold.keep())
        try:
            yield hold.alone
        finally:
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)
    finally:
        await hold.close()


class ServerHold:
    """A connection to PostgreSQL whose transaction holds the lock."""

    def __init__(self, url: str) -> None:
        """Prepare; nothing is opened before it is taken."""
        self.alone = Alone()
        self._engine = create_async_engine(url, poolclass=NullPool)
        self._connection: AsyncConnection | None = None

    async def take(self) -> bool:
        """Try to take the lock; False where another bot has it. Raises SQLAlchemyError where the server is away."""
        if self._connection is None:
            self._connection = await self._engine.connect()
            await self._connection.execute(
                text(f"SET LOCAL idle_in_transaction_session_timeout = {LEASE_SECONDS * 1000}")
            )
        got = await self._connection.scalar(text("SELECT pg_try_advisory_xact_lock(:bots)"), {"bots": BOTS})
        return bool(got)

    async def keep(self) -> None:
        """Tell the server again and again that the bot is there; end where another bot has the lock."""
        while not self.alone.lost.is_set():
            await asyncio.sleep(BEAT_SECONDS)
            try:
                async with asyncio.timeout(LONGEST_BEAT):
                    if not await self.take():
                        self.alone.lost.set()
            except (SQLAlchemyError, OSError, TimeoutError):
                await self._let_go()

    async def _let_go(self) -> None:
        """Forget a connection that answers no more, so that the next beat makes another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(SQLAlchemyError, OSError, TimeoutError):
                await connection.invalidate()
                await connection.close()

    async def close(self) -> None:
        """Give the lock back."""
        await self._let_go()
        await self._engine.dispose()
