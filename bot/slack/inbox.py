"""The inbox: what arrives is kept before it is acknowledged, handled once, and handled again after a crash."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from bot.store.database import Database
from bot.store.tables import InboxItem, now

__all__ = ["Handler", "Inbox"]

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
            while (item := await self._next()) is not None:
                await self._handle(item, handler)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._awake.wait(), EVERY_SECONDS)

    async def _next(self) -> InboxItem | None:
        async with self._database.read() as session:
            query = select(InboxItem).where(col(InboxItem.handled_at).is_(None)).order_by(col(InboxItem.id)).limit(1)
            return await session.scalar(query)

    async def _handle(self, item: InboxItem, handler: Handler) -> None:
        error = ""
        try:
            await handler(item.kind, item.payload, item.key)
        except Exception:
            error = uuid.uuid4().hex[:8]
            log.exception("handling failed", error_id=error, inbox=item.key, kind=item.kind)
        async with self._database.write() as session:
            row = await session.merge(item)
            row.handled_at, row.error = now(), error
            row.payload = {}
