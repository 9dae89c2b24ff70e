"""Cancelling: it ends a plan for good, keeps what was written, and is not what Stop does."""

from __future__ import annotations

import pytest

from bot.store.tables import DocumentRevision, Event
from bot.workflow.cancelling import cancel
from bot.workflow.refusals import Refused
from bot.workflow.stages import PlanStage
from tests.workflow.office import ADA, JON, LATE, MARA, WHO, Office


async def cancel_it(office: Office, person: str = MARA) -> str:
    said: str = await office.within(lambda session, plan: cancel(session, plan, person, office.key()))
    return said


async def test_a_plan_in_review_is_cancelled_and_its_documents_stay(office: Office) -> None:
    await office.in_review()
    drawn = (await office.message("review/1")).version
    said = await cancel_it(office)

    assert "is cancelled" in said
    assert "/plan show library" in said
    plan = await office.plan()
    assert (plan.stage, plan.run_stage, plan.hold) == (PlanStage.CANCELLED, None, None)
    assert len(await office.rows(DocumentRevision)) == 3
    assert (await office.message("review/1")).version == drawn + 1, "its buttons go"
    assert [(event.actor, event.what) for event in await office.rows(Event)][-2:] == [
        (MARA, "stage"),
        (MARA, "cancelled"),
    ]
    with pytest.raises(Refused, match="there is nothing to approve"):
        await office.approve(1)


async def test_open_questions_wait_for_nobody_any_more(office: Office) -> None:
    office.planner.questions = (WHO, LATE)
    await office.start()
    await office.work()
    before = (await office.message("questions/1")).version
    await cancel_it(office)

    assert (await office.message("questions/1")).version == before + 1
    assert (await office.overview()).waiting_for == ()
    with pytest.raises(Refused, match="is cancelled already"):
        await office.answer("who", "Everyone")


async def test_a_planning_run_of_a_cancelled_plan_writes_nothing(office: Office) -> None:
    await office.start()
    attempt = (await office.plan()).run_attempt
    office.planner.meanwhile = lambda: cancel_it(office)
    await office.work()

    assert (await office.plan()).run_attempt > attempt
    assert await office.rows(DocumentRevision) == []
    assert (await office.plan()).stage == PlanStage.CANCELLED


async def test_a_paused_plan_and_one_that_is_being_built_can_be_cancelled(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    await office.begin_build()
    await office.stop()
    await cancel_it(office)

    assert (await office.plan()).hold is None
    assert (await office.plan()).stage == PlanStage.CANCELLED


async def test_who_has_no_part_in_a_plan_cancels_nothing(office: Office) -> None:
    await office.in_review()
    with pytest.raises(Refused, match=f"<@{MARA}> can cancel"):
        await cancel_it(office, ADA)
    assert (await office.plan()).stage == PlanStage.IN_REVIEW


async def test_what_was_delivered_is_not_cancelled(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    with pytest.raises(Refused, match="nothing to cancel"):
        await cancel_it(office)

    await office.change("add pages", 1, JON)
    await office.work()
    with pytest.raises(Refused, match="`Forget it`"):
        await cancel_it(office)


async def test_twice_is_told_kindly(office: Office) -> None:
    await office.start()
    await cancel_it(office)
    with pytest.raises(Refused, match="cancelled already"):
        await cancel_it(office)
