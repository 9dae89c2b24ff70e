"""Readers of a SQLite file: queries run in the event loop itself, and answers hold as long as nobody writes.

A query here takes tens of microseconds; handing it to a thread and back, as the asynchronous driver does, takes ten
times as long. A write-ahead log never makes a reader wait for a writer, so a reader may stay in the loop; a
writer waits for the disk, and doesn't (decision 18).
"""

from __future__ import annotations

import sqlite3
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from pathlib import Path
from types import ModuleType

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import ConnectArgsType
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool

__all__ = ["Kept", "SQLiteReaders", "Watermark", "readers_url"]

DRIVER = "readers"
"""The name of the dialect's driver in a URL: ``sqlite+readers:///…``."""

KEPT_SECONDS = 5.0
"""How long an answer may hold at most: some tell of hours and days, which pass without anybody writing."""

MOST_KEPT = 512
"""How many answers are kept; the one that was asked for longest ago goes first."""


class ReadingCursor(sqlite3.Cursor):
    """A cursor as asynchronous sessions expect one: they let go of it once it was executed."""

    async def _async_soft_close(self) -> None:
        """Do nothing: rows that were not fetched yet are still there to be."""


class ReadingConnection(sqlite3.Connection):
    """A connection that gives such cursors."""

    def cursor(self, factory: type[sqlite3.Cursor] = ReadingCursor) -> sqlite3.Cursor:  # type: ignore[override]
        """Return a cursor."""
        return super().cursor(factory)


class SQLiteReaders(SQLiteDialect_pysqlite):
    """The standard library's driver under asynchronous sessions: nothing in it waits, so no thread is asked."""

    driver = DRIVER
    is_async = True
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> ModuleType:
        """Return the driver."""
        return sqlite3

    def create_connect_args(self, url: URL) -> ConnectArgsType:
        """Return what the driver is called with; an event loop may live in another thread than an earlier one."""
        arguments, options = super().create_connect_args(url)
        return arguments, {**options, "factory": ReadingConnection, "check_same_thread": False}

    @classmethod
    def get_pool_class(cls, url: object) -> type[Pool]:
        """Return a pool whose waiting is asynchronous."""
        return AsyncAdaptedQueuePool


registry.register(f"sqlite.{DRIVER}", __name__, SQLiteReaders.__name__)


def readers_url(url: str) -> str:
    """Return the URL for the readers of the file that a URL names."""
    return make_url(url).set(drivername=f"sqlite+{DRIVER}").render_as_string(hide_password=False)


class Watermark:
    """Says whether anybody, in whichever process, has written to a SQLite file since it was last asked."""

    def __init__(self, file: Path) -> None:
        """Watch a file; it is opened when it is first asked for."""
        self._file = file
        self._connection: sqlite3.Connection | None = None

    def now(self) -> int:
        """Return a number that differs from an earlier one as soon as a transaction was committed in between.

        Raises sqlite3.Error where the file isn't there or can't be read.
        """
        if self._connection is None:
            address = f"{self._file.absolute().as_uri()}?mode=rw"
            self._connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Kept[T]:
    """Answers of questions about the store, each as long as nobody wrote, and `KEPT_SECONDS` at most."""

    def __init__(self, mark: Callable[[], int | None], clock: Callable[[], float] = time.monotonic) -> None:
        """Hold answers while ``mark`` gives the same number; where it gives None nothing is kept."""
        self._mark = mark
        self._clock = clock
        self._answers: OrderedDict[Hashable, tuple[int, float, T]] = OrderedDict()

    async def of(self, question: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
        """Return the answer that still holds, or ask. What ``ask`` raises is not kept."""
        mark, moment = self._mark(), self._clock()
        if mark is None:
            return await ask()
        known = self._answers.get(question)
        if known is not None and known[0] == mark and moment - known[1] < KEPT_SECONDS:
            self._answers.move_to_end(question)
            return known[2]
        answer = await ask()
        self._answers[question] = (mark, moment, answer)
        self._answers.move_to_end(question)
        while len(self._answers) > MOST_KEPT:
            self._answers.popitem(last=False)
        return answer
