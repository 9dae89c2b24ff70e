"""`why …` in a thread: a private answer with the chain, and a link to each message of it."""

from __future__ import annotations

from tests.local_workspace.driving import PersonAtWork
from tests.slack.at_work import started, told
from tests.slack.running import RunningBot, shown
from tests.workflow.office import MARA, ScriptedPlanner


async def test_a_criterion_is_answered_with_who_said_it_and_a_link(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)

    await jon.say("why 1.1?", thread_ts=thread)

    answer = await told(jon, "of *Office library*", thread=thread)
    text = shown(answer)
    assert f"<@{MARA}>: “a library: books with a title and a price”" in text
    assert "|open>" in text, "the request came by command, so its place is the card"
    assert thread.replace(".", "") in text
    assert "Book: endpoints" in text
    assert "not approved yet" in text


async def test_what_was_said_in_the_thread_has_its_own_address(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    said = await mara.say("@planthread add pages", thread_ts=thread)
    await bot.reviewed(2)
    await bot.settled("in review")

    await mara.say("why Book.pages", thread_ts=thread)

    text = shown(await told(mara, "*Book.pages*", thread=thread))
    assert "“add pages”" in text
    assert said["ts"].replace(".", "") in text


async def test_a_wrong_number_is_told_and_talk_is_left_alone(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)

    await mara.say("why bother", thread_ts=thread)
    await mara.say("why 77.1", thread_ts=thread)

    await told(mara, "No criterion has the number 77.1", thread=thread)
    messages = (await mara.get("messages", channel="general", thread_ts=thread))["messages"]
    answers = [one["text"] for one in messages if one["only_for"] and "No criterion" in one["text"]]
    assert answers == ["No criterion has the number 77.1. The whole document shows them all."]
