"""What is kept how long: plans that ended, and deliveries, lose their texts once they are old enough.

What stays is what a plan decided and proved (documents, approvals, commits, counts), so that it can be shown and
changed later. Who said what, and word for word, goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from bot.documents.frozen import Frozen
from bot.store.tables import (
    ConversationMessage,
    Effect,
    Event,
    Firing,
    HeldRequest,
    InboxItem,
    MessageEdit,
    OutboxItem,
    Plan,
    PlanFile,
    PlanQuestion,
    Step,
)
from bot.workflow.attestations import ATTESTATION
from bot.workflow.erasure import GONE, empty_conversation, keep_what_came_of_it, said_by, scrub_plan
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.forgotten import SOMEBODY
from bot.workflow.issues import ISSUE
from bot.workflow.messages import MessageKind
from bot.workflow.scrubbing import Scrubber
from bot.workflow.stages import PlanStage

__all__ = ["PURGED", "Purged", "purge", "what_would_go"]

PURGED = "purged"
"""The event of a plan whose texts were emptied."""
ENDED = (PlanStage.DELIVERED, PlanStage.CANCELLED)


class Purged(Frozen):
    """What goes, or went."""

    plans: int
    """Plans whose texts are emptied."""
    deliveries: int
    """Deliveries from Slack that were handled."""
    messages: int
    """Notes of messages that belong to no plan, such as digests."""
    firings: int
    """Notes of digests that were sent."""

    @property
    def is_nothing(self) -> bool:
        """Tell whether there is nothing to do."""
        return not (self.plans or self.deliveries or self.messages or self.firings)


async def what_would_go(session: AsyncSession, before: datetime) -> Purged:
    """Count what a purge of everything older than a moment would empty or delete."""
    return Purged(
        plans=len(await old_plans(session, before)),
        deliveries=await count(session, InboxItem, old_deliveries(before)),
        messages=await count(session, OutboxItem, old_messages(before)),
        firings=await count(session, Firing, old_firings(before)),
    )


async def purge(session: AsyncSession, before: datetime) -> Purged:
    """Empty and delete what is older than a moment, in one unit of work; return what went."""
    gone = await what_would_go(session, before)
    for plan in await old_plans(session, before):
        await empty_plan(session, plan)
        record(session, plan, PLANTHREAD, PURGED)
    await session.execute(delete(InboxItem).where(old_deliveries(before)))
    await session.execute(delete(OutboxItem).where(old_messages(before)))
    await session.execute(delete(Firing).where(old_firings(before)))
    await session.execute(delete(HeldRequest).where(col(HeldRequest.at) < before))
    return gone


async def old_plans(session: AsyncSession, before: datetime) -> Sequence[Plan]:
    """Return the plans that ended, in which nothing happened since a moment, and which still hold what was said."""
    newest = select(col(Event.plan_id)).where(col(Event.at) >= before)
    emptied = select(col(Event.plan_id)).where(col(Event.what) == PURGED)
    is_emptied = col(ConversationMessage.key).startswith(GONE)
    said_since = select(col(ConversationMessage.plan_id)).where(col(ConversationMessage.text) != "", ~is_emptied)
    query = select(Plan).where(
        col(Plan.stage).in_(ENDED),
        col(Plan.run_stage).is_(None),
        col(Plan.id).not_in(newest),
        or_(col(Plan.id).not_in(emptied), col(Plan.id).in_(said_since)),
    )
    return (await session.scalars(query.order_by(col(Plan.created_at)))).all()


def old_deliveries(before: datetime) -> ColumnElement[bool]:
    """Return the condition of deliveries that were handled before a moment, those that failed too."""
    return col(InboxItem.handled_at) < before


def old_messages(before: datetime) -> ColumnElement[bool]:
    """Return the condition of messages of no plan that were sent, or given up, before a moment."""
    return (
        col(OutboxItem.plan_id).is_(None)
        & (col(OutboxItem.at) < before)
        & (col(OutboxItem.sent_version) >= col(OutboxItem.version))
    )


def old_firings(before: datetime) -> ColumnElement[bool]:
    """Return the condition of slots before a moment; none of them comes again."""
    return col(Firing.slot) < before


async def count(session: AsyncSession, table: type[SQLModel], which: ColumnElement[bool]) -> int:
    """Count rows."""
    return int(await session.scalar(select(func.count()).select_from(table).where(which)) or 0)


async def empty_plan(session: AsyncSession, plan: Plan) -> None:
    """Empty what was said in a plan, and everything that repeats it; people stay as those who did things."""
    query = select(col(ConversationMessage.author)).where(col(ConversationMessage.plan_id) == plan.id)
    answered = select(col(PlanQuestion.answered_by)).where(col(PlanQuestion.plan_id) == plan.id)
    dropped = select(col(PlanFile.author)).where(col(PlanFile.plan_id) == plan.id)
    edited = select(col(MessageEdit.person)).where(col(MessageEdit.plan_id) == plan.id)
    found = [(await session.scalars(each)).all() for each in (query, answered, dropped, edited)]
    people = dict.fromkeys(person for persons in found for person in persons)
    for person in filter(None, people):
        said = await said_by(session, plan, person)
        await empty_conversation(session, plan, person, person)
        await scrub_plan(session, plan, Scrubber(person, person, said))
    await keep_what_came_of_it(session, plan, SOMEBODY)
    of_plan = col(Event.plan_id) == plan.id
    await session.execute(update(Event).where(of_plan, col(Event.what).in_(("answered", "disagreed"))).values(data={}))
    on_remote = [col(Effect.key).startswith(f"{kind}/") for kind in (ISSUE, ATTESTATION)]  # or it were told there again
    await session.execute(delete(Effect).where(col(Effect.plan_id) == plan.id, not_(or_(*on_remote))))
    kinds = (MessageKind.PROBLEM, MessageKind.NOTICE)
    told = col(OutboxItem.plan_id) == plan.id, col(OutboxItem.kind).in_(kinds)
    await session.execute(update(OutboxItem).where(*told).values(subject={"settled": 1, "sentence": "", "tail": ""}))
    await forget_outputs(session, plan)


async def forget_outputs(session: AsyncSession, plan: Plan) -> None:
    """Drop what checks printed; that they passed, and how many tests, stays."""
    for step in (await session.scalars(select(Step).where(col(Step.plan_id) == plan.id))).all():
        checks = [{**check, "tail": ""} for check in step.evidence.get("checks", [])]
        if checks:
            step.evidence = {**step.evidence, "checks": checks}
