"""Direct messages: where a person is reached alone."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from bot.workflow.messages import is_person

__all__ = ["Directs"]

MOST_KEPT = 1000
"""Conversations that are remembered; then all are asked for again."""


class Directs:
    """Opens direct messages, and remembers them."""

    def __init__(self, client: AsyncWebClient) -> None:
        """Open them by this client."""
        self._client = client
        self._known: dict[str, str] = {}

    async def place(self, channel: str) -> str:
        """Return where to post: a channel as it is, and the direct message with a person.

        Raises SlackApiError where Slack opens none, and aiohttp's errors where it can't be reached.
        """
        if not is_person(channel):
            return channel
        if channel not in self._known:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            opened = await self._client.conversations_open(users=channel)
            self._known[channel] = str((opened.get("channel") or {})["id"])
        return self._known[channel]
