"""What the built-in planner made of a conversation so far, told beside the questions that are still open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.planning.conversation import Conversation, Question
from bot.store.tables import Plan
from bot.workflow.asked_so_far import asks_what_is_known, asks_what_is_unread, told_so_far, told_unread
from bot.workflow.asked_understood import asked_understood, told_understood
from bot.workflow.plans import load_conversation
from bot.workflow.questions_back import still_open

__all__ = ["told_beside", "told_of_reading"]


async def told_of_reading(session: AsyncSession, plan: Plan, asked: Sequence[Question], text: str) -> str:
    """Return what is understood so far, or whether one sentence is; nothing where nobody asks that."""
    if asks_what_is_known(text):
        told = await told_so_far(await load_conversation(session, plan))
        return f"{told} {still_open(asked)}" if asked else told
    if asks_what_is_unread(text):
        told = await told_unread(await load_conversation(session, plan))
        return f"{told} {still_open(asked)}" if asked else told
    said = asked_understood(text)
    return await told_beside(session, plan, asked, told_understood, said) if said else ""


async def told_beside(
    session: AsyncSession,
    plan: Plan,
    asked: Sequence[Question],
    tell: Callable[[Conversation, str], Awaitable[str]],
    sentence: str,
) -> str:
    """Return what is told of a sentence that is tried beside all that was said, and what is still asked."""
    answer = await tell(await load_conversation(session, plan), sentence)
    return f"{answer} {still_open(asked)}".strip() if answer and asked else answer
