"""What people asked for, quoted where others read of it: what a plan began with, and the changes that a review holds.

A slash command and a form show their words to nobody; so the card and the review say them again, shortened.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.clipping import clip_words
from bot.documents.entities.plain_changes import said_plainly
from bot.documents.frozen import Frozen
from bot.planning.edited_entities import as_told
from bot.store.tables import Change, ConversationMessage, Plan, Review
from bot.workflow.dropped_files import is_key_of_file
from bot.workflow.forgotten import is_forgotten
from bot.workflow.heard import changes_of_plan
from bot.workflow.reviews import ReviewContent, compared_with, review_of

__all__ = ["Asked", "asked_first", "asked_of_change", "asked_of_review", "asked_since", "quoted"]

LONGEST_QUOTE = 240
"""Characters of one quote: a line or two in a thread."""


class Asked(Frozen):
    """What somebody said, on one line and shortened."""

    person: str
    words: str


async def asked_first(session: AsyncSession, plan: Plan) -> Asked | None:
    """Return what a plan began with; None where it stands at the head of the thread, and where nobody's words are left.

    A plan of a whole thread has its words above its card.
    """
    query = select(ConversationMessage).where(
        col(ConversationMessage.plan_id) == plan.id, col(ConversationMessage.kind) == "request"
    )
    row = (await session.scalars(query.order_by(col(ConversationMessage.id)).limit(1))).first()
    if row is None or (plan.thread and row.key.endswith(f"/{plan.thread}")):
        return None
    return next(iter(quoted([row])), None)


async def asked_of_review(session: AsyncSession, plan: Plan, row: Review) -> tuple[Asked, ...]:
    """Return the changes that a review holds and that the one before it, or what was delivered, does not."""
    before = compared_with(plan, row.number)
    if not before:
        return ()
    held = ReviewContent.model_validate((await review_of(session, plan, before)).content).heard_changes
    changes = await changes_of_plan(session, plan)
    return quoted(changes[held : ReviewContent.model_validate(row.content).heard_changes])


async def asked_of_change(session: AsyncSession, plan: Plan, change: Change) -> tuple[Asked, ...]:
    """Return what a change was asked for with, in as many revisions as it took."""
    before = int(change.before.get("review") or 0)
    if not before:
        return ()
    held = ReviewContent.model_validate((await review_of(session, plan, before)).content).heard_changes
    heard = ReviewContent.model_validate((await review_of(session, plan, change.review)).content).heard_changes
    return quoted((await changes_of_plan(session, plan))[held:heard])


async def asked_since(session: AsyncSession, plan: Plan, row: Review) -> tuple[Asked, ...]:
    """Return the changes that were asked for after a review: the next one holds them."""
    changes = await changes_of_plan(session, plan)
    return quoted(changes[ReviewContent.model_validate(row.content).heard_changes :])


def quoted(rows: Sequence[ConversationMessage]) -> tuple[Asked, ...]:
    """Return messages as quotes; files have a report of their own, and who asked to be forgotten isn't quoted."""
    said = [row for row in rows if not is_key_of_file(row.key) and not is_forgotten(row.author)]
    quotes = [Asked(person=row.author, words=shortened(said_plainly(as_told(row.text)))) for row in said]
    return tuple(quote for quote in quotes if quote.words)


def shortened(text: str) -> str:
    """Return a text on one line, cut between words."""
    return clip_words(" ".join(text.replace("```", "'").split()), LONGEST_QUOTE)
