"""Message shortcuts: "Plan this" takes a whole thread as a plan, "Make this a change" asks for what a message says."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.slack.answers import Answers, Caller, says
from bot.slack.channels import be_in
from bot.slack.drops import Drops
from bot.slack.inbox import handling
from bot.slack.people import People, require_member
from bot.slack.talk_before import told_of_talk, with_talk_before
from bot.slack.texts import count
from bot.slack.threads import ThreadReading, read_thread, said_in, shared_in
from bot.store.database import Database
from bot.store.tables import ConversationMessage, Plan, PlanQuestion
from bot.workflow.change_requests import request_changes
from bot.workflow.dropped_files import message_files, take_files
from bot.workflow.heard import SET_ASIDE
from bot.workflow.notices import Notice, tell_notice
from bot.workflow.plans import NewPlan, Said, plan_by_id, plan_of_thread, start_plan
from bot.workflow.refusals import Refused
from bot.workflow.stages import Capability, PlanStage, allows

__all__ = ["Shortcut", "Shortcuts"]


class Shortcut(StrEnum):
    """The message shortcuts of ``manifest.json``, by callback id."""

    PLAN = "plan_this"
    CHANGE = "make_this_a_change"


NOT_NOW = {
    PlanStage.GATHERING: "What is said in its thread counts already: just reply there.",
    PlanStage.APPROVED: "It was approved as it is. Changing it now is not possible yet; nothing is lost.",
    PlanStage.BUILDING: "Changing it while it is built is not possible yet; nothing is lost.",
    PlanStage.CANCELLED: "Say `/plan new …` to begin another plan.",
}
"""What is possible instead of a change, where a plan takes none."""


class Shortcuts:
    """Does what people choose in the menu of a message."""

    def __init__(
        self, database: Database, client: AsyncWebClient, answers: Answers, drops: Drops, bot_user: str, planner: str
    ) -> None:
        """Work as the bot user of one workspace; ``planner`` is what the card calls the planner."""
        self._database = database
        self._client = client
        self._answers = answers
        self._drops = drops
        self._bot_user = bot_user
        self._planner = planner
        self._people = People(client, database)

    async def use(self, payload: dict[str, Any], who: Caller, key: str) -> None:
        """Do what a shortcut asks for on its message. Raises Refused."""
        message = payload.get("message") or {}
        head = str(message.get("thread_ts") or message.get("ts") or payload.get("message_ts") or "")
        match payload.get("callback_id"):
            case Shortcut.PLAN:
                await self._plan(message, head, who, key)
            case Shortcut.CHANGE:
                await self._change(message, head, who, key)
            case _:
                raise Refused("That shortcut does nothing here any more. Install the app again to see those it has.")

    async def _plan(self, message: dict[str, Any], head: str, who: Caller, key: str) -> None:
        """Start a plan in a thread, with all that was said there."""
        await be_in(self._client, who.channel)
        reading = await read_thread(self._client, who.channel, head, self._bot_user)
        if not (reading.said or reading.shared):
            raise Refused("Nobody wrote anything there that I could plan. Use “Plan this” on what a person wrote.")
        reading, before = await with_talk_before(
            self._client, self._database, who.channel, head, self._bot_user, reading
        )
        chosen = said_in(message, who.channel, self._bot_user) or next(iter(reading.said), None)
        dropped = [(shared, await self._drops.read(shared.files)) for shared in reading.shared]
        for person in dict.fromkeys(
            (who.person, *(one.author for one in reading.said), *(one.author for one in reading.shared))
        ):
            await self._people.standing(who.workspace, person)
        async with handling(self._database, key) as session:
            new = NewPlan(
                workspace=who.workspace,
                channel=who.channel,
                author=who.person,
                text=chosen.text if chosen else "New plan from files",
                key=key,
                thread=head,
                said=with_chosen(reading, chosen) if chosen else (),
            )
            plan = await start_plan(session, new, self._planner)
            if before:
                await tell_notice(session, plan, Notice.TAKEN, told_of_talk(before))
            for shared, files in dropped:
                await take_files(session, plan, files, shared.author, shared.key)
        if reading.left_out:
            read = f"I read the beginning of the thread and its newest {len(reading.said) - 1} messages"
            await self._answers.tell(
                who, says(f"{read}; {count(reading.left_out, 'message')} between them I left out.")
            )

    async def _change(self, message: dict[str, Any], head: str, who: Caller, key: str) -> None:
        """Ask for what a message says, where its thread has a plan in review."""
        async with self._database.read() as session:
            plan = await plan_of_thread(session, who.channel, head)
        if plan is None or plan.workspace != who.workspace:
            raise Refused("This thread has no plan to change. “Plan this” in the same menu begins one.")
        require_member(await self._people.standing(who.workspace, who.person))
        said = said_in(message, who.channel, self._bot_user)
        shared = shared_in(message, who.channel, self._bot_user)
        if said is None and shared is None:
            raise Refused("I can only take as a change what a person wrote. Use `Request changes` on the review.")
        for author in {one.author for one in (said, shared) if one is not None}:
            await self._people.standing(who.workspace, author)
        dropped = await self._drops.read(shared.files) if shared else None
        async with handling(self._database, key) as session:
            plan = await plan_by_id(session, plan.id, who.workspace, change=True)
            if not allows(plan, Capability.REQUEST_CHANGES):
                raise Refused(f"*{plan.title}* is {plan.stage}. {NOT_NOW[PlanStage(plan.stage)]}")
            if said is not None:
                await require_unheard(session, plan, said)
                await request_changes(session, plan, plan.review, said.text, who.person, key, said=said)
            if shared is not None and dropped is not None:
                await require_unread(session, plan, shared.key)
                await take_files(session, plan, dropped, shared.author, shared.key)
        follows = f"Review {plan.review + 1} of *{plan.title}* follows in its thread, or why nothing changes."
        next_review = f"Noted as a change. {follows}"
        read = "I read its files; what became of each stands in the thread."
        await self._answers.tell(who, says(next_review if plan.run_stage else read))


def with_chosen(reading: ThreadReading, chosen: Said) -> tuple[Said, ...]:
    """Return what was read, with the message that was chosen where it was left out."""
    if any(said.key == chosen.key for said in reading.said):
        return reading.said
    return (reading.said[0], chosen, *reading.said[1:])


async def require_unread(session: AsyncSession, plan: Plan, key: str) -> None:
    """Raise Refused for a message whose files were read already."""
    if await message_files(session, plan, key):
        raise Refused(f"The files of that message were read for *{plan.title}* already: see the report in its thread.")


async def require_unheard(session: AsyncSession, plan: Plan, said: Said) -> None:
    """Raise Refused for a message that is part of the plan already: as a change, as an answer, or as what was said."""
    message = select(col(ConversationMessage.kind)).where(
        col(ConversationMessage.plan_id) == plan.id, col(ConversationMessage.key) == said.key
    )
    answer = select(col(PlanQuestion.id)).where(
        col(PlanQuestion.plan_id) == plan.id, col(PlanQuestion.answer_key) == said.key
    )
    kind = await session.scalar(message)
    if kind == "change":
        raise Refused(f"That message is a change of *{plan.title}* already.")
    if kind in SET_ASIDE:
        raise Refused("That change was forgotten. Say it once more, in a new message, to ask for it again.")
    if kind is not None or await session.scalar(answer.limit(1)) is not None:
        raise Refused(
            f"*{plan.title}* was planned with that message in mind already. Say what should be different with "
            "`Request changes` on its review."
        )
