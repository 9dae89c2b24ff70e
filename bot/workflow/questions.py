"""Questions in a thread: asking a round of them, and taking what people answer by button or in their own words."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.documents.redaction import redact
from bot.planning.conversation import Interview, Question
from bot.store.tables import Plan, PlanQuestion
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.plans import LONGEST_TEXT, add_message
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.replies import (
    YOU_DECIDE,
    decides_nothing,
    numbered_answers,
    preamble,
    read_reply,
    several_fit,
    without_stray_numbers,
)
from bot.workflow.runs import release, want_run
from bot.workflow.stages import Capability, Hold, allows

__all__ = [
    "YOU_DECIDE",
    "Taken",
    "all_questions",
    "answer_question",
    "ask",
    "is_open",
    "open_questions",
    "questions_of_round",
    "read_reply",
    "reply",
]

MOST_AT_ONCE = 3
"""How many questions people are asked in one message; further ones come in the next round."""


async def ask(session: AsyncSession, plan: Plan, interview: Interview) -> None:
    """Post a round of questions as one message.

    A question that was answered is never asked again; one that is open and no longer asked is withdrawn.
    """
    rows = {row.question_id: row for row in await all_questions(session, plan)}
    asked = {question.id: question for question in interview.questions}
    await withdraw(session, plan, [row for row in rows.values() if row.answer is None], set(asked))
    fresh = [question for question in asked.values() if question.id not in rows][:MOST_AT_ONCE]
    if not fresh:
        return
    number = 1 + max((row.round for row in rows.values()), default=0)
    taken = max((row.position for row in rows.values() if is_open(row)), default=0)
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


async def withdraw(session: AsyncSession, plan: Plan, rows: Sequence[PlanQuestion], asked: set[str]) -> None:
    """Take back the unanswered questions that are no longer asked, so that nobody is waited for in vain."""
    for row in rows:
        if row.withdrawn != (row.question_id not in asked):
            row.withdrawn = not row.withdrawn
            await announce(session, plan, MessageKind.QUESTIONS, str(row.round))


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


def is_open(row: PlanQuestion) -> bool:
    """Tell whether a question waits for an answer."""
    return row.answer is None and not row.withdrawn


async def answer_question(
    session: AsyncSession, plan: Plan, question_id: str, text: str, person: str, key: str
) -> PlanQuestion:
    """Take one answer; when it was the last open one, planning goes on. Raises Refused when it is too late."""
    if not allows(plan, Capability.ANSWER):
        raise Refused(
            f"*{plan.title}* is {plan.stage} already. To change something, use `Request changes` on its review."
        )
    row = next((row for row in await all_questions(session, plan) if row.question_id == question_id), None)
    if row is None or (row.withdrawn and row.answer is None):
        raise Refused("That question is not open any more.")
    if row.answer is not None:
        raise Refused(f"<@{row.answered_by}> answered that already: {row.answer or YOU_DECIDE}.")
    row.answer = "" if decides_nothing(text) else redact(text.strip())[:LONGEST_TEXT]
    row.answered_by, row.answer_key = person, key
    record(session, plan, person, "answered", key, question=question_id, answer=row.answer)
    await announce(session, plan, MessageKind.QUESTIONS, str(row.round))
    if not await open_questions(session, plan):
        await go_on(session, plan, person, key)
    await refresh_card(session, plan)
    return row


class Taken(Frozen):
    """What came of a reply: how many questions it answered, and a sentence on each number that it answered in vain."""

    answered: int
    left_out: tuple[str, ...] = ()


async def reply(session: AsyncSession, plan: Plan, text: str, person: str, key: str) -> Taken:
    """Take a reply in the thread while gathering: answers to open questions, or more to read for the planner.

    Raises Refused for an empty reply, an option of several questions, and where every number in it is no open question.
    """
    if not text.strip():
        raise Refused("I can only read text so far. Please paste what the file says, or sum it up in a sentence.")
    every = await all_questions(session, plan)
    rows = [row for row in every if is_open(row)]
    questions, positions = [Question.model_validate(row.question) for row in rows], [row.position for row in rows]
    text, left_out = leave_out(every, positions, text)
    if left_out and not any(answer for _, answer in numbered_answers(text, positions)):
        raise Refused(" ".join(left_out))
    if several_fit(questions, text):
        raise Refused(f"Which question do you mean? Put its number in front, such as `{positions[0]}. {text[:60]}`.")
    answers = read_reply(questions, positions, text)
    for question_id, answer in answers:
        await answer_question(session, plan, question_id, answer, person, key)
    rest = preamble(text, positions) if answers else text
    if rest:
        await add_message(session, plan, person, rest, key)
        record(session, plan, person, "said", key)
    if not answers:
        await go_on(session, plan, person, key)
        await refresh_card(session, plan)
    return Taken(answered=len(answers), left_out=tuple(left_out))


def leave_out(rows: Sequence[PlanQuestion], positions: Sequence[int], text: str) -> tuple[str, list[str]]:
    """Return a reply without answers to numbers that aren't open, and a sentence on each of them.

    While nothing is open, a number that was never asked is part of what people say.
    """
    asked = {row.position: row for row in rows}
    rest, stray = without_stray_numbers(text, positions)
    if not positions and not any(number in asked for number, _ in stray):
        return text, []
    return rest, [why_not(asked.get(number), number, positions) for number, _ in stray]


def why_not(row: PlanQuestion | None, number: int, positions: Sequence[int]) -> str:
    """Return why an answer to a number can't be taken, and what to do instead."""
    if row is not None and row.answer is not None:
        return (
            f"Question {number} was answered by <@{row.answered_by}> with “{(row.answer or YOU_DECIDE)[:200]}”. "
            "To change it, say so in the review with `Request changes`."
        )
    open_now = ", ".join(map(str, positions)) or "none"
    return f"No open question has the number {number}, so its answer was not taken (open: {open_now})."


async def go_on(session: AsyncSession, plan: Plan, person: str, key: str) -> None:
    """Have the plan thought about again. What people add is the help that a blocked plan waited for."""
    if plan.hold == Hold.BLOCKED:
        await release(session, plan, person, key)
    want_run(plan, Stage.PLAN)
