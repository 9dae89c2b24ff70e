"""Reactions: a message that was taken, and that nothing else answers at once, gets a sign that it was seen."""

from __future__ import annotations

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.refusals import reason_of

__all__ = ["SEEN", "react"]

SEEN = "eyes"
NO_NEWS = frozenset({"already_reacted", "message_not_found"})
"""What a second delivery of the same message, or one that was deleted meanwhile, is answered with."""

log = structlog.get_logger(__name__)


async def react(client: AsyncWebClient, channel: str, timestamp: str, name: str = SEEN) -> None:
    """Add a reaction to a message. Nothing depends on it: what stands in its way is logged."""
    try:
        await client.reactions_add(channel=channel, timestamp=timestamp, name=name)
    except SlackApiError as error:
        if reason_of(error) not in NO_NEWS:
            log.warning("a reaction was refused", reason=reason_of(error), channel=channel)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("a reaction did not reach Slack", reason=str(error), channel=channel)
