"""Every review that a plan had: what was asked for, and what it changed in the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.entities.plain_changes import told_changes
from bot.documents.frozen import Frozen
from bot.store.tables import ConversationMessage, Plan, Review
from bot.workflow.asked import Asked, quoted
from bot.workflow.documents import TITLES, revisions_at
from bot.workflow.heard import heard_by
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent, documents_of, review_of

__all__ = ["DocumentPair", "PastReview", "documents_beside", "past_reviews"]


class PastReview(Frozen):
    """A review as it was shown."""

    number: int
    at: datetime
    restored: int
    """The review that people went back to with it; 0 for any other."""
    restored_by: str
    forgotten_by: str
    is_unshown: bool
    """Nobody was shown it: where a change is forgotten, it keeps what was delivered."""
    changes: tuple[str, ...]
    """What is different since the review before."""
    asked: tuple[Asked, ...]
    """What people asked for between both."""


class DocumentPair(Frozen):
    """A document as a review showed it, and as the one before did."""

    title: str
    revision: int
    before: str | None
    """None where there was none."""
    after: str


async def past_reviews(session: AsyncSession, plan: Plan) -> tuple[PastReview, ...]:
    """Return the reviews of a plan, the newest first."""
    rows = (
        await session.scalars(select(Review).where(col(Review.plan_id) == plan.id).order_by(col(Review.number)))
    ).all()
    said = select(ConversationMessage).where(col(ConversationMessage.plan_id) == plan.id)
    messages = {row.id or 0: row for row in (await session.scalars(said)).all()}
    found, before = list[PastReview](), set[int](messages)  # what the first review came from is no change
    for row in rows:
        heard = set((await heard_by(session, plan, row)).messages)
        found.append(past(row, [messages[one] for one in sorted(heard - before) if one in messages]))
        before = heard
    return tuple(reversed(found))


def past(row: Review, messages: Sequence[ConversationMessage]) -> PastReview:
    """Return one review with the messages that came since the one before it."""
    content = ReviewContent.model_validate(row.content)
    return PastReview(
        number=row.number,
        at=row.at,
        restored=content.restored,
        restored_by=content.restored_by,
        forgotten_by=content.forgotten_by,
        is_unshown=content.is_unshown,
        changes=tuple(told_changes(content.changes)),
        asked=() if content.restored else quoted(messages),
    )


async def documents_beside(session: AsyncSession, plan: Plan, number: int) -> tuple[DocumentPair, ...]:
    """Return each document of a review beside that of the review before. Raises Refused for a review there is not."""
    after = await shown_in(session, plan, number)
    before = await shown_in(session, plan, number - 1) if number > 1 else {}
    return tuple(
        DocumentPair(title=TITLES[name], revision=revision, before=before.get(name, (0, None))[1], after=text)
        for name, (revision, text) in after.items()
    )


async def shown_in(session: AsyncSession, plan: Plan, number: int) -> dict[str, tuple[int, str]]:
    """Return revision and text of each document of a review."""
    seen = {name: what.revision for name, what in documents_of(await review_of(session, plan, number)).items()}
    try:
        rows = await revisions_at(session, plan, seen)
    except KeyError as error:
        raise Refused(f"The documents of review {number} are not kept any more.") from error
    return {name: (row.revision, row.text) for name, row in rows.items()}
