"""A review that was approved and delivered keeps its approval, whatever is asked for since."""

from __future__ import annotations

from tests.local_workspace.driving import Json, PersonAtWork
from tests.slack.at_work import approved, office_of
from tests.slack.running import RunningBot, shown
from tests.workflow.office import MARA, ScriptedPlanner


async def test_a_delivered_review_keeps_its_approval_when_a_change_of_it_is_reviewed(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    thread = await approved(bot, mara)
    office = await office_of(bot, planner)
    await office.deliver()
    await bot.settled("delivered")
    await mara.say("@planthread add pages", thread_ts=thread)
    await bot.reviewed(2)
    await bot.settled("in review")
    first = await review_shown(bot, mara, 1)
    assert f"review 1: approved by <@{MARA}> and delivered" in first
    assert "Newer reviews of it are below" in first
    assert "replaced" not in first


async def test_a_review_that_nobody_approved_is_replaced_as_before(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    thread = await approved(bot, mara)
    office = await office_of(bot, planner)
    await office.deliver()
    await bot.settled("delivered")
    for number, words in ((2, "add pages"), (3, "add shelf")):
        await mara.say(f"@planthread {words}", thread_ts=thread)
        await bot.reviewed(number)
        await bot.settled("in review")
    assert "replaced by review 3" in await review_shown(bot, mara, 2)
    assert "and delivered" in await review_shown(bot, mara, 1)


async def review_shown(bot: RunningBot, person: PersonAtWork, number: int) -> str:
    """Return what people see of a review."""
    messages: list[Json] = await bot.thread(person)
    return next(text for one in messages if f"eview {number}" in (text := shown(one)).partition("\n")[0])
