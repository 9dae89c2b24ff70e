"""What tests of the running bot wait for: a stage, a private answer, handled items, rows."""

from __future__ import annotations

import asyncio

from sqlalchemy import select
from sqlmodel import col

from bot.local_workspace.directory import BOT_USER
from bot.store.tables import InboxItem
from tests.local_workspace.driving import PATIENCE_SECONDS, Json, PersonAtWork
from tests.slack.running import RunningBot, shown
from tests.workflow.office import IDEA, Office, ScriptedPlanner


async def started(bot: RunningBot, person: PersonAtWork, stage: str = "in review") -> str:
    """Start a plan by command and wait for a stage; return its thread."""
    assert (await person.plan(f"new {IDEA}"))["ok"]
    return (await bot.settled(stage)).thread or ""


async def approved(bot: RunningBot, person: PersonAtWork) -> str:
    """Start a plan by command and approve it; return its thread."""
    thread = await started(bot, person)
    await person.say("approve", thread_ts=thread)
    await bot.settled("approved")
    return thread


async def office_of(bot: RunningBot, planner: ScriptedPlanner) -> Office:
    """Return an office that goes on with the oldest plan, as builds do."""
    office = Office(bot.database, planner)
    office.plan_id = (await bot.plans())[0].id
    return office


async def told(person: PersonAtWork, words: str, thread: str = "", channel: str = "general") -> Json:
    """Wait for a private answer with these words."""
    arguments = {"channel": channel} | ({"thread_ts": thread} if thread else {})
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            for message in (await person.get("messages", **arguments))["messages"]:
                if message["only_for"] and words in message["text"] + shown(message):
                    return dict(message)
            await asyncio.sleep(0.02)


async def handled(bot: RunningBot, count: int) -> list[InboxItem]:
    """Wait until so many items were handled to the end."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with bot.database.read() as session:
                rows = (await session.scalars(select(InboxItem).order_by(col(InboxItem.id)))).all()
            if sum(is_settled(row) for row in rows) >= count:
                return list(rows)
            await asyncio.sleep(0.02)


def is_settled(item: InboxItem) -> bool:
    """Tell whether an item was handled to the end.

    Its unit of work marks it as handled before private answers are sent; the inbox takes the payload away after them.
    """
    return item.handled_at is not None and (bool(item.error) or not item.payload)


async def of_bot(person: PersonAtWork, channel: str = "general") -> list[Json]:
    messages: list[Json] = (await person.get("messages", channel=channel))["messages"]
    return [message for message in messages if message["user"] == BOT_USER and not message["only_for"]]


async def rows[Row](bot: RunningBot, table: type[Row]) -> list[Row]:
    async with bot.database.read() as session:
        return list((await session.scalars(select(table))).all())
