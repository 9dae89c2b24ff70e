"""The inbox: what arrives is kept before it is acknowledged, handled once, and handled again after a crash."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.store.database import Database
from bot.store.refusals import is_away
from bot.store.tables import InboxItem, now
from bot.workflow.work_loop import WorkLoop

__all__ = ["Handler", "Inbox", "error_id", "handling", "mark_handled"]

EVERY_SECONDS = 5.0
PATIENCE_SECONDS = 1.5
"""How long somebody else may hold the database before what arrives is refused; Slack itself waits for three seconds."""

Handler = Callable[[str, dict[str, Any], str], Awaitable[None]]
"""Handles one item: ``(kind, payload, key)``."""

log = structlog.get_logger(__name__)


class Inbox:
    """Keeps items by key and hands them to a handler, one after another.

    Those of one place (a thread, or a channel) go in the order of arrival; places take turns, so that one of them in
    which hundreds of messages arrive keeps nobody else waiting.
    """

    def __init__(self, database: Database) -> None:
        """Keep items in this database."""
        self._database = database
        self._loop = WorkLoop("handling the inbox", lambda: EVERY_SECONDS)
        self._served: dict[str, int] = {}
        self._count = 0

    async def accept(self, key: str, kind: str, payload: dict[str, Any]) -> bool:
        """Keep an item; False when its key was kept before (a second delivery).

        Raises DatabaseHeld while there is time to say so to who waits for it.
        """
        try:
            async with self._database.write(patience=PATIENCE_SECONDS) as session:
                session.add(InboxItem(key=key, kind=kind, payload=payload, turn=turn_of(payload)))
        except IntegrityError:
            return False
        self._loop.wake()
        return True

    async def run(self, handler: Handler) -> None:
        """Handle items until cancelled, beginning with those that an earlier process left."""

        async def emptied() -> None:
            while (item := await self._next()) is not None:
                await self._handle(item, handler)

        await self._loop.run(emptied)

    async def _next(self) -> InboxItem | None:
        """Return the oldest item of the place whose turn was longest ago; of several that had none, what came first."""
        first = func.min(col(InboxItem.id))
        query = (
            select(col(InboxItem.turn), first).where(col(InboxItem.handled_at).is_(None)).group_by(col(InboxItem.turn))
        )
        async with self._database.read() as session:
            waiting = [(turn, item_id) for turn, item_id in (await session.execute(query)).all()]
            if not waiting:
                self._served.clear()
                return None
            turn, item_id = min(waiting, key=lambda one: (self._served.get(one[0], 0), one[1]))
            self._count += 1
            self._served = {one: self._served[one] for one, _ in waiting if one in self._served} | {turn: self._count}
            return await session.get(InboxItem, item_id)

    async def _handle(self, item: InboxItem, handler: Handler) -> None:
        """Hand over one item. What failed keeps its payload, so that what a person said can be found again."""
        error = ""
        try:
            await handler(item.kind, item.payload, item.key)
        except Exception as failure:
            if is_away(failure):
                raise  # nothing of it was kept: it is handled when the database can be had again
            error = error_id(item.key)
            log.exception("handling failed", error_id=error, inbox=item.key, kind=item.kind)
        async with self._database.write() as session:
            row = await session.get_one(InboxItem, item.id)
            row.handled_at, row.error = now(), error
            row.payload = row.payload if error else {}


@contextlib.asynccontextmanager
async def handling(database: Database, key: str) -> AsyncIterator[AsyncSession]:
    """One unit of work that also marks an item as handled, so that a crash after it repeats nothing."""
    async with database.write() as session:
        await mark_handled(session, key)
        yield session


async def mark_handled(session: AsyncSession, key: str) -> None:
    """Mark an item as handled in the unit of work that handles it: after a crash it is done whole, or not at all."""
    await session.execute(update(InboxItem).where(col(InboxItem.key) == key).values(handled_at=now()))


def turn_of(payload: dict[str, Any]) -> str:
    """Return the place that a payload comes from: a thread, else a channel, else the workspace."""
    event = payload.get("event") or {}
    item = event.get("item") or {}
    team = payload.get("team_id") or (payload.get("team") or {}).get("id") or ""
    channel = payload.get("channel") or event.get("channel") or item.get("channel") or payload.get("channel_id") or ""
    message = payload.get("message") or event.get("message") or event.get("previous_message") or event
    thread = message.get("thread_ts") or (message.get("ts") if payload.get("message") else "") or ""
    return "/".join([str(team), str(channel.get("id") if isinstance(channel, dict) else channel), str(thread)])


def error_id(key: str) -> str:
    """Return the short id under which the log tells of the failure of an item."""
    return hashlib.sha256(key.encode()).hexdigest()[:8]
