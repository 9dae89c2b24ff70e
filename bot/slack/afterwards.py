"""What happens to a message after it was said: it is edited or deleted, or somebody answers it with a stop sign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.slack.answers import Answers, Caller, says
from bot.slack.inbox import handling
from bot.slack.people import People, require_member
from bot.slack.private_channels import PrivateChannels
from bot.slack.reasons import MESSAGE
from bot.slack.texts import plain, without_first_word
from bot.store.database import Database
from bot.store.tables import InboxItem, OutboxItem, Plan
from bot.workflow.edits import keys_of_files, note_edit, used_by
from bot.workflow.messages import post_card_again
from bot.workflow.plans import plan_by_id, stop
from bot.workflow.stages import PlanStage

__all__ = ["AFTERWARDS", "Afterwards", "concerns_us", "key_afterwards"]

AFTERWARDS = frozenset({"edited", "deleted", "reaction"})
"""The kinds of the inbox that are handled here."""
STOP_SIGN = "octagonal_sign"
"""Slack's name of the reaction that stops a plan."""
ENDED = frozenset({PlanStage.DELIVERED, PlanStage.CANCELLED})


def key_afterwards(event: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the key and the kind of such an event, or None for any other; a second delivery has the same key."""
    subtype = event.get("subtype")
    channel = event.get("channel")
    if event.get("type") == "reaction_added" and event.get("reaction") == STOP_SIGN:
        item = event.get("item") or {}
        place = f"{item.get('channel')}/{item.get('ts')}"
        return f"reaction/{place}/{event.get('user')}/{event.get('event_ts')}", "reaction"
    if subtype == "message_deleted":
        return f"deleted/{channel}/{event.get('deleted_ts')}", "deleted"
    message = event.get("message") or {}
    if subtype != "message_changed":
        return None
    if message.get("subtype") == "tombstone":  # the head of a thread that goes on
        return f"deleted/{channel}/{message.get('ts')}", "deleted"
    if message.get("bot_id") or not message.get("user"):  # an edit of ours, or of another app's
        return None
    edit = message.get("edited") or {}
    return (f"edited/{channel}/{message.get('ts')}/{edit.get('ts')}", "edited") if edit.get("ts") else None


async def concerns_us(session: AsyncSession, event: Mapping[str, Any]) -> bool:
    """Tell whether such an event is about a plan: its card, one of its messages, or what it came from."""
    kind = (key_afterwards(event) or ("", ""))[1]
    channel, timestamp = place_of(event)
    if kind == "reaction":
        return await plan_at(session, channel, timestamp) is not None
    if await session.scalar(ours_at(channel, timestamp)) is not None:
        return kind == "deleted"
    key = f"{MESSAGE}{channel}/{timestamp}"
    known = await session.scalar(select(col(InboxItem.id)).where(col(InboxItem.key) == key))
    return known is not None or await used_by(session, key) is not None


def place_of(event: Mapping[str, Any]) -> tuple[str, str]:
    """Return channel and timestamp of the message that an event is about."""
    if event.get("type") == "reaction_added":
        return str(event["item"].get("channel")), str(event["item"].get("ts"))
    message = event.get("message") or {}
    return str(event.get("channel")), str(event.get("deleted_ts") or message.get("ts"))


def ours_at(channel: str, timestamp: str) -> Any:  # noqa: ANN401 (SQLAlchemy's type of it says nothing)
    """Return the query for the row of our message at a place."""
    return select(OutboxItem).where(col(OutboxItem.channel) == channel, col(OutboxItem.message) == timestamp)


async def plan_at(session: AsyncSession, channel: str, timestamp: str) -> Plan | None:
    """Return the plan that a message belongs to: one of ours, the head of its thread, or what it came from."""
    item = await session.scalar(ours_at(channel, timestamp))
    if item is not None and item.plan_id:
        return await session.get(Plan, item.plan_id)
    head = select(Plan).where(col(Plan.channel) == channel, col(Plan.thread) == timestamp)
    return await session.scalar(head) or await used_by(session, f"{MESSAGE}{channel}/{timestamp}")


class Afterwards:
    """Handles these kinds of the inbox."""

    def __init__(
        self, database: Database, people: People, private_channels: PrivateChannels, answers: Answers, bot_user: str
    ) -> None:
        """Handle for the bot user of one workspace."""
        self._database = database
        self._private_channels = private_channels
        self._people = people
        self._answers = answers
        self._bot_user = bot_user

    async def handle(self, kind: str, event: dict[str, Any], who: Caller, key: str) -> None:
        """Handle one event. Raises Refused."""
        channel, timestamp = place_of(event)
        if kind == "reaction":
            await self._stop(channel, timestamp, who, key)
        elif kind == "deleted":
            await self._deleted(channel, timestamp, who, key)
        else:
            await self._changed(channel, timestamp, str(event["message"].get("text") or ""), who, key)

    async def _stop(self, channel: str, timestamp: str, who: Caller, key: str) -> None:
        """Stop the plan as the word does; on a plan that has ended the sign is only a sign. Raises Refused."""
        async with self._database.read() as session:
            plan = await plan_at(session, channel, timestamp)
        if plan is None or plan.stage in ENDED:
            return
        there = Caller(who.workspace, who.person, channel, (plan.thread or "") if channel == plan.channel else "")
        await self._private_channels.require_open(plan, there)  # a reminder of it stands in a direct message
        require_member(await self._people.standing(who.workspace, who.person))
        async with handling(self._database, key) as session:
            plan = await plan_by_id(session, plan.id, who.workspace, change=True)
            answer = await stop(session, plan, who.person, key)
        await self._answers.tell(there, says(answer))

    async def _deleted(self, channel: str, timestamp: str, who: Caller, key: str) -> None:
        """Post a deleted card again, once; ask about a deleted message that was used."""
        async with handling(self._database, key) as session:
            item = await session.scalar(ours_at(channel, timestamp))
            if item is not None:
                await post_card_again(session, item)
                return
        await self._note(channel, timestamp, None, who, key)

    async def _changed(self, channel: str, timestamp: str, text: str, who: Caller, key: str) -> None:
        said = plain(text, self._bot_user)
        first, rest = (said.split(maxsplit=1)[:1] or [""])[0].lower(), without_first_word(said)
        await self._note(channel, timestamp, rest if first == "new" else said, who, key)

    async def _note(self, channel: str, timestamp: str, text: str | None, who: Caller, key: str) -> None:
        about = f"{MESSAGE}{channel}/{timestamp}"
        async with handling(self._database, key) as session:
            plan = await used_by(session, about)
            if plan is None or plan.workspace != who.workspace:
                return
            plan = await plan_by_id(session, plan.id, who.workspace, change=True)
            sentence = await note_edit(session, plan, about, who.person, text)
            for of_file in await keys_of_files(session, plan, about) if text is None else ():
                sentence = await note_edit(session, plan, of_file, who.person, None) or sentence
        if sentence:
            await self._answers.tell(Caller(who.workspace, who.person, channel, plan.thread or ""), says(sentence))
