"""What each button does to a plan, in the unit of work that handles its click."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from bot.digests.reminders import rest
from bot.planning.conversation import Question
from bot.slack.about_changes import ABOUT_CHANGES, press_about_change
from bot.slack.buttons import Action, Subject
from bot.slack.given_plans import OF_GIVEN_PLANS, press_of_given_plan
from bot.store.tables import Plan, PlanQuestion, now
from bot.workflow.approving import approve
from bot.workflow.builds import retry, skip
from bot.workflow.cancelling import cancel
from bot.workflow.edits import leave_words, take_words
from bot.workflow.plans import resume, stop
from bot.workflow.questions import YOU_DECIDE, answer_question
from bot.workflow.refusals import Refused
from bot.workflow.waiting import ask_again, use_built_in

__all__ = ["press"]

type Deed = Callable[[AsyncSession, Plan, Subject, str, str], Awaitable[str | None]]
"""Does something for ``(session, plan, subject, person, key)``; what it returns is told to the person."""


async def press(session: AsyncSession, action: str, plan: Plan, subject: Subject, person: str, key: str) -> str:
    """Do what a button says; return what to tell the person. Raises Refused."""
    if action in ABOUT_CHANGES:
        return await press_about_change(session, action, plan, subject, person, key)
    if action in OF_GIVEN_PLANS:
        return await press_of_given_plan(session, action, plan, subject, person, key)
    deed = DEEDS.get(action)
    if deed is None:
        raise Refused("That button does nothing here any more. Look at the newest message in the thread.")
    return await deed(session, plan, subject, person, key) or ""


async def answer(session: AsyncSession, plan: Plan, subject: Subject, person: str, key: str) -> None:
    """Answer a question with one of its options."""
    question, text = await chosen(session, plan, subject)
    await answer_question(session, plan, question, text, person, key)


async def chosen(session: AsyncSession, plan: Plan, subject: Subject) -> tuple[str, str]:
    """Return the question that a button answers and the text of its option (0: you decide). Raises Refused."""
    row = await session.get(PlanQuestion, subject.question)
    if row is None or row.plan_id != plan.id:
        raise Refused("That question is not open any more.")
    options = Question.model_validate(row.question).options
    if not 0 <= subject.option <= len(options):
        raise Refused("That choice is not open any more.")
    return row.question_id, options[subject.option - 1] if subject.option else YOU_DECIDE


DEEDS: Mapping[str, Deed] = {
    Action.ANSWER: answer,
    Action.APPROVE: lambda session, plan, about, person, key: approve(
        session, plan, about.review, about.documents, person, key
    ),
    Action.STOP: lambda session, plan, _, person, key: stop(session, plan, person, key),
    Action.RESUME: lambda session, plan, _, person, key: resume(session, plan, person, key),
    Action.CANCEL: lambda session, plan, _, person, key: cancel(session, plan, person, key),
    Action.RETRY: lambda session, plan, _, person, key: retry(session, plan, person, key),
    Action.SKIP: lambda session, plan, about, person, key: skip(session, plan, about.step, person, key),
    Action.ASK_AGAIN: lambda session, plan, about, person, key: ask_again(session, plan, about.attempt, person, key),
    Action.BUILT_IN: lambda session, plan, about, person, key: use_built_in(session, plan, about.attempt, person, key),
    Action.REMIND: lambda session, plan, _, person, __: rest(session, plan, person, now()),
    Action.TAKE_WORDS: lambda session, plan, about, person, key: take_words(session, plan, about.edit, person, key),
    Action.LEAVE_WORDS: lambda session, plan, about, person, key: leave_words(session, plan, about.edit, person, key),
}
