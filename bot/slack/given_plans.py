"""What people do with plans that are built as a file says: the second gate, and answers at checkpoints."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.slack.buttons import Action, Subject
from bot.store.tables import Plan
from bot.workflow.checkpoints import CONFIRM, REFUSE, answer_checkpoint, checkpoint_of_row
from bot.workflow.documents import is_given
from bot.workflow.imports import build_approved
from bot.workflow.refusals import Refused
from bot.workflow.reviews import documents_of, review_posted_before

__all__ = ["OF_GIVEN_PLANS", "press_of_given_plan", "said_build"]

OF_GIVEN_PLANS = frozenset({Action.BUILD, Action.CHECKPOINT})
"""Buttons of plans that are built as a file says; approvers press them."""


async def press_of_given_plan(
    session: AsyncSession, action: str, plan: Plan, subject: Subject, person: str, key: str
) -> str:
    """Do what one of these buttons says; return what to tell the person. Raises Refused."""
    if action == Action.BUILD:
        await build_approved(session, plan, subject.review, subject.documents, person, key)
        return ""
    point = await checkpoint_of_row(session, plan, subject.question)
    choices = point.question.options if point.chooses else (CONFIRM, REFUSE)
    if not 1 <= subject.option <= len(choices):
        raise Refused("That choice is not open any more.")
    return await answer_checkpoint(session, plan, point.number, choices[subject.option - 1], person, key)


async def said_build(session: AsyncSession, plan: Plan, person: str, timestamp: str, key: str) -> None:
    """Take the word `build` for the review that stood there when it was said. Raises Refused."""
    if not await is_given(session, plan):
        raise Refused(f"*{plan.title}* is built once it is approved: say `approve`, or press `Approve and build`.")
    seen = await review_posted_before(session, plan, timestamp)
    await build_approved(session, plan, seen.number, documents_of(seen), person, key)
