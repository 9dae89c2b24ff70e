"""An answer that somebody writes beside the thread of a plan: it isn't taken there, and they hear where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.planning.conversation import Question
from bot.store.tables import Plan, PlanQuestion, now
from bot.workflow.notes import hint_once
from bot.workflow.plans import open_plans
from bot.workflow.questions_back import still_open
from bot.workflow.replies import is_surely_answer
from bot.workflow.rounds import open_questions
from bot.workflow.stages import PlanStage

__all__ = ["Said", "plan_answered", "told_where_to_answer"]

JUST_ASKED = timedelta(minutes=10)
"""So long after a question, whatever its plan's starter says may be meant for it."""


@dataclass(frozen=True)
class Said:
    """A message outside of every thread: who wrote what where, and whether they mention the bot."""

    workspace: str
    channel: str
    person: str
    text: str
    is_addressed: bool = False


async def told_where_to_answer(session: AsyncSession, said: Said, key: str) -> str:
    """Return what the starter of a plan hears who answers its questions outside of its thread; nothing for other talk.

    Words that may be anything are told once, and only shortly after a question; with a mention they aren't about it.
    """
    found = await plan_answered(session, said)
    if found is None:
        return ""
    plan, rows = found
    if is_answer(rows, said.text):
        return told(plan, rows, "That looks like an answer to *{}*.")
    return told(plan, rows, "Is that for *{}*?") if await hint_once(session, plan, said.person, key) else ""


async def plan_answered(session: AsyncSession, said: Said) -> tuple[Plan, Sequence[PlanQuestion]] | None:
    """Return the plan of its writer whose questions a message in their channel may answer, with these; or None."""
    for plan in await open_plans(session, said.workspace, said.channel, said.person):
        rows = await open_questions(session, plan) if plan.stage == PlanStage.GATHERING else []
        if rows and (is_answer(rows, said.text) or (not said.is_addressed and is_just_asked(rows))):
            return plan, rows
    return None


def is_answer(rows: Sequence[PlanQuestion], text: str) -> bool:
    """Tell whether words answer one of some questions, wherever they are said."""
    return is_surely_answer(asked_in(rows), [row.position for row in rows], text)


def asked_in(rows: Sequence[PlanQuestion]) -> list[Question]:
    """Return the questions of rows."""
    return [Question.model_validate(row.question) for row in rows]


def is_just_asked(rows: Sequence[PlanQuestion]) -> bool:
    """Tell whether the newest of some questions was asked a moment ago."""
    return now() - max(row.at for row in rows) < JUST_ASKED


def told(plan: Plan, rows: Sequence[PlanQuestion], beginning: str) -> str:
    """Say that nothing was taken, and where answers go."""
    return (
        f"{beginning.format(plan.title)} I take answers only in its thread, the replies under its card (📐), so "
        f"nothing was taken here: please write it there. {still_open(asked_in(rows))}"
    )
