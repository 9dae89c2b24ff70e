"""Reading a thread that people had before there was a plan: who said what, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.patterns import regex
from bot.slack.reasons import MESSAGE
from bot.slack.refusals import reason_of, sentence_of
from bot.slack.texts import plain
from bot.workflow.plans import Said
from bot.workflow.refusals import Refused

__all__ = [
    "ASIDE",
    "SharedFiles",
    "ThreadReading",
    "people_in",
    "read_thread",
    "said_in",
    "shared_files",
    "shared_in",
]

ASIDE = regex(r"^\s*(!aside\b|\(aside\))", re.IGNORECASE)
BY_PEOPLE = frozenset({None, "file_share", "thread_broadcast", "me_message"})
MOST_SHARED = 10
"""Messages with files that are read: the newest."""
PAGE = 200
MOST_PAGES = 10
MOST_MESSAGES = 200
MOST_CHARACTERS = 60_000
"""What a plan begins with at most: its head, and the newest messages."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SharedFiles:
    """The files of one message: who shared them, and the key of the message."""

    author: str
    files: tuple[Mapping[str, Any], ...]
    key: str


@dataclass(frozen=True)
class ThreadReading:
    """What people said in a thread, oldest first, how many messages were too much, and the files that they shared."""

    said: tuple[Said, ...]
    left_out: int = 0
    shared: tuple[SharedFiles, ...] = ()


async def read_thread(client: AsyncWebClient, channel: str, head: str, bot_user: str) -> ThreadReading:
    """Return what people said in a thread, or in the message that could head one. Raises Refused."""
    messages: list[Mapping[str, Any]] = []
    cursor = ""
    try:
        for _ in range(MOST_PAGES):
            answer = await client.conversations_replies(channel=channel, ts=head, limit=PAGE, cursor=cursor)
            messages += answer.get("messages") or []
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
    except SlackApiError as error:
        reason = reason_of(error)
        log.warning("a thread can't be read", reason=reason, channel=channel)
        unread = "Slack doesn't let me read that thread ({reason}), so nothing was planned."
        raise Refused(sentence_of(error, unread)) from error
    said, shared = people_in(messages, channel, bot_user)
    return replace(newest_of(said), shared=shared[-MOST_SHARED:])


def people_in(
    messages: Sequence[Mapping[str, Any]], channel: str, bot_user: str
) -> tuple[tuple[Said, ...], tuple[SharedFiles, ...]]:
    """Return what people said in some messages, and which files they shared in them."""
    said = (said_in(message, channel, bot_user) for message in messages)
    shared = (shared_in(message, channel, bot_user) for message in messages)
    return tuple(one for one in said if one is not None), tuple(one for one in shared if one is not None)


def said_in(message: Mapping[str, Any], channel: str, bot_user: str) -> Said | None:
    """Return what a person said in a message; None for apps, notices, what is aside, and what has no text."""
    text = plain(str(message.get("text") or ""), bot_user)
    if not text or not is_for_plans(message, text, bot_user):
        return None
    return Said(author=str(message["user"]), text=text, key=f"{MESSAGE}{channel}/{message['ts']}")


def shared_in(message: Mapping[str, Any], channel: str, bot_user: str) -> SharedFiles | None:
    """Return the files that a person shared in a message; None where there are none, and for what is aside."""
    files = shared_files(message)
    if not files or not is_for_plans(message, plain(str(message.get("text") or ""), bot_user), bot_user):
        return None
    return SharedFiles(str(message["user"]), tuple(files), f"{MESSAGE}{channel}/{message['ts']}")


def is_for_plans(message: Mapping[str, Any], text: str, bot_user: str) -> bool:
    """Tell whether a message is one of people that isn't aside."""
    if message.get("bot_id") or message.get("subtype") not in BY_PEOPLE or not message.get("user"):
        return False
    return message["user"] != bot_user and not ASIDE.match(text)


def shared_files(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the files of a message."""
    return [file for file in message.get("files") or [] if isinstance(file, Mapping)]


def newest_of(said: Sequence[Said]) -> ThreadReading:
    """Return the first message, and as many of the newest as a plan can begin with."""
    room = MOST_CHARACTERS - sum(len(one.text) for one in said[:1])
    kept: list[Said] = []
    for one in reversed(said[1:]):
        room -= len(one.text)
        if room < 0 or len(kept) == MOST_MESSAGES - 1:
            break
        kept.append(one)
    return ThreadReading((*said[:1], *reversed(kept)), left_out=max(0, len(said) - 1 - len(kept)))
