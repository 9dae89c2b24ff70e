"""The talk before a message of a channel: what people said just before it, taken with it by "Plan this".

It ends where the bot wrote, where people paused, and at a message that has a plan already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.documents.clipping import clip_words
from bot.slack.refusals import reason_of
from bot.slack.texts import count
from bot.slack.threads import ThreadReading, people_in
from bot.store.database import Database
from bot.workflow.plans import Said, plan_of_thread

__all__ = ["told_of_talk", "with_talk_before"]

LONGEST_PAUSE = 600.0
"""Seconds between two messages of one talk, at most."""
MOST_BEFORE = 20
"""Messages of a channel that are looked at, at most: the newest before the one that was chosen."""
LONGEST_QUOTE = 80
MOST_QUOTED = 5

log = structlog.get_logger(__name__)


async def with_talk_before(
    client: AsyncWebClient, database: Database, channel: str, head: str, bot_user: str, reading: ThreadReading
) -> tuple[ThreadReading, tuple[Said, ...]]:
    """Return what was read with the talk before it, oldest first, and that talk; a thread is read as it is."""
    if len(reading.said) + len(reading.shared) > 1:
        return reading, ()
    messages = await talk_before(client, database, channel, head, bot_user)
    before, shared = people_in(messages, channel, bot_user)
    return replace(reading, said=(*before, *reading.said), shared=(*shared, *reading.shared)), before


async def talk_before(
    client: AsyncWebClient, database: Database, channel: str, head: str, bot_user: str
) -> list[Mapping[str, Any]]:
    """Return the messages of the talk, oldest first; none where Slack doesn't say what was said before."""
    try:
        answer = await client.conversations_history(channel=channel, latest=head, limit=MOST_BEFORE)
    except SlackApiError as error:
        log.warning("what was said before a message can't be read", reason=reason_of(error), channel=channel)
        return []
    talk: list[Mapping[str, Any]] = []
    following = head
    async with database.read() as session:
        for message in answer.get("messages") or []:
            if message["ts"] == head:
                continue
            if message.get("bot_id") or message.get("user") == bot_user:
                break
            if float(following) - float(message["ts"]) > LONGEST_PAUSE:
                break
            if await plan_of_thread(session, channel, message["ts"]) is not None:
                break
            talk.append(message)
            following = message["ts"]
    return talk[::-1]


def told_of_talk(before: tuple[Said, ...]) -> str:
    """Say what of a channel was taken beside the message that was chosen."""
    quoted = [f"“{clip_words(' '.join(said.text.split()), LONGEST_QUOTE)}”" for said in before[-MOST_QUOTED:]]
    more = f"; and {count(len(before) - MOST_QUOTED, 'message')} before them" if len(before) > MOST_QUOTED else ""
    return (
        f"I took what was said in the channel just before, too ({count(len(before), 'message')}): {', '.join(quoted)}"
        f"{more}. What doesn't belong here, take back in this thread in your own words."
    )
