"""What is kept: messages, members, files and read marks, in one SQLite file of the data folder.

Every message is one row whose body is the JSON that Slack would give. Rows with ``only_for`` are ephemeral: the Web API
never returns them, the page shows them to that person.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.local_workspace.directory import MEMBERS, Json

__all__ = ["History", "StoredFile", "StoredMessage"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    channel TEXT NOT NULL, ts TEXT NOT NULL, thread_ts TEXT NOT NULL DEFAULT '', author TEXT NOT NULL,
    only_for TEXT NOT NULL DEFAULT '', body TEXT NOT NULL, earlier TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (channel, ts)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS threads ON messages (channel, thread_ts, ts);
CREATE TABLE IF NOT EXISTS members (channel TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY (channel, person));
CREATE TABLE IF NOT EXISTS marks (
    person TEXT NOT NULL, channel TEXT NOT NULL, ts TEXT NOT NULL, PRIMARY KEY (person, channel)
);
CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, body TEXT NOT NULL, content BLOB);
"""
EARLIER_VERSIONS = 5
MICROSECONDS = 1_000_000


@dataclass(frozen=True)
class StoredMessage:
    """One message. ``body`` is Slack's JSON without the reply counts; ``earlier`` holds its last former bodies."""

    channel: str
    ts: str
    author: str
    body: Json
    thread_ts: str = ""
    only_for: str = ""
    earlier: tuple[Json, ...] = ()

    @property
    def is_reply(self) -> bool:
        """Tell whether it stands in a thread and isn't the thread's head."""
        return bool(self.thread_ts) and self.thread_ts != self.ts

    def edited(self, body: Json) -> StoredMessage:
        """Return it with a new body, the old one remembered."""
        return replace(self, body=body, earlier=(*self.earlier, self.body)[-EARLIER_VERSIONS:])


@dataclass(frozen=True)
class StoredFile:
    """An uploaded file; ``content`` is None between asking for an address and uploading."""

    id: str
    body: Json = field(default_factory=dict)
    content: bytes | None = None


class History:
    """The workspace's memory. One process, one connection; every call is a short transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        fresh = not self._database.execute("SELECT 1 FROM sqlite_master WHERE name='members'").fetchone()
        self._database.executescript(SCHEMA)
        if fresh:
            rows = [(channel, person) for channel, people in MEMBERS.items() for person in people]
            self._database.executemany("INSERT INTO members VALUES (?, ?)", rows)
        latest = self._database.execute("SELECT max(ts) FROM messages").fetchone()[0]
        self._last_tick = int(str(latest).replace(".", "")) if latest else 0

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def next_ts(self) -> str:
        """Return a time stamp later than any before, as Slack writes them: seconds, a dot, six digits."""
        self._last_tick = max(self._last_tick + 1, int(time.time() * MICROSECONDS))
        seconds, rest = divmod(self._last_tick, MICROSECONDS)
        return f"{seconds}.{rest:06d}"

    # Messages

    def save(self, message: StoredMessage) -> None:
        """Insert or replace a message."""
        self._database.execute(
            "INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                message.channel,
                message.ts,
                message.thread_ts,
                message.author,
                message.only_for,
                json.dumps(message.body),
                json.dumps(message.earlier),
            ),
        )

    def remove(self, channel: str, ts: str) -> None:
        """Delete a message."""
        self._database.execute("DELETE FROM messages WHERE channel=? AND ts=?", (channel, ts))

    def message(self, channel: str, ts: str) -> StoredMessage | None:
        """Return a message, ephemeral ones too."""
        return next(self._messages("channel=? AND ts=?", (channel, ts)), None)

    def top_level(self, channel: str, viewer: str = "") -> list[StoredMessage]:
        """Return what stands in the channel itself, oldest first, with the viewer's ephemeral messages."""
        where = "channel=? AND only_for IN ('', ?) AND (thread_ts IN ('', ts) OR body LIKE '%\"thread_broadcast\"%')"
        return list(self._messages(where, (channel, viewer)))

    def thread(self, channel: str, ts: str, viewer: str = "") -> list[StoredMessage]:
        """Return a thread, its head first, with the viewer's ephemeral messages."""
        where = "channel=? AND only_for IN ('', ?) AND (ts=? OR thread_ts=?)"
        return list(self._messages(where, (channel, viewer, ts, ts)))

    def since(self, channel: str, ts: str) -> list[StoredMessage]:
        """Return everything of a channel after a time stamp that is for everyone."""
        return list(self._messages("channel=? AND only_for='' AND ts>?", (channel, ts)))

    def _messages(self, where: str, arguments: tuple[str, ...]) -> Iterator[StoredMessage]:
        columns = "channel, ts, author, body, thread_ts, only_for, earlier"
        query = f"SELECT {columns} FROM messages WHERE {where} ORDER BY ts"  # noqa: S608 (constant clauses of this file)
        for channel, ts, author, body, thread_ts, only_for, earlier in self._database.execute(query, arguments):
            former = tuple(json.loads(earlier))
            yield StoredMessage(channel, ts, author, json.loads(body), thread_ts, only_for, former)

    # Members and read marks

    def members(self, channel: str) -> list[str]:
        """Return the ids of a channel's people."""
        return [row[0] for row in self._database.execute("SELECT person FROM members WHERE channel=?", (channel,))]

    def is_member(self, channel: str, person: str) -> bool:
        """Tell whether someone is in a channel."""
        return person in self.members(channel)

    def join(self, channel: str, person: str) -> None:
        """Let someone in."""
        self._database.execute("INSERT OR IGNORE INTO members VALUES (?, ?)", (channel, person))

    def leave(self, channel: str, person: str) -> None:
        """Take someone out."""
        self._database.execute("DELETE FROM members WHERE channel=? AND person=?", (channel, person))

    def mark(self, person: str, channel: str, ts: str) -> None:
        """Note how far someone has read."""
        self._database.execute("INSERT OR REPLACE INTO marks VALUES (?, ?, ?)", (person, channel, ts))

    def read_until(self, person: str, channel: str) -> str:
        """Return how far someone has read a channel: a time stamp, or an empty text."""
        query = "SELECT ts FROM marks WHERE person=? AND channel=?"
        row = self._database.execute(query, (person, channel)).fetchone()
        return str(row[0]) if row else ""

    # Files

    def save_file(self, file: StoredFile) -> None:
        """Insert or replace a file."""
        self._database.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (file.id, json.dumps(file.body), file.content)
        )

    def file(self, file_id: str) -> StoredFile | None:
        """Return a file with its content."""
        row = self._database.execute("SELECT id, body, content FROM files WHERE id=?", (file_id,)).fetchone()
        return StoredFile(row[0], json.loads(row[1]), row[2]) if row else None
