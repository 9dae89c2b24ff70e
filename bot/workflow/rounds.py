"""The questions of a plan as they are kept: rounds of them, each one message, and which of them are open."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.planning.conversation import Question
from bot.store.tables import Plan, PlanQuestion
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.messages import MessageKind, announce

__all__ = [
    "OF_BUILD",
    "all_questions",
    "is_of_build",
    "is_open",
    "open_questions",
    "post_round",
    "questions_of_round",
]


OF_BUILD = "checkpoint/"
"""How the ids of questions begin that a build asks."""


async def post_round(session: AsyncSession, plan: Plan, fresh: Sequence[Question]) -> None:
    """Keep questions as a round of their own, and have it posted; open questions never share a number."""
    rows = await all_questions(session, plan)
    number = 1 + max((row.round for row in rows), default=0)
    taken = max((row.position for row in rows if is_open(row)), default=0)
    for position, question in enumerate(fresh, start=taken + 1):
        session.add(
            PlanQuestion(
                workspace=plan.workspace,
                plan_id=plan.id,
                question_id=question.id,
                round=number,
                position=position,
                question=question.model_dump(mode="json"),
            )
        )
    record(session, plan, PLANTHREAD, "asked", questions=[question.id for question in fresh])
    await session.flush()
    await announce(session, plan, MessageKind.QUESTIONS, str(number), round=number)


async def all_questions(session: AsyncSession, plan: Plan) -> Sequence[PlanQuestion]:
    """Return every question of a plan, in the order in which they were asked."""
    query = select(PlanQuestion).where(col(PlanQuestion.plan_id) == plan.id).order_by(col(PlanQuestion.id))
    return (await session.scalars(query)).all()


async def questions_of_round(session: AsyncSession, plan: Plan, number: int) -> list[PlanQuestion]:
    """Return the questions of one message."""
    return [row for row in await all_questions(session, plan) if row.round == number]


async def open_questions(session: AsyncSession, plan: Plan) -> list[PlanQuestion]:
    """Return the questions that wait for an answer."""
    return [row for row in await all_questions(session, plan) if is_open(row)]


def is_of_build(row: PlanQuestion) -> bool:
    """Tell whether a build asked a question, and no planner."""
    return row.question_id.startswith(OF_BUILD)


def is_open(row: PlanQuestion) -> bool:
    """Tell whether a question waits for an answer."""
    return row.answer is None and not row.withdrawn
