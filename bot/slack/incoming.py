"""What people did, handled from the inbox: each payload becomes one call of the workflow in one unit of work."""

from __future__ import annotations

import re
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.planning.conversation import Question
from bot.slack.answers import Answers, Caller
from bot.slack.blocks.card import details
from bot.slack.blocks.notices import status
from bot.slack.blocks.rendered import Rendered
from bot.slack.buttons import Action, Subject, read_subject
from bot.slack.commands import digest_command
from bot.slack.texts import escape, sections
from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.builds import retry
from bot.workflow.overview import overview
from bot.workflow.plans import NewPlan, plan_of_thread, resume, start_plan, stop
from bot.workflow.questions import answer_question, questions_of_round, reply
from bot.workflow.refusals import Refused
from bot.workflow.reviews import approve, request_changes, shown_now
from bot.workflow.stages import PlanStage

__all__ = ["Incoming", "says"]

ASIDE = re.compile(r"^\s*(!aside\b|\(aside\))", re.IGNORECASE)
TO_ANOTHER = re.compile(r"^\s*<@[A-Z0-9]+(\|[^>]*)?>")
MENTION = re.compile(r"&lt;@([A-Z0-9]+)&gt;")
LINKED = re.compile(r"<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>")


class Incoming:
    """Handles the kinds of the inbox: commands, messages, mentions, actions and views."""

    def __init__(
        self, database: Database, client: AsyncWebClient, answers: Answers, bot_user: str, planner: str
    ) -> None:
        """Handle for the bot user of one workspace; ``planner`` is what the card calls the planner."""
        self._database = database
        self._client = client
        self._answers = answers
        self._bot_user = bot_user
        self._planner = planner

    async def handle(self, kind: str, payload: dict[str, Any], key: str) -> None:
        """Handle one item. A refusal becomes a private sentence; every other error is the inbox's to log."""
        who = who_of(kind, payload)
        try:
            if kind == "command":
                await self._command(payload, who, key)
            elif kind in {"message", "app_mention"}:
                await self._message(payload["event"], who, key)
            elif kind == "action":
                await self._action(payload, who, key)
            elif kind == "view":
                await self._view(payload, who, key)
        except Refused as refusal:
            await self._answers.tell(who, says(str(refusal)))

    async def _command(self, payload: dict[str, Any], who: Caller, key: str) -> None:
        verb, _, rest = payload.get("text", "").strip().partition(" ")
        if verb == "new":
            await self._start(plain(rest, self._bot_user), who, key)
            return
        async with self._database.write() as session:
            answer = await digest_command(session, who.workspace, who.channel, who.person, rest.split(), key)
        await self._answers.tell(who, says(answer))

    async def _start(self, text: str, who: Caller, key: str) -> None:
        await self._join(who.channel)
        async with self._database.write() as session:
            new = NewPlan(workspace=who.workspace, channel=who.channel, author=who.person, text=text, key=key)
            await start_plan(session, new, self._planner)

    async def _join(self, channel: str) -> None:
        """Be in the channel, or say how to get in. Raises Refused."""
        try:
            info = await self._client.conversations_info(channel=channel)
            if not (info.get("channel") or {}).get("is_member"):
                await self._client.conversations_join(channel=channel)
        except SlackApiError as error:
            reason = error.response.get("error")
            raise Refused(f"I can't post here ({reason}). Say `/invite @planthread`, then say it again.") from error

    async def _message(self, event: dict[str, Any], who: Caller, key: str) -> None:
        text = event.get("text", "")
        addressed = f"<@{self._bot_user}>" in text
        said = plain(text, self._bot_user)
        if not event.get("thread_ts"):
            if addressed:
                await self._start(said, who, key)
            return
        if ASIDE.match(said) or (TO_ANOTHER.match(text) and not addressed):
            return
        async with self._database.read() as session:
            plan = await plan_of_thread(session, who.channel, who.thread)
        if plan is not None:
            await self._said_in_thread(plan.id, said, who, key, addressed)

    async def _said_in_thread(self, plan_id: str, said: str, who: Caller, key: str, addressed: bool) -> None:
        word = said.strip().lower().rstrip(".!")
        if word in {"status", "tasks"}:
            await self._show(plan_id, word, who)
            return
        async with self._database.write() as session:
            plan = await plan_by_id(session, plan_id)
            if word == "stop":
                await stop(session, plan, who.person, key)
            elif word == "resume":
                await resume(session, plan, who.person, key)
            elif word == "approve":
                await approve(session, plan, plan.review, await shown_now(session, plan), who.person, key)
            elif plan.stage == PlanStage.GATHERING:
                await reply(session, plan, said, who.person, key)
            elif addressed and plan.stage == PlanStage.IN_REVIEW:
                await request_changes(session, plan, plan.review, said, who.person, key)
            elif addressed:
                raise Refused(f"*{plan.title}* is {plan.stage}. Changing it now is not possible yet; nothing is lost.")

    async def _show(self, plan_id: str, word: str, who: Caller) -> None:
        async with self._database.read() as session:
            view = await overview(session, await plan_by_id(session, plan_id))
        await self._answers.tell(who, details(view) if word == "tasks" and view.phases else status(view))

    async def _action(self, payload: dict[str, Any], who: Caller, key: str) -> None:
        pressed = payload["actions"][0]
        action = pressed["action_id"].partition(":")[0]
        subject = read_subject(pressed.get("value", ""))
        if subject is None:
            raise Refused("That button is from an older version. Look at the newest message in the thread.")
        if action == Action.DETAILS:
            await self._show(subject.plan, "tasks", who)
            return
        async with self._database.write() as session:
            plan = await plan_by_id(session, subject.plan, who.workspace)
            await self._press(session, Action(action), plan, subject, who, key)

    async def _press(
        self, session: AsyncSession, action: Action, plan: Plan, subject: Subject, who: Caller, key: str
    ) -> None:
        match action:
            case Action.ANSWER:
                text = await option_text(session, plan, subject)
                await answer_question(session, plan, subject.question, text, who.person, key)
            case Action.APPROVE:
                await approve(session, plan, subject.review, subject.documents, who.person, key)
            case Action.STOP:
                await stop(session, plan, who.person, key)
            case Action.RESUME:
                await resume(session, plan, who.person, key)
            case Action.RETRY:
                await retry(session, plan, who.person, key)
            case _:
                raise Refused("That button does nothing here any more. Look at the newest message in the thread.")

    async def _view(self, payload: dict[str, Any], who: Caller, key: str) -> None:
        view = payload["view"]
        subject = read_subject(view.get("private_metadata", ""))
        if subject is None:
            raise Refused("That form is from an older version. Open it again from the review.")
        text = view["state"]["values"]["change"]["text"].get("value") or ""
        async with self._database.write() as session:
            plan = await plan_by_id(session, subject.plan, who.workspace)
            try:
                await request_changes(session, plan, subject.review, text, who.person, key)
            except Refused as refusal:
                where = Caller(who.workspace, who.person, plan.channel, plan.thread or "")
                await self._answers.tell(where, says(f"{refusal} You wrote: {text[:500]}"))


async def option_text(session: AsyncSession, plan: Plan, subject: Subject) -> str:
    """Return the text of the option that a button stands for (0: you decide). Raises Refused."""
    if subject.option == 0:
        return "you decide"
    rounds = [await questions_of_round(session, plan, number) for number in range(1, 20)]
    row = next((row for rows in rounds for row in rows if row.question_id == subject.question), None)
    options = Question.model_validate(row.question).options if row else ()
    if not 0 < subject.option <= len(options):
        raise Refused("That choice is not open any more.")
    return options[subject.option - 1]


async def plan_by_id(session: AsyncSession, plan_id: str, workspace: str = "") -> Plan:
    """Return a plan by id. Raises Refused where it isn't there, or belongs to another workspace."""
    plan = await session.get(Plan, plan_id)
    if plan is None or (workspace and plan.workspace != workspace):
        raise Refused("That plan is not here any more. `/plan list` shows those that are.")
    return plan


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
    channel = (payload.get("channel") or {}).get("id", "")
    message = payload.get("message") or {}
    thread = message.get("thread_ts") or message.get("ts", "")
    return Caller(payload["team"]["id"], payload["user"]["id"], channel, thread)


def plain(text: str, bot_user: str) -> str:
    """Return what a person typed: the bot's mention taken off, links and Slack's escapes undone."""
    without = text.replace(f"<@{bot_user}>", " ")
    unlinked = LINKED.sub(lambda match: match.group(2) or match.group(1), without)
    return unlinked.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def says(sentence: str) -> Rendered:
    """Return a sentence as a private message: mentions of people stay, all other markup of Slack is escaped."""
    safe = MENTION.sub(r"<@\1>", escape(sentence))
    return Rendered(text=safe[:300], blocks=sections(safe))
