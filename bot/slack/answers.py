"""Private answers: what only the caller needs to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.blocks.rendered import Rendered

__all__ = ["Answers", "Caller", "SlackAnswers"]

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Caller:
    """Who did something, and where an answer reaches them."""

    workspace: str
    person: str
    channel: str
    thread: str = ""
    response_url: str = ""


class Answers(Protocol):
    """Tells one person something."""

    async def tell(self, caller: Caller, answer: Rendered) -> None:
        """Show an answer to the caller only."""
        ...


class SlackAnswers:
    """Answers by the response URL where there is one, else by an ephemeral message."""

    def __init__(self, client: AsyncWebClient) -> None:
        """Answer through this client."""
        self._client = client

    async def tell(self, caller: Caller, answer: Rendered) -> None:
        """Show an answer to the caller only; an answer that Slack refuses is logged, nothing depends on it."""
        try:
            if caller.response_url:
                webhook = AsyncWebhookClient(caller.response_url)
                await webhook.send(
                    text=answer.text, blocks=answer.blocks, response_type="ephemeral", replace_original=False
                )
                return
            await self._client.chat_postEphemeral(
                channel=caller.channel,
                user=caller.person,
                thread_ts=caller.thread or None,
                text=answer.text,
                blocks=answer.blocks,
            )
        except SlackApiError as error:
            log.warning("a private answer was refused", reason=error.response.get("error"), channel=caller.channel)
