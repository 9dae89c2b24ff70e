"""Waiting for a model in the thread: the card says so at once, and the way out works by its buttons."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.store.tables import Plan, now
from bot.workflow.waiting import BUILT_IN, Waiting
from tests.local_workspace.driving import PATIENCE_SECONDS, Json, PersonAtWork
from tests.slack.at_work import told
from tests.slack.running import RunningBot, buttons_of, press, shown
from tests.workflow.office import MARA, ScriptedPlanner

IDEA = "new a library: books with a title and a price"


async def slow_plan(bot: RunningBot, planner: ScriptedPlanner, person: PersonAtWork) -> tuple[str, asyncio.Event]:
    """Start a plan whose planner doesn't answer until the event is set; return the thread."""
    answered, first = asyncio.Event(), [True]

    async def slow() -> None:
        if first.pop() if first else False:
            await answered.wait()

    planner.meanwhile = slow
    assert (await person.plan(IDEA))["ok"]
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (plans := await bot.plans()) or not plans[0].thread:
            await asyncio.sleep(0.02)
    return plans[0].thread, answered


async def long_ago(bot: RunningBot, seconds: int) -> None:
    """Let a plan have waited for so long."""
    async with bot.database.write() as session:
        plan = await session.get_one(Plan, (await bot.plans())[0].id)
        plan.run_since = now() - timedelta(seconds=seconds)
    await Waiting(bot.database).look()


async def card_says(bot: RunningBot, person: PersonAtWork, words: str) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while words not in shown((await bot.thread(person))[0]):
            await asyncio.sleep(0.02)


async def offer(person: PersonAtWork, thread: str) -> Json:
    return await person.sees("still waiting", thread_ts=thread)


async def test_the_card_says_at_once_what_is_read_and_later_for_how_long(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    thread, answered = await slow_plan(bot, planner, mara)
    await card_says(bot, mara, "reading 1 message …")
    assert " now" not in shown((await bot.thread(mara))[0])
    await long_ago(bot, 130)
    await card_says(bot, mara, "reading 1 message … for 2 min now")
    async with bot.database.write() as session:
        plan = await session.get_one(Plan, (await bot.plans())[0].id)
        plan.model_try, plan.model_tries = 2, 3
    await long_ago(bot, 190)
    await card_says(bot, mara, "for 3 min now, attempt 2 of 3")
    message = await offer(mara, thread)
    assert f"<@{MARA}>" in shown(message)
    assert list(buttons_of(message)) == ["Try again", "Use the built-in planner", "Stop"]

    answered.set()
    await bot.settled("in review")
    await Waiting(bot.database).look()
    await mara.sees("no longer waiting", thread_ts=thread)
    assert "reading" not in shown((await bot.thread(mara))[0])
    await press(mara, message, "Try again")
    await told(mara, "That is over", thread=thread)


@pytest.mark.parametrize(
    ("label", "planner_of_plan"), [("Try again", "scripted planner"), ("Use the built-in planner", BUILT_IN)]
)
async def test_a_way_out_leads_on_while_the_first_answer_is_still_awaited(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork, label: str, planner_of_plan: str
) -> None:
    thread, answered = await slow_plan(bot, planner, mara)
    await long_ago(bot, 200)
    await press(jon, await offer(jon, thread), label)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (await bot.plans())[0].run_attempt < 2:
            await asyncio.sleep(0.02)
    answered.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (plan := (await bot.plans())[0]).run_stage is not None:
            await asyncio.sleep(0.02)
    assert (plan.planner, plan.run_attempt) == (planner_of_plan, 2)
    await card_says(bot, mara, f"planner: {planner_of_plan}")


async def test_the_offer_stops_a_plan_and_guests_take_none(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, ada: PersonAtWork
) -> None:
    thread, answered = await slow_plan(bot, planner, mara)
    await long_ago(bot, 200)
    message = await offer(mara, thread)
    await press(ada, message, "Use the built-in planner")
    await told(ada, "Only members of this workspace", thread=thread)
    await press(mara, message, "Stop")
    await told(mara, "is paused; nothing is lost", thread=thread)
    answered.set()
    assert (await bot.plans())[0].planner == "scripted planner"
