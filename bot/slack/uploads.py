"""Files of ours: uploaded once, kept as an effect, and shared once, whatever a crash comes between."""

from __future__ import annotations

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks.rendered import Rendered
from bot.store.database import Database
from bot.store.tables import Effect, OutboxItem

__all__ = ["Uploads"]

SECONDS = 60.0
"""How long the bytes of one file may take."""


class Uploads:
    """Shares the files of messages in the three steps that Slack has for it."""

    def __init__(self, database: Database, client: AsyncWebClient) -> None:
        """Upload by this client; what was uploaded is kept in this database."""
        self._database = database
        self._client = client

    async def share(self, item: OutboxItem, message: Rendered, channel: str, thread: str | None) -> str:
        """Share a message's files with its words; return what tells that they are there.

        Raises SlackApiError, and aiohttp's errors where Slack can't be reached.
        """
        files = await self._kept(item)
        if files and await self._is_shared(files[0]):
            return files[0]
        files = files or await self._upload(item, message)
        await self._client.files_completeUploadExternal(
            files=[{"id": file, "title": name} for file, name in zip(files, message.files, strict=True)],
            channel_id=channel,
            thread_ts=thread,
            initial_comment=message.words,
        )
        return files[0]

    async def _kept(self, item: OutboxItem) -> list[str]:
        """Return the ids of the files that an earlier try uploaded."""
        async with self._database.read() as session:
            effect = await session.get(Effect, effect_key(item))
        return list(effect.result["files"]) if effect is not None and effect.result else []

    async def _is_shared(self, file: str) -> bool:
        """Tell whether people see a file already: an answer of an earlier try was lost."""
        found = (await self._client.files_info(file=file)).get("file") or {}
        return any((found.get("shares") or {}).values())

    async def _upload(self, item: OutboxItem, message: Rendered) -> list[str]:
        """Upload the bytes, and keep the ids before anybody sees them."""
        ids = []
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session:
            for name, content in message.files.items():
                place = await self._client.files_getUploadURLExternal(filename=name, length=len(content))
                async with session.post(
                    str(place["upload_url"]), data=content, ssl=self._client.ssl or True, proxy=self._client.proxy
                ) as answer:
                    answer.raise_for_status()
                ids.append(str(place["file_id"]))
        async with self._database.write() as session_of_store:
            effect = Effect(key=effect_key(item), workspace=item.workspace, plan_id=item.plan_id or "", intent={})
            effect.result = {"files": ids}
            await session_of_store.merge(effect)
        return ids


def effect_key(item: OutboxItem) -> str:
    """Return the key under which the uploaded files of a message are kept."""
    return f"{item.key}/uploaded"
