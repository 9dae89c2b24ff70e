"""The bot as `bot.app` composes it, without the engine: a planner works as soon as a plan wants it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlmodel import col

from bot.app.serving import background
from bot.local_workspace.directory import BOT_USER
from bot.local_workspace.workspace import Workspace
from bot.slack.answers import SlackAnswers
from bot.slack.application import create_app, create_client
from bot.slack.inbox import Inbox
from bot.slack.incoming import Incoming
from bot.slack.reporter import Reporter
from bot.store.database import Database
from bot.store.tables import OutboxItem, Plan
from bot.workflow.planning_run import PlanningRun
from bot.workflow.ports import Planner
from tests.local_workspace.driving import PATIENCE_SECONDS, Json, PersonAtWork, connected

PACE = 0.0
REST = 0.2


@dataclass
class RunningBot:
    """The parts of a running bot."""

    app: AsyncApp
    client: AsyncWebClient
    database: Database
    inbox: Inbox
    incoming: Incoming
    reporter: Reporter

    async def plans(self) -> list[Plan]:
        """Return all plans, oldest first."""
        async with self.database.read() as session:
            return list((await session.scalars(select(Plan).order_by(col(Plan.created_at)))).all())

    async def settled(self, stage: str = "", hold: str | None = None) -> Plan:
        """Wait until the only plan is in a stage, wants no run, and people see everything."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                plans = await self.plans()
                done = plans and (not stage or plans[-1].stage == stage) and plans[-1].hold == hold
                at_rest = done and (plans[-1].run_stage != "plan" or hold) and plans[-1].thread
                if at_rest and not await self.due():
                    return plans[-1]
                await asyncio.sleep(0.02)

    async def reviewed(self, number: int) -> None:
        """Wait until the oldest plan has a review of this number."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await self.plans())[0].review < number:
                await asyncio.sleep(0.02)

    async def due(self) -> list[str]:
        """Return the messages that are still to be sent."""
        async with self.database.read() as session:
            query = select(col(OutboxItem.key)).where(col(OutboxItem.sent_version) < col(OutboxItem.version))
            return list((await session.scalars(query)).all())

    async def thread(self, person: PersonAtWork, channel: str = "general") -> list[Json]:
        """Return what a person sees in the newest plan's thread, the card first."""
        plan = (await self.plans())[-1]
        found: list[Json] = (await person.get("messages", channel=channel, thread_ts=plan.thread))["messages"]
        return found


def reporter_of(workspace: Workspace, database: Database) -> Reporter:
    """Return a reporter that doesn't wait between messages."""
    return Reporter(database, client_of(workspace), BOT_USER, pace=PACE, rest=REST)


def lose_answers(reporter: Reporter) -> None:
    """Let Slack take each message of a reporter and never answer."""
    post = reporter._client.chat_postMessage

    async def dropped(**arguments: Any) -> None:
        await post(**arguments)
        raise TimeoutError("the connection was dropped")

    reporter._client.chat_postMessage = dropped  # type: ignore[method-assign,assignment]  # the answer is lost


def client_of(workspace: Workspace) -> AsyncWebClient:
    """Return the bot's own client."""
    return create_client(workspace.options.bot_token, f"{workspace.options.address}/api/")


@contextlib.asynccontextmanager
async def running_bot(workspace: Workspace, database: Database, planner: Planner) -> AsyncIterator[RunningBot]:
    """Run the bot until the block ends."""
    client = client_of(workspace)
    inbox = Inbox(database)
    incoming = Incoming(database, client, SlackAnswers(client), BOT_USER, planner.name)
    reporter = Reporter(database, client, BOT_USER, pace=PACE, rest=REST)
    bot = RunningBot(create_app(client, database, inbox, BOT_USER), client, database, inbox, incoming, reporter)
    database.on_commit(reporter.wake)
    works = (reporter.run(), inbox.run(incoming.handle), plan_at_once(database, planner))
    async with background(*works), connected(bot.app, workspace):
        yield bot


async def plan_at_once(database: Database, planner: Planner) -> None:
    """Let the planner work on whatever is wanted."""
    awake = asyncio.Event()
    database.on_commit(awake.set)
    while True:
        awake.clear()
        async with database.read() as session:
            query = select(Plan).where(col(Plan.run_stage) == "plan", col(Plan.hold).is_(None))
            wanted = [(plan.id, plan.run_attempt) for plan in (await session.scalars(query)).all()]
        for plan_id, attempt in wanted:
            await PlanningRun(database, planner).run(plan_id, attempt)
        await awake.wait()


def buttons_of(message: Json) -> dict[str, Json]:
    """Return the buttons of a message by their label."""
    blocks = message.get("blocks", [])
    return {one["text"]["text"]: one for block in blocks if block["type"] == "actions" for one in block["elements"]}


async def press(person: PersonAtWork, message: Json, label: str, channel: str = "general") -> Json:
    """Press a button of a message as it was seen."""
    button = buttons_of(message)[label]
    return await person.do(
        "actions",
        channel=channel,
        ts=message["ts"],
        action_id=button["action_id"],
        value=button.get("value"),
        stale=True,
    )


def shown(message: Json) -> str:
    """Return the words of a message's blocks."""
    lines = []
    for block in message.get("blocks", []):
        if block["type"] == "section":
            lines.append(block["text"]["text"])
        elif block["type"] == "context":
            lines += [one["text"] for one in block["elements"]]
    return "\n".join(lines)
