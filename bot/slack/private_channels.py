"""Private channels: who isn't in one, or isn't any more, sees its plans from nowhere else."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.answers import Caller
from bot.slack.channels import members_of
from bot.slack.refusals import reason_of, sentence_of
from bot.store.tables import Plan
from bot.workflow.messages import is_direct
from bot.workflow.refusals import Refused

__all__ = ["SOMEBODY_ELSES", "PrivateChannels"]

MEMBERS_SECONDS = 60.0
"""How long it is believed who is in a private channel."""
PUBLIC_SECONDS = 3600.0
"""How long it is believed that a channel is open to everybody."""
MOST_KNOWN = 1000
"""Channels that are remembered."""
UNSEEN = frozenset({"channel_not_found", "missing_scope", "not_in_channel"})
"""What Slack says of channels that the bot isn't in, or may not look into: nobody is known to be in them."""
ELSEWHERE = "That plan belongs to a private channel that you aren't in. Ask somebody who is there to invite you."
UNSURE = "I can't see who is in that plan's channel just now ({reason}). Look at it in its thread."
SOMEBODY_ELSES = "That plan belongs to another channel. `/plan list` shows those that you can see here."
NO_ANSWER = "Slack doesn't answer"


@dataclass(frozen=True)
class Known:
    """Who is in a channel, None where it is open to everybody; believed until a moment, in seconds of the clock."""

    members: frozenset[str] | None
    until: float


class PrivateChannels:
    """Asks Slack who is in private channels, and believes the answer for a while."""

    def __init__(self, client: AsyncWebClient, present: Callable[[], float] = time.monotonic) -> None:
        """Ask through this client; ``present`` is a clock in seconds."""
        self._client = client
        self._present = present
        self._known: dict[str, Known] = {}

    async def closed_to(self, person: str, channels: Iterable[str]) -> frozenset[str]:
        """Return those of some channels that are private and without a person.

        Raises SlackApiError, and what `aiohttp` raises, where Slack doesn't say.
        """
        return frozenset([one for one in dict.fromkeys(channels) if await self._is_closed(one, person)])

    async def require_open(self, plan: Plan, who: Caller) -> None:
        """Raise Refused where somebody looks at a plan from elsewhere, and isn't in the private channel of it."""
        if plan.channel == who.channel:
            return
        if is_direct(plan.channel) and plan.starter != who.person:
            raise Refused(SOMEBODY_ELSES)
        if why := await self._why_closed(plan.channel, who.person):
            raise Refused(why)

    async def unseen_by(self, person: str, channels: Iterable[str]) -> Mapping[str, str]:
        """Return those of some channels whose plans a person may not see, with a sentence for each that says why."""
        asked = list(dict.fromkeys(channels))
        reasons = await asyncio.gather(*(self._why_closed(channel, person) for channel in asked))
        return {channel: why for channel, why in zip(asked, reasons, strict=True) if why}

    async def has_left(self, person: str, channel: str) -> bool:
        """Tell whether Slack says who is in a private channel, and somebody isn't. False where it doesn't say."""
        try:
            members = (await self._asked(channel)).members if not is_direct(channel) else None
        except (SlackApiError, aiohttp.ClientError, OSError):
            return False
        return bool(members) and person not in (members or ())

    async def _why_closed(self, channel: str, person: str) -> str:
        """Return why a person may not see a channel's plans; empty where they may.

        Nobody is refused by what Slack said a while ago: who was just invited is in.
        """
        try:
            is_remembered = self._remembered(channel) is not None
            if not await self._is_closed(channel, person):
                return ""
            if not is_remembered:
                return ELSEWHERE
            self._known.pop(channel, None)
            return ELSEWHERE if await self._is_closed(channel, person) else ""
        except SlackApiError as error:
            return sentence_of(error, UNSURE)
        except (aiohttp.ClientError, OSError):
            return UNSURE.format(reason=NO_ANSWER)

    async def _is_closed(self, channel: str, person: str) -> bool:
        if is_direct(channel):
            return False
        known = self._remembered(channel)
        if known is None:
            known = await self._asked(channel)
            self._keep(channel, known)
        return known.members is not None and person not in known.members

    def _remembered(self, channel: str) -> Known | None:
        """Return what Slack said of a channel, as long as it is believed."""
        known = self._known.get(channel)
        return known if known is not None and known.until > self._present() else None

    async def _asked(self, channel: str) -> Known:
        try:
            info = (await self._client.conversations_info(channel=channel)).get("channel") or {}
            if not info.get("is_private"):
                return Known(None, self._present() + PUBLIC_SECONDS)
            members = frozenset([member async for member in members_of(self._client, channel)])
        except SlackApiError as error:
            if reason_of(error) not in UNSEEN:
                raise
            members = frozenset()
        return Known(members, self._present() + MEMBERS_SECONDS)

    def _keep(self, channel: str, known: Known) -> None:
        """Remember a channel; of too many the one that was asked about longest ago is forgotten."""
        self._known.pop(channel, None)
        if len(self._known) >= MOST_KNOWN:
            del self._known[next(iter(self._known))]
        self._known[channel] = known
