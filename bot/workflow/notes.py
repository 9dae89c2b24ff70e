"""What people say while nothing asks them: kept for the next task of a build, or answered with a hint, once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.tasks.task_plan import TaskKind, TaskState
from bot.planning.imported.plan import ImportedKind
from bot.store.tables import ConversationMessage, Event, Plan
from bot.workflow.builds import StepKind, load_steps, retry
from bot.workflow.documents import is_given, load_documents
from bot.workflow.events import record
from bot.workflow.forgotten import is_forgotten
from bot.workflow.imports import imported_plan_of
from bot.workflow.messages import skippable_steps
from bot.workflow.plans import NOTE, add_message
from bot.workflow.refusals import Refused
from bot.workflow.stages import Hold, PlanStage

__all__ = ["give_hint", "hint_once", "note", "notes_for_later", "notes_of"]

HINTED = "hinted"
MOST_NOTES = 20
"""Notes that a task is written with: the newest."""


async def hint_once(session: AsyncSession, plan: Plan, person: str, key: str) -> bool:
    """Tell whether somebody should hear a hint: True once for each of them and each review."""
    query = select(Event).where(col(Event.plan_id) == plan.id, col(Event.actor) == person, col(Event.what) == HINTED)
    heard = {(event.data.get("review"), event.data.get("stage")) for event in (await session.scalars(query)).all()}
    if (plan.review, plan.stage) in heard:
        return False
    record(session, plan, person, HINTED, key, review=plan.review, stage=plan.stage)
    return True


async def note(session: AsyncSession, plan: Plan, text: str, person: str, key: str) -> str:
    """Keep what somebody said while a plan is built; return the number of the next task that is written with it.

    What templates write follows from what was approved, so only tasks that a model writes use notes; empty without one.
    """
    await add_message(session, plan, person, text, key, kind=NOTE)
    record(session, plan, person, "noted", key)
    custom = await written_by_model(session, plan)
    for step in await load_steps(session, plan.id):
        is_open = step.state != TaskState.DONE and not step.evidence.get("open")
        if StepKind.of(step) is StepKind.TASK and step.number in custom and is_open:
            return step.number
    return custom[0] if custom and plan.stage == PlanStage.APPROVED else ""


async def written_by_model(session: AsyncSession, plan: Plan) -> list[str]:
    """Return the numbers of the tasks that a model writes: all code of a plan that is built as a file says."""
    if await is_given(session, plan):
        given = await imported_plan_of(session, plan)
        return [task.number for task in given.tasks if task.kind is ImportedKind.CODE]
    tasks = (await load_documents(session, plan)).task_plan.tasks()
    return [task.number for task in tasks if task.kind is TaskKind.CUSTOM]


async def give_hint(session: AsyncSession, plan: Plan, step_key: str, text: str, person: str, key: str) -> str:
    """Keep what somebody says about a step that failed, and try it again with that; return a sentence for them.

    Raises Refused where that step blocks the plan no more, or nothing was said.
    """
    if not text.strip():
        raise Refused("A hint needs words: say what should be different, then send it again.")
    if plan.hold != Hold.BLOCKED or step_key not in await skippable_steps(session, plan):
        raise Refused(f"*{plan.title}* isn't blocked by that any more, so your hint is not needed there.")
    await note(session, plan, text, person, key)
    await retry(session, plan, person, key)
    return f"It is tried again with your hint, {step_key.removeprefix(f'{StepKind.TASK} ')}."


async def notes_of(session: AsyncSession, plan: Plan) -> tuple[str, ...]:
    """Return what people said since the newest approval, oldest first."""
    return tuple(row.text for row in await note_messages(session, plan))


async def notes_for_later(session: AsyncSession, plan: Plan) -> list[ConversationMessage]:
    """Return what people said while a plan was built that no task was written with, oldest first."""
    written = await written_by_model(session, plan)
    steps = [step for step in await load_steps(session, plan.id) if step.number in written]
    if any(StepKind.of(step) is StepKind.TASK and step.state == TaskState.DONE for step in steps):
        return []
    return [row for row in await note_messages(session, plan) if row.text and not is_forgotten(row.author)]


async def note_messages(session: AsyncSession, plan: Plan) -> Sequence[ConversationMessage]:
    """Return the newest messages that were noted since the newest approval, oldest first."""
    query = select(ConversationMessage).where(
        col(ConversationMessage.plan_id) == plan.id, col(ConversationMessage.kind) == NOTE
    )
    if plan.approved_at is not None:
        query = query.where(col(ConversationMessage.at) >= plan.approved_at)
    rows = (await session.scalars(query.order_by(col(ConversationMessage.id)))).all()
    return rows[-MOST_NOTES:]
