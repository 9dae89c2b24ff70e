"""Answers that somebody writes in the channel, beside the thread: nothing is taken, and the writer hears where to."""

from __future__ import annotations

from bot.store.tables import ConversationMessage, Plan, PlanQuestion
from tests.local_workspace.driving import PersonAtWork
from tests.slack.at_work import handled, rows, started, told
from tests.slack.running import RunningBot, shown
from tests.workflow.office import COPIES, LATE, WHO, ScriptedPlanner

THERE = "I take answers only in its thread, the replies under its card (📐), so nothing was taken here"


async def test_the_card_and_the_first_question_say_where_answers_go(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    planner.questions = (WHO, LATE)
    await started(bot, mara, "gathering")
    head, asked = await bot.thread(mara)
    assert "What I ask comes in the thread of this message: write your answers there." in shown(head)
    assert "write your answer here in this thread, not in the channel" in shown(asked)


async def test_an_answer_in_the_channel_is_told_where_it_goes(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    planner.questions = (WHO, LATE, COPIES)
    await started(bot, mara, "gathering")
    await mara.say("librarians and the caretaker")
    assert THERE in (await told(mara, "Is that for *Office library*?"))["text"]
    await mara.say("we need milk")
    await jon.say("you decide")
    await mara.say("@planthread 1. everyone")
    assert THERE in (await told(mara, "That looks like an answer to *Office library*"))["text"]
    assert len(await handled(bot, 4)) == 4, "what others say there is not kept"

    assert [row.answer for row in await rows(bot, PlanQuestion)] == [None, None, None]
    assert len(await rows(bot, ConversationMessage)) == len(await rows(bot, Plan)) == 1
    private = [one for one in (await mara.get("messages", channel="general"))["messages"] if one["only_for"]]
    assert len(private) == 2, "talk is told of once"
    assert not [one for one in (await jon.get("messages", channel="general"))["messages"] if one["only_for"]]
