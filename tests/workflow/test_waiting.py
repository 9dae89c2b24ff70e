"""Waiting for a planner: the card says how long, people are offered a way out, and a late answer changes nothing."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.planning.built_in.planner import BuiltInPlanner
from bot.store.database import Database
from bot.store.tables import OutboxItem, now
from bot.workflow.messages import MessageKind
from bot.workflow.model_calls import keep_try, running
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.runs import block
from bot.workflow.waiting import BUILT_IN, Waiting, ask_again, use_built_in
from tests.workflow.office import MARA, Office, ScriptedPlanner


class Later:
    """A clock that is so many seconds ahead."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> datetime:
        return now() + timedelta(seconds=self.seconds)


async def looked(database: Database, clock: Later, seconds: int, waiting: Waiting | None = None) -> Waiting:
    clock.seconds = seconds
    waiting = waiting or Waiting(database, clock)
    await waiting.look()
    return waiting


async def offers(office: Office) -> list[OutboxItem]:
    return [item for item in await office.rows(OutboxItem) if item.kind == MessageKind.WAITING]


async def test_a_card_is_drawn_once_a_minute_and_after_three_a_way_out_is_offered_once(
    database: Database, office: Office
) -> None:
    await office.start()
    clock, version = Later(), (await office.message("card")).version
    waiting = await looked(database, clock, 30)
    assert (await office.message("card")).version == version
    for seconds in (61, 70, 119):
        await looked(database, clock, seconds, waiting)
    assert (await office.message("card")).version == version + 1
    await looked(database, clock, 121, waiting)
    assert (await office.message("card")).version == version + 2
    assert await offers(office) == []
    await looked(database, clock, 181, waiting)
    await looked(database, clock, 182)
    (offer,) = await offers(office)
    assert (offer.version, offer.subject) == (1, {"attempt": 1})

    await office.work()
    await looked(database, clock, 400, waiting)
    await looked(database, clock, 500, waiting)
    (offer,) = await offers(office)
    assert (offer.version, offer.subject) == (2, {"attempt": 1, "settled": 1})


async def test_nobody_is_offered_anything_while_a_plan_rests_or_its_planner_is_the_built_in_one(
    database: Database, office: Office
) -> None:
    await office.start()
    await office.stop()
    await looked(database, Later(), 600)
    await office.resume()
    await office.within(lambda session, plan: use_built_in(session, plan, plan.run_attempt, MARA, "k"))
    await looked(database, Later(), 600)
    assert await offers(office) == []


async def thinking(office: Office) -> tuple[asyncio.Task[None], asyncio.Event]:
    """Let the planner be asked, and answer once the event is set; return that work, and the event."""
    answered, asked = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        asked.set()
        await answered.wait()

    office.planner.meanwhile = slow
    first = asyncio.create_task(office.work())
    await asked.wait()
    return first, answered


async def test_asking_again_leaves_the_first_answer_without_effect(
    database: Database, office: Office, planner: ScriptedPlanner
) -> None:
    await office.start()
    first, answered = await thinking(office)
    await office.within(lambda session, plan: ask_again(session, plan, 1, MARA, "k"))
    planner.meanwhile = None
    await office.work()
    assert (await office.plan()).review == 1
    answered.set()
    await first
    plan = await office.plan()
    assert (plan.review, plan.run_attempt, plan.run_stage) == (1, 2, None)
    with pytest.raises(
        Refused, match=r"That is over: \*Office library\* is in review\. Look at the newest message in its thread\."
    ):
        await office.within(lambda session, plan: ask_again(session, plan, 1, MARA, "k2"))


async def test_the_built_in_planner_goes_on_for_good_and_a_late_answer_is_harmless(
    database: Database, office: Office, planner: ScriptedPlanner
) -> None:
    await office.start("a library: books with a title and a price; members with a name borrow many books")
    first, answered = await thinking(office)
    await office.within(lambda session, plan: use_built_in(session, plan, 1, MARA, "k"))
    await office.work()
    plan = await office.plan()
    before = plan.stage, plan.review, plan.title, len(await office.open_questions())
    assert plan.planner == BUILT_IN == BuiltInPlanner.name
    assert len(planner.heard) == 1, "the model is not asked again"
    answered.set()
    await first
    plan = await office.plan()
    assert (plan.stage, plan.review, plan.title, len(await office.open_questions())) == before
    assert "planner changed" in await office.events()
    with pytest.raises(Refused, match="That is over"):
        await office.within(lambda session, plan: use_built_in(session, plan, plan.run_attempt, MARA, "k2"))


async def test_the_built_in_planner_helps_a_plan_that_its_model_blocks(office: Office) -> None:
    await office.start("a library: books with a title")
    await office.within(lambda session, plan: block(session, plan, "The model refused."))
    with pytest.raises(Refused):
        await office.within(lambda session, plan: ask_again(session, plan, 1, MARA, "k"))
    await office.within(lambda session, plan: use_built_in(session, plan, 1, MARA, "k"))
    plan = await office.plan()
    assert (plan.hold, plan.planner, plan.run_stage) == (None, BUILT_IN, Stage.PLAN)


async def test_which_try_of_a_request_is_under_way_is_known_until_the_next_run(
    database: Database, office: Office
) -> None:
    await office.start()
    with running(office.plan_id, Stage.PLAN, 1):
        await keep_try(database, 1, 3)
        assert (await office.overview()).model_try == 0
        await keep_try(database, 2, 3)
    view = await office.overview()
    assert (view.model_try, view.model_tries, view.messages) == (2, 3, 1)
    await keep_try(database, 3, 3)
    assert (await office.overview()).model_try == 2, "a call of no plan is nobody's"
    await office.within(lambda session, plan: ask_again(session, plan, 1, MARA, "k"))
    assert (await office.overview()).model_try == 0
