"""The stages: one table of moves, each of which leaves an event; everything else is a fault."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Event, Plan
from bot.workflow.stages import (
    CAPABILITIES,
    TRANSITIONS,
    Capability,
    ForbiddenMoveError,
    Hold,
    PlanStage,
    allows,
    hold,
    move,
)
from tests.workflow.office import MARA, Office

ALLOWED = [(before, after) for before, targets in TRANSITIONS.items() for after in sorted(targets)]
FORBIDDEN = [pair for pair in itertools.product(PlanStage, PlanStage) if pair not in set(ALLOWED)]


async def put(office: Office, stage: PlanStage) -> None:
    async def put_there(_: AsyncSession, plan: Plan) -> None:
        plan.stage = stage

    await office.within(put_there)


async def moves(office: Office, to: PlanStage) -> None:
    async def move_there(session: AsyncSession, plan: Plan) -> None:
        move(session, plan, to, MARA, "1.1")

    await office.within(move_there)


def test_the_way_of_a_plan_is_the_one_that_is_written_down() -> None:
    assert {(str(before), str(after)) for before, after in ALLOWED} == {
        ("gathering", "in review"),
        ("gathering", "delivered"),
        ("in review", "delivered"),
        ("in review", "gathering"),
        ("in review", "approved"),
        ("approved", "building"),
        ("building", "delivered"),
        ("approved", "delivered"),
        ("delivered", "in review"),
        ("gathering", "cancelled"),
        ("in review", "cancelled"),
        ("approved", "cancelled"),
        ("building", "cancelled"),
    }


async def test_each_allowed_move_leaves_one_event_that_says_who_and_whence(office: Office) -> None:
    await office.start()
    for before, after in ALLOWED:
        await put(office, before)
        await moves(office, after)
        event = (await office.rows(Event))[-1]
        assert (event.actor, event.what, event.message_key) == (MARA, "stage", "1.1")
        assert event.data == {"before": before, "after": after}
        assert (await office.plan()).stage == after


async def test_every_other_move_raises_and_leaves_the_plan_where_it_was(office: Office) -> None:
    await office.start()
    events = await office.events()
    for before, after in FORBIDDEN:
        await put(office, before)
        with pytest.raises(ForbiddenMoveError, match=f"from {before} to {after}"):
            await moves(office, after)
        assert (await office.plan()).stage == before
    assert await office.events() == events


async def test_a_hold_lies_beside_the_stage_and_leaves_events(office: Office) -> None:
    await office.start()

    async def lay_and_lift(session: AsyncSession, plan: Plan) -> None:
        hold(session, plan, Hold.BLOCKED, "a reason", MARA)
        assert (plan.stage, plan.hold, plan.hold_reason) == ("gathering", "blocked", "a reason")
        hold(session, plan, None, "", MARA)
        assert (plan.stage, plan.hold, plan.hold_reason) == ("gathering", None, "")

    await office.within(lay_and_lift)
    assert (await office.events())[-2:] == ["hold", "resume"]


async def test_what_may_be_done_follows_from_the_stage(office: Office) -> None:
    plan = await office.start()
    may = {stage: {c for c in Capability if allows(plan.model_copy(update={"stage": stage}), c)} for stage in PlanStage}

    assert may == CAPABILITIES
    assert [stage for stage in PlanStage if Capability.APPROVE in may[stage]] == [PlanStage.IN_REVIEW]
    assert may[PlanStage.DELIVERED] == {Capability.REQUEST_CHANGES}
    assert not may[PlanStage.CANCELLED]
