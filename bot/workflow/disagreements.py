"""Where people disagree: another answer to an answered question becomes a question, and the review waits for it."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.planning.conversation import Question, Side
from bot.store.tables import Plan, PlanQuestion
from bot.workflow.events import record
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.refusals import Refused
from bot.workflow.replies import YOU_DECIDE, plain_words
from bot.workflow.rounds import all_questions, is_open, post_round

__all__ = ["disputed", "is_settling", "settle", "settles", "unsettled"]

SETTLES = "/settled/"
"""Stands in the id of a question between that of the one it settles and a number."""


def is_settling(row: PlanQuestion) -> bool:
    """Tell whether a question asks which of several answers to another one holds."""
    return SETTLES in row.question_id


def settles(question_id: str) -> str:
    """Return the id of the question that one settles; empty for any that settles none."""
    about, found, _ = question_id.partition(SETTLES)
    return about if found else ""


async def unsettled(session: AsyncSession, plan: Plan) -> list[PlanQuestion]:
    """Return the disagreements that nobody settled yet; a review waits for them."""
    return [row for row in await all_questions(session, plan) if is_settling(row) and is_open(row)]


async def disputed(session: AsyncSession, plan: Plan, row: PlanQuestion, answer: str, person: str, key: str) -> bool:
    """Ask which answer holds, where a person answers otherwise than another did; False where the new one just counts.

    Who answered may change it, and words count more than "you decide". Raises Refused for an answer that says nothing
    new, and for another answer to a disagreement that was settled.
    """
    if plain_words(answer) == plain_words(row.answer or "") or not answer:
        raise Refused(f"<@{row.answered_by}> answered that already: {row.answer or YOU_DECIDE}.")
    if is_settling(row):
        raise Refused(f"<@{row.answered_by}> settled that: {row.answer}. In the review, `Request changes` reopens it.")
    if row.answered_by == person or not row.answer:
        return False
    side = Side(author=person, text=answer)
    rows = await all_questions(session, plan)
    earlier = [one for one in rows if one.question_id.startswith(f"{row.question_id}{SETTLES}")]
    record(session, plan, person, "disagreed", key, question=row.question_id, answer=answer)
    open_one = next((one for one in earlier if is_open(one)), None)
    if open_one is not None:
        await add_side(session, plan, open_one, side)
    else:
        about = Question.model_validate(row.question)
        first = Side(author=row.answered_by, text=row.answer)
        await post_round(session, plan, [which(about, f"{row.question_id}{SETTLES}{len(earlier) + 1}", first, side)])
    plan.run_stage = None  # what is being written would rest on one of the answers
    await refresh_card(session, plan)
    return True


def which(about: Question, question_id: str, *sides: Side) -> Question:
    """Return the question which of several answers holds, with those answers as its options."""
    return Question(
        id=question_id,
        text=f"You disagree. {about.text}",
        reason="The review waits until one of you settles it.",
        options=tuple(dict.fromkeys(side.text for side in sides)),
        sides=sides,
    )


async def add_side(session: AsyncSession, plan: Plan, row: PlanQuestion, side: Side) -> None:
    """Put one more answer beside those that are weighed already; a person's newer words replace the older ones."""
    question = Question.model_validate(row.question)
    sides = (*(one for one in question.sides if one.author != side.author), side)
    options = tuple(dict.fromkeys(one.text for one in sides))
    row.question = question.model_copy(update={"sides": sides, "options": options}).model_dump(mode="json")
    await announce(session, plan, MessageKind.QUESTIONS, str(row.round))


async def settle(session: AsyncSession, plan: Plan, row: PlanQuestion) -> None:
    """Give the answer that settles a disagreement to the question that it was about; nothing for any other question."""
    if not is_settling(row):
        return
    about_id = row.question_id.partition(SETTLES)[0]
    about = next(one for one in await all_questions(session, plan) if one.question_id == about_id)
    about.answer, about.answered_by, about.answer_key = row.answer, row.answered_by, row.answer_key
    await announce(session, plan, MessageKind.QUESTIONS, str(about.round))
