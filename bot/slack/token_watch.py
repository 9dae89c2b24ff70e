"""Whether Slack still takes the bot's token: asked once a minute, so that readiness says it before people notice."""

from __future__ import annotations

import asyncio

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.refusals import reason_of

__all__ = ["TokenWatch"]

EVERY_SECONDS = 60.0
TOKEN_IS_NONE = frozenset(
    {"account_inactive", "app_uninstalled", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)
"""What Slack says of a token that will never work again; anything else may pass."""

log = structlog.get_logger(__name__)


class TokenWatch:
    """Asks, and remembers what is wrong."""

    def __init__(self, client: AsyncWebClient, every: float = EVERY_SECONDS) -> None:
        """Ask by this client, so often; ``every`` is in seconds."""
        self._client = client
        self._every = every
        self._problem = ""

    def problems(self) -> list[str]:
        """Return why Slack can't be worked with; nothing when it can."""
        return [self._problem] if self._problem else []

    async def run(self) -> None:
        """Ask until cancelled."""
        while True:
            await asyncio.sleep(self._every)
            await self.look()

    async def look(self) -> None:
        """Ask once. What is new is logged."""
        problem = await self._asked()
        if problem and problem != self._problem:
            log.error("Slack can't be worked with", reason=problem)
        if self._problem and not problem:
            log.info("Slack can be worked with again")
        self._problem = problem

    async def _asked(self) -> str:
        try:
            await self._client.auth_test()
        except SlackApiError as error:
            reason = reason_of(error)
            if reason in TOKEN_IS_NONE:
                return (
                    f"Slack refuses SLACK_BOT_TOKEN ({reason}). Install the app again, copy its token, and start the "
                    "bot anew; nothing that was said is lost."
                )
            return f"Slack answers {reason}; it is asked again within a minute."
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return f"Slack can't be reached ({type(error).__name__}); it is tried again by itself."
        return ""
