"""Answers of which nothing was made: their question says so, in the place of the sign that they were taken."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.planning.built_in.questions.asked_again import AGAIN
from bot.store.tables import Plan, PlanQuestion
from bot.workflow.messages import MessageKind, announce
from bot.workflow.reviews import ReviewContent, plainly, review_of
from bot.workflow.rounds import all_questions

__all__ = ["Untaken", "retell_untaken", "untaken_answers"]


class Untaken(StrEnum):
    """What became of an answer that nothing was made of."""

    ASKED_AGAIN = "I could not take that, so I ask once more"
    QUOTED = "I could not make anything of that, so the review quotes it"
    LEFT_OUT = "I could not make anything of that, so it is left out"


async def untaken_answers(session: AsyncSession, plan: Plan) -> dict[str, Untaken]:
    """Return the ids of questions whose answers said nothing that a planner could take, and what became of each."""
    rows = [row for row in await all_questions(session, plan) if row.answer is None or not row.withdrawn]
    content = ReviewContent()
    if plan.review:
        content = ReviewContent.model_validate((await review_of(session, plan, plan.review)).content)
    became = dict.fromkeys(map(plainly, (*content.left_out, *content.unread_before)), Untaken.LEFT_OUT)
    became |= dict.fromkeys(map(plainly, content.unread), Untaken.QUOTED)
    found = {row.question_id: became[said] for row in rows if row.answer and (said := plainly(row.answer)) in became}
    asked_again = [row for row in rows if row.question_id.endswith(AGAIN) and not row.withdrawn]
    asked = {row.question_id.removesuffix(AGAIN) for row in asked_again}
    again = {row.question_id: Untaken.ASKED_AGAIN for row in rows if row.question_id in asked and row.answer}
    return found | again


async def retell_untaken(session: AsyncSession, plan: Plan, known: dict[str, Untaken]) -> None:
    """Have the questions shown anew whose answers turn out to be untaken, or taken, since it was ``known``."""
    now = await untaken_answers(session, plan)
    changed = {key for key in {*now, *known} if now.get(key) != known.get(key)}
    for number in dict.fromkeys(rounds_of(await all_questions(session, plan), changed)):
        await announce(session, plan, MessageKind.QUESTIONS, str(number))


def rounds_of(rows: Sequence[PlanQuestion], keys: set[str]) -> list[int]:
    """Return the rounds of questions, by their ids."""
    return [row.round for row in rows if row.question_id in keys]
