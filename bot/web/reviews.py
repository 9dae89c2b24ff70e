"""The pages of a plan's reviews: every one that there was, and what each changed in the documents."""

from __future__ import annotations

import difflib
import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.store.database import Database
from bot.store.tables import Plan
from bot.web.chat import Chat
from bot.web.page_key import PageKey
from bot.web.plan_links import NOT_THERE, PLACE, plan_asked_for, ways_of
from bot.web.rendering import ChangedFile, changed_file, page
from bot.workflow.history import DocumentPair, PastReview, documents_beside, past_reviews
from bot.workflow.overview import overview
from bot.workflow.refusals import Refused

__all__ = ["review_routes"]

LINES_AROUND = 3
"""Lines that are shown around each difference."""


def review_routes(database: Database, key: PageKey, chat: Chat, *, behind_door: bool = False) -> list[Route]:
    """Return the routes of the pages of reviews; each needs the signature of its plan, as those of evidence do."""
    pages = ReviewPages(database, key, chat, behind_door=behind_door)
    return [
        Route(f"{PLACE}/reviews", pages.every, methods=["GET"]),
        Route(f"{PLACE}/reviews/{{review:int}}", pages.one, methods=["GET"]),
    ]


class ReviewPages:
    """Answers the requests for pages of reviews."""

    def __init__(self, database: Database, key: PageKey, chat: Chat, *, behind_door: bool) -> None:
        self._database = database
        self._key = key
        self._chat = chat
        self._behind_door = behind_door

    async def every(self, request: Request) -> Response:
        """Show every review, the newest first."""
        async with self._database.read() as session:
            plan = await session.get(Plan, plan_asked_for(request, self._key))
            if plan is None:
                raise HTTPException(404, NOT_THERE)
            reviews = await past_reviews(session, plan)
            view = await overview(session, plan)
        values = {"plan": view, "reviews": reviews, "names": await self._names(reviews)}
        return page("reviews", values | ways_of(request, view, behind_door=self._behind_door))

    async def one(self, request: Request) -> Response:
        """Show what one review changed, and its documents."""
        number = int(request.path_params["review"])
        async with self._database.read() as session:
            plan = await session.get(Plan, plan_asked_for(request, self._key))
            if plan is None:
                raise HTTPException(404, NOT_THERE)
            try:
                documents = await documents_beside(session, plan, number)
            except Refused as refusal:
                raise HTTPException(404, re.sub(r"[*`]", "", str(refusal))) from refusal
            reviews = await past_reviews(session, plan)
            view = await overview(session, plan)
        this = [one for one in reviews if one.number == number]
        values = {
            "plan": view,
            "review": this[0],
            "newest": reviews[0].number,
            "names": await self._names(this),
            "documents": documents,
            "files": [file for pair in documents if (file := difference(pair))],
        }
        return page("review", values | ways_of(request, view, behind_door=self._behind_door))

    async def _names(self, reviews: tuple[PastReview, ...] | list[PastReview]) -> dict[str, str]:
        """Return what the people who are named in reviews are called."""
        people = {one.person for review in reviews for one in review.asked}
        people |= {person for review in reviews for person in (review.restored_by, review.forgotten_by) if person}
        return {person: await self._chat.name(person) for person in sorted(people)}


def difference(pair: DocumentPair) -> ChangedFile | None:
    """Return what is different in a document; None where nothing is, and where there was none before."""
    if pair.before is None or pair.before == pair.after:
        return None
    lines = difflib.unified_diff(pair.before.splitlines(), pair.after.splitlines(), lineterm="", n=LINES_AROUND)
    return changed_file(pair.title, [*lines][2:])
