"""How a plan stands: what its planner is given, how long it has waited for it, and for whom the plan rests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Plan, now
from bot.workflow.plans import NOTE, add_message
from bot.workflow.ports import Stage
from bot.workflow.stages import Hold
from tests.workflow.office import COPIES, JON, LATE, MARA, Office


async def become(office: Office, **values: Any) -> None:
    """Give the plan these values."""

    async def do(session: AsyncSession, plan: Plan) -> None:
        for name, value in values.items():
            setattr(plan, name, value)

    await office.within(do)


async def test_a_planner_is_given_what_was_said_and_asked_for_and_no_notes(office: Office) -> None:
    await office.start()
    await office.say("with shelves", JON)
    await office.within(lambda session, plan: add_message(session, plan, JON, "hm", "n", kind=NOTE))
    await office.within(lambda session, plan: add_message(session, plan, JON, "add pages", "c", kind="change"))
    own = office.plan_id
    await office.start()
    assert (await office.overview()).messages == 1
    office.plan_id = own
    assert (await office.overview()).messages == 3


async def test_a_plan_waits_for_its_planner_from_the_moment_it_was_asked(office: Office) -> None:
    await office.start()
    asked = now() - timedelta(hours=2)
    await become(office, run_since=asked)
    stands = await office.overview()
    assert stands.planning
    assert 7_200 <= stands.waited <= 7_200 + (now() - asked - timedelta(hours=2)).total_seconds()
    for other in ({"hold": Hold.PAUSED}, {"hold": None, "run_stage": Stage.BUILD}, {"run_stage": None}):
        await become(office, **other)
        stands = await office.overview()
        assert (stands.waited, stands.planning) == (0, False)
    await become(office, run_stage=Stage.PLAN, run_since=now() + timedelta(hours=2))
    assert (await office.overview()).waited == 0, "clocks differ"


@pytest.mark.parametrize(("hold", "people"), [(Hold.WAITING, (MARA, JON)), (Hold.BLOCKED, (MARA,)), (None, ())])
async def test_a_question_of_the_build_waits_for_all_who_may_approve(
    office: Office, hold: Hold | None, people: tuple[str, ...]
) -> None:
    await office.start()
    await office.say("with shelves", JON)
    await office.work()
    await office.approve(1)
    await office.begin_build()
    await become(office, hold=hold)
    assert (await office.overview()).waiting_for == people


async def test_a_question_that_came_up_from_an_answer_is_counted_as_such(office: Office) -> None:
    office.planner.questions = (COPIES,)
    await office.start()
    await office.work()
    assert ((await office.overview()).open_questions, (await office.overview()).came_up) == (1, 0)
    office.planner.questions = (COPIES, LATE)
    await office.say("two")
    await office.work()
    stands = await office.overview()
    assert (stands.open_questions, stands.came_up) == (1, 1)
