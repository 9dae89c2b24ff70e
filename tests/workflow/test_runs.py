"""The run that a plan wants: which attempt is still wanted, which was stopped, and what a block tells."""

from __future__ import annotations

import pytest

from bot.workflow.ports import Stage
from bot.workflow.runs import LONGEST_SENTENCE, LONGEST_TAIL, block, release, want_run, wanted, was_stopped
from bot.workflow.stages import Hold, PlanStage
from tests.workflow.office import MARA, Office


async def stopped(office: Office, stage: Stage = Stage.PLAN, attempt: int = 1, plan_id: str = "") -> bool:
    """Tell whether an attempt of the plan was stopped."""
    async with office.database.read() as session:
        return await was_stopped(session, plan_id or office.plan_id, stage, attempt)


async def is_wanted(office: Office, stage: Stage, attempt: int) -> bool:
    """Tell whether an attempt is still wanted."""
    async with office.database.read() as session:
        return await wanted(session, office.plan_id, stage, attempt) is not None


async def changed(office: Office, **values: object) -> None:
    """Give the plan these values."""
    async with office.database.write() as session:
        plan = await office.plan()
        for name, value in values.items():
            setattr(plan, name, value)
        await session.merge(plan)


async def test_a_run_under_way_was_not_stopped_and_one_at_its_end_neither(office: Office) -> None:
    await office.start()
    assert await office.wants() == (Stage.PLAN, 1)
    assert not await stopped(office)
    assert await is_wanted(office, Stage.PLAN, 1)

    await changed(office, run_stage=None)
    assert not await stopped(office)
    assert not await is_wanted(office, Stage.PLAN, 1)


@pytest.mark.parametrize("hold", [Hold.BLOCKED, Hold.WAITING])
async def test_a_hold_that_nobody_laid_stops_no_run(office: Office, hold: Hold) -> None:
    await office.start()
    await changed(office, hold=hold)
    assert not await stopped(office)
    assert not await is_wanted(office, Stage.PLAN, 1)


async def test_a_pause_a_cancelled_plan_and_a_plan_that_is_gone_stop_it(office: Office) -> None:
    assert await stopped(office, plan_id="nobody's")
    await office.start()
    await changed(office, hold=Hold.PAUSED)
    assert await stopped(office)
    await changed(office, hold=None, stage=PlanStage.CANCELLED, run_stage=None)
    assert await stopped(office)


async def test_another_stage_or_a_newer_attempt_stops_it(office: Office) -> None:
    await office.start()
    assert await stopped(office, Stage.BUILD)
    assert await stopped(office, attempt=2)
    assert not await is_wanted(office, Stage.BUILD, 1)
    assert not await is_wanted(office, Stage.PLAN, 2)


async def test_a_new_wish_is_a_new_attempt_that_has_failed_at_nothing(office: Office) -> None:
    await office.start()
    before = (await office.plan()).run_since
    await changed(office, model_try=2, model_tries=3, failures=4)
    plan = await office.plan()
    want_run(plan, Stage.BUILD)
    assert (plan.run_stage, plan.run_attempt) == (Stage.BUILD, 2)
    assert (plan.model_try, plan.model_tries, plan.failures) == (0, 0, 0)
    assert before is not None
    assert plan.run_since is not None
    assert plan.run_since >= before


async def test_a_block_keeps_the_beginning_of_its_sentence_and_the_end_of_the_output(office: Office) -> None:
    await office.start()
    card = (await office.message("card")).version
    sentence, output = "s" * LONGEST_SENTENCE + "cut", "cut" + "o" * LONGEST_TAIL

    await office.within(lambda session, plan: block(session, plan, sentence, output, "task 1.1"))

    plan, problem = await office.plan(), await office.message("problem/1")
    assert (plan.hold, plan.hold_reason, plan.hold_by) == (Hold.BLOCKED, "s" * LONGEST_SENTENCE, "planthread")
    assert problem.subject == {
        "sentence": "s" * LONGEST_SENTENCE,
        "tail": "o" * LONGEST_TAIL,
        "skippable": "task 1.1",
    }
    assert (await office.message("card")).version == card + 1

    await office.within(lambda session, plan: release(session, plan, MARA, "press"))
    plan = await office.plan()
    assert (plan.hold, plan.hold_reason, plan.hold_by) == (None, "", "")
    assert (await office.message("problem/1")).subject["settled"] == 1


async def test_a_block_tells_no_secret(office: Office) -> None:
    await office.start()
    secret = "ghp_" + "a1B2" * 9
    await office.within(lambda session, plan: block(session, plan, f"push with {secret} failed", f"token {secret}"))
    assert secret not in str((await office.message("problem/1")).subject)
    assert secret not in (await office.plan()).hold_reason
