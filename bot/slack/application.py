"""The Bolt app: a middleware that keeps what arrives before it is acknowledged, and short listeners."""

from __future__ import annotations

import contextlib
import functools
import os
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.slack.afterwards import concerns_us, key_afterwards
from bot.slack.answers import Caller, SlackAnswers, says, who_of
from bot.slack.blocks.card import details_view
from bot.slack.blocks.forms import Origin
from bot.slack.blocks.new_plan import new_plan_view
from bot.slack.blocks.rendered import Rendered
from bot.slack.blocks.views import document_view, notes
from bot.slack.blocks.words_form import change_view, hint_view
from bot.slack.buttons import Action, read_subject
from bot.slack.commands import ABOUT_PLANS, CHANGING, answer_command, first_word
from bot.slack.entities_forms import EntitiesForms, entities_form
from bot.slack.home_forms import HomeForms, is_in_view
from bot.slack.importing import import_form
from bot.slack.inbox import Inbox
from bot.slack.people import People, require_member
from bot.slack.plan_pages import NO_PAGES, PlanPages
from bot.slack.private_channels import PrivateChannels
from bot.slack.refusals import reason_of
from bot.slack.settings import SettingsForms
from bot.slack.texts import plain, without_first_word
from bot.slack.unkept import not_answered, not_kept
from bot.store.database import Database, DatabaseHeld
from bot.store.reading import Kept
from bot.workflow.answers_elsewhere import Said, plan_answered
from bot.workflow.change_requests import require_newest
from bot.workflow.documents import document_texts
from bot.workflow.messages import is_direct
from bot.workflow.overview import overview
from bot.workflow.people import participants
from bot.workflow.plans import begun_elsewhere, plan_by_id, plan_of_thread
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent, review_of

__all__ = ["create_app", "create_client"]

READ_ONLY = (Action.DOCUMENT, Action.DETAILS)
SHOWING = (Action.REQUEST_CHANGES, Action.EDIT_ENTITIES, Action.HINT, *READ_ONLY)
"""Buttons that open a form with their trigger, within three seconds; they change nothing."""

ANSWERED_AT_ONCE = (Action.SETTINGS, Action.HOUSE_RULES, Action.MY_DIGEST, Action.EDIT_ENTITIES)
"""Forms whose values are judged while they are open; they are not kept first (see `bot.slack.settings`)."""

EVENTS = ("message", "app_mention", "member_joined_channel", "reaction_added", "reaction_removed")
"""Events that are acknowledged; what some of them say was kept before."""

HIDDEN_VARIABLES = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN")

log = structlog.get_logger(__name__)


def create_client(token: str, api_url: str) -> AsyncWebClient:
    """Return a client that obeys rate limits and never sends a post twice by itself."""
    client = AsyncWebClient(token=token, base_url=api_url)
    client.retry_handlers = [AsyncRateLimitErrorRetryHandler(max_retry_count=3)]
    return client


def create_app(
    client: AsyncWebClient, database: Database, inbox: Inbox, bot_user: str = "", pages: PlanPages = NO_PAGES
) -> AsyncApp:
    """Return the app with its listeners; the same for Socket Mode and for signed HTTP."""
    listeners = Listeners(client, database, inbox, bot_user, pages)
    with without_bolts_variables():
        app = AsyncApp(client=client, request_verification_enabled=False, before_authorize=listeners.keep_deletion)
    app.middleware(listeners.keep)
    app.error(listeners.failed)
    app.command("/plan")(listeners.told(listeners.command))
    for kind in EVENTS:
        app.event(kind)(listeners.nothing)
    settings, home = listeners.settings_forms, listeners.home_forms
    app.event("app_home_opened")(home.opened)
    app.action(Action.MY_DIGEST)(listeners.told(home.open_digest))
    app.view(Action.MY_DIGEST)(home.submit_digest)
    app.action(Action.HOUSE_RULES)(listeners.told(settings.open_house_rules))
    app.action(re.compile(r".+"))(listeners.told(listeners.action))
    app.shortcut(re.compile(r".+"))(listeners.nothing)
    app.view(Action.SETTINGS)(settings.submit)
    app.view(Action.HOUSE_RULES)(settings.submit_house_rules)
    app.view(Action.EDIT_ENTITIES)(listeners.entities_forms.submit)
    app.view(re.compile(r".+"))(listeners.nothing)
    return app


@contextlib.contextmanager
def without_bolts_variables() -> Iterator[None]:
    """Hide what Bolt reads by itself: the first two silently turn its OAuth mode on, without the bot's own token."""
    hidden = {name: os.environ.pop(name) for name in HIDDEN_VARIABLES if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


class Listeners:
    """What Bolt calls. What must not be lost is kept before it is acknowledged; the inbox does the work."""

    def __init__(
        self, client: AsyncWebClient, database: Database, inbox: Inbox, bot_user: str, pages: PlanPages = NO_PAGES
    ) -> None:
        """Listen for one workspace; what ``bot_user`` itself says is never heard, whatever marks it carries."""
        self._client = client
        self._database = database
        self._inbox = inbox
        self._bot_user = bot_user
        self._pages = pages
        self._answers = SlackAnswers(client)
        self._people = People(client, database, hurried=True)
        self._kept: Kept[Rendered] = Kept(database.watermark)
        self._begun_elsewhere: Kept[Sequence[str]] = Kept(database.watermark)
        self._private_channels = PrivateChannels(client)
        self.settings_forms = SettingsForms(client, database, self._private_channels)
        self.home_forms = HomeForms(client, database, self._private_channels, pages)
        self.entities_forms = EntitiesForms(client, database, self._private_channels)

    async def keep(
        self,
        body: dict[str, Any],
        next: Callable[[], Awaitable[None]],  # noqa: A002 (Bolt's name)
    ) -> BoltResponse | None:
        """Keep what changes something. Bolt acknowledges events before their listeners run, but after this."""
        refused = None if is_deletion(body) else await self._keep_or_refuse(body)
        if refused is None:
            await next()
        return refused

    async def keep_deletion(
        self,
        body: dict[str, Any],
        next: Callable[[], Awaitable[None]],  # noqa: A002
    ) -> BoltResponse | None:
        """Keep a deletion earlier: Bolt takes that of a message of ours for something that we did ourselves."""
        refused = await self._keep_or_refuse(body) if is_deletion(body) else None
        if refused is None:
            await next()
        return refused

    async def _keep_or_refuse(self, body: dict[str, Any]) -> BoltResponse | None:
        """Return what Slack is told in the place of an answer where something can't be kept."""
        try:
            await self._keep(body)
        except (DatabaseHeld, SQLAlchemyError) as error:
            return await not_kept(self._answers, body, error)
        return None

    async def _keep(self, body: dict[str, Any]) -> None:
        kept = kept_as(body)
        if kept is not None and await self._is_ours(body):
            await self._inbox.accept(*kept, body)

    async def _is_ours(self, body: dict[str, Any]) -> bool:
        """Tell whether an event concerns a plan: mentions, direct messages, and messages of people in its thread.

        So does what may be an answer of a plan's starter beside that thread: they hear where it goes.
        """
        event = body.get("event")
        if event is None:
            return True
        if event["type"] == "member_joined_channel":
            return event.get("user") in {one.get("user_id") for one in body.get("authorizations") or []}
        if key_afterwards(event) is not None:
            async with self._database.read() as session:
                return await concerns_us(session, event)
        if event.get("bot_id") or event.get("subtype") not in {None, "file_share", "thread_broadcast"}:
            return False
        if event.get("user") in {None, self._bot_user}:
            return False
        if event["type"] == "app_mention" or event.get("channel_type") == "im":
            return True
        async with self._database.read() as session:
            if not event.get("thread_ts"):
                said = Said(body.get("team_id", ""), event["channel"], event["user"], plain(event.get("text") or ""))
                return await plan_answered(session, said) is not None
            return await plan_of_thread(session, event["channel"], event["thread_ts"]) is not None

    async def command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """`/plan`: verbs that change something were kept and are acknowledged, others are answered at once."""
        text = body.get("text") or ""
        if first_word(text) in CHANGING:
            await ack()
            return
        if first_word(text) in {"", "settings"}:
            await ack()
            await (self.settings_forms.open(body) if first_word(text) else self._open_new_plan(body))
            return
        if first_word(text) == "import":
            await ack()
            await self._open_import(body)
            return
        who = who_of("command", body)
        elsewhere = await self._elsewhere(who) if first_word(text) in ABOUT_PLANS else ()
        if elsewhere:  # asking Slack who is in their channels may take longer than it waits for an answer
            await ack()
            unseen = await self._private_channels.unseen_by(who.person, elsewhere)
            await self._answers.tell(who, await self._answer(who, text, unseen))
            return
        answer = await self._answer(who, text, {})
        await ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral")

    async def _elsewhere(self, who: Caller) -> Sequence[str]:
        """Return the other channels in which somebody began plans, which they may have left since.

        Nobody leaves their own direct message.
        """
        asked = (who.workspace, who.channel, who.person)

        async def ask() -> Sequence[str]:
            async with self._database.read() as session:
                channels = await begun_elsewhere(session, *asked)
                return [channel for channel in channels if not is_direct(channel)]

        return await self._begun_elsewhere.of(asked, ask)

    async def _answer(self, who: Caller, text: str, unseen: Mapping[str, str]) -> Rendered:
        """Answer a verb that only reads; a refusal is an answer, too."""
        asked = (who.workspace, who.channel, who.person, text)

        async def ask() -> Rendered:
            try:
                async with self._database.read() as session:
                    return await answer_command(session, *asked, unseen=unseen, pages=self._pages)
            except Refused as refusal:
                return says(str(refusal))

        return await self._kept.of((*asked, frozenset(unseen.items())), ask)

    async def _open_new_plan(self, body: dict[str, Any]) -> None:
        """Show the form that starts a plan; what is sent with it is kept."""
        who = who_of("command", body)
        view = new_plan_view(Origin(channel=who.channel, response_url=who.response_url))
        await self._open_form(view, who, body["trigger_id"], "/plan")

    async def _open_import(self, body: dict[str, Any]) -> None:
        """Show the form that takes files; what is sent with it is kept."""
        who = who_of("command", body)
        handle = without_first_word(plain(body.get("text") or ""))
        unseen = await self._private_channels.unseen_by(who.person, await self._elsewhere(who) if handle else ())
        try:
            async with self._database.read() as session:
                view = await import_form(session, who, handle, unseen=unseen)
        except Refused as refusal:
            await self._answers.tell(who, says(str(refusal)))
            return
        await self._open_form(view, who, body["trigger_id"], "/plan import")

    async def _open_form(self, view: dict[str, Any], who: Caller, trigger: str, said: str) -> None:
        """Open a form that a command asks for."""
        try:
            await self._client.views_open(trigger_id=trigger, view=view)
        except SlackApiError as error:
            log.warning("a form could not be opened", reason=reason_of(error), person=who.person)
            await self._answers.tell(who, says(f"That took too long for Slack. Please say `{said}` once more."))

    async def action(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Buttons: those that show a form open it now, the others were kept."""
        await ack()
        pressed = body["actions"][0]
        if action_of(pressed) == Action.SHOW and is_in_view(body):
            await self.home_forms.open_plan(body)
        elif action_of(pressed) in SHOWING:
            await self._show(Action(action_of(pressed)), pressed.get("value", ""), body)

    async def _show(self, action: Action, value: str, body: dict[str, Any]) -> None:
        who = who_of("action", body)
        try:
            if action not in READ_ONLY:
                require_member(await self._people.standing(who.workspace, who.person))
            view = await self._form(action, value, who)
            above = (body.get("view") or {}).get("type") == "modal"  # Slack opens one over the other only so
            show = self._client.views_push if above else self._client.views_open
            await show(trigger_id=body["trigger_id"], view=view)
        except Refused as refusal:
            await self._answers.tell(who, says(str(refusal)))
        except SlackApiError as error:
            log.warning("a form could not be opened", reason=reason_of(error), person=who.person)
            await self._answers.tell(who, says("That took too long for Slack. Please press the button once more."))

    async def _form(self, action: Action, value: str, who: Caller) -> dict[str, Any]:
        """Return the form that a button shows. Raises Refused."""
        subject = read_subject(value)
        if subject is None:
            raise Refused("That button is from an older version. Look at the newest message in the thread.")
        async with self._database.read() as session:
            plan = await plan_by_id(session, subject.plan, who.workspace)
        await self._private_channels.require_open(plan, who)
        async with self._database.read() as session:
            if action is Action.DOCUMENT:
                row = await review_of(session, plan, plan.review)
                said, people = ReviewContent.model_validate(row.content), await participants(session, plan, row)
                return document_view(plan, await document_texts(session, plan), notes(said), people)
            if action is Action.DETAILS:
                return details_view(self._pages.shown(await overview(session, plan)))
            if action is Action.HINT:
                return hint_view(plan, subject.step)
            if action is Action.EDIT_ENTITIES:
                return await entities_form(session, plan, subject.review)
            require_newest(plan, subject.review)
            return change_view(plan, subject.review)

    def told(self, listener: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        """Have who pressed or typed told of a failure after the acknowledgement, of which Bolt would take it back."""

        @functools.wraps(listener)
        async def telling(**given: Any) -> None:  # noqa: ANN401 (whatever Bolt gives it)
            try:
                await listener(**given)
            except Exception as error:
                if given["ack"].response is None:
                    raise
                await not_answered(self._answers, given["body"], error, is_open=False)

        return telling

    async def failed(
        self, error: Exception, body: dict[str, Any], response: BoltResponse | None
    ) -> BoltResponse | None:
        """Say to who waits for an answer that it failed; Bolt itself would leave them without a word."""
        return await not_answered(self._answers, body, error, is_open=response is not None)

    async def nothing(self, ack: AsyncAck) -> None:
        """Acknowledge what was kept already, and what asks for nothing yet."""
        await ack()


def kept_as(body: dict[str, Any]) -> tuple[str, str] | None:
    """Return key and kind of what must be kept, or None. The two events of one mention share a key."""
    event = body.get("event") or {}
    if event.get("type") == "member_joined_channel":
        return f"joined/{event.get('channel')}/{event.get('event_ts')}", "joined"
    if body.get("type") == "event_callback" and (afterwards := key_afterwards(event)):
        return afterwards
    if body.get("type") == "event_callback" and event.get("type") in {"message", "app_mention"}:
        return f"message/{event.get('channel')}/{event.get('ts')}", event["type"]
    if "command" in body and first_word(body.get("text") or "") in CHANGING:
        return f"command/{body['trigger_id']}", "command"
    if body.get("type") == "message_action":
        return f"shortcut/{body['trigger_id']}", "shortcut"
    opening = {*SHOWING, *ANSWERED_AT_ONCE, Action.OPEN, *([Action.SHOW] if is_in_view(body) else [])}
    if body.get("type") == "block_actions" and action_of(body["actions"][0]) not in opening:
        return f"action/{body['trigger_id']}", "action"
    if body.get("type") == "view_submission" and body["view"].get("callback_id") not in ANSWERED_AT_ONCE:
        return f"view/{body.get('trigger_id') or body['view']['id']}", "view"
    return None


def is_deletion(body: dict[str, Any]) -> bool:
    """Tell whether a body is the event of a deleted message."""
    return (kept_as(body) or ("", ""))[1] == "deleted"


def action_of(pressed: dict[str, Any]) -> str:
    """Return what a pressed button asks for, without what tells buttons of one kind apart."""
    return str(pressed["action_id"]).partition(":")[0]
