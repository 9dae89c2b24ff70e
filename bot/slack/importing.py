"""`/plan import`: a form for files, and what becomes of what was sent with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.slack.answers import Answers, Caller, says
from bot.slack.blocks.forms import Origin, chosen, origin_of, typed
from bot.slack.blocks.import_form import FOR, NEW, WORDS, chosen_files, import_view
from bot.slack.channels import be_in
from bot.slack.drops import Drop, Drops
from bot.slack.people import People
from bot.slack.private_channels import SOMEBODY_ELSES, PrivateChannels
from bot.slack.texts import plain
from bot.store.database import Database
from bot.workflow.plans import is_visible, open_plans, plan_by_id, plans_meant
from bot.workflow.refusals import Refused
from bot.workflow.stages import PlanStage

__all__ = ["Imports", "import_form"]


async def import_form(session: AsyncSession, who: Caller, handle: str, *, unseen: Mapping[str, str]) -> dict[str, Any]:
    """Return the form for somebody, the plan of that handle chosen, or the only one that gathers.

    ``unseen`` is as for `plans_meant`. Raises Refused.
    """
    theirs = list(await open_plans(session, who.workspace, who.channel, who.person))
    asked = (who.workspace, who.channel, who.person, handle)
    named = list(await plans_meant(session, *asked, unseen=unseen)) if handle.strip() else []
    gathering = [plan for plan in theirs if plan.stage == PlanStage.GATHERING]
    meant = named or (gathering if len(gathering) == 1 else [])
    others = [plan for plan in theirs if plan.id not in {one.id for one in named}]
    origin = Origin(channel=who.channel, response_url=who.response_url)
    return import_view(origin, [*named, *others], meant[0].id if meant else NEW)


class Imports:
    """Takes what was sent with the form."""

    def __init__(
        self,
        database: Database,
        client: AsyncWebClient,
        private_channels: PrivateChannels,
        answers: Answers,
        people: People,
        drops: Drops,
        planner: str,
    ) -> None:
        """Read files by ``drops``; ``planner`` is what the card calls the planner."""
        self._database = database
        self._client = client
        self._private_channels = private_channels
        self._answers = answers
        self._people = people
        self._drops = drops
        self._planner = planner

    async def take(self, view: dict[str, Any], who: Caller, key: str) -> None:
        """Begin a plan with the files, or give them to one; a refusal reaches the person where they asked."""
        origin = origin_of(view)
        if origin is None:
            raise Refused("That form is from an older version. Say `/plan import` again.")
        where = Caller(who.workspace, who.person, origin.channel, response_url=origin.response_url)
        try:
            await self._answers.tell(where, says(await self._taken(view, where, key, who)))
        except Refused as refusal:
            words = typed(view, WORDS)
            await self._answers.tell(where, says(f"{refusal}{f' You wrote: {words[:2000]}' if words else ''}"))

    async def _taken(self, view: dict[str, Any], where: Caller, key: str, who: Caller) -> str:
        """Give the files to the plan that was chosen; return a sentence about it. Raises Refused."""
        files, words = chosen_files(view), plain(typed(view, WORDS))
        meant = next(iter(chosen(view, FOR)), NEW)
        if meant == NEW:
            await be_in(self._client, where.channel)
            await self._people.standing(where.workspace, where.person)
            await self._drops.start(Drop(files, words, where, key, addressed=True), self._planner)
            return "Your plan begins with these files; its card comes in a moment."
        async with self._database.read() as session:
            plan = await plan_by_id(session, meant, where.workspace)
        if not is_visible(plan, where.channel, where.person):
            raise Refused(SOMEBODY_ELSES)
        await self._private_channels.require_open(plan, who)  # the form may be older than what they may see
        there = Caller(where.workspace, where.person, plan.channel, plan.thread or "")
        await self._drops.take(plan, Drop(files, words, there, key, addressed=True))
        return f"I read the files; what became of each stands in the thread of *{plan.title}*."
