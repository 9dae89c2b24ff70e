"""Why a database can't be worked with, as one sentence: what was said, without statements, and what to do."""

from __future__ import annotations

import sqlite3

from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.store.database import LOCK_NOT_AVAILABLE, DatabaseHeld, answer_of, cause_of, file_of, is_held

__all__ = ["is_away", "is_damaged", "mend_of", "place_of", "refusal_of", "why"]


OUTSIDE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
    }
)
"""What SQLite answers where its file can't be had: held, closed to this user, on a disk that is full or broken."""
SERVER_STATES = ("08", "28", "3D", "53", "57")
"""How states of PostgreSQL begin that tell of its server: the connection, who may come in, room, and its stop."""


def refusal_of(url: str, error: Exception) -> str:
    """Return the sentence for a database that can't be opened, read or written."""
    return f"The database {place_of(url)} can't be opened ({why(error)}). {mend_of(url, error)}"


def place_of(url: str) -> str:
    """Return where a database is, as people write it: a file, or an address without its driver and its password."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        return str(file_of(url))
    return parts.set(drivername=parts.get_backend_name(), query={}).render_as_string(hide_password=True)


def mend_of(url: str, error: Exception) -> str:
    """Return what to do about a database that can't be opened; a backup is for one that is damaged only."""
    is_file = make_url(url).get_backend_name() == "sqlite"
    if isinstance(error, DatabaseHeld) or is_held(error) or (is_file and isinstance(error, TimeoutError)):
        return "Another process holds it: end that one, and try again. Nothing that was kept is lost."
    if is_damaged(error):
        return "The file is damaged: put the newest backup back with `planthread db restore FILE`; it is kept aside."
    if is_file:
        return "Check PLANTHREAD_DATABASE_URL (PLANTHREAD_DATA without it), and that this user may read and write it."
    return "See that its server runs, or correct PLANTHREAD_DATABASE_URL. Nothing that was kept there is lost."


def is_away(error: BaseException) -> bool:
    """Tell whether a database can't be had just now, for a reason outside of this process.

    A statement that a database refuses is a fault of ours, and none of these.
    """
    if isinstance(cause_of(error), sqlite3.Error):
        return answer_of(error) in OUTSIDE
    if isinstance(error, OperationalError | InterfaceError):
        state = getattr(cause_of(error), "sqlstate", None)
        return state is None or state.startswith(SERVER_STATES) or state == LOCK_NOT_AVAILABLE
    return isinstance(error, DatabaseHeld)


def is_damaged(error: Exception) -> bool:
    """Tell whether SQLite finds a file damaged, or no database at all."""
    return answer_of(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def why(error: BaseException) -> str:
    """Return why a database failed, in one line without statements."""
    if isinstance(error, DatabaseHeld):
        return "it is locked"
    return str(cause_of(error)).strip().partition("\n")[0] or "it doesn't answer"
