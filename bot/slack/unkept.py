"""What people are told, and Slack, when what arrives can't be kept: nothing is acknowledged that would be lost."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import structlog
from slack_bolt.response import BoltResponse

from bot.slack.answers import Answers, says, who_of
from bot.slack.texts import clip, escape, plain
from bot.store.database import DatabaseHeld

__all__ = ["not_kept"]

NOT_NOW = "I can't write anything down at the moment, so this wasn't taken. Please try it again in a few minutes."
LONGEST_WORDS = 1000
"""Characters of a command that are given back."""

log = structlog.get_logger(__name__)


async def not_kept(answers: Answers, body: dict[str, Any], error: Exception) -> BoltResponse:
    """Return what Slack gets: it delivers events again by itself, anything else the person has to do once more."""
    reason = "another process holds the database" if isinstance(error, DatabaseHeld) else first_line(error)
    log.error("what arrived can't be kept", kind=str(body.get("type") or "command"), reason=reason)
    if "command" in body:
        words = clip(plain(f"{body['command']} {body.get('text') or ''}").strip(), LONGEST_WORDS)
        said = {"response_type": "ephemeral", "text": f"{NOT_NOW} You wrote: {escape(words)}"}
        return BoltResponse(status=HTTPStatus.OK, body=said)
    if body.get("type") == "view_submission" and (field := first_field(body)):
        return BoltResponse(status=HTTPStatus.OK, body={"response_action": "errors", "errors": {field: NOT_NOW}})
    if body.get("type") in {"block_actions", "message_action"}:
        kind = "shortcut" if body["type"] == "message_action" else "action"
        await answers.tell(who_of(kind, body), says(NOT_NOW))
        return BoltResponse(status=HTTPStatus.OK, body="")
    return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, body="")


def first_field(body: dict[str, Any]) -> str:
    """Return the first field of a form, under which a sentence can stand; the form stays open with what it holds."""
    blocks = body["view"].get("blocks") or []
    return next((str(block["block_id"]) for block in blocks if block.get("type") == "input"), "")


def first_line(error: Exception) -> str:
    """Return why a database failed, without statements."""
    return str(getattr(error, "orig", None) or error).partition("\n")[0]
