"""Edits of planning files by hand, told in the thread: somebody takes one up as a change, or leaves it.

An edit takes effect through a review only, as everything else. One that is taken back in the repository is taken back
in the thread; made again, it is told again.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.redaction import redact
from bot.planning.dropped_files import LONGEST_MATERIAL
from bot.store.tables import Change, HandEdit, Plan
from bot.workflow.change_requests import request_changes
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.messages import MessageKind, announce
from bot.workflow.planning_edits import PlanningEdit
from bot.workflow.refusals import Refused
from bot.workflow.stages import PlanStage

__all__ = [
    "EditState",
    "hand_edit_numbered",
    "is_news",
    "leave_edit",
    "newest_edit",
    "note_edit",
    "take_up_edit",
    "takes_no_change",
]


class EditState:
    """What became of an edit."""

    OPEN = "open"
    TAKEN = "taken up"
    LEFT = "left"
    BACK = "taken back"


async def takes_no_change(session: AsyncSession, plan: Plan) -> str:
    """Return why a delivered plan takes no change now, as a sentence; nothing where it does."""
    if plan.stage != PlanStage.DELIVERED:
        return f"*{plan.title}* is {plan.stage}. Finish or forget what is under way first."
    if plan.hold is not None or plan.run_stage is not None:
        return f"*{plan.title}* is busy right now ({plan.hold or plan.run_stage}). Try again when that is done."
    query = select(col(Change.number)).where(
        col(Change.plan_id) == plan.id,
        col(Change.url) != "",
        col(Change.merged_commit).is_(None),
        col(Change.forgotten_by) == "",
    )
    waiting = (await session.scalars(query.order_by(col(Change.number)))).first()
    return f"Change {waiting} of *{plan.title}* is not merged yet. Merge or forget it first." if waiting else ""


async def newest_edit(session: AsyncSession, plan: Plan) -> HandEdit | None:
    """Return the edit that was told last."""
    query = select(HandEdit).where(col(HandEdit.plan_id) == plan.id).order_by(col(HandEdit.number).desc()).limit(1)
    return (await session.scalars(query)).first()


def is_news(newest: HandEdit | None, edit: PlanningEdit | None) -> bool:
    """Tell whether what stands on main now has to be noted."""
    if edit is None:
        return newest is not None and newest.state != EditState.BACK
    return newest is None or newest.state == EditState.BACK or newest.fingerprint != edit.fingerprint


async def note_edit(session: AsyncSession, plan: Plan, edit: PlanningEdit | None, by: str, commit: str) -> None:
    """Note how the planning files of main differ from what was delivered; told already, it does nothing.

    Nothing is told while the plan takes no change.
    """
    newest = await newest_edit(session, plan)
    if not is_news(newest, edit) or await takes_no_change(session, plan):
        return
    if edit is None:
        await withdraw(session, plan, newest)
        return
    row = newest if newest is not None and newest.state == EditState.OPEN else None
    if row is None:
        number = newest.number + 1 if newest else 1
        row = HandEdit(workspace=plan.workspace, plan_id=plan.id, number=number, state=EditState.OPEN)
        session.add(row)
    row.author, row.commit, row.fingerprint = redact(by), commit, edit.fingerprint
    row.told, row.asked = list(edit.told), edit.asked
    record(session, plan, PLANTHREAD, "hand edit", number=row.number, commit=commit, by=row.author)
    await session.flush()
    await announce(session, plan, MessageKind.HAND_EDIT, str(row.number), edit=row.number)


async def withdraw(session: AsyncSession, plan: Plan, newest: HandEdit | None) -> None:
    """Note that main says again what was delivered."""
    if newest is None:
        return
    was_open, newest.state = newest.state == EditState.OPEN, EditState.BACK
    if was_open:
        record(session, plan, PLANTHREAD, "hand edit taken back", number=newest.number)
        await announce(session, plan, MessageKind.HAND_EDIT, str(newest.number), edit=newest.number)


async def hand_edit_numbered(session: AsyncSession, plan: Plan, number: int) -> HandEdit:
    """Return an edit of a plan. Raises Refused for a number that it doesn't have."""
    query = select(HandEdit).where(col(HandEdit.plan_id) == plan.id, col(HandEdit.number) == number)
    found = await session.scalar(query)
    if found is None:
        raise Refused("That edit is not one of this plan's. Look at the newest message in the thread.")
    return found


async def take_up_edit(session: AsyncSession, plan: Plan, number: int, person: str, key: str) -> str:
    """Have an edit reviewed as a change; returns a sentence for the person. Raises Refused."""
    row = await open_edit(session, plan, number)
    if reason := await takes_no_change(session, plan):
        raise Refused(reason)
    if not row.asked:
        raise Refused("There is nothing in that edit that could be built. Say in a sentence what should be different.")
    await request_changes(session, plan, plan.review, row.asked, person, key, longest=2 * LONGEST_MATERIAL)
    await settle(session, plan, row, EditState.TAKEN, person, key)
    return "Taken up: the next review shows what it changes."


async def leave_edit(session: AsyncSession, plan: Plan, number: int, person: str, key: str) -> str:
    """Leave an edit as it is, without effect; returns a sentence for the person. Raises Refused."""
    await settle(session, plan, await open_edit(session, plan, number), EditState.LEFT, person, key)
    return "Left: it takes no effect here."


async def open_edit(session: AsyncSession, plan: Plan, number: int) -> HandEdit:
    """Return an edit that nobody decided about. Raises Refused."""
    row = await hand_edit_numbered(session, plan, number)
    if row.state != EditState.OPEN:
        raise Refused(f"That edit is {row.state} already.")
    return row


async def settle(session: AsyncSession, plan: Plan, row: HandEdit, state: str, person: str, key: str) -> None:
    """Keep what a person decided about an edit."""
    row.state, row.decided_by = state, person
    record(session, plan, person, f"hand edit {state}", key, number=row.number)
    await announce(session, plan, MessageKind.HAND_EDIT, str(row.number), edit=row.number)
