"""The evidence pages of a plan: every criterion, and for each the chain from the message to the passing test."""

from __future__ import annotations

import re

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.documents.clipping import clip_words
from bot.documents.entities.drawing import draw
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.tasks.task_plan import TaskState
from bot.planning.sources import Source
from bot.store.database import Database
from bot.store.tables import Plan
from bot.web.chat import Chat
from bot.web.page_key import PageKey
from bot.web.plan_links import NOT_THERE, PLACE, plan_asked_for, ways_of
from bot.web.rendering import page
from bot.workflow.changes import delivered_documents
from bot.workflow.documents import documents_so_far
from bot.workflow.evidence import checks_by_task, requirement_states
from bot.workflow.overview import overview
from bot.workflow.provenance import has_open_change, why
from bot.workflow.refusals import Refused

__all__ = ["evidence_routes"]

MOST_REVIEWS = 8
"""Reviews that the page links to; the others are behind the link to all of them."""
LONGEST_QUESTION = 90
"""Characters of a question that an answer is shown with; the whole one unfolds."""
MARKS = {TaskState.DONE: "done", TaskState.DOING: "doing", TaskState.TODO: "todo"}
TASKS_TOLD = {TaskState.DONE: "built", TaskState.DOING: "being built now", TaskState.TODO: "not built yet"}
TOLD = {TaskState.DONE: "proven", TaskState.DOING: "partly built", TaskState.TODO: "not built yet"}


def evidence_routes(database: Database, key: PageKey, chat: Chat, *, behind_door: bool = False) -> list[Route]:
    """Return the routes of the evidence pages; each needs the signature of its plan.

    Where repositories are ``behind_door``, the pages lead to them through it.
    """
    pages = EvidencePages(database, key, chat, behind_door=behind_door)
    return [
        Route(PLACE, pages.criteria, methods=["GET"]),
        Route(f"{PLACE}/{{number}}", pages.chain, methods=["GET"]),
    ]


class EvidencePages:
    """Answers the requests for evidence pages; what it shows is read from the store as it is now."""

    def __init__(self, database: Database, key: PageKey, chat: Chat, *, behind_door: bool) -> None:
        self._database = database
        self._key = key
        self._behind_door = behind_door
        self._chat = chat

    async def criteria(self, request: Request) -> Response:
        """Show every criterion with its state."""
        async with self._database.read() as session:
            plan = await session.get(Plan, plan_asked_for(request, self._key))
            if plan is None:
                raise HTTPException(404, NOT_THERE)
            try:
                requirements = await requirement_states(session, plan)
            except Refused as refusal:
                raise HTTPException(404, str(refusal)) from refusal
            documents = await documents_so_far(session, plan)
            delivered = await delivered_specs(session, plan)
            view = await overview(session, plan)
        done, total = sum(one.done for one in requirements), sum(len(one.criteria) for one in requirements)
        values = {"plan": view, "requirements": requirements, "done": done, "total": total, "marks": MARKS}
        values["told"] = TOLD
        values["open_review"] = plan.review if has_open_change(plan) and plan.review > plan.delivered_review else 0
        values["reviews"] = range(plan.review, 0, -1)[:MOST_REVIEWS]
        drawing = draw(documents.specs, delivered) if documents else None
        return page("evidence", values | ways_of(request, view, behind_door=self._behind_door) | {"drawing": drawing})

    async def chain(self, request: Request) -> Response:
        """Show the chain of one criterion, entity or field."""
        number = request.path_params["number"]
        async with self._database.read() as session:
            plan = await session.get(Plan, plan_asked_for(request, self._key))
            if plan is None:
                raise HTTPException(404, NOT_THERE)
            try:
                reason = await why(session, plan, number)
            except Refused as refusal:
                raise HTTPException(404, re.sub(r"[*`]", "", str(refusal))) from refusal
            checks = await checks_by_task(session, plan)
            view = await overview(session, plan)
        told = [await self._told(plan, source) for source in reason.sources]
        approved = [await self._chat.name(person) for person in reason.approved_by]
        values = {"plan": view, "reason": reason, "told": told, "approved": approved, "checks": checks}
        values |= {"marks": MARKS, "words": TASKS_TOLD}
        return page("chain", values | ways_of(request, view, behind_door=self._behind_door))

    async def _told(self, plan: Plan, source: Source) -> dict[str, str | bool]:
        return {
            "author": await self._chat.name(source.author),
            "question": source.question,
            "short_question": clip_words(source.question, LONGEST_QUESTION),
            "quote": source.quote.replace("`", "") if source.is_set else source.quote,
            "is_set": source.is_set,
            "url": await self._chat.address(plan, source.key),
        }


async def delivered_specs(session: AsyncSession, plan: Plan) -> EntitySpecs | None:
    """Return the entities as they were delivered, so that a drawing marks what a change brings; None without any."""
    return (await delivered_documents(session, plan)).specs if plan.delivered_review else None
