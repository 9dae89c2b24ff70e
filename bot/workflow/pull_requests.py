"""What people do with changes where the remote shows them: merged and closed pull requests are noticed and told.

What is noticed holds nobody up: it is written beside whatever the plan is at, and starts no run.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.redaction import redact
from bot.store.tables import Change, Plan, now
from bot.workflow.approving import approvers, mentions
from bot.workflow.changes import back_to_delivered, change_numbered
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.runs import want_run
from bot.workflow.stages import PlanStage
from bot.workflow.taking_back import Before, restore_steps

__all__ = [
    "ask_reopen",
    "asked_reopen",
    "forget_closed",
    "note_closed",
    "note_merged_elsewhere",
    "note_open_again",
    "note_reopened",
    "watched_changes",
]

CLOSED_WATCHED = timedelta(days=30)
"""How long a closed change is looked at for being opened again elsewhere."""
LONGEST_NAME = 100


async def watched_changes(session: AsyncSession, plan: Plan) -> Sequence[Change]:
    """Return the offered changes that people may still merge, close or open again, oldest first."""
    query = select(Change).where(
        col(Change.plan_id) == plan.id,
        col(Change.url) != "",
        col(Change.merged_commit).is_(None),
        col(Change.forgotten_by) == "",
    )
    rows = (await session.scalars(query.order_by(col(Change.number)))).all()
    return [row for row in rows if row.closed_at is None or row.closed_at > now() - CLOSED_WATCHED]


async def note_merged_elsewhere(session: AsyncSession, plan: Plan, number: int, commit: str, by: str) -> None:
    """Keep that main holds a change, and who brought it there; known already, it does nothing."""
    change = await change_numbered(session, plan, number)
    if change.merged_commit is not None or plan.run_stage == Stage.MERGE:
        return
    change.merged_commit, change.decided_by = commit, known_as(by)
    change.closed_at, change.merged_into = None, ""
    plan.pushed_commit = commit
    record(session, plan, PLANTHREAD, "merged", number=number, commit=commit, by=change.decided_by)
    await tell(session, plan, number)


async def note_closed(session: AsyncSession, plan: Plan, number: int, by: str, *, into: str = "") -> None:
    """Keep that a change was closed without main holding it, and ask in the thread how it goes on.

    ``into`` is the other branch that it was merged into. Known already, it does nothing.
    """
    change = await change_numbered(session, plan, number)
    aside = known_as(into)
    is_known = change.closed_at is not None and change.merged_into == aside
    if is_known or change.merged_commit is not None or plan.run_stage == Stage.MERGE:
        return
    change.closed_at, change.decided_by, change.merged_into = now(), known_as(by), aside
    record(session, plan, PLANTHREAD, "change closed", number=number, by=change.decided_by, into=aside)
    await announce(session, plan, MessageKind.CLOSED, str(number), change=number)
    await tell(session, plan, number)


async def note_open_again(session: AsyncSession, plan: Plan, number: int) -> None:
    """Keep that somebody opened a closed change again; known already, it does nothing."""
    change = await change_numbered(session, plan, number)
    if change.closed_at is None or plan.run_stage == Stage.MERGE:
        return
    change.closed_at, change.decided_by, change.merged_into = None, "", ""
    record(session, plan, PLANTHREAD, "change open again", number=number)
    await announce(session, plan, MessageKind.CLOSED, str(number), change=number)
    await tell(session, plan, number)


async def ask_reopen(session: AsyncSession, plan: Plan, number: int, person: str, key: str) -> str:
    """Have a closed change opened again; returns a sentence for the person. Raises Refused."""
    change = await closed_change(session, plan, number)
    await require_decider(session, plan, person, "open it again")
    if plan.run_stage is not None:
        raise Refused(f"*{plan.title}* is busy right now ({plan.stage}). Press `Open it again` when that is done.")
    change.reopen_asked_at = now()
    record(session, plan, person, "reopen asked", key, number=number)
    want_run(plan, Stage.MERGE)
    return f"Asked for: its message here says when change {number} is open again."


async def asked_reopen(session: AsyncSession, plan: Plan) -> Change | None:
    """Return the closed change that somebody asked to be opened again."""
    asked = select(Change).where(col(Change.plan_id) == plan.id, col(Change.reopen_asked_at).is_not(None))
    return (await session.scalars(asked.order_by(col(Change.number)))).first()


async def note_reopened(session: AsyncSession, plan: Plan, change_id: int, url: str) -> None:
    """Keep that a change is open again, and where; the run that did it is done."""
    change = await session.get_one(Change, change_id)
    plan.run_stage = None
    change.reopen_asked_at, change.url = None, url
    await note_open_again(session, plan, change.number)


async def forget_closed(session: AsyncSession, plan: Plan, number: int, person: str, key: str) -> str:
    """Take back a closed change: documents, evidence and the next change are as they were before it.

    Returns a sentence for the person. Raises Refused where something stands upon it.
    """
    change = await closed_change(session, plan, number)
    await require_decider(session, plan, person, "forget it")
    if plan.stage != PlanStage.DELIVERED or plan.run_stage is not None:
        raise Refused(f"*{plan.title}* is {plan.stage}. Finish or forget what is under way, then forget this change.")
    before = Before.model_validate(change.before)
    if change.review != plan.delivered_review or not before.review:
        raise Refused(
            f"Other changes were made upon change {number}. Mention me with what should go, and it comes as a change."
        )
    change.forgotten_by = person
    plan.delivered_review = before.review
    await back_to_delivered(session, plan)
    await restore_steps(session, plan, before, by_file=change.by_file)
    record(session, plan, person, "change forgotten", key, number=number)
    await announce(session, plan, MessageKind.CLOSED, str(number), change=number)
    await tell(session, plan, number)
    return f"Forgotten: *{plan.title}* is as it was before change {number}."


async def closed_change(session: AsyncSession, plan: Plan, number: int) -> Change:
    """Return a change that is closed and not decided upon since. Raises Refused."""
    change = await change_numbered(session, plan, number)
    if change.forgotten_by:
        raise Refused(f"Change {number} is forgotten. Mention me with what you want, and it comes as a new change.")
    if change.closed_at is None:
        raise Refused(f"Change {number} is {'merged already' if change.merged_commit else 'open'}.")
    return change


async def require_decider(session: AsyncSession, plan: Plan, person: str, what: str) -> None:
    """Raise Refused unless a person may approve the plan."""
    allowed = await approvers(session, plan)
    if person not in allowed:
        raise Refused(f"{mentions(allowed) or 'Nobody here'} can {what}: who may approve the plan.")


async def tell(session: AsyncSession, plan: Plan, number: int) -> None:
    """Have the change's own message and the card drawn again."""
    await announce(session, plan, MessageKind.CHANGE, str(number), change=number)
    await refresh_card(session, plan)


def known_as(name: str) -> str:
    """Return a name of the remote's as it is kept: bounded, without secrets."""
    return redact(name)[:LONGEST_NAME]
