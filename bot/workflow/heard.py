"""What a review heard: the messages and answers that its proposal came from. What came later can be set aside again."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.store.tables import ConversationMessage, Plan, PlanQuestion, Review
from bot.workflow.messages import MessageKind, announce
from bot.workflow.rounds import all_questions

__all__ = [
    "FORGOTTEN",
    "SET_ASIDE",
    "Heard",
    "asked_as",
    "changes_of_plan",
    "forget_messages",
    "hear_only",
    "heard_by",
    "heard_now",
]

FORGOTTEN = "forgotten"
"""The kind of messages about changes that somebody took back."""
SET_ASIDE = {FORGOTTEN: "change", "forgotten message": "message"}
"""The kinds of messages that no planner is given, each with what it was before."""
ASIDE = "/set aside/"
"""Stands in the id of a question that was asked after the review that a plan went back to, before its row's id."""


class Heard(Frozen):
    """Rows that planners were given: messages and changes, and the questions that had been asked."""

    messages: tuple[int, ...] = ()
    questions: tuple[int, ...] = ()


async def heard_now(session: AsyncSession, plan: Plan) -> Heard:
    """Return what planners are given now."""
    rows = [row.id or 0 for row in await said_in(session, plan) if row.kind not in SET_ASIDE]
    asked = [row.id or 0 for row in await all_questions(session, plan) if ASIDE not in row.question_id]
    return Heard(messages=tuple(rows), questions=tuple(asked))


async def heard_by(session: AsyncSession, plan: Plan, review: Review) -> Heard:
    """Return what a review came from; one of an older version came from what was said before it."""
    if kept := review.content.get("heard"):
        return Heard.model_validate(kept)
    now = await heard_now(session, plan)
    said = {row.id for row in await said_in(session, plan) if row.at <= review.at}
    asked = {row.id for row in await all_questions(session, plan) if row.at <= review.at}
    return Heard(
        messages=tuple(one for one in now.messages if one in said),
        questions=tuple(one for one in now.questions if one in asked),
    )


async def hear_only(session: AsyncSession, plan: Plan, heard: Heard) -> None:
    """Give planners these from now on: what else was said is set aside, and asked again where a planner lacks it."""
    for message in await said_in(session, plan):
        if message.id in heard.messages:
            message.kind = SET_ASIDE.get(message.kind, message.kind)
        elif message.kind not in SET_ASIDE:
            message.kind = next(aside for aside, kind in SET_ASIDE.items() if kind == message.kind)
    rows = await all_questions(session, plan)
    before = {row.id: row.question_id for row in rows}
    for row in rows:
        if row.id not in heard.questions and ASIDE not in row.question_id:
            row.question_id, row.withdrawn = f"{row.question_id}{ASIDE}{row.id}", True
    await session.flush()  # an id that was asked for again is free before its first row takes it back
    for row in rows:
        if row.id in heard.questions and ASIDE in row.question_id:
            row.question_id, row.withdrawn = asked_as(row), row.answer is None
    for number in {row.round for row in rows if row.question_id != before[row.id]}:
        await announce(session, plan, MessageKind.QUESTIONS, str(number))
    await session.flush()


def asked_as(row: PlanQuestion) -> str:
    """Return the id that a planner knows a question by."""
    return row.question_id.partition(ASIDE)[0]


async def forget_messages(session: AsyncSession, plan: Plan, heard: int) -> None:
    """Give planners no more what was said of a forgotten change: all changes but those ``heard`` before it."""
    for row in (await changes_of_plan(session, plan))[heard:]:
        row.kind = FORGOTTEN


async def said_in(session: AsyncSession, plan: Plan) -> Sequence[ConversationMessage]:
    """Return the messages of a plan that count, or counted, as its input; what began it always does."""
    return await said_as(session, plan, (*SET_ASIDE, *SET_ASIDE.values()))


async def changes_of_plan(session: AsyncSession, plan: Plan) -> Sequence[ConversationMessage]:
    """Return every change that planners are given, oldest first."""
    return await said_as(session, plan, ("change",))


async def said_as(session: AsyncSession, plan: Plan, kinds: Collection[str]) -> Sequence[ConversationMessage]:
    """Return the messages of some kinds, oldest first."""
    query = select(ConversationMessage).where(
        col(ConversationMessage.plan_id) == plan.id, col(ConversationMessage.kind).in_(kinds)
    )
    return (await session.scalars(query.order_by(col(ConversationMessage.id)))).all()
