"""Channels: being in the one where a plan begins, and knowing who else is."""

from __future__ import annotations

from collections.abc import AsyncIterator

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.refusals import reason_of, sentence_of
from bot.workflow.refusals import Refused

__all__ = ["NotInvited", "be_in", "members_of", "require_member_of"]

NEEDS_AN_INVITATION = frozenset({"channel_not_found", "method_not_supported_for_channel_type", "not_in_channel"})
"""What Slack says of channels that only their members know."""
INVITE = "I'm not in this channel and can't join it by myself. Say `/invite @planthread` here."
ELSE = (
    "I'm not in this channel and can't join it by myself ({reason}). Say `/invite @planthread` here, then say it again."
)
PAGE = 1000
MOST_PAGES = 20


class NotInvited(Refused):
    """The bot isn't in a channel that it can't join by itself."""


async def be_in(client: AsyncWebClient, channel: str) -> None:
    """Be in a channel, or say how to get in. Raises NotInvited, and Refused for any other reason."""
    try:
        info = (await client.conversations_info(channel=channel)).get("channel") or {}
        if not (info.get("is_member") or info.get("is_im")):
            await client.conversations_join(channel=channel)
    except SlackApiError as error:
        if reason_of(error) in NEEDS_AN_INVITATION:
            raise NotInvited(INVITE) from error
        raise Refused(sentence_of(error, ELSE)) from error


async def require_member_of(client: AsyncWebClient, channel: str, person: str) -> None:
    """Raise Refused where somebody isn't in a channel, or where Slack doesn't say."""
    try:
        async for member in members_of(client, channel):
            if member == person:
                return
    except SlackApiError as error:
        unseen = "I can't see who is in that channel ({reason}). Say `/plan new …` there."
        raise Refused(sentence_of(error, unseen)) from error
    raise Refused("You aren't in that channel. Join it, then say `/plan new …` there.")


async def members_of(client: AsyncWebClient, channel: str) -> AsyncIterator[str]:
    """Yield who is in a channel, as Slack says it page by page. Raises SlackApiError."""
    cursor = ""
    for _ in range(MOST_PAGES):
        answer = await client.conversations_members(channel=channel, limit=PAGE, cursor=cursor)
        for member in answer.get("members") or []:
            yield member
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
