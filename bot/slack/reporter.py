"""The reporter: renders what the outbox holds, posts it once, and edits it when what it shows has changed."""

from __future__ import annotations

import asyncio
import itertools
import time
import uuid
from datetime import timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.digests.schedules import end_digest
from bot.slack.blocks.rendered import Rendered
from bot.slack.dialect import Dialect
from bot.slack.directs import Directs
from bot.slack.plan_pages import NO_PAGES, PlanPages
from bot.slack.private_channels import PrivateChannels
from bot.slack.refusals import reason_of
from bot.slack.rendering import render_item
from bot.slack.timely import TIMELY
from bot.slack.uploads import Uploads
from bot.store.database import Database
from bot.store.tables import OutboxItem, Plan, now
from bot.workflow.involvement import channels_of
from bot.workflow.messages import MessageKind, is_person, post_card_again
from bot.workflow.work_loop import WorkLoop

__all__ = ["Reporter"]

EVERY_SECONDS = 5.0
LONGEST_REST = 300.0
"""Seconds; a message that keeps failing is tried again after 5, 10, 20 … and at last every 300 seconds."""
METADATA = "planthread"
LOOK_BACK = timedelta(minutes=5)
"""How long before its first try a lost message is looked for: clocks of two machines differ."""
PAGE = 200
FINAL_REFUSALS = frozenset(
    {
        "cant_update_message", "channel_not_found", "invalid_blocks", "is_archived", "message_not_found",
        "msg_blocks_too_long", "msg_too_long", "no_text", "not_in_channel", "restricted_action", "thread_not_found",
        "edit_window_closed", "user_not_found", "user_disabled", "cannot_dm_bot",
    }
)  # fmt: skip
"""What trying again can't mend; the message is due again when what it shows has changed."""
PLACE_IS_GONE = frozenset(
    {"cannot_dm_bot", "channel_not_found", "is_archived", "not_in_channel", "user_disabled", "user_not_found"}
)

log = structlog.get_logger(__name__)


class Reporter:
    """Sends what is due. ``pace`` is the least number of seconds between two calls for one channel."""

    def __init__(
        self,
        database: Database,
        client: AsyncWebClient,
        bot_user: str,
        pace: float = 1.0,
        rest: float = EVERY_SECONDS,
        pages: PlanPages = NO_PAGES,
    ) -> None:
        """Report as the bot user through this client; ``rest``: seconds before what failed is first tried again.

        ``pages`` gives the addresses of a plan's pages.
        """
        self._pages = pages
        self._database = database
        self._client = client
        self._directs = Directs(client)
        self._private_channels = PrivateChannels(client)
        self._bot_user = bot_user
        self._uploads = Uploads(database, client)
        self._dialect = Dialect(database, client, pause=pace)
        self._pace = pace
        self._rest = rest
        self._loop = WorkLoop("reporting", lambda: min(self._rest, EVERY_SECONDS))
        self._last: dict[str, float] = {}
        self._resting: dict[str | int, tuple[float, float]] = {}

    def wake(self) -> None:
        """Look at the outbox now."""
        self._loop.wake()

    async def run(self) -> None:
        """Report until cancelled."""
        await self._loop.run(self.report)

    async def report(self) -> None:
        """Send everything that is due: oldest first in each channel, the channels beside each other."""
        while due := await self._next_of_each_channel():
            await asyncio.gather(*(self._try(item_id, channel) for channel, item_id in due.items()))

    async def _next_of_each_channel(self) -> dict[str, int]:
        """Return the oldest message that is due in each channel; replies wait for the card that heads their thread."""
        has_its_thread = or_(
            col(OutboxItem.plan_id).is_(None),
            col(OutboxItem.kind) == MessageKind.CARD,
            col(Plan.thread).is_not(None),
        )
        query = (
            select(col(OutboxItem.channel), col(OutboxItem.id))
            .outerjoin(Plan, col(Plan.id) == col(OutboxItem.plan_id))
            .where(col(OutboxItem.sent_version) < col(OutboxItem.version), has_its_thread)
            .order_by(col(OutboxItem.id))
        )
        async with self._database.read() as session:
            rows = (await session.execute(query)).all()
        due: dict[str, int] = {}
        for channel, item_id in rows:
            if item_id is not None and not self._rests(channel) and not self._rests(item_id):
                due.setdefault(channel, item_id)
        return due

    async def _try(self, item_id: int, channel: str) -> None:
        """Send one message. What fails rests; it stops neither the others nor another channel."""
        try:
            await self._keep_pace(channel)
            await self._send(item_id)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("Slack can't be reached; trying again in a moment", reason=str(error))
            self._let_rest(channel)
        except Exception:
            log.exception("a message could not be sent", error_id=uuid.uuid4().hex[:8], outbox=item_id)
            self._let_rest(item_id)
        else:
            self._resting.pop(channel, None)

    def _rests(self, what: str | int) -> bool:
        return self._resting.get(what, (0.0, 0.0))[0] > time.monotonic()

    def _let_rest(self, what: str | int) -> None:
        """Let a message, or all of a channel, rest; each time twice as long as before."""
        _, before = self._resting.get(what, (0.0, 0.0))
        seconds = min(before * 2 or self._rest, LONGEST_REST)
        self._resting[what] = (time.monotonic() + seconds, seconds)

    async def _send(self, item_id: int) -> None:
        async with self._database.read() as session:
            item = await session.get_one(OutboxItem, item_id)
            personal = item.kind in TIMELY and is_person(item.channel)
            channels = await channels_of(session, item.workspace, item.channel) if personal else ()
        try:
            closed = await self._private_channels.closed_to(item.channel, channels)
        except SlackApiError as error:
            await self._refused(item, reason_of(error))
            return
        async with self._database.read() as session:
            plan = await session.get(Plan, item.plan_id) if item.plan_id else None
            message = await render_item(session, item, plan, self._pages, closed)
        if message is None:
            await self._sent(item, item.message)
            return
        try:
            posted = await self._adapted(item, await self._dialect.put(message, plan), plan)
        except SlackApiError as error:
            await self._refused(item, reason_of(error))
            return
        self._resting.pop(item_id, None)
        await self._sent(item, posted)

    async def _adapted(self, item: OutboxItem, message: Rendered, plan: Plan | None) -> str:
        """Deliver the message, in plainer blocks where the server doesn't take those that it has."""
        for attempt in itertools.count(1):
            try:
                return await self._deliver(item, message, plan)
            except SlackApiError as error:
                adapted = await self._dialect.adapt(error, message, attempt)
                if adapted is None:
                    raise
                message = adapted
        raise AssertionError  # the numbers never end

    async def _deliver(self, item: OutboxItem, message: Rendered, plan: Plan | None) -> str:
        """Edit the message, or post it. One that was tried before may have arrived: it is looked for first."""
        thread = plan.thread if plan is not None else None  # none yet for a card that heads its thread
        channel = await self._directs.place(item.channel)
        if message.files:
            thread = thread if plan is not None and item.channel == plan.channel else None
            return item.message or await self._uploads.share(item, message, channel, thread)
        posted = item.message or (await self._find(item, channel, thread) if item.tried_at is not None else None)
        if posted is not None:
            await self._client.chat_update(channel=channel, ts=posted, text=message.text, blocks=message.blocks)
            return posted
        return await self._post(item, message, channel, thread)

    async def _post(self, item: OutboxItem, message: Rendered, channel: str, thread: str | None) -> str:
        if item.tried_at is None:
            async with self._database.write() as session:
                (await session.get_one(OutboxItem, item.id)).tried_at = now()
        answer = await self._client.chat_postMessage(
            channel=channel,
            thread_ts=thread,
            text=message.text,
            blocks=message.blocks,
            metadata={"event_type": METADATA, "event_payload": {"key": item.key}},
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["ts"])

    async def _find(self, item: OutboxItem, channel: str, thread: str | None) -> str | None:
        """Return the message that carries the item's key, when an earlier try was taken."""
        since = (item.tried_at or now()) - LOOK_BACK
        look: dict[str, Any] = {"channel": channel, "oldest": f"{since.timestamp():.6f}", "limit": PAGE}
        cursor = ""
        while True:
            look |= {"include_all_metadata": True} | ({"cursor": cursor} if cursor else {})
            answer = await (
                self._client.conversations_replies(ts=thread, **look)
                if thread
                else self._client.conversations_history(**look)
            )
            for found in answer.get("messages") or []:
                payload = (found.get("metadata") or {}).get("event_payload") or {}
                if payload.get("key") == item.key and found.get("user") in {self._bot_user, None}:
                    return str(found["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
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
        """Slack said no. What can't ever work is not tried again; the rest stays due and is tried after a while."""
        log.warning("Slack refused a message", reason=reason, key=item.key)
        self._let_rest(item.id or 0)
        async with self._database.write() as session:
            row = await session.get(OutboxItem, item.id)
            if row is not None:
                row.error = reason
                if await self._is_mended(session, row, reason):
                    self._resting.pop(item.id or 0, None)
                elif reason in FINAL_REFUSALS:
                    row.sent_version = item.version
                    self._resting.pop(item.id or 0, None)
                    await self._after_the_last(session, row, reason)

    async def _after_the_last(self, session: AsyncSession, item: OutboxItem, reason: str) -> None:
        """End a digest that can't be posted any more: its place is gone, or the bot was taken out of it."""
        if item.kind == MessageKind.DIGEST and reason in PLACE_IS_GONE:
            await end_digest(session, item.workspace, item.channel, reason)

    async def _is_mended(self, session: AsyncSession, row: OutboxItem, reason: str) -> bool:
        """Mend what a card was refused for: it was deleted, or its whole thread is gone. False for anything else."""
        plan = await session.get(Plan, row.plan_id) if row.kind == MessageKind.CARD and row.plan_id else None
        if reason == "message_not_found" and row.message is not None:
            return await post_card_again(session, row)
        if reason != "thread_not_found" or plan is None or plan.thread is None:
            return False
        plan.thread = None
        row.tried_at = None
        return True

    async def _keep_pace(self, channel: str) -> None:
        wait = self._last.get(channel, 0.0) + self._pace - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        self._last[channel] = time.monotonic()
