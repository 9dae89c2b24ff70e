"""Changes that are taken back: documents and evidence are again as they were delivered, and nothing else is lost."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.store.tables import Change, Plan, Step
from bot.workflow.changes import back_to_delivered, replace_steps
from bot.workflow.events import record
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.refusals import Refused
from bot.workflow.reviews import review_of
from bot.workflow.rounds import is_of_build, open_questions
from bot.workflow.runs import release
from bot.workflow.stages import Capability, PlanStage, allows, move

__all__ = ["Before", "forget_change", "restore_steps", "take_back"]


class Before(Frozen):
    """What was delivered when a change began (see `bot.workflow.changes.open_change`)."""

    review: int = 0
    questions: int = 0
    """The newest question that was asked before."""
    steps: tuple[dict[str, Any], ...] = ()


async def forget_change(session: AsyncSession, plan: Plan, person: str, key: str) -> str:
    """Take back a change that is not approved: the documents are again as they were delivered.

    Returns a sentence for the person. Raises Refused where there is no such change.
    """
    if not plan.delivered_review or not allows(plan, Capability.FORGET_CHANGE):
        raise Refused(f"*{plan.title}* has no change that could be forgotten; it is {plan.stage}.")
    await take_back(session, plan, person, key)
    return f"Forgotten: *{plan.title}* stays as it was delivered."


async def take_back(session: AsyncSession, plan: Plan, person: str, key: str) -> None:
    """Take back the change that is under way, approved and being built or not; what was delivered stays."""
    numbers = range(plan.delivered_review + 1, plan.review + 1)
    await withdraw_questions(session, plan)
    await end_build(session, plan, person)
    await back_to_delivered(session, plan)
    for number in numbers:
        row = await review_of(session, plan, number)
        row.content = {**row.content, "forgotten_by": person}
        await announce(session, plan, MessageKind.REVIEW, str(number))
    if plan.hold is not None:
        await release(session, plan, person, key)
    plan.run_stage = None
    plan.run_attempt += 1
    record(session, plan, person, "change forgotten", key)
    move(session, plan, PlanStage.DELIVERED, person, key)
    await refresh_card(session, plan)


async def withdraw_questions(session: AsyncSession, plan: Plan) -> None:
    """Ask nothing any more, in the messages of the questions too."""
    rows = await open_questions(session, plan)
    for row in rows:
        row.withdrawn = True
    kinds = {row.round: MessageKind.CHECKPOINT if is_of_build(row) else MessageKind.QUESTIONS for row in rows}
    for number, kind in kinds.items():
        await announce(session, plan, kind, str(number))


async def end_build(session: AsyncSession, plan: Plan, person: str) -> None:
    """Have the change that the newest review began be none any more, and its steps those from before it."""
    query = select(Change).where(
        col(Change.plan_id) == plan.id, col(Change.review) == plan.review, col(Change.forgotten_by) == ""
    )
    change = await session.scalar(query)
    if change is not None:
        change.forgotten_by = person
        await restore_steps(session, plan, Before.model_validate(change.before), by_file=change.by_file)


async def restore_steps(session: AsyncSession, plan: Plan, before: Before, *, by_file: bool) -> None:
    """Put the steps back that were there when a change began, with their evidence."""
    steps = [Step.model_validate({**values, "id": None}) for values in before.steps]
    await replace_steps(session, plan, steps, by_file=by_file)
