"""The Bolt app: a middleware that keeps what arrives before it is acknowledged, and short listeners."""

from __future__ import annotations

import re
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks.review import change_view, document_view
from bot.slack.buttons import Action, read_subject
from bot.slack.commands import CHANGING, answer_command
from bot.slack.inbox import Inbox
from bot.slack.incoming import says
from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.documents import load_documents
from bot.workflow.plans import plan_of_thread
from bot.workflow.refusals import Refused

__all__ = ["create_app", "create_client"]

SHOWING = (Action.REQUEST_CHANGES, Action.DOCUMENT)
"""Buttons that open a form with their trigger, within three seconds; they change nothing."""

log = structlog.get_logger(__name__)


def create_client(token: str, api_url: str) -> AsyncWebClient:
    """Return a client that obeys rate limits and never sends a post twice by itself."""
    client = AsyncWebClient(token=token, base_url=api_url)
    client.retry_handlers = [AsyncRateLimitErrorRetryHandler(max_retry_count=3)]
    return client


def create_app(client: AsyncWebClient, database: Database, inbox: Inbox) -> AsyncApp:
    """Return the app with its listeners; the same for Socket Mode and for signed HTTP."""
    app = AsyncApp(client=client, token=client.token, request_verification_enabled=False)
    listeners = Listeners(client, database, inbox)
    app.command("/plan")(listeners.command)
    app.event("message")(listeners.event)
    app.event("app_mention")(listeners.event)
    app.event({"type": "member_joined_channel"})(listeners.nothing)
    app.event({"type": "app_home_opened"})(listeners.nothing)
    app.event({"type": "reaction_added"})(listeners.nothing)
    app.action(re.compile(r".+"))(listeners.action)
    app.view(str(Action.REQUEST_CHANGES))(listeners.view)
    return app


class Listeners:
    """What Bolt calls. Each keeps what arrived, acknowledges, and leaves the work to the inbox."""

    def __init__(self, client: AsyncWebClient, database: Database, inbox: Inbox) -> None:
        """Listen for one workspace."""
        self._client = client
        self._database = database
        self._inbox = inbox

    async def command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """`/plan`: verbs that read are answered at once, others are kept first."""
        verb = body.get("text", "").strip().partition(" ")[0]
        if verb in CHANGING:
            await self._inbox.accept(f"command/{body['trigger_id']}", "command", body)
            await ack()
            return
        try:
            async with self._database.read() as session:
                answer = await answer_command(
                    session, body["team_id"], body["channel_id"], body["user_id"], body.get("text", "")
                )
        except Refused as refusal:
            answer = says(str(refusal))
        await ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral")

    async def event(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Messages of people in a plan's thread, and mentions. The two for one text share a key."""
        event = body["event"]
        if await self._is_ours(event):
            await self._inbox.accept(f"message/{event['channel']}/{event['ts']}", event["type"], body)
        await ack()

    async def _is_ours(self, event: dict[str, Any]) -> bool:
        if event.get("bot_id") or event.get("subtype") not in {None, "file_share", "thread_broadcast"}:
            return False
        if event["type"] == "app_mention":
            return True
        thread = event.get("thread_ts")
        if not thread or "user" not in event:
            return False
        async with self._database.read() as session:
            return await plan_of_thread(session, event["channel"], thread) is not None

    async def action(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Buttons: those that show a form open it now, the others are kept."""
        pressed = body["actions"][0]
        name = pressed["action_id"].partition(":")[0]
        if name == Action.OPEN:
            await ack()
        elif name in SHOWING:
            await ack()
            await self._show(Action(name), pressed.get("value", ""), body)
        else:
            await self._inbox.accept(f"action/{body['trigger_id']}", "action", body)
            await ack()

    async def _show(self, action: Action, value: str, body: dict[str, Any]) -> None:
        subject = read_subject(value)
        async with self._database.read() as session:
            plan = await session.get(Plan, subject.plan) if subject else None
            if plan is None or subject is None or plan.workspace != body["team"]["id"]:
                return
            if action is Action.REQUEST_CHANGES:
                view = change_view(plan, subject.review)
            else:
                view = document_view(plan, (await load_documents(session, plan)).texts())
        try:
            await self._client.views_open(trigger_id=body["trigger_id"], view=view)
        except SlackApiError as error:
            log.warning("a form could not be opened", reason=error.response.get("error"), plan=plan.id)

    async def view(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A form that was sent."""
        await self._inbox.accept(f"view/{body.get('trigger_id') or body['view']['id']}", "view", body)
        await ack()

    async def nothing(self, ack: AsyncAck) -> None:
        """Events that come with the subscriptions and ask for nothing yet."""
        await ack()
