"""What the built-in planner made of a conversation so far, told beside the questions that are still open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.generation.errors import UnsupportedSpecsError
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import Conversation, PlannerError, Question
from bot.store.tables import Plan
from bot.workflow.asked_abilities import asked_ability
from bot.workflow.asked_so_far import asks_what_is_known, asks_what_is_unread, told_so_far, told_unread
from bot.workflow.asked_understood import asked_understood, told_understood
from bot.workflow.documents import derive_documents
from bot.workflow.named_in_questions import asked_about, linking
from bot.workflow.plans import load_conversation
from bot.workflow.questions_back import still_open
from bot.workflow.reviews import ReviewContent
from bot.workflow.told_of_documents import told_of_things
from bot.workflow.told_of_limits import told_of_limit
from bot.workflow.told_of_plan import limits_left, told_of_plan
from bot.workflow.told_of_service import told_of_every, told_of_service
from bot.workflow.told_of_unbuilt import told_unbuilt
from bot.workflow.told_of_values import told_of_value
from bot.workflow.told_why_possible import told_why_not, told_why_possible

__all__ = ["told_beside", "told_early", "told_of_reading"]


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


async def told_early(session: AsyncSession, plan: Plan, asked: Sequence[Question], said: str, *, is_wish: bool) -> str:
    """Return what the plan would answer to a question, as all that was said is read by now; nothing where it wouldn't.

    ``said`` is the question without its marks and greetings; ``is_wish``: it may ask for something to be done.
    """
    conversation = await load_conversation(session, plan)
    try:
        proposal = await BuiltInPlanner().propose(conversation)
        documents = derive_documents(proposal)[0]
    except (PlannerError, UnsupportedSpecsError):
        return ""
    specs, content = documents.specs, ReviewContent(unread=proposal.unread, decisions=proposal.decisions)
    about = asked_about(specs, said)
    if told := told_of_every(specs, said):
        return f"{told} {still_open(asked)}".strip()
    if is_wish:
        return ""
    told = told_unbuilt(documents, content, said) or told_why_possible(specs, about)
    told = told or told_why_not(specs, said)
    told = told or told_of_limit(specs, about) or told_of_value(specs, about, limits_left(documents, content))
    is_ability = bool(asked_ability(f"{said}?"))
    if not told and not is_ability:
        told = told_of_service(specs, said) or told_of_plan(documents, content, about)
    if not told and (not is_ability or len(about.entities) > 1):
        told = told_of_things(specs, linking(about) if said.lower().startswith("why") else about)
    return f"As I understand it so far: {told} {still_open(asked)}".strip() if told else ""


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
