"""Private answers: what only the caller needs to see."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.blocks.rendered import Rendered
from bot.slack.directs import Directs
from bot.slack.refusals import reason_of
from bot.slack.texts import sections, told_safely
from bot.workflow.messages import is_direct

__all__ = ["Answers", "Caller", "SlackAnswers", "says", "who_of"]

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
    """Answers by the response URL where there is one, else by an ephemeral or a direct message."""

    def __init__(self, client: AsyncWebClient) -> None:
        """Answer through this client."""
        self._client = client
        self._directs = Directs(client)

    async def tell(self, caller: Caller, answer: Rendered) -> None:
        """Show an answer to the caller only; an answer that can't be given is logged, nothing depends on it."""
        try:
            if caller.response_url and await self._respond(caller.response_url, answer):
                return
            if not caller.channel:  # pressed in the Home tab, or in a form over it
                await self._write(caller.person, answer)
                return
            await self._client.chat_postEphemeral(
                channel=caller.channel,
                user=caller.person,
                thread_ts=caller.thread or None,
                text=answer.text,
                blocks=answer.blocks,
            )
        except SlackApiError as error:
            log.warning("a private answer was refused", reason=reason_of(error), channel=caller.channel)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("a private answer did not reach Slack", reason=str(error), channel=caller.channel)

    async def _write(self, person: str, answer: Rendered) -> None:
        """Answer as a direct message."""
        place = await self._directs.place(person)
        await self._client.chat_postMessage(channel=place, text=answer.text, blocks=answer.blocks)

    async def _respond(self, url: str, answer: Rendered) -> bool:
        """Answer by the response URL; False when it was used up or has expired."""
        response = await AsyncWebhookClient(url).send(
            text=answer.text, blocks=answer.blocks, response_type="ephemeral", replace_original=False
        )
        return response.status_code == HTTPStatus.OK


def who_of(kind: str, payload: dict[str, Any]) -> Caller:
    """Return who did something, from any kind of payload."""
    if kind == "command":
        return Caller(
            payload["team_id"], payload["user_id"], payload["channel_id"], "", payload.get("response_url", "")
        )
    if kind in {"message", "app_mention"}:
        event = payload["event"]
        thread = event.get("thread_ts", "")
        return Caller(payload.get("team_id", event.get("team", "")), event["user"], event["channel"], thread)
    if kind == "joined":
        event = payload["event"]
        return Caller(payload["team_id"], event.get("inviter") or event["user"], event["channel"])
    if kind == "reaction":
        event = payload["event"]
        place, timestamp = event["item"]["channel"], event["item"]["ts"]
        return Caller(payload["team_id"], event["user"], place, "" if is_direct(place) else timestamp)
    if kind in {"edited", "deleted"}:  # who deleted a message isn't said: its author is told
        event = payload["event"]
        said = event.get("previous_message") if kind == "deleted" else event["message"]
        said = said or {}
        return Caller(payload["team_id"], said.get("user", ""), event["channel"], said.get("thread_ts", ""))
    channel = (payload.get("channel") or {}).get("id", "")
    if kind == "shortcut":  # the bot may not be in the channel: only the response address reaches the person there
        return Caller(payload["team"]["id"], payload["user"]["id"], channel, "", payload.get("response_url", ""))
    container = payload.get("container") or {}
    if container.get("is_ephemeral"):  # Slack keeps no such message, so nobody can answer in its thread
        address = payload.get("response_url", "")
        return Caller(payload["team"]["id"], payload["user"]["id"], channel, container.get("thread_ts", ""), address)
    message = payload.get("message") or {}
    thread = message.get("thread_ts") or ("" if is_direct(channel) else message.get("ts", ""))
    return Caller(payload["team"]["id"], payload["user"]["id"], channel, thread)


def says(sentence: str) -> Rendered:
    """Return a sentence as a private message: mentions of people stay, all other markup of Slack is escaped."""
    safe = told_safely(sentence)
    return Rendered(text=safe[:300], blocks=sections(safe))
