"""Answers that aren't taken, or not yet: their question says so, in the place of the sign that they were taken.

An option is taken at once. What people say in their own words is taken when a planner has read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.planning.built_in.questions.asked_again import AGAIN
from bot.planning.built_in.words.vocabulary import plainly
from bot.planning.conversation import Question
from bot.store.tables import Plan, PlanQuestion
from bot.workflow.disagreements import is_settling
from bot.workflow.messages import MessageKind, announce
from bot.workflow.ports import Stage
from bot.workflow.reviews import ReviewContent, review_of
from bot.workflow.rounds import all_questions, is_open
from bot.workflow.stages import PlanStage

__all__ = ["Untaken", "retell_untaken", "untaken_answers"]


class Untaken(StrEnum):
    """What became of an answer that was not taken, or not yet."""

    NOT_READ = "noted; I take it in once all of these are answered"
    ASKED_AGAIN = "I could not take that, so I ask once more"
    QUOTED = "I could not make anything of that, so the review quotes it"
    LEFT_OUT = "I could not make anything of that, so it is left out"
    PARTLY = "I could not make anything of a part of that, so the review quotes it"


MOST_LEFT = 0.6
"""How much of an answer must have come to nothing for all of it to count as untaken."""
FEWEST_WORDS = 3
"""Of a piece of an answer that is spoken of."""


async def untaken_answers(session: AsyncSession, plan: Plan) -> dict[str, Untaken]:
    """Return the ids of questions whose answers no planner took, or has read yet, and what became of each."""
    rows = [row for row in await all_questions(session, plan) if row.answer is None or not row.withdrawn]
    content = ReviewContent()
    if plan.review:
        content = ReviewContent.model_validate((await review_of(session, plan, plan.review)).content)
    became = dict.fromkeys(map(plainly, (*content.left_out, *content.unread_before)), Untaken.LEFT_OUT)
    became |= dict.fromkeys(map(plainly, content.unread), Untaken.QUOTED)
    answered = [row for row in rows if row.answer and not is_option(row)]
    found = {row.question_id: told for row in answered if (told := became_of(plainly(row.answer or ""), became))}
    asked_again = [row for row in rows if row.question_id.endswith(AGAIN) and not row.withdrawn]
    asked = {row.question_id.removesuffix(AGAIN) for row in asked_again}
    again = {row.question_id: Untaken.ASKED_AGAIN for row in rows if row.question_id in asked and row.answer}
    return dict.fromkeys(not_read(plan, rows), Untaken.NOT_READ) | found | again


def became_of(answer: str, became: Mapping[str, Untaken]) -> Untaken | None:
    """Return what became of an answer of which all or some came to nothing; None where it was taken."""
    if answer in became:
        return became[answer]
    left = [piece for piece in became if piece in answer and len(piece.split()) >= FEWEST_WORDS]
    if sum(map(len, left)) >= MOST_LEFT * len(answer) > 0:
        return became[left[0]]
    return Untaken.PARTLY if any(became[piece] == Untaken.QUOTED for piece in left) else None


def not_read(plan: Plan, rows: Sequence[PlanQuestion]) -> list[str]:
    """Return the ids of the questions that were answered in people's own words since a planner read last.

    It reads once no question is open, and asks in a round of their own what is missing then.
    """
    asked = [row for row in rows if not is_settling(row)]
    is_waited_for = plan.run_stage == Stage.PLAN or any(map(is_open, rows))
    if plan.stage != PlanStage.GATHERING or not asked or not is_waited_for:
        return []
    newest = max(row.round for row in asked)
    return [row.question_id for row in asked if row.round == newest and row.answer and not is_option(row)]


def is_option(row: PlanQuestion) -> bool:
    """Tell whether an answer is one of its question's options, word for word."""
    options = Question.model_validate(row.question).options
    return plainly(row.answer or "") in {plainly(option) for option in options}


async def retell_untaken(session: AsyncSession, plan: Plan, known: dict[str, Untaken]) -> None:
    """Have the questions shown anew whose answers turn out to be untaken, or taken, since it was ``known``."""
    now = await untaken_answers(session, plan)
    changed = {key for key in {*now, *known} if now.get(key) != known.get(key)}
    for number in dict.fromkeys(rounds_of(await all_questions(session, plan), changed)):
        await announce(session, plan, MessageKind.QUESTIONS, str(number))


def rounds_of(rows: Sequence[PlanQuestion], keys: set[str]) -> list[int]:
    """Return the rounds of questions, by their ids."""
    return [row.round for row in rows if row.question_id in keys]
