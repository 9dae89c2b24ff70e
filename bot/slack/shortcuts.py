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
from bot.slack.inbox import handling
from bot.slack.people import People, require_member
from bot.slack.texts import count
from bot.slack.threads import ThreadReading, read_thread, said_in
from bot.store.database import Database
from bot.store.tables import ConversationMessage, Plan, PlanQuestion
from bot.workflow.changes import FORGOTTEN
from bot.workflow.plans import NewPlan, Said, plan_by_id, plan_of_thread, start_plan
from bot.workflow.refusals import Refused
from bot.workflow.reviews import request_changes
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
        self, database: Database, client: AsyncWebClient, answers: Answers, bot_user: str, planner: str
    ) -> None:
        """Work as the bot user of one workspace; ``planner`` is what the card calls the planner."""
        self._database = database
        self._client = client
        self._answers = answers
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
        if not reading.said:
            raise Refused("Nobody wrote anything there that I could plan. Use “Plan this” on what a person wrote.")
        chosen = said_in(message, who.channel, self._bot_user) or reading.said[0]
        for person in dict.fromkeys((who.person, *(said.author for said in reading.said))):
            await self._people.standing(who.workspace, person)
        async with handling(self._database, key) as session:
            new = NewPlan(
                workspace=who.workspace,
                channel=who.channel,
                author=who.person,
                text=chosen.text,
                key=key,
                thread=head,
                said=with_chosen(reading, chosen),
            )
            await start_plan(session, new, self._planner)
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
        if said is None:
            raise Refused("I can only take as a change what a person wrote. Use `Request changes` on the review.")
        await self._people.standing(who.workspace, said.author)
        async with handling(self._database, key) as session:
            plan = await plan_by_id(session, plan.id, who.workspace, change=True)
            if not allows(plan, Capability.REQUEST_CHANGES):
                raise Refused(f"*{plan.title}* is {plan.stage}. {NOT_NOW[PlanStage(plan.stage)]}")
            await require_unheard(session, plan, said)
            await request_changes(session, plan, plan.review, said.text, who.person, key, said=said)
        next_review = f"Review {plan.review + 1} of *{plan.title}* follows in its thread."
        await self._answers.tell(who, says(f"Noted as a change. {next_review}"))


def with_chosen(reading: ThreadReading, chosen: Said) -> tuple[Said, ...]:
    """Return what was read, with the message that was chosen where it was left out."""
    if any(said.key == chosen.key for said in reading.said):
        return reading.said
    return (reading.said[0], chosen, *reading.said[1:])


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
    if kind == FORGOTTEN:
        raise Refused("That change was forgotten. Say it once more, in a new message, to ask for it again.")
    if kind is not None or await session.scalar(answer.limit(1)) is not None:
        raise Refused(
            f"*{plan.title}* was planned with that message in mind already. Say what should be different with "
            "`Request changes` on its review."
        )
