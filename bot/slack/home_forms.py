"""What people do in their Home tab: opening it, opening a plan from it, and setting their own digest.

The digest's form is judged while it is open: what can't be read in it is said below its field.
"""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.digests.schedules import set_schedule, turn_off
from bot.digests.words import DigestTime, read_schedule_words
from bot.slack.answers import SlackAnswers, says, who_of
from bot.slack.blocks.forms import Origin, errors_at, field, modal, text_field, typed
from bot.slack.blocks.home import home_not_now
from bot.slack.blocks.views import within_a_view
from bot.slack.buttons import Action, read_subject
from bot.slack.digests import DEFAULT_ZONE
from bot.slack.home import digest_of, opened_plan
from bot.slack.home_tabs import redraw_home
from bot.slack.people import People
from bot.slack.plan_pages import PlanPages
from bot.slack.private_channels import PrivateChannels
from bot.slack.refusals import reason_of
from bot.slack.unkept import ASKING_SECONDS, UNKEPT, WRITING_SECONDS, patience_after, stays_open, tell_log
from bot.store.database import Database
from bot.workflow.plans import plan_by_id
from bot.workflow.refusals import Refused

__all__ = ["HomeForms", "is_in_view"]

WHEN = "when"
LONGEST_WHEN = 80
PATIENCE_SECONDS = 30.0
"""How long a tab that couldn't be drawn at once waits for the database."""
HINT = "Such as: daily 09:00 Europe/Berlin, or weekly mon 09:00. Without a place it is your own clock. Empty: none."

log = structlog.get_logger(__name__)


def is_in_view(body: dict[str, Any]) -> bool:
    """Tell whether something was pressed in a Home tab or in a form, rather than in a message."""
    return bool(body.get("view"))


class HomeForms:
    """Answers what is done in Home tabs."""

    def __init__(
        self, client: AsyncWebClient, database: Database, private_channels: PrivateChannels, pages: PlanPages
    ) -> None:
        """Open forms through this client, keep in this database."""
        self._client = client
        self._database = database
        self._people = People(client, database, hurried=True)
        self._private_channels = private_channels
        self._pages = pages
        self._answers = SlackAnswers(client)

    async def opened(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Have the tab of somebody who opened it drawn; their messages are another tab.

        Where the database is held, the tab says so within three seconds, and is drawn as soon as it can be.
        """
        await ack()
        event = body["event"]
        if event.get("tab") != "home":
            return
        if not await self._is_due(body, ASKING_SECONDS + WRITING_SECONDS):
            await self._not_drawn(event["user"])
            await self._is_due(body, PATIENCE_SECONDS)

    async def _is_due(self, body: dict[str, Any], patience: float) -> bool:
        """Note that a tab was opened; tell whether that could be written down within ``patience``, in seconds."""
        try:
            async with self._database.write(patience=patience) as session:
                await redraw_home(session, body["team_id"], body["event"]["user"], opened=True)
        except UNKEPT as error:
            tell_log(body, error)
            return False
        return True

    async def _not_drawn(self, person: str) -> None:
        """Say in a tab that can't be drawn now that nothing is lost; it is drawn where the database is soon free."""
        try:
            await self._client.views_publish(user_id=person, view=home_not_now())
        except SlackApiError as refused:
            log.warning("a Home tab was refused", reason=reason_of(refused), person=person)

    async def open_plan(self, body: dict[str, Any]) -> None:
        """Open a plan over the tab, with its questions or its review and their buttons."""
        who = who_of("action", body)
        subject = read_subject(body["actions"][0].get("value", ""))
        try:
            async with self._database.read() as session:
                plan = await plan_by_id(session, subject.plan if subject else "", who.workspace)
            await self._private_channels.require_open(plan, who)
            async with self._database.read() as session:
                blocks = await opened_plan(session, plan, who.channel, who.person, self._pages)
            view = modal(Action.OPENED_PLAN, "Plan", within_a_view(blocks), Origin(channel=""), submit="")
            await self._client.views_open(trigger_id=body["trigger_id"], view=view)
        except Refused as refusal:
            await self._answers.tell(who, says(str(refusal)))
        except SlackApiError as error:
            log.warning("a plan could not be opened", reason=reason_of(error), person=who.person)
            await self._answers.tell(who, says("That took too long for Slack. Please press the button once more."))

    async def open_digest(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Show the form in which somebody says when they want a digest of their own plans."""
        await ack()
        who = who_of("action", body)
        async with self._database.read() as session:
            now_set = await digest_of(session, who.workspace, who.person)
        element = text_field(now_set.words, longest=LONGEST_WHEN)
        fields = [field(WHEN, "When it comes", element, HINT, optional=True)]
        try:
            view = modal(Action.MY_DIGEST, "Digest of your plans", fields, Origin(channel=""))
            await self._client.views_open(trigger_id=body["trigger_id"], view=view)
        except SlackApiError as error:
            log.warning("a form could not be opened", reason=reason_of(error), person=who.person)
            await self._answers.tell(who, says("That took too long for Slack. Please press the button once more."))

    async def submit_digest(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Keep when somebody wants their digest, or say in the form what can't be read."""
        workspace, person = body["team"]["id"], body["user"]["id"]
        words = typed(body["view"], WHEN).split()
        try:
            async with asyncio.timeout(ASKING_SECONDS) as asking:
                zone = (await self._people.profile(workspace, person)).time_zone or DEFAULT_ZONE
            when = None if words in ([], ["off"]) else read_schedule_words(words, zone)
            await self._keep_digest(workspace, person, when, patience_after(asking))
        except Refused as refusal:
            await ack(response_action="errors", errors=errors_at(WHEN, str(refusal)))
            return
        except UNKEPT as error:
            await stays_open(ack, body, error)
            return
        await ack()

    async def _keep_digest(self, workspace: str, person: str, when: DigestTime | None, patience: float) -> None:
        """Keep when somebody wants their digest; None is never. Raises DatabaseHeld after ``patience``, in seconds."""
        async with self._database.write(patience=patience) as session:
            before = await digest_of(session, workspace, person)
            if when is None:
                await turn_off(session, workspace, person)
            elif when.words() != before.words:
                await set_schedule(session, workspace, person, when, person)
            await redraw_home(session, workspace, person)
