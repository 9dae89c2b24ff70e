"""Somebody asks in Slack to be forgotten: they hear what it means, confirm, and the bot's messages lose their name."""

from __future__ import annotations

import asyncio

from bot.store.tables import InboxItem, Plan
from bot.workflow.forgotten import is_forgotten
from tests.local_workspace.driving import PATIENCE_SECONDS, PersonAtWork
from tests.slack.at_work import handled, rows, started, told
from tests.slack.running import RunningBot, buttons_of, press, shown
from tests.workflow.office import MARA, WHO, ScriptedPlanner


async def test_who_asks_is_told_what_it_means_and_then_forgotten(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    assert f"<@{MARA}>" in shown((await bot.thread(jon))[1])
    await mara.plan("forget me")
    asked = await told(mara, "Have me forget you?")
    (plan,) = await rows(bot, Plan)
    assert plan.starter == MARA

    await press(mara, asked, "Forget me")

    await told(mara, "Forgotten: your messages and answers (1) in plans (1)")
    (plan,) = await rows(bot, Plan)
    assert is_forgotten(plan.starter)
    assert plan.thread == thread
    await drawn_without(bot, jon, MARA)
    arrived = await handled(bot, len(await rows(bot, InboxItem)))
    assert all(MARA not in str(row.payload) for row in arrived)


async def test_questions_address_nobody_any_more(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork, planner: ScriptedPlanner
) -> None:
    planner.questions = (WHO,)
    thread = await started(bot, mara, "gathering")
    await jon.say("books have a title", thread_ts=thread)  # the plan goes on without her
    await handled(bot, 2)
    assert f"<@{MARA}> I'll ask one thing" in shown((await bot.thread(jon))[1])

    await mara.plan("forget me")
    await press(mara, await told(mara, "Have me forget you?"), "Forget me")

    async with asyncio.timeout(PATIENCE_SECONDS):
        while not shown((await bot.thread(jon))[1]).startswith("I'll ask one thing"):
            await asyncio.sleep(0.02)


async def test_only_the_whole_phrase_asks_for_it(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.plan("forget it")
    said = await told(mara, "say `/plan forget me`")
    assert buttons_of(said) == {}


async def drawn_without(bot: RunningBot, person: PersonAtWork, name: str) -> None:
    """Wait until no message of the bot in the thread names somebody, and "somebody" stands there."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            messages = [shown(message) + message["text"] for message in await bot.thread(person)]
            if not any(name in each for each in messages) and any("somebody" in each for each in messages):
                return
            await asyncio.sleep(0.02)
