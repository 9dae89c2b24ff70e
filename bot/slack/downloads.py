"""Fetching the files that people share. The bot's token goes to Slack's file hosts and the configured Slack only."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.documents.archives import LARGEST_ARCHIVE
from bot.planning.dropped_files import LARGEST_TEXT
from bot.slack.refusals import reason_of

__all__ = ["Downloads", "NotFetched", "name_of"]

HOSTS = frozenset({"files.slack.com", "slack-files.com"})
BELOW = ".slack-files.com"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
MOST_REDIRECTS = 3
SECONDS = 30.0
"""How long one file may take."""
PIECE = 64 * 1024
REASONS = {
    "missing_scope": "I may not read files here: my app lacks the scope `files:read`. Whoever installed me adds it "
    "from `planthread manifest` and installs me again; then drop the file once more.",
    "file_not_found": "Slack has this file no more. Drop it again.",
    "file_deleted": "This file was deleted. Drop it again if it is still meant.",
    "not_visible": "Slack doesn't let me see this file. Drop it again in this thread.",
}
OTHERWISE = "Slack didn't give me this file ({reason}). Drop it again in a moment, or paste what it says."
ELSEWHERE = "This is only a link to a file that lies somewhere else. Download it and drop the file itself."
NO_LONGER = "Slack keeps this file no more. Drop it again."

log = structlog.get_logger(__name__)


class NotFetched(Exception):  # noqa: N818 (an answer to a person, not a fault)
    """A file that was not fetched; the message says why, and what to do."""


class Downloads:
    """Fetches files by the bot's own client settings."""

    def __init__(self, client: AsyncWebClient) -> None:
        """Fetch with the token of this client."""
        self._client = client
        self._slack = URL(client.base_url)

    async def fetch(self, file: Mapping[str, Any]) -> bytes:
        """Return the bytes of a file as a message names it. Raises NotFetched."""
        file = await self._looked_up(file) if needs_look(file) else file
        require_kept(file)
        most = LARGEST_ARCHIVE if name_of(file).lower().endswith(".zip") else LARGEST_TEXT
        if int(file.get("size") or 0) > most:
            raise too_large(most)
        address = str(file.get("url_private_download") or file.get("url_private") or "")
        try:
            return await self._get(address, most, str(file.get("id") or ""))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            log.warning("a file could not be fetched", reason=type(error).__name__)
            raise NotFetched(OTHERWISE.format(reason="it could not be reached")) from error

    async def _get(self, address: str, most: int, file_id: str) -> bytes:
        """Get an address, and where allowed hosts redirect to. Raises NotFetched."""
        url = URL(address)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session:
            for _ in range(MOST_REDIRECTS + 1):
                if not self._is_allowed(url):
                    log.warning("a file's address is not Slack's; the token was not sent", host=url.host)
                    raise NotFetched(await self._why_refused(file_id))
                headers = {"authorization": f"Bearer {self._client.token}"}
                async with session.get(
                    url, headers=headers, allow_redirects=False, ssl=self._client.ssl or True, proxy=self._client.proxy
                ) as response:
                    if response.status in {301, 302, 303, 307, 308}:
                        url = url.join(URL(response.headers.get("location", "")))
                        continue
                    if response.status != HTTPStatus.OK or response.content_type == "text/html":
                        raise NotFetched(await self._why_refused(file_id))
                    return await bounded(response, most)
        raise NotFetched(await self._why_refused(file_id))

    def _is_allowed(self, url: URL) -> bool:
        """Tell whether the token may be sent there: Slack's file hosts, or the host that the bot calls anyway."""
        if url.user or url.password or not url.host:
            return False
        is_ours = url.origin() == self._slack.origin() if url.scheme in {"http", "https"} else False
        if is_ours and (url.scheme == "https" or url.host in LOOPBACK):
            return True
        is_slacks = url.host in HOSTS or url.host.endswith(BELOW)
        return is_slacks and url.scheme == "https" and url.port == 443

    async def _looked_up(self, file: Mapping[str, Any]) -> Mapping[str, Any]:
        """Ask Slack for what the message doesn't say of a file. Raises NotFetched."""
        try:
            found = (await self._client.files_info(file=str(file.get("id") or ""))).get("file")
        except SlackApiError as error:
            raise NotFetched(sentence(reason_of(error))) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NotFetched(OTHERWISE.format(reason="it could not be reached")) from error
        return found if isinstance(found, Mapping) else {}

    async def _why_refused(self, file_id: str) -> str:
        """Return why Slack gave a page instead of a file: it says so only when it is asked about the file."""
        try:
            await self._client.files_info(file=file_id)
        except SlackApiError as error:
            return sentence(reason_of(error))
        except (aiohttp.ClientError, TimeoutError, OSError):
            pass
        return OTHERWISE.format(reason="it refused the download")


def name_of(file: Mapping[str, Any]) -> str:
    """Return what a file is called."""
    return str(file.get("name") or file.get("title") or file.get("id") or "")


def needs_look(file: Mapping[str, Any]) -> bool:
    """Tell whether a message names a file only by its id, as in channels that two organisations share."""
    return file.get("file_access") == "check_file_info" or not (
        file.get("url_private_download") or file.get("url_private") or file.get("mode")
    )


def require_kept(file: Mapping[str, Any]) -> None:
    """Raise NotFetched for what is no file that Slack keeps."""
    if file.get("is_external") or file.get("mode") == "external":
        raise NotFetched(ELSEWHERE)
    if file.get("mode") in {"tombstone", "hidden_by_limit"}:
        raise NotFetched(NO_LONGER)


def sentence(reason: str) -> str:
    """Return what a refusal of Slack means for whoever dropped the file."""
    return REASONS.get(reason, OTHERWISE.format(reason=reason))


def too_large(most: int) -> NotFetched:
    """Return the refusal of a file that is larger than so many bytes."""
    size = f"{most // 1024 // 1024} MB" if most >= 1024 * 1024 else f"{most // 1024} kB"
    return NotFetched(f"This is larger than {size}, which no plan is. Drop the part that matters.")


async def bounded(response: aiohttp.ClientResponse, most: int) -> bytes:
    """Return a body. Raises NotFetched as soon as it is too long."""
    body = bytearray()
    async for piece in response.content.iter_chunked(PIECE):
        body += piece
        if len(body) > most:
            raise too_large(most)
    return bytes(body)
