"""Kept files in reviews: shown before they are approved, and delivered as the approved review shows them."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.planning.built_in.words.chat_text import without_mentions
from bot.store.tables import Plan
from bot.workflow.documents import is_given, load_documents
from bot.workflow.kept_files import KeptFile, kept_texts
from bot.workflow.reviews import ReviewContent, open_review, review_of
from bot.workflow.scrubbing import REMOVED

__all__ = ["kept_for_build", "left_out_of", "show_kept"]

LONGEST_LEFT_OUT = 300
"""Characters of a piece that was left out, as a repository quotes it."""


async def show_kept(session: AsyncSession, plan: Plan) -> None:
    """Have a review in which a file that was just kept stands; one that is being written has it anyway.

    That of a dropped plan is left: the next change of the plan's own documents has it.
    """
    if await is_given(session, plan):
        return
    content = ReviewContent.model_validate((await review_of(session, plan, plan.review)).content)
    if plan.run_stage is None and content.proposal is not None:
        documents = await load_documents(session, plan)
        radius = content.radius if plan.delivered_review else None
        await open_review(session, plan, content.proposal, documents, content.findings, radius, content.heard_changes)


async def kept_for_build(session: AsyncSession, plan: Plan) -> dict[str, str]:
    """Return what a build writes as it is, by name: the files of the newest review that were not delivered before.

    What was delivered is people's to edit; only a file that they drop anew takes its place.
    """
    kept = await kept_at(session, plan, plan.review)
    before = await kept_at(session, plan, plan.delivered_review)
    return await kept_texts(session, [one for one in kept if one not in before])


async def left_out_of(session: AsyncSession, plan: Plan) -> tuple[str, ...]:
    """Return what the newest review says is not part of the plan, a line each; people are not named in it."""
    content = ReviewContent.model_validate((await review_of(session, plan, plan.review)).content)
    pieces = (*content.unread, *content.unread_before)
    lines = (" ".join(without_mentions(piece).split()) for piece in pieces if piece != REMOVED)
    return tuple(clipped for line in lines if (clipped := line[:LONGEST_LEFT_OUT].strip()))


async def kept_at(session: AsyncSession, plan: Plan, number: int) -> tuple[KeptFile, ...]:
    """Return the files that a review shows; none where there is no such review."""
    if not number:
        return ()
    return ReviewContent.model_validate((await review_of(session, plan, number)).content).kept
