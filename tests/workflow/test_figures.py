"""What an operator watches: counts of what there is, each of what it says and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import InboxItem, ModelUsage, OutboxItem
from bot.workflow.figures import Figures, count_figures, oldest_delivery
from bot.workflow.ports import Stage
from bot.workflow.stages import Hold, PlanStage
from tests.workflow.office import Office

EARLY, LATE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC), datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


async def figures(office: Office) -> Figures:
    """Return the counts of now."""
    async with office.database.read() as session:
        return await count_figures(session)


async def test_where_nothing_happened_every_figure_is_there_and_nought(office: Office) -> None:
    counted = await figures(office)
    assert counted == Figures(
        plans=dict.fromkeys(PlanStage, 0),
        holds=dict.fromkeys(Hold, 0),
        runs_wanted=dict.fromkeys(Stage, 0),
        deliveries_waiting=0,
        oldest_delivery=None,
        deliveries_failed=0,
        messages_waiting=0,
        input_tokens=0,
        output_tokens=0,
    )


async def test_plans_are_counted_by_stage_and_hold_and_runs_where_nothing_holds_them(office: Office) -> None:
    await office.in_review()
    await office.in_review()
    await office.approve(1)
    await office.start()
    await office.start()
    await office.start()
    await office.stop()

    counted = await figures(office)

    there = {PlanStage.IN_REVIEW: 1, PlanStage.APPROVED: 1, PlanStage.GATHERING: 3}
    assert counted.plans == {stage: there.get(stage, 0) for stage in PlanStage}
    assert counted.holds == {Hold.PAUSED: 1, Hold.BLOCKED: 0, Hold.WAITING: 0}
    assert counted.runs_wanted == {Stage.PLAN: 2, Stage.BUILD: 1, Stage.MERGE: 0}


async def test_deliveries_messages_and_tokens(office: Office) -> None:
    async def kept(session: AsyncSession) -> None:
        def came(key: str, at: datetime, *, handled: bool = False, error: str = "") -> InboxItem:
            handled_at = LATE if handled else None
            return InboxItem(key=key, kind="message", payload={}, received_at=at, handled_at=handled_at, error=error)

        session.add(came("done", datetime(2026, 1, 1, tzinfo=UTC), handled=True))
        session.add(came("failed", datetime(2026, 1, 2, tzinfo=UTC), handled=True, error="id 1"))
        await session.flush()
        session.add(came("first", EARLY))
        await session.flush()
        session.add(came("second", LATE))
        for key, version, sent in (("sent", 2, 2), ("edited", 3, 2), ("new", 1, 0)):
            session.add(
                OutboxItem(workspace="T1", key=key, channel="C1", kind="card", version=version, sent_version=sent)
            )
        session.add(ModelUsage(decision="interview", model="m", input_tokens=100, output_tokens=7))
        session.add(ModelUsage(decision="entities", model="m", input_tokens=20, output_tokens=3))

    await office.within_workspace(kept)
    counted = await figures(office)

    assert (counted.deliveries_waiting, counted.oldest_delivery, counted.deliveries_failed) == (2, EARLY, 1)
    assert counted.messages_waiting == 2
    assert (counted.input_tokens, counted.output_tokens) == (120, 10)
    async with office.database.read() as session:
        assert await oldest_delivery(session) == EARLY
