"""Questions in a thread: asking a round of them, and reading what people answer by button or in their own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.redaction import redact
from bot.planning.conversation import Interview, Question
from bot.store.tables import Plan, PlanQuestion
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.plans import add_message, want_run
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.stages import Capability, allows

__all__ = ["YOU_DECIDE", "answer_question", "ask", "open_questions", "questions_of_round", "read_reply", "reply"]

YOU_DECIDE = "You decide"
YOU_DECIDE_WORDS = frozenset(
    {"you decide", "decide for me", "not sure", "not sure: decide for me", "whatever", "default"}
)


async def ask(session: AsyncSession, plan: Plan, interview: Interview) -> None:
    """Post a round of questions as one message. Questions that were answered are never asked again."""
    known = set(
        (await session.scalars(select(col(PlanQuestion.question_id)).where(col(PlanQuestion.plan_id) == plan.id))).all()
    )
    fresh = [question for question in interview.questions if question.id not in known]
    number = 1 + max((row.round for row in await all_questions(session, plan)), default=0)
    for position, question in enumerate(fresh, start=1):
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
    if fresh:
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
    """Return the questions that nobody answered yet."""
    return [row for row in await all_questions(session, plan) if row.answer is None]


async def answer_question(
    session: AsyncSession, plan: Plan, question_id: str, text: str, person: str, key: str
) -> PlanQuestion:
    """Take one answer; when it was the last open one, planning goes on. Raises Refused when it is too late."""
    if not allows(plan, Capability.ANSWER):
        raise Refused(
            f"*{plan.title}* is {plan.stage} already. To change something, use `Request changes` on its review."
        )
    row = next((row for row in await all_questions(session, plan) if row.question_id == question_id), None)
    if row is None:
        raise Refused("That question is not open any more.")
    if row.answer is not None:
        raise Refused(f"<@{row.answered_by}> answered that already: {row.answer or YOU_DECIDE}.")
    row.answer = "" if text.strip().lower().rstrip(".!") in YOU_DECIDE_WORDS else redact(text.strip())
    row.answered_by, row.answer_key = person, key
    record(session, plan, person, "answered", key, question=question_id, answer=row.answer)
    await announce(session, plan, MessageKind.QUESTIONS, str(row.round))
    if not await open_questions(session, plan):
        want_run(plan, Stage.PLAN)
    await refresh_card(session, plan)
    return row


async def reply(session: AsyncSession, plan: Plan, text: str, person: str, key: str) -> int:
    """Take a reply in the thread while gathering: answers to open questions, or more to read for the planner.

    Returns how many questions it answered.
    """
    rows = await open_questions(session, plan)
    answers = read_reply([Question.model_validate(row.question) for row in rows], [row.position for row in rows], text)
    for question_id, answer in answers:
        await answer_question(session, plan, question_id, answer, person, key)
    if not answers:
        await add_message(session, plan, person, text, key)
        record(session, plan, person, "said", key)
        want_run(plan, Stage.PLAN)
        await refresh_card(session, plan)
    return len(answers)


def read_reply(questions: Sequence[Question], positions: Sequence[int], text: str) -> list[tuple[str, str]]:
    """Tell which open questions a reply answers: by number, by an option's words, or because only one is open."""
    by_position = dict(zip(positions, questions, strict=True))
    numbered = re.findall(r"(?:^|[\n,;])\s*(\d)\s*[.:)\-]\s*([^\n]*?)(?=\s*(?:[\n;]|,\s*\d\s*[.:)\-]|$))", text)
    chosen = [
        (by_position[int(number)].id, answer) for number, answer in numbered if int(number) in by_position and answer
    ]
    if chosen:
        return list(dict(chosen).items())
    said = text.strip().lower().rstrip(".!")
    if said in YOU_DECIDE_WORDS:
        return [(question.id, "") for question in questions]
    matching = [
        (question.id, option) for question in questions for option in question.options if option.lower() == said
    ]
    if len(matching) == 1:
        return matching
    return [(questions[0].id, text.strip())] if len(questions) == 1 else []
