"""What could not be read and people want to do without: it goes off the list of the newest review, at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.planning.built_in.phrases.leaving_out import read_leaving_out
from bot.planning.built_in.questions.leaving_out import meant, which_one
from bot.store.tables import Plan
from bot.workflow.events import record
from bot.workflow.messages import MessageKind, announce
from bot.workflow.reviews import ReviewContent, review_of
from bot.workflow.untaken_answers import retell_untaken, untaken_answers

__all__ = ["leave_unread_out"]

LONGEST_QUOTE = 120
MOST_QUOTED = 3


async def leave_unread_out(session: AsyncSession, plan: Plan, text: str, person: str, key: str) -> str:
    """Take what a message leaves out off the list of what could not be read; return a sentence for the person.

    Nothing where the message says anything else, or names nothing of the list: then it is a change as any other.
    """
    wanted = read_leaving_out(text)
    if wanted is None or not plan.review:
        return ""
    row = await review_of(session, plan, plan.review)
    content = ReviewContent.model_validate(row.content)
    found = meant(wanted, content.unread if wanted.place else oldest_first(content))
    if several := which_one(wanted, oldest_first(content)):
        return f"Several hold these words: {several}. Name one by more of its words; nothing was changed."
    if not found:
        return ""
    known = await untaken_answers(session, plan)
    row.content = without(content, found).model_dump(mode="json")
    record(session, plan, person, "left out", key, number=plan.review, pieces=len(found))
    await session.flush()
    await retell_untaken(session, plan, known)
    await announce(session, plan, MessageKind.REVIEW, str(plan.review))
    return told(found, len(content.unread) - len(found))


def oldest_first(content: ReviewContent) -> list[str]:
    """Return what could not be read in the order in which it was said: what is new comes last."""
    fresh = content.unread[: content.fresh_unread]
    return [*content.unread[content.fresh_unread :], *fresh]


def without(content: ReviewContent, found: Sequence[str]) -> ReviewContent:
    """Return what a review tells without what is left out; the planner's own list goes with it."""
    fresh = [piece for piece in content.unread[: content.fresh_unread] if piece not in found]
    kept = tuple(piece for piece in content.unread if piece not in found)
    proposal = content.proposal.model_copy(update={"unread": kept}) if content.proposal else None
    left = tuple(dict.fromkeys((*content.left_out, *found)))
    return content.model_copy(
        update={"unread": kept, "fresh_unread": len(fresh), "left_out": left, "proposal": proposal}
    )


def told(found: Sequence[str], others: int) -> str:
    """Say what is left out, and how many pieces stay quoted."""
    quoted = ", ".join(f"“{piece[:LONGEST_QUOTE]}”" for piece in found[:MOST_QUOTED])
    more = f" and {len(found) - MOST_QUOTED} more" if len(found) > MOST_QUOTED else ""
    stay = f" {others} more {'stays' if others == 1 else 'stay'} quoted; `leave them all out` leaves out the rest."
    return f"Left out: {quoted}{more}.{stay if others else ''} Nothing else changes."
