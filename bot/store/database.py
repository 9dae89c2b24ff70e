"""The database: one engine, two kinds of session, and the unit of work at the boundary; nobody else commits."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Engine, event, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import await_only

from bot.store.reading import Watermark, readers_url

__all__ = [
    "WAIT_SECONDS",
    "Database",
    "DatabaseHeld",
    "answer_of",
    "cause_of",
    "file_of",
    "is_held",
    "migrating_engine",
    "sqlite_url",
]

WRITERS = 0x706C616E
"""The advisory lock of PostgreSQL under which units of work follow one another; the number spells “plan”."""

WAIT_SECONDS = 30
"""How long a connection waits for another one that holds the file."""
UNHURRIED = WAIT_SECONDS * 1000
"""The same in milliseconds, as SQLite counts."""

LOOK_SECONDS = 0.1
"""Seconds between two looks at who is before us."""

LOG_PAUSE = 0.05
"""Seconds between two attempts to switch the journal's mode."""

LOG_ATTEMPTS = 600

HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
"""What SQLite answers while another connection holds the file."""
LOCK_NOT_AVAILABLE = "55P03"
"""What PostgreSQL answers after `lock_timeout`."""
PRIMARY = 0xFF
"""The part of an answer's number that says what happened; the rest says more about it."""


class DatabaseHeld(Exception):  # noqa: N818 (a state of the database, said to people as such)
    """Somebody else holds the database so that nothing can be written for as long as one was ready to wait."""


def is_held(error: Exception) -> bool:
    """Tell whether SQLite or PostgreSQL says that somebody else was not ready in time."""
    return answer_of(error) in HELD or getattr(cause_of(error), "sqlstate", None) == LOCK_NOT_AVAILABLE


def cause_of(error: BaseException) -> BaseException:
    """Return what a driver said, where SQLAlchemy stands around it."""
    return getattr(error, "orig", None) or error


def answer_of(error: BaseException) -> int:
    """Return the number by which SQLite says what happened, without what it says more about it; 0 for other errors."""
    return getattr(cause_of(error), "sqlite_errorcode", 0) & PRIMARY


def sqlite_url(path: Path) -> str:
    """Return the URL of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


class Database:
    """The store's engine and its units of work.

    Writers follow one another on every database, so that what a unit of work reads still holds when it writes. On
    SQLite a write transaction begins IMMEDIATE (the driver's own default loses concurrent updates) and readers use
    deferred transactions on a write-ahead log, without a thread (`bot.store.reading`); on PostgreSQL a writer takes an
    advisory lock. One lock more orders the writers of this process.
    """

    def __init__(self, url: str) -> None:
        """Prepare the engine for an async URL; nothing is opened before the first use."""
        self.url = url
        self.engine = engine_of(url)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._readers = engine_of(readers_url(url)) if self.has_file else self.engine
        self._reading = async_sessionmaker(self._readers, expire_on_commit=False)
        self._watermark = Watermark(file_of(url)) if self.has_file else None
        self._writing = asyncio.Lock()
        self._begins: float | None = None
        self._listeners: list[Callable[[], None]] = []

    @property
    def is_sqlite(self) -> bool:
        """Tell whether the store is a SQLite file."""
        return self.url.startswith("sqlite")

    @property
    def has_file(self) -> bool:
        """Tell whether the store is a SQLite file that other connections can open too."""
        return self.is_sqlite and make_url(self.url).database not in {None, "", ":memory:"}

    def watermark(self) -> int | None:
        """Return a number that changes with every commit of anybody; None where that isn't known cheaply."""
        try:
            return None if self._watermark is None else self._watermark.now()
        except sqlite3.Error:
            return None

    def exists(self) -> bool:
        """Tell whether the file of a SQLite store is there."""
        return file_of(self.url).is_file()

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Have a function called after each committed unit of work; it must only wake somebody."""
        self._listeners.append(listener)

    @asynccontextmanager
    async def write(self, patience: float = WAIT_SECONDS) -> AsyncIterator[AsyncSession]:
        """One unit of work: committed when the block ends, rolled back when it raises. No network call inside.

        Raises DatabaseHeld where somebody else holds the database for longer than ``patience``, in seconds.
        """
        async with self._begun(patience) as session:
            yield session
            await to_its_end(session.commit())
        for listener in self._listeners:
            listener()

    @asynccontextmanager
    async def _begun(self, patience: float) -> AsyncIterator[AsyncSession]:
        """Give a session in a transaction that may write; what isn't committed is rolled back."""
        async with self._turn(patience), self._sessions() as session:
            self._begins = time.monotonic()
            try:
                await self._begin(session, patience)
            finally:
                self._begins = None
            yield session

    @asynccontextmanager
    async def _turn(self, patience: float) -> AsyncIterator[None]:
        """Wait for the writers of this process that came before, but not for one that gets nothing itself."""
        turn = asyncio.ensure_future(self._writing.acquire())
        try:
            while not turn.done():
                await asyncio.wait({turn}, timeout=LOOK_SECONDS)
                if not turn.done() and self._begins is not None and time.monotonic() - self._begins >= patience:
                    raise DatabaseHeld
            yield
        finally:
            if not turn.cancel():
                self._writing.release()

    async def _begin(self, session: AsyncSession, patience: float) -> None:
        milliseconds = round(patience * 1000)
        try:
            if self.is_sqlite:
                options = {"sqlite_begin": "IMMEDIATE", "sqlite_patience": milliseconds}
                await session.connection(execution_options=options)
                return
            await session.execute(text(f"SET LOCAL lock_timeout = {milliseconds}"))
            await session.execute(text("SELECT pg_advisory_xact_lock(:writers)"), {"writers": WRITERS})
            await session.execute(text("SET LOCAL lock_timeout = 0"))
        except DBAPIError as error:
            if is_held(error):
                raise DatabaseHeld from error
            raise

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Give a session for reading; what is changed in it is never kept. Rows stay readable after it ends."""
        async with self._reading() as session:
            yield session
            session.expunge_all()  # the end of the session rolls back, shielded: a stop may cancel its reader here

    async def check(self, patience: float = WAIT_SECONDS) -> None:
        """Begin a unit of work, and end it without one: it can be read and written.

        Raises SQLAlchemyError when the database can't be reached, DatabaseHeld as `write`.
        """
        async with self._begun(patience):
            pass

    async def rewrite(self) -> None:
        """Write the database anew without what was deleted in it, so that no file of it holds that any more.

        The bot may go on meanwhile; its writers wait.
        """
        async with self._writing:
            if self.is_sqlite:
                await asyncio.to_thread(rewrite_sqlite, str(file_of(self.url)))
                return
            async with self.engine.connect() as connection:
                settled = await connection.execution_options(isolation_level="AUTOCOMMIT")
                await settled.execute(text("VACUUM FULL"))

    async def close(self) -> None:
        """Close every connection."""
        if self._watermark is not None:
            self._watermark.close()
        if self._readers is not self.engine:
            await self._readers.dispose()
        await self.engine.dispose()


async def to_its_end(work: Coroutine[None, None, None]) -> None:
    """Do what must not be broken off; who is cancelled meanwhile waits for it first."""
    doing = asyncio.create_task(work)
    try:
        await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait({doing})
        raise


def file_of(url: str) -> Path:
    """Return the file that a URL of SQLite names."""
    return Path(make_url(url).database or "")


def engine_of(url: str) -> AsyncEngine:
    """Return the engine of an async URL; a connection that a server of PostgreSQL closed is replaced unseen."""
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_pre_ping=True)
    engine = create_async_engine(url)
    configure_sqlite(engine.sync_engine)
    return engine


def migrating_engine(url: str) -> AsyncEngine:
    """Return an engine for migrations: SQLite rebuilds tables, and must not delete what refers to the old ones."""
    engine = create_async_engine(url, poolclass=NullPool)
    if url.startswith("sqlite"):
        configure_sqlite(engine.sync_engine, foreign_keys=False)
    return engine


def rewrite_sqlite(path: str) -> None:
    """Write a file anew, and empty its log; others may hold it for half a minute."""
    with contextlib.closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def use_write_ahead_log(cursor: DBAPICursor) -> None:
    """Switch the file to a write-ahead log, waiting for others: SQLite's own timeout does not cover the switch.

    Raises sqlite3.OperationalError where somebody keeps the file locked for half a minute, and at once where the switch
    fails for another reason.
    """
    for _ in range(LOG_ATTEMPTS):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if not is_held(error):
                raise
            await_only(asyncio.sleep(LOG_PAUSE))
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL")


def configure_sqlite(engine: Engine, *, foreign_keys: bool = True) -> None:
    """Set the pragmas and take over BEGIN, so that writers queue up instead of failing.

    What is deleted or emptied is overwritten at once: its bytes would stay in the file until they are needed.
    """
    referring = "ON" if foreign_keys else "OFF"
    waiting = f"busy_timeout={UNHURRIED}"
    pragmas = (waiting, f"foreign_keys={referring}", "synchronous=FULL", "secure_delete=ON")

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        use_write_ahead_log(cursor)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        mode, patience = options.get("sqlite_begin", "DEFERRED"), options.get("sqlite_patience", UNHURRIED)
        if patience == UNHURRIED:
            connection.exec_driver_sql(f"BEGIN {mode}")
            return
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
        try:
            connection.exec_driver_sql(f"BEGIN {mode}")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={UNHURRIED}")
