"""`why 2.1`: the chain of a criterion, an entity or a field, each message of it with its link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.planning.sources import Source
from bot.slack.blocks.card import MARKS
from bot.slack.blocks.rendered import Rendered
from bot.slack.refusals import reason_of
from bot.slack.texts import clip, escape, render, sections
from bot.store.tables import Plan
from bot.workflow.provenance import Reason

__all__ = ["Told", "chain", "explained", "permalink_of"]

LONGEST_QUOTE = 300
LONGEST_TEXT = 1000
MOST_TASKS = 20
MESSAGE = "message/"
"""How the key of what was said in a channel begins; its channel and its timestamp follow (`bot.slack.application`)."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Told:
    """A piece of what was said, cut to bearable length, and the address of its message."""

    source: Source
    quote: str
    url: str


async def explained(client: AsyncWebClient, plan: Plan, reason: Reason) -> Rendered:
    """Return a reason for one person."""
    told = [
        Told(source, clip(source.quote, LONGEST_QUOTE), await permalink_of(client, plan, source.key))
        for source in reason.sources
    ]
    return chain(plan, reason, told)


def chain(plan: Plan, reason: Reason, told: Sequence[Told]) -> Rendered:
    """Return a reason link by link: what it is, who said it, what builds it, who approved it."""
    cut = reason.model_copy(update={"text": clip(reason.text, LONGEST_TEXT), "tasks": reason.tasks[:MOST_TASKS]})
    text = render("why", plan=plan, reason=cut, told=told, marks=MARKS, more=len(reason.tasks) - len(cut.tasks))
    return Rendered(text=escape(f"{plan.title}: why {reason.name}"), blocks=sections(text))


async def permalink_of(client: AsyncWebClient, plan: Plan, key: str) -> str:
    """Return the address of a message, or of the card for what came by a command or a form; empty without one."""
    key = key.partition("#")[0]  # which file of the message it was
    channel, _, timestamp = key.removeprefix(MESSAGE).partition("/") if key.startswith(MESSAGE) else ("", "", "")
    channel, timestamp = (channel, timestamp) if timestamp else (plan.channel, plan.thread or "")
    if not timestamp:
        return ""
    try:
        answer = await client.chat_getPermalink(channel=channel, message_ts=timestamp)
    except SlackApiError as error:
        log.info("a message has no address any more", reason=reason_of(error), channel=channel)
        return ""
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("Slack can't be asked for an address", reason=str(error), channel=channel)
        return ""
    return str(answer.get("permalink") or "")
