"""What people did, handled from the inbox: each payload becomes one call of the workflow in one unit of work."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.digests.reminders import want_reminders
from bot.patterns import regex
from bot.slack.about_changes import ABOUT_CHANGES
from bot.slack.afterwards import AFTERWARDS, Afterwards
from bot.slack.answers import Answers, Caller, says, who_of
from bot.slack.blocks.forms import origin_of
from bot.slack.blocks.new_plan import request_in
from bot.slack.blocks.words_form import words_in
from bot.slack.buttons import Action, Subject, read_subject
from bot.slack.channels import NotInvited, be_in, require_member_of
from bot.slack.commands import READING, answer_command, first_word
from bot.slack.deeds import press
from bot.slack.digest_words import asked_digest
from bot.slack.digests import digest_command, digest_wish, require_place
from bot.slack.drops import BESIDE_WORDS, Drop, Drops, LookAtFiles, is_meant
from bot.slack.exporting import export_command
from bot.slack.forgetting import forget_caller
from bot.slack.given_plans import OF_GIVEN_PLANS
from bot.slack.home_tabs import redraw_home
from bot.slack.importing import Imports
from bot.slack.inbox import error_id, handling, mark_handled
from bot.slack.people import People, require_member
from bot.slack.plan_pages import NO_PAGES, PlanPages
from bot.slack.private_channels import SOMEBODY_ELSES, PrivateChannels
from bot.slack.rendering import private_view
from bot.slack.shortcuts import Shortcuts
from bot.slack.texts import plain, without_first_word
from bot.slack.thread_help import asks_what_is_built, what_is_built
from bot.slack.thread_talk import ThreadTalk, is_word
from bot.slack.threads import ASIDE, shared_files
from bot.store.database import Database
from bot.store.refusals import is_away
from bot.store.tables import Plan
from bot.workflow.answers_elsewhere import Said, plan_answered, told_where_to_answer
from bot.workflow.held_requests import begin_held, hold_request, send_again
from bot.workflow.involvement import is_concerned
from bot.workflow.notes import give_hint
from bot.workflow.plain_questions import take_at_review
from bot.workflow.plans import NewPlan, begun_elsewhere, is_visible, plan_by_id, plan_of_thread, start_plan
from bot.workflow.refusals import Refused

__all__ = ["Incoming"]

MEMBERS_ONLY = ABOUT_CHANGES | {
    Action.STOP,
    Action.CANCEL,
    Action.RESUME,
    Action.RETRY,
    Action.SKIP,
    Action.ASK_AGAIN,
    Action.BUILT_IN,
    Action.TAKE_WORDS,
    Action.LEAVE_WORDS,
}
TO_ANOTHER = regex(r"^\s*<(?:@[A-Z0-9]+|!subteam\^[A-Z0-9]+|!here|!channel|!everyone)(?:\|[^>]*)?>")


class Incoming:
    """Handles the kinds of the inbox: commands, messages, mentions, actions, views and shortcuts."""

    def __init__(
        self,
        database: Database,
        client: AsyncWebClient,
        answers: Answers,
        bot_user: str,
        planner: str,
        pages: PlanPages = NO_PAGES,
        files_there: LookAtFiles | None = None,
    ) -> None:
        """Handle for the bot user of one workspace; ``planner`` is what the card calls the planner.

        ``files_there`` tells what people have in a delivered repository.
        """
        self._database = database
        self._client = client
        self._private_channels = PrivateChannels(client)
        self._answers = answers
        self._bot_user = bot_user
        self._planner = planner
        self._pages = pages
        self._people = People(client, database)
        self._drops = Drops(database, client, answers, self._people, files_there)
        self._afterwards = Afterwards(database, self._people, self._private_channels, answers, bot_user)
        self._thread_talk = ThreadTalk(database, client, answers, self._people, pages, planner)
        self._imports = Imports(database, client, self._private_channels, answers, self._people, self._drops, planner)
        self._shortcuts = Shortcuts(database, client, answers, self._drops, bot_user, planner)

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
            elif kind == "joined":
                await self._joined(who, key)
            elif kind in AFTERWARDS:
                await self._afterwards.handle(kind, payload["event"], who, key)
            elif kind == "shortcut":
                await self._shortcuts.use(payload, who, key)
        except Refused as refusal:
            await self._answers.tell(who, says(str(refusal)))
        except Exception as failure:
            await self._tell_of(failure, who, key)
            raise

    async def _tell_of(self, failure: Exception, who: Caller, key: str) -> None:
        """Tell of a fault of ours by its id; while the database is away, the item is kept and comes again."""
        if is_away(failure):
            return
        sorry = f"Something went wrong here (error {error_id(key)}). What was said before is safe; please try again."
        await self._answers.tell(who, says(sorry))

    async def _command(self, payload: dict[str, Any], who: Caller, key: str) -> None:
        text = payload.get("text") or ""
        rest = without_first_word(plain(text, self._bot_user))
        if first_word(text) == "new":
            await self._start(rest, who, key)
            return
        if first_word(text) == "export":
            unseen = await self._unseen(who)
            async with handling(self._database, key) as session:
                answer = await export_command(session, who, rest.split(), key, unseen=unseen)
            await self._answers.tell(who, says(answer))
            return
        await self._digest(rest.split(), who, key)

    async def _digest(self, words: Sequence[str], who: Caller, key: str) -> None:
        """Set, stop or send a digest. Raises Refused."""
        wish = digest_wish(who, words)
        profile = await self._people.profile(who.workspace, who.person)
        if not wish.own:
            require_member(profile.standing)
        await require_place(self._client, wish)
        async with handling(self._database, key) as session:
            answer = await digest_command(session, who.workspace, who.person, wish, key, profile.time_zone)
        await self._answers.tell(who, says(answer))

    async def _start(self, text: str, who: Caller, key: str) -> None:
        new = NewPlan(workspace=who.workspace, channel=who.channel, author=who.person, text=text, key=key)
        try:
            await be_in(self._client, who.channel)
        except NotInvited as refusal:
            async with handling(self._database, key) as session:
                is_kept = await hold_request(session, new)
            kept = "I keep what you wrote, and begin as soon as I am here." if is_kept else "Then say it again."
            raise Refused(f"{refusal} {kept}") from refusal
        await self._people.standing(who.workspace, who.person)
        async with handling(self._database, key) as session:
            await start_plan(session, new, self._planner)

    async def _joined(self, who: Caller, key: str) -> None:
        """Begin what was asked for before the bot was in a channel, and send what it could not send there."""
        async with handling(self._database, key) as session:
            await send_again(session, who.workspace, who.channel)
            await begin_held(session, who.workspace, who.channel, self._planner)

    async def _message(self, event: dict[str, Any], who: Caller, key: str) -> None:
        text = event.get("text") or ""
        addressed = self._addressed(text) or (event.get("channel_type") == "im" and not who.thread)
        said = plain(text, self._bot_user)
        if ASIDE.match(said) or (TO_ANOTHER.match(text) and not addressed):
            return
        drop = Drop(shared_files(event), said, who, key, addressed)
        if not who.thread:
            if not await self._answered_beside(drop) and addressed:
                await self._asked(drop)
            return
        async with self._database.read() as session:
            plan = await plan_of_thread(session, who.channel, who.thread)
        if plan is not None and drop.files and not is_word(said) and is_meant(plan, drop):
            await self._drops.take(plan, drop)
        elif plan is not None and (said or not drop.files):
            await self._thread_talk.take(plan, said, who, key, event["ts"], addressed=addressed)
            if drop.files and is_word(said):
                await self._answers.tell(who, says(BESIDE_WORDS))
        elif addressed:
            raise Refused(
                "This thread has no plan. “Plan this”, in the menu of any message here, plans the whole thread; or "
                "mention me outside of a thread."
            )

    async def _answered_beside(self, drop: Drop) -> bool:
        """Tell who answers a plan's questions outside of its thread where to; False for everything else."""
        who = drop.who
        said = Said(who.workspace, who.channel, who.person, drop.said, is_addressed=drop.addressed)
        async with self._database.read() as session:
            if drop.files or await plan_answered(session, said) is None:
                return False
        async with self._database.write() as session:
            answer = await told_where_to_answer(session, said, drop.key)
            if answer:
                await mark_handled(session, drop.key)
        if answer:
            await self._answers.tell(who, says(answer))
        return bool(answer)

    def _addressed(self, text: str) -> bool:
        return re.search(rf"<@{re.escape(self._bot_user)}(\|[^>]*)?>", text) is not None

    async def _asked(self, drop: Drop) -> None:
        """A mention, or a direct message, outside of a thread: a verb that reads is answered, the rest is a plan."""
        said, who, key = drop.said, drop.who, drop.key
        if drop.files:
            await be_in(self._client, who.channel)
            await self._people.standing(who.workspace, who.person)
            await self._drops.start(drop, self._planner)
            return
        if asks_what_is_built(said):
            await self._answers.tell(who, what_is_built())
            return
        if (wanted := asked_digest(said)) is not None:
            await self._digest(wanted, who, key)
            return
        words = said.strip().lower().rstrip(".!?")
        if words not in READING:
            await self._start(without_first_word(said) if first_word(said) == "new" else said, who, key)
            return
        unseen = await self._unseen(who)
        async with self._database.read() as session:
            answer = await answer_command(
                session, who.workspace, who.channel, who.person, words, unseen=unseen, pages=self._pages
            )
        await self._answers.tell(who, answer)

    async def _unseen(self, who: Caller) -> Mapping[str, str]:
        """Return the channels whose plans somebody began and may not see any more, with a sentence that says why."""
        async with self._database.read() as session:
            channels = await begun_elsewhere(session, who.workspace, who.channel, who.person)
        return await self._private_channels.unseen_by(who.person, channels)

    async def _show_privately(self, plan_id: str, who: Caller) -> None:
        """Show a plan with its buttons to somebody who may see it from where they are. Raises Refused."""
        async with self._database.read() as session:
            plan = await plan_by_id(session, plan_id, who.workspace)
            if not is_visible(plan, who.channel, who.person) and not await is_concerned(session, plan, who.person):
                raise Refused(SOMEBODY_ELSES)
            view = await private_view(session, plan, self._pages)
        await self._answers.tell(replace(who, thread=""), view)  # Slack shows nothing in a thread that has no reply yet

    async def _action(self, payload: dict[str, Any], who: Caller, key: str) -> None:
        pressed = payload["actions"][0]
        action = pressed["action_id"].partition(":")[0]
        if action == Action.FORGET_ME:
            await forget_caller(self._database, self._answers, who, key)
            return
        subject = read_subject(pressed.get("value", ""))
        if subject is None:
            raise Refused("That button is from an older version. Look at the newest message in the thread.")
        if action == Action.REMINDERS:
            await self._want_reminders(who, key, wanted=bool(subject.option))
            return
        plan = await self._plan_in_sight(subject.plan, who)
        if action == Action.SHOW:
            await self._show_privately(subject.plan, who)
            return
        await self._press(action, plan, subject, who, key)

    async def _plan_in_sight(self, plan_id: str, who: Caller) -> Plan:
        """Return the plan that a button is about. Raises Refused where somebody may not see it from where they are."""
        async with self._database.read() as session:
            plan = await plan_by_id(session, plan_id, who.workspace)
        await self._private_channels.require_open(plan, who)
        return plan

    async def _press(self, action: str, plan: Plan, subject: Subject, who: Caller, key: str) -> None:
        """Do what a button does to a plan that the person sees. Raises Refused."""
        standing = await self._people.standing(who.workspace, who.person)
        if action in MEMBERS_ONLY:
            require_member(standing)
        if action == Action.APPROVE or action in OF_GIVEN_PLANS:
            await self._thread_talk.require_approver(plan, who, standing)
        async with handling(self._database, key) as session:
            plan = await plan_by_id(session, subject.plan, who.workspace, change=True)
            answer = await press(session, action, plan, subject, who.person, key)
        if answer:
            await self._answers.tell(who, says(answer))

    async def _want_reminders(self, who: Caller, key: str, *, wanted: bool) -> None:
        async with handling(self._database, key) as session:
            await want_reminders(session, who.workspace, who.person, wanted=wanted)
            await redraw_home(session, who.workspace, who.person)

    async def _view(self, payload: dict[str, Any], who: Caller, key: str) -> None:
        view = payload["view"]
        if view.get("callback_id") == Action.NEW_PLAN:
            await self._new_plan(view, who, key)
        elif view.get("callback_id") == Action.IMPORT:
            await self._imports.take(view, who, key)
        else:
            await self._said_in_form(view, who, key)

    async def _new_plan(self, view: dict[str, Any], who: Caller, key: str) -> None:
        """Start the plan that a form asks for; of what can't be started the words are given back."""
        origin = origin_of(view)
        if origin is None:
            raise Refused("That form is from an older version. Say `/plan` again.")
        text, channel = request_in(view, origin)
        where = Caller(who.workspace, who.person, origin.channel, response_url=origin.response_url)
        try:
            if channel != origin.channel:
                await require_member_of(self._client, channel, who.person)
            await self._start(plain(text), replace(who, channel=channel), key)
        except Refused as refusal:
            await self._answers.tell(where, says(f"{refusal} You wrote: {text[:2000]}"))
            return
        if channel != origin.channel:
            await self._answers.tell(where, says("Your plan begins in the channel that you chose."))

    async def _said_in_form(self, view: dict[str, Any], who: Caller, key: str) -> None:
        """Take what was said about a plan in a form, a change or a hint; of what can't be taken the words come back."""
        subject = read_subject(view.get("private_metadata", ""))
        if subject is None:
            raise Refused("That form is from an older version. Open it again from the newest message.")
        text = words_in(view)
        async with self._database.read() as session:
            plan = await plan_by_id(session, subject.plan, who.workspace)
        try:
            await self._private_channels.require_open(plan, who)
        except Refused as refusal:
            await self._answers.tell(who, says(f"{refusal} You wrote: {text[:2000]}"))
            return
        where = Caller(who.workspace, who.person, plan.channel, plan.thread or "")
        standing = await self._people.standing(who.workspace, who.person)
        answer = ""
        try:
            require_member(standing)
            async with handling(self._database, key) as session:
                plan = await plan_by_id(session, subject.plan, who.workspace, change=True)
                if view.get("callback_id") == Action.HINT:
                    answer = await give_hint(session, plan, subject.step, plain(text), who.person, key)
                else:
                    answer = await take_at_review(session, plan, subject.review, plain(text), who.person, key)
        except Refused as refusal:
            answer = f"{refusal} You wrote: {text[:2000]}"
        if answer:
            await self._answers.tell(where, says(answer))
