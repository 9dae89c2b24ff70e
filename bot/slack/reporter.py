"""The reporter: renders what the outbox holds, posts it once, and edits it when what it shows has changed."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlmodel import col

from bot.slack.blocks.rendered import Rendered
from bot.slack.rendering import render_item
from bot.store.database import Database
from bot.store.tables import OutboxItem, Plan, now
from bot.workflow.messages import MessageKind

__all__ = ["Reporter"]

EVERY_SECONDS = 5.0
METADATA = "planthread"
LONGEST_LOOK_BACK = 200
FINAL_REFUSALS = frozenset(
    {"channel_not_found", "is_archived", "not_in_channel", "message_not_found", "cant_update_message", "invalid_blocks"}
)

log = structlog.get_logger(__name__)


class Reporter:
    """Sends what is due. ``pace`` is the least number of seconds between two calls for one channel."""

    def __init__(self, database: Database, client: AsyncWebClient, bot_user: str, pace: float = 1.0) -> None:
        """Report as the bot user through this client."""
        self._database = database
        self._client = client
        self._bot_user = bot_user
        self._pace = pace
        self._awake = asyncio.Event()
        self._last: dict[str, float] = {}

    def wake(self) -> None:
        """Look at the outbox now."""
        self._awake.set()

    async def run(self) -> None:
        """Report until cancelled."""
        while True:
            self._awake.clear()
            try:
                await self.report()
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("Slack can't be reached; trying again in a moment", reason=str(error))
            except Exception:
                log.exception("reporting failed; trying again in a moment")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._awake.wait(), EVERY_SECONDS)

    async def report(self) -> None:
        """Send everything that is due, oldest first."""
        for item_id in await self._due():
            await self._send(item_id)

    async def _due(self) -> list[int]:
        async with self._database.read() as session:
            query = select(col(OutboxItem.id)).where(col(OutboxItem.sent_version) < col(OutboxItem.version))
            return [number for number in (await session.scalars(query.order_by(col(OutboxItem.id)))).all() if number]

    async def _send(self, item_id: int) -> None:
        async with self._database.read() as session:
            item = await session.get(OutboxItem, item_id)
            if item is None:
                return
            plan = await session.get(Plan, item.plan_id) if item.plan_id else None
            if plan is not None and plan.thread is None and item.kind != MessageKind.CARD:
                return
            message = await render_item(session, item, plan)
        if message is None:
            await self._sent(item, item.message)
            return
        await self._keep_pace(item.channel)
        try:
            posted = await (self._edit(item, message) if item.message else self._post(item, message, plan))
        except SlackApiError as error:
            await self._refused(item, str(error.response.get("error")))
            return
        await self._sent(item, posted)

    async def _edit(self, item: OutboxItem, message: Rendered) -> str | None:
        await self._client.chat_update(
            channel=item.channel, ts=item.message or "", text=message.text, blocks=message.blocks
        )
        return item.message

    async def _post(self, item: OutboxItem, message: Rendered, plan: Plan | None) -> str:
        """Post a message. One that was tried before may have arrived: the thread is read first."""
        thread = plan.thread if plan is not None and item.kind != MessageKind.CARD else None
        if item.tried_at is not None:
            found = await self._find(item, thread)
            if found is not None:
                return found
        async with self._database.write() as session:
            (await session.merge(item)).tried_at = now()
        answer = await self._client.chat_postMessage(
            channel=item.channel,
            thread_ts=thread,
            text=message.text,
            blocks=message.blocks,
            metadata={"event_type": METADATA, "event_payload": {"key": item.key}},
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["ts"])

    async def _find(self, item: OutboxItem, thread: str | None) -> str | None:
        """Return the message that carries the item's key, when an earlier try was taken."""
        look: dict[str, Any] = {"channel": item.channel, "limit": LONGEST_LOOK_BACK, "include_all_metadata": True}
        client = self._client
        answer = await (
            client.conversations_replies(ts=thread, **look) if thread else client.conversations_history(**look)
        )
        for found in answer.get("messages") or []:
            payload = (found.get("metadata") or {}).get("event_payload") or {}
            if payload.get("key") == item.key and found.get("user") in {self._bot_user, None}:
                return str(found["ts"])
        return None

    async def _sent(self, item: OutboxItem, posted: str | None) -> None:
        async with self._database.write() as session:
            row = await session.get(OutboxItem, item.id)
            if row is None:
                return
            row.sent_version, row.message, row.error = item.version, posted, ""
            if item.kind == MessageKind.CARD and item.plan_id and posted:
                plan = await session.get(Plan, item.plan_id)
                if plan is not None and plan.thread is None:
                    plan.thread = posted

    async def _refused(self, item: OutboxItem, reason: str) -> None:
        """Slack said no. What can't ever work is not tried again; the rest stays due."""
        log.warning("Slack refused a message", reason=reason, key=item.key)
        async with self._database.write() as session:
            row = await session.get(OutboxItem, item.id)
            if row is not None:
                row.error = reason
                if reason in FINAL_REFUSALS:
                    row.sent_version = item.version

    async def _keep_pace(self, channel: str) -> None:
        wait = self._last.get(channel, 0.0) + self._pace - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        self._last[channel] = time.monotonic()
