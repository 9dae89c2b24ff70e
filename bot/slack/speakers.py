"""What only Slack knows of those who spoke: what they are called, and the address of a message."""

from __future__ import annotations

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.reasons import permalink_of
from bot.store.tables import Plan
from bot.workflow.forgotten import is_forgotten

__all__ = ["Speakers"]

MOST_KEPT = 1000
"""Names that are remembered; then all are asked for again."""

log = structlog.get_logger(__name__)


class Speakers:
    """Asks Slack, and remembers names."""

    def __init__(self, client: AsyncWebClient) -> None:
        """Ask by this client."""
        self._client = client
        self._names: dict[str, str] = {}

    async def name(self, person: str) -> str:
        """Return what somebody is called; the id where Slack doesn't say."""
        if is_forgotten(person):
            return "somebody"
        if person not in self._names:
            if len(self._names) >= MOST_KEPT:
                self._names.clear()
            self._names[person] = await self._asked(person)
        return self._names[person]

    async def address(self, plan: Plan, key: str) -> str:
        """Return the permalink of what was said; empty where there is none."""
        return await permalink_of(self._client, plan, key)

    async def _asked(self, person: str) -> str:
        try:
            user = (await self._client.users_info(user=person)).get("user") or {}
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            log.info("a name can't be looked up", person=person, reason=str(error)[:200])
            return person
        profile = user.get("profile") or {}
        found = profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name")
        return str(found or person)
