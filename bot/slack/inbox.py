"""The inbox: what arrives is kept before it is acknowledged, handled once, and handled again after a crash."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.store.database import Database
from bot.store.tables import InboxItem, now

__all__ = ["Handler", "Inbox", "error_id", "handling", "mark_handled"]

EVERY_SECONDS = 5.0

Handler = Callable[[str, dict[str, Any], str], Awaitable[None]]
"""Handles one item: ``(kind, payload, key)``."""

log = structlog.get_logger(__name__)


class Inbox:
    """Keeps items by key and hands them to a handler, one after another, in the order of arrival."""

    def __init__(self, database: Database) -> None:
        """Keep items in this database."""
        self._database = database
        self._awake = asyncio.Event()

    async def accept(self, key: str, kind: str, payload: dict[str, Any]) -> bool:
        """Keep an item; False when its key was kept before (a second delivery)."""
        try:
            async with self._database.write() as session:
                session.add(InboxItem(key=key, kind=kind, payload=payload))
        except IntegrityError:
            return False
        self._awake.set()
        return True

    async def run(self, handler: Handler) -> None:
        """Handle items until cancelled, beginning with those that an earlier process left."""
        while True:
            self._awake.clear()
            try:
                while (item := await self._next()) is not None:
                    await self._handle(item, handler)
            except Exception:
                log.exception("the inbox can't be read; trying again in a moment")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._awake.wait(), EVERY_SECONDS)

    async def _next(self) -> InboxItem | None:
        async with self._database.read() as session:
            query = select(InboxItem).where(col(InboxItem.handled_at).is_(None)).order_by(col(InboxItem.id)).limit(1)
            return await session.scalar(query)

    async def _handle(self, item: InboxItem, handler: Handler) -> None:
        """Hand over one item. What failed keeps its payload, so that what a person said can be found again."""
        error = ""
        try:
            await handler(item.kind, item.payload, item.key)
        except Exception:
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


def error_id(key: str) -> str:
    """Return the short id under which the log tells of the failure of an item."""
    return hashlib.sha256(key.encode()).hexdigest()[:8]
