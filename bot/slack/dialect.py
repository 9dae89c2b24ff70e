"""What the server behind the Web API takes: pictures and native blocks are tried once, and left out where refused."""

from __future__ import annotations

import asyncio
import hashlib
import re

import structlog
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.patterns import regex
from bot.slack.blocks.rendered import NATIVE, Rendered
from bot.slack.drawn import png
from bot.slack.refusals import reason_of
from bot.store.database import Database
from bot.store.tables import Effect, Plan

__all__ = ["Dialect"]

UNKNOWN_BLOCK = regex(r"unsupported type: (\w+)")
UNREADY_FILE = regex(r"slack[ _]file", re.IGNORECASE)
"""Slack words it so while a file that was just uploaded can't be shown yet."""
MOST_ATTEMPTS = 4

log = structlog.get_logger(__name__)


class Dialect:
    """Puts messages into what the server takes. What it refused is remembered until the bot is started anew."""

    def __init__(self, database: Database, client: AsyncWebClient, pause: float = 1.0) -> None:
        """Upload by this client; what was uploaded is kept in this database.

        ``pause``: seconds that a file gets before it is tried again.
        """
        self._pause = pause
        self._database = database
        self._client = client
        self._refused: set[str] = set()
        self._undrawn: set[str] = set()

    async def put(self, message: Rendered, plan: Plan | None) -> Rendered:
        """Return a message as the server takes it, its picture uploaded; no picture where that is refused."""
        message = message.without(self._refused)
        if message.picture is None:
            return message
        file = await self._uploaded(message, plan) if plan else None
        return message.showing(file) if file else message.without({"image"})

    async def adapt(self, error: SlackApiError, message: Rendered, attempt: int) -> Rendered | None:
        """Return what to send after a refusal, the ``attempt``-th of this message; None where blocks aren't the reason.

        A kind of block that the server doesn't know is never tried again. A file that it can't show yet gets a moment,
        and is left out in the end.
        """
        problems = told_by(error)
        unknown = {kind for kind in UNKNOWN_BLOCK.findall(problems) if kind in NATIVE} - self._refused
        if unknown:
            log.info("Slack doesn't take some blocks here; plain ones are sent", kinds=sorted(unknown))
            self._refused |= unknown
            return message.without(unknown)
        if not UNREADY_FILE.search(problems) or all(block["type"] != "image" for block in message.blocks):
            return None
        if attempt >= MOST_ATTEMPTS:
            return message.without({"image"})
        await asyncio.sleep(self._pause)
        return message

    async def _uploaded(self, message: Rendered, plan: Plan) -> str | None:
        """Return the id of the uploaded picture, the same for the same picture; None where the server refuses it."""
        assert message.picture is not None  # noqa: S101 (the caller looked)
        key = f"{plan.id}/picture/{hashlib.sha256(message.picture.svg.encode()).hexdigest()[:32]}"
        async with self._database.read() as session:
            effect = await session.get(Effect, key)
        if effect is not None and effect.result:
            return str(effect.result["file"])
        if key in self._undrawn:
            return None
        try:
            content = await asyncio.to_thread(png, message.picture)
            name = f"{plan.handle}-entities.png"
            answer = await self._client.files_upload_v2(content=content, filename=name, title=f"{plan.title}: entities")
            file = str(answer["files"][0]["id"])
        except (SlackApiError, SlackRequestError, ValueError) as error:
            reason = reason_of(error) if isinstance(error, SlackApiError) else str(error)[:200]
            log.warning("a picture can't be shown; the message goes without it", reason=reason)
            self._undrawn.add(key)
            return None
        async with self._database.write() as session:
            row = Effect(key=key, workspace=plan.workspace, plan_id=plan.id, intent={"picture": name})
            row.result = {"file": file}
            await session.merge(row)
        return file


def told_by(error: SlackApiError) -> str:
    """Return what Slack says of the blocks that it refused; empty where something else was the reason."""
    if reason_of(error) not in {"invalid_blocks", "invalid_arguments"}:
        return ""
    data = error.response.data if isinstance(error.response.data, dict) else {}
    return " ".join(
        str(problem)
        for problem in [*(data.get("errors") or []), *((data.get("response_metadata") or {}).get("messages") or [])]
    )
