"""What people did, handled from the inbox: each payload becomes one call of the workflow in one unit of work."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.planning.conversation import Question
from bot.slack.answers import Answers, Caller, says, who_of
from bot.slack.blocks.card import details
from bot.slack.blocks.notices import status
from bot.slack.buttons import Action, Subject, read_subject
from bot.slack.commands import READING, answer_command, digest_command, first_word
from bot.slack.inbox import error_id, mark_handled
from bot.slack.people import People, require_member
from bot.slack.reasons import explained
from bot.slack.texts import plain
from bot.store.database import Database
from bot.store.tables import Plan, PlanQuestion
from bot.workflow.builds import retry, skip
from bot.workflow.changes import ask_merge, forget_change
from bot.workflow.overview import overview
from bot.workflow.plans import NewPlan, plan_by_id, plan_of_thread, resume, start_plan, stop
from bot.workflow.provenance import asked_why, why
from bot.workflow.questions import YOU_DECIDE, answer_question, reply
from bot.workflow.refusals import Refused
from bot.workflow.reviews import approve, documents_of, request_changes, review_posted_before
from bot.workflow.stages import Capability, PlanStage, allows

__all__ = ["Incoming"]

WORDS = frozenset({"approve", "stop", "pause", "resume"})
"""What people say in a thread to decide something; what else they say is input."""
MEMBERS_ONLY = frozenset(
    {Action.APPROVE, Action.STOP, Action.RESUME, Action.RETRY, Action.SKIP, Action.MERGE, Action.FORGET}
)
ASIDE = re.compile(r"^\s*(!aside\b|\(aside\))", re.IGNORECASE)
TO_ANOTHER = re.compile(r"^\s*<(?:@[A-Z0-9]+|!subteam\^[A-Z0-9]+|!here|!channel|!everyone)(?:\|[^>]*)?>")
INVITE = "Say `/invite @planthread` here, then say it again."


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
        self._people = People(client, database)

    async def handle(self, kind: str, payload: dict[str, Any], key: str) -> None:
        """Handle one item. A refusal becomes a private sentence; of any other error people hear its id."""
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
        except Exception:
            sorry = (
                f"Something went wrong here (error {error_id(key)}). What was said before is safe; please try again."
            )
            await self._answers.tell(who, says(sorry))
            raise

    @asynccontextmanager
    async def _unit(self, key: str) -> AsyncIterator[AsyncSession]:
        """One unit of work that also marks the item as handled, so that a crash after it repeats nothing."""
        async with self._database.write() as session:
            await mark_handled(session, key)
            yield session

    async def _command(self, payload: dict[str, Any], who: Caller, key: str) -> None:
        text = payload.get("text") or ""
        rest = without_first_word(plain(text, self._bot_user))
        if first_word(text) == "new":
            await self._start(rest, who, key)
            return
        async with self._unit(key) as session:
            answer = await digest_command(session, who.workspace, who.channel, who.person, rest.split(), key)
        await self._answers.tell(who, says(answer))

    async def _start(self, text: str, who: Caller, key: str) -> None:
        await self._join(who.channel)
        await self._people.standing(who.workspace, who.person)
        async with self._unit(key) as session:
            new = NewPlan(workspace=who.workspace, channel=who.channel, author=who.person, text=text, key=key)
            await start_plan(session, new, self._planner)

    async def _join(self, channel: str) -> None:
        """Be in the channel, or say how to get in. Raises Refused."""
        try:
            info = (await self._client.conversations_info(channel=channel)).get("channel") or {}
            if not (info.get("is_member") or info.get("is_im")):
                await self._client.conversations_join(channel=channel)
        except SlackApiError as error:
            reason = error.response.get("error")
            raise Refused(f"I'm not in this channel and can't join it by myself ({reason}). {INVITE}") from error

    async def _message(self, event: dict[str, Any], who: Caller, key: str) -> None:
        text = event.get("text") or ""
        addressed = self._addressed(text) or (event.get("channel_type") == "im" and not who.thread)
        said = plain(text, self._bot_user)
        if ASIDE.match(said) or (TO_ANOTHER.match(text) and not addressed):
            return
        if not who.thread:
            if addressed:
                await self._asked(said, who, key)
            return
        async with self._database.read() as session:
            plan = await plan_of_thread(session, who.channel, who.thread)
        if plan is not None:
            await self._said_in_thread(plan, said, who, key, event["ts"], addressed)
        elif addressed:
            raise Refused("This thread has no plan. Mention me outside of a thread to start one, or use `/plan new …`.")

    def _addressed(self, text: str) -> bool:
        return re.search(rf"<@{re.escape(self._bot_user)}(\|[^>]*)?>", text) is not None

    async def _asked(self, said: str, who: Caller, key: str) -> None:
        """A mention, or a direct message, outside of a thread: a verb that reads is answered, the rest is a plan."""
        words = said.strip().lower().rstrip(".!?")
        if words not in READING:
            await self._start(without_first_word(said) if first_word(said) == "new" else said, who, key)
            return
        async with self._database.read() as session:
            answer = await answer_command(session, who.workspace, who.channel, who.person, words)
        await self._answers.tell(who, answer)

    async def _said_in_thread(
        self, plan: Plan, said: str, who: Caller, key: str, timestamp: str, addressed: bool
    ) -> None:
        word = said.strip().lower().rstrip(".!")
        if word in {"status", "tasks"}:
            await self._show(plan.id, word, who)
            return
        if (name := asked_why(said)) and await self._explain(plan, name, who, addressed):
            return
        if word not in WORDS and not addressed and plan.stage != PlanStage.GATHERING:
            return
        standing = await self._people.standing(who.workspace, who.person)
        async with self._unit(key) as session:
            plan = await plan_by_id(session, plan.id, who.workspace, change=True)
            if word in WORDS:
                require_member(standing)
                answer = await self._decide(session, word, plan, who, key, timestamp)
            elif plan.stage == PlanStage.GATHERING:
                answer = " ".join((await reply(session, plan, said, who.person, key)).left_out)
            elif addressed and allows(plan, Capability.REQUEST_CHANGES):
                require_member(standing)
                await request_changes(session, plan, plan.review, said, who.person, key)
                answer = ""
            elif addressed:
                raise Refused(f"*{plan.title}* is {plan.stage}. Changing it now is not possible yet; nothing is lost.")
            else:
                answer = ""
        if answer:
            await self._answers.tell(who, says(answer))

    async def _decide(self, session: AsyncSession, word: str, plan: Plan, who: Caller, key: str, timestamp: str) -> str:
        """Do what one of the deciding words says; return what to tell the person. Raises Refused."""
        if word in {"stop", "pause"}:
            return await stop(session, plan, who.person, key)
        if word == "resume":
            return await resume(session, plan, who.person, key)
        seen = await review_posted_before(session, plan, timestamp)
        await approve(session, plan, seen.number, documents_of(seen), who.person, key)
        return ""

    async def _explain(self, plan: Plan, name: str, who: Caller, addressed: bool) -> bool:
        """Tell why something is in a plan; False where nothing was asked ("why bother"). Raises Refused."""
        try:
            async with self._database.read() as session:
                reason = await why(session, await plan_by_id(session, plan.id, who.workspace), name)
        except Refused:
            if addressed or name[:1].isdigit():
                raise
            return False
        await self._answers.tell(who, await explained(self._client, plan, reason))
        return True

    async def _show(self, plan_id: str, word: str, who: Caller) -> None:
        async with self._database.read() as session:
            view = await overview(session, await plan_by_id(session, plan_id, who.workspace))
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
        standing = await self._people.standing(who.workspace, who.person)
        if action in MEMBERS_ONLY:
            require_member(standing)
        async with self._unit(key) as session:
            plan = await plan_by_id(session, subject.plan, who.workspace, change=True)
            answer = await self._press(session, action, plan, subject, who, key)
        if answer:
            await self._answers.tell(who, says(answer))

    async def _press(
        self, session: AsyncSession, action: str, plan: Plan, subject: Subject, who: Caller, key: str
    ) -> str:
        """Do what a button says; return what to tell the person. Raises Refused."""
        match action:
            case Action.ANSWER:
                question, text = await chosen(session, plan, subject)
                await answer_question(session, plan, question, text, who.person, key)
            case Action.APPROVE:
                await approve(session, plan, subject.review, subject.documents, who.person, key)
            case Action.STOP:
                return await stop(session, plan, who.person, key)
            case Action.RESUME:
                return await resume(session, plan, who.person, key)
            case Action.RETRY:
                await retry(session, plan, who.person, key)
            case Action.MERGE:
                return await ask_merge(session, plan, subject.change, who.person, key)
            case Action.FORGET:
                return await forget_change(session, plan, who.person, key)
            case Action.SKIP:
                await skip(session, plan, subject.step, who.person, key)
            case _:
                raise Refused("That button does nothing here any more. Look at the newest message in the thread.")
        return ""

    async def _view(self, payload: dict[str, Any], who: Caller, key: str) -> None:
        view = payload["view"]
        subject = read_subject(view.get("private_metadata", ""))
        if subject is None:
            raise Refused("That form is from an older version. Open it again from the review.")
        text = view["state"]["values"]["change"]["text"].get("value") or ""
        async with self._database.read() as session:
            plan = await plan_by_id(session, subject.plan, who.workspace)
        standing = await self._people.standing(who.workspace, who.person)
        try:
            require_member(standing)
            async with self._unit(key) as session:
                plan = await plan_by_id(session, subject.plan, who.workspace, change=True)
                await request_changes(session, plan, subject.review, plain(text), who.person, key)
        except Refused as refusal:
            where = Caller(who.workspace, who.person, plan.channel, plan.thread or "")
            await self._answers.tell(where, says(f"{refusal} You wrote: {text[:2000]}"))


async def chosen(session: AsyncSession, plan: Plan, subject: Subject) -> tuple[str, str]:
    """Return the question that a button answers and the text of its option (0: you decide). Raises Refused."""
    row = await session.get(PlanQuestion, subject.question)
    if row is None or row.plan_id != plan.id:
        raise Refused("That question is not open any more.")
    options = Question.model_validate(row.question).options
    if not 0 <= subject.option <= len(options):
        raise Refused("That choice is not open any more.")
    return row.question_id, options[subject.option - 1] if subject.option else YOU_DECIDE


def without_first_word(text: str) -> str:
    """Return a text without its first word."""
    _, *rest = text.split(maxsplit=1) or [""]
    return rest[0] if rest else ""
