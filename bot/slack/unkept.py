"""What people are told, and Slack, when what arrives can't be kept: nothing is acknowledged that would be lost."""

from __future__ import annotations

import asyncio
import uuid
from http import HTTPStatus
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck
from slack_bolt.response import BoltResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.slack.answers import Answers, says, who_of
from bot.slack.blocks.forms import errors_at
from bot.slack.texts import clip, escape, plain
from bot.store.database import DatabaseHeld
from bot.store.refusals import is_away

__all__ = [
    "ASKING_SECONDS",
    "NOT_NOW",
    "TOO_SLOW",
    "UNKEPT",
    "WRITING_SECONDS",
    "not_answered",
    "not_kept",
    "patience_after",
    "stays_open",
    "tell_log",
]

ASKING_SECONDS = 2.0
"""How long Slack is asked about people and groups while a form waits: it must be answered within three seconds."""
WRITING_SECONDS = 0.5
"""How much longer a form waits for the database than for Slack's answers."""
UNKEPT = (TimeoutError, DatabaseHeld, SQLAlchemyError)
"""What keeps a form from being taken, without a fault in what was typed."""

NOT_NOW = "I can't write anything down at the moment, so this wasn't taken. Please try it again in a few minutes."
NOT_FOUND = (
    "I can't look anything up at the moment; nothing that was kept is lost. Please try it again in a few minutes."
)
FAULT = (
    "Something went wrong here (number {number} in the log); nothing that was kept is lost. Please try it once more."
)
KINDS = {"block_actions": "action", "message_action": "shortcut"}
"""What people did who are answered beside the request, by the type that Slack gives it."""
TOO_SLOW = "Slack is slow just now, so nothing was changed. Please send the form once more."
LONGEST_WORDS = 1000
"""Characters of a command that are given back."""

log = structlog.get_logger(__name__)


async def not_kept(answers: Answers, body: dict[str, Any], error: Exception) -> BoltResponse:
    """Return what Slack gets: it delivers events again by itself, anything else the person has to do once more."""
    tell_log(body, error)
    return await told(answers, body, NOT_NOW)


async def told(answers: Answers, body: dict[str, Any], sentence: str) -> BoltResponse:
    """Return the answer that says a sentence in the place of what was asked for."""
    if "command" in body:
        words = clip(plain(f"{body['command']} {body.get('text') or ''}").strip(), LONGEST_WORDS)
        said = {"response_type": "ephemeral", "text": f"{sentence} You wrote: {escape(words)}"}
        return BoltResponse(status=HTTPStatus.OK, body=said)
    if body.get("type") == "view_submission" and (field := first_field(body)):
        return BoltResponse(
            status=HTTPStatus.OK, body={"response_action": "errors", "errors": errors_at(field, sentence)}
        )
    if kind := KINDS.get(str(body.get("type"))):
        await answers.tell(who_of(kind, body), says(sentence))
        return BoltResponse(status=HTTPStatus.OK, body="")
    return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, body="")


async def not_answered(
    answers: Answers, body: dict[str, Any], error: Exception, *, is_open: bool
) -> BoltResponse | None:
    """Say that something can't be answered; while the request ``is_open``, as what Slack gets for it."""
    number = uuid.uuid4().hex[:8]
    sentence = NOT_FOUND if is_away(error) else FAULT.format(number=number)
    log.error("answering failed", error_id=number, kind=str(body.get("type") or "command"), exc_info=error)
    if is_open:
        return await told(answers, body, sentence)
    kind = "command" if "command" in body else KINDS.get(str(body.get("type")))
    if kind is not None:
        await answers.tell(who_of(kind, body), says(sentence))
    return None


async def stays_open(ack: AsyncAck, body: dict[str, Any], error: Exception) -> None:
    """Keep a form open that can't be taken for one of `UNKEPT`, with all that it holds, and say why."""
    if not isinstance(error, TimeoutError):
        tell_log(body, error)
    sentence = TOO_SLOW if isinstance(error, TimeoutError) else NOT_NOW
    await ack(response_action="errors", errors=errors_at(first_field(body), sentence))


def patience_after(asking: asyncio.Timeout) -> float:
    """Return for how many seconds a form may wait for the database, once Slack was asked within a limit."""
    now = asyncio.get_running_loop().time()
    return WRITING_SECONDS + max(0.0, (asking.when() or now) - now)


def tell_log(body: dict[str, Any], error: Exception) -> None:
    """Tell whoever runs the bot why something can't be kept."""
    reason = "another process holds the database" if isinstance(error, DatabaseHeld) else first_line(error)
    log.error("what arrived can't be kept", kind=str(body.get("type") or "command"), reason=reason)


def first_field(body: dict[str, Any]) -> str:
    """Return the first field of a form, under which a sentence can stand; the form stays open with what it holds."""
    blocks = body["view"].get("blocks") or []
    return next((str(block["block_id"]) for block in blocks if block.get("type") == "input"), "")


def first_line(error: Exception) -> str:
    """Return why a database failed, without statements."""
    return str(getattr(error, "orig", None) or error).partition("\n")[0]
