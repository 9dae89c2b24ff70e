"""Messages in a plan's thread that aren't put to the bot: a hint where they do nothing, a sign where they are noted.

A question that the documents answer is answered, to its writer only.
"""

from __future__ import annotations

import re

from slack_sdk.web.async_client import AsyncWebClient

from bot.patterns import regex
from bot.planning.built_in.phrases.naming import read_name
from bot.planning.built_in.words.chat_text import without_mentions
from bot.planning.built_in.words.sentences import sentences_of
from bot.slack.answers import Answers, Caller, says
from bot.slack.blocks.notices import under_way
from bot.slack.inbox import handling
from bot.slack.reactions import react
from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.notes import hint_once, note
from bot.workflow.overview import overview
from bot.workflow.plain_questions import answer_unasked, answers_beside, asks_how_far, is_plain_question
from bot.workflow.plans import plan_by_id
from bot.workflow.stages import Hold, PlanStage
from bot.workflow.told_of_stages import told_of_stage

__all__ = ["UNDER_WAY", "Unaddressed"]

UNDER_WAY = frozenset({PlanStage.APPROVED, PlanStage.BUILDING})
"""Stages in which a message of people is noted."""
ASKS = regex(r"\s*(?:how|what|when|where|which|who|whose|why|is|are|do|does|did|can|could|will)\b", re.IGNORECASE)
IN_REVIEW = (
    "I left that between you: in review I take no plain replies. Should it change *{title}*, press `Request changes` "
    "on the review, or say it again and mention me."
)
NAMING = (
    "*{title}* keeps its name so far: in review I take no plain replies. Say the same again and mention me, and it is "
    "called “{name}”."
)


class Unaddressed:
    """Answers such messages; nobody hears the same hint twice about one review."""

    def __init__(self, database: Database, client: AsyncWebClient, answers: Answers, *, has_model: bool) -> None:
        """Answer through this client; ``has_model``: somebody writes the tasks that no template builds."""
        self._has_model = has_model
        self._database = database
        self._client = client
        self._answers = answers

    async def at_rest(self, plan: Plan, said: str, who: Caller, key: str) -> None:
        """Take a message of people to each other while nothing is built; what was cancelled stays silent."""
        if plan.stage == PlanStage.IN_REVIEW:
            await self.in_review(plan, said, who, key)
        elif plan.stage == PlanStage.DELIVERED:
            await self.after_delivery(plan, said, who)

    async def in_review(self, plan: Plan, said: str, who: Caller, key: str) -> None:
        """Answer a question that the documents answer, or say once how a reply becomes a change: to the writer only.

        A reply has no effect itself. Who gives the plan a name is told so each time, for it is meant for nobody else.
        """
        if name := read_name(without_mentions(said)):
            await self._answers.tell(who, says(NAMING.format(title=plan.title, name=name)))
            return
        async with handling(self._database, key) as session:
            answer = await answer_unasked(session, plan, said)
            is_news = not answer and await hint_once(session, plan, who.person, key)
        if answer:
            await self._answers.tell(who, says(answer))
        elif is_news:
            await self._answers.tell(who, says(IN_REVIEW.format(title=plan.title)))

    async def while_building(
        self, plan: Plan, said: str, timestamp: str, who: Caller, key: str, *, addressed: bool
    ) -> None:
        """Keep a message for the next task, put a sign on it, and tell its writer once what becomes of it.

        Who mentions the bot is always told. Who asks it something, also beside a hint, is answered: with what the
        documents say to it, what is being done, and what can be said. A message that only asks is no hint.
        """
        if (is_plain_question(said) or told_of_stage(plan, said, 0)) and await self._asked_while_building(
            plan, said, who, addressed=addressed
        ):
            return
        async with handling(self._database, key) as session:
            plan = await plan_by_id(session, plan.id, who.workspace, change=True)
            task = await note(session, plan, said, who.person, key)
            is_news = await hint_once(session, plan, who.person, key)
            asked = [sentence for sentence in sentences_of(said) if is_question(sentence)] if addressed else []
            view = await overview(session, plan) if asked else None
            answer = await answers_beside(session, plan, asked)
        await react(self._client, who.channel, timestamp)
        told = noted(plan, task, has_model=self._has_model)
        if view is not None:
            await self._answers.tell(who, under_way(view, told, answer))
        elif is_news or addressed:
            await self._answers.tell(who, says(told))

    async def _asked_while_building(self, plan: Plan, said: str, who: Caller, *, addressed: bool) -> bool:
        """Answer a message that only asks; False for what people may ask each other. It is no hint for a task."""
        async with self._database.read() as session:
            plan = await plan_by_id(session, plan.id, who.workspace)
            answer = await answers_beside(session, plan, [said])
            if not (addressed or answer or asks_how_far(said)):
                return False
            view = await overview(session, plan)
        await self._answers.tell(who, under_way(view, "", answer))
        return True

    async def after_delivery(self, plan: Plan, said: str, who: Caller) -> None:
        """Answer a question that the documents of a delivered plan answer; to all other talk nothing is said."""
        async with self._database.read() as session:
            answer = await answer_unasked(session, plan, said)
        if answer:
            await self._answers.tell(who, says(answer))


def is_question(said: str) -> bool:
    """Tell whether a sentence asks something."""
    return said.rstrip().endswith(("?", "？", "؟")) or bool(ASKS.match(said))


def noted(plan: Plan, task: str, *, has_model: bool) -> str:
    """Say what becomes of a message while a plan is built."""
    if task and not has_model:
        return (
            f"This build can't use it: no model is configured here, so nobody writes task {task}, and it stays open. I "
            f"keep what you said, and quote it here once *{plan.title}* is delivered; mention me with it then, and it "
            "becomes a change."
        )
    if task and plan.hold == Hold.BLOCKED:
        return f"Noted. `Retry` goes on with it, from task {task}."
    if task:
        return f"Noted: it goes to the next task that is still to be written, {task}."
    stopped = " `Retry` goes on with the build as it was approved." if plan.hold == Hold.BLOCKED else ""
    return (
        f"Noted. What is left of *{plan.title}* follows from what was approved, so this build doesn't use it. I quote "
        f"it here once it is delivered; mention me with it then, and it becomes a change.{stopped}"
    )
