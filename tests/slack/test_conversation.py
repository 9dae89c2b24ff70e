"""People talk to the real app over the real socket: commands, and what they say in threads."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.local_workspace.directory import BOT_USER
from bot.store.database import Database
from bot.store.tables import ConversationMessage, InboxItem, PlanQuestion
from tests.local_workspace.driving import PATIENCE_SECONDS, PersonAtWork
from tests.slack.at_work import handled, of_bot, rows, started, told
from tests.slack.running import RunningBot, buttons_of, press, shown
from tests.workflow.office import COPIES, JON, LATE, MARA, WHO, Office, ScriptedPlanner

# Commands


async def test_a_plan_begins_with_its_card_and_costs_three_messages_up_to_its_review(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    planner.questions = (WHO, COPIES)
    thread = await started(bot, mara, "gathering")
    assert len(await of_bot(mara)) == 1
    head, asked = await bot.thread(mara)
    assert "*Office library* (`library`) · gathering requirements" in shown(head)
    assert "1 of 3 things known · still missing: who and copies" in shown(head)
    assert list(buttons_of(asked)) == ["Everyone", "Librarians only", "1: you decide", "2: you decide"]

    await press(jon, asked, "Librarians only")
    await mara.say("just one", thread_ts=thread)
    plan = await bot.settled("in review")
    messages = await bot.thread(jon)
    assert [message["user"] for message in messages] == [BOT_USER, BOT_USER, MARA, BOT_USER]
    answered, review = messages[1], messages[3]
    assert f"✓ 1. Who may add books? *Librarians only* (<@{JON}>)" in shown(answered)
    assert f"✓ 2. How many copies of a title are there? *just one* (<@{MARA}>)" in shown(answered)
    assert buttons_of(answered) == {}
    assert list(buttons_of(review)) == ["Approve and build", "Request changes", "Edit entities", "Whole document"]
    assert f"Who may add books? Librarians only (<@{JON}>)" in shown(review)

    await press(jon, review, "Approve and build")
    plan = await bot.settled("approved")
    assert plan.run_stage == "build"
    closed = (await bot.thread(mara))[3]
    assert f"approved by <@{JON}>" in shown(closed)
    assert list(buttons_of(closed)) == ["Whole document"]


async def test_commands_that_read_are_answered_privately_at_once(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    helped = await mara.plan("help")
    assert "What you can say" in helped["message"]["text"]
    assert helped["message"]["only_for"] == MARA
    assert "no plans here yet" in shown((await mara.plan("list"))["message"])
    assert "no open plan in this channel" in (await mara.plan("status"))["message"]["text"]

    await started(bot, mara)
    assert "*Office library* (`library`) · in review" in shown((await mara.plan("STATUS library"))["message"])
    assert "`library` *Office library* · in review" in shown((await jon.plan("list"))["message"])
    assert "no open plan" in (await jon.plan("status"))["message"]["text"]
    assert "There is no plan called" in (await jon.plan("status nothing"))["message"]["text"]
    unknown = (await jon.plan("a library & <more>"))["message"]["text"]
    assert "I don't know" in unknown
    assert "/plan new a library &amp; &lt;more&gt;" in unknown


async def test_a_plan_of_nothing_is_refused_privately(bot: RunningBot, mara: PersonAtWork) -> None:
    assert (await mara.plan("new"))["ok"]
    await told(mara, "Tell me what to plan")
    assert await bot.plans() == []


async def test_a_digest_can_be_scheduled_and_turned_off(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.plan("digest daily 09:00 Europe/Berlin")
    await told(mara, "every day at 09:00 Europe/Berlin")
    await mara.plan("digest off")
    await told(mara, "No more digests in this channel")
    await mara.plan("digest at noon or so")
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(await rows(bot, InboxItem)) < 3:
            await asyncio.sleep(0.02)
    assert (await handled(bot, 3))[2].error == ""


async def test_the_digest_of_a_channel_comes_when_it_is_asked_for(bot: RunningBot, mara: PersonAtWork) -> None:
    await started(bot, mara)
    await mara.plan("digest now")
    digest = await mara.sees("Digest since")
    assert "Office library" in shown(digest)
    assert digest["only_for"] == ""
    assert len(await of_bot(mara)) == 2


async def test_a_public_channel_is_joined_and_a_private_one_is_asked_for(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await mara.plan("new a garage: cars with a plate", channel="backend")
    await mara.sees("Office library: in review", channel="backend")
    await mara.plan("new a clinic: patients with a name", channel="leads")
    await told(mara, "/invite @planthread", channel="leads")
    assert len(await bot.plans()) == 1


async def test_a_plan_begins_in_a_direct_message_too(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.say("a garage: cars with a plate", channel="D0MARA")
    plan = await bot.settled("in review")
    assert (plan.channel, plan.starter) == ("D0MARA", MARA)
    await mara.plan("new a clinic: patients with a name", channel="D0MARA")
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(await bot.plans()) < 2:
            await asyncio.sleep(0.02)


async def test_a_mention_starts_one_plan_though_it_arrives_twice(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.say("@planthread a library: books with a title")
    plan = await bot.settled("in review")
    await handled(bot, 1)
    assert (plan.handle, plan.starter) == ("library", MARA)
    assert len(await bot.plans()) == 1
    assert [message.text for message in await rows(bot, ConversationMessage)] == ["a library: books with a title"]


async def test_a_mention_with_a_verb_is_answered_and_starts_nothing(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.say("@planthread help!")
    await told(mara, "What you can say")
    await mara.say("@planthread list")
    await told(mara, "no plans here yet")
    await mara.say("@planthread")
    await told(mara, "Tell me what to plan")
    assert await bot.plans() == []


async def test_a_mention_in_a_thread_without_a_plan_says_so(bot: RunningBot, mara: PersonAtWork) -> None:
    head = await mara.say("shall we build a library?")
    await mara.say("@planthread what do you say?", thread_ts=head["ts"])
    await told(mara, "This thread has no plan", thread=head["ts"])
    assert await bot.plans() == []


# In the thread


async def test_what_is_not_meant_for_the_bot_is_left_alone(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    planner.questions = (WHO,)
    thread = await started(bot, mara, "gathering")
    await mara.say("!aside is this thing any good?", thread_ts=thread)
    await jon.say("(aside) no idea", thread_ts=thread)
    await mara.say("@jon you are a librarian, aren't you?", thread_ts=thread)
    await mara.say("everyone may, I think", channel="general")
    await handled(bot, 4)

    assert [row.answer for row in await rows(bot, PlanQuestion)] == [None]
    assert len(await rows(bot, ConversationMessage)) == 1
    assert (await bot.settled("gathering")).run_attempt == 1

    await jon.say("only librarians", thread_ts=thread)
    await bot.settled("in review")
    assert [(row.answer, row.answered_by) for row in await rows(bot, PlanQuestion)] == [("only librarians", JON)]


async def test_a_number_that_is_not_open_is_told_privately_and_the_other_answers_are_taken(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    planner.questions = (WHO, COPIES, LATE)
    thread = await started(bot, mara, "gathering")
    await jon.say("2. apple", thread_ts=thread)
    await handled(bot, 2)
    await mara.say("2. apple", thread_ts=thread)
    refused = await told(mara, f"<@{JON}> answered that already: apple", thread=thread)
    assert refused["only_for"] == MARA
    await mara.say("1. everyone, 9. nine", thread_ts=thread)
    await told(mara, "No open question has the number 9", thread=thread)
    assert [row.answer for row in await rows(bot, PlanQuestion)] == ["everyone", "apple", None]


@pytest.mark.parametrize("said", ["", "ok, let's take Mara's"])
async def test_two_who_answer_differently_are_asked_side_by_side_and_one_of_them_settles_it(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork, said: str
) -> None:
    planner.questions = (WHO, COPIES)
    thread = await started(bot, mara, "gathering")
    await jon.say("1. Librarians only", thread_ts=thread)
    await handled(bot, 2)
    await mara.say("1. Everyone", thread_ts=thread)

    asked = await mara.sees("You disagree", thread_ts=thread)
    assert f"<@{JON}>: “Librarians only”" in shown(asked)
    assert f"<@{MARA}>: “Everyone”" in shown(asked)
    assert f"<@{JON}> and <@{MARA}> you answered differently" in shown(asked)
    assert list(buttons_of(asked)) == ["Librarians only", "Everyone"]

    await (jon.say(said, thread_ts=thread) if said else press(jon, asked, "Everyone"))
    await handled(bot, 4)
    await mara.say("2. two", thread_ts=thread)
    await bot.settled("in review")
    assert [row.answer for row in await rows(bot, PlanQuestion)] == ["Everyone", "two", "Everyone"]
    assert f"Who may add books? Everyone (<@{JON}>)" in shown((await bot.thread(mara))[-1])


async def test_words_in_the_thread_ask_stop_and_go_on(bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork) -> None:
    thread = await started(bot, mara)
    await jon.say("status", thread_ts=thread)
    assert (await told(jon, "in review", thread=thread))["only_for"] == JON
    await jon.say("Stop.", thread_ts=thread)
    plan = await bot.settled("in review", hold="paused")
    assert f"paused by <@{JON}> while in review" in shown((await bot.thread(mara))[0])
    assert "Press `Resume`" in (await told(jon, "is paused; nothing is lost", thread=thread))["text"]
    await mara.say("pause", thread_ts=thread)
    await told(mara, "is paused already", thread=thread)
    await mara.say("resume", thread_ts=thread)
    await told(mara, "goes on; it is in review", thread=thread)
    plan = await bot.settled("in review")
    assert plan.hold is None
    await mara.say("resume", thread_ts=thread)
    await told(mara, "is not paused; it is in review", thread=thread)
    await press(jon, (await bot.thread(jon))[0], "Stop")
    await bot.settled("in review", hold="paused")
    await mara.say("Go on.", thread_ts=thread)
    await bot.settled("in review")
    await press(jon, (await bot.thread(jon))[0], "Stop")
    await bot.settled("in review", hold="paused")
    await press(mara, (await bot.thread(mara))[0], "Resume")
    await bot.settled("in review")
    await mara.say("I can't approve this yet", thread_ts=thread)
    await mara.say("approve", thread_ts=thread)
    assert (await bot.settled("approved")).run_stage == "build"


async def test_the_word_approve_means_what_its_author_could_see(
    bot: RunningBot,
    database: Database,
    planner: ScriptedPlanner,
    mara: PersonAtWork,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    thread = await started(bot, mara)
    plan = (await bot.plans())[0]
    post, decided = bot.client.chat_postMessage, asyncio.Event()

    async def slowly(**message: Any) -> AsyncSlackResponse:
        await decided.wait()
        return await post(**message)

    monkeypatch.setattr(bot.client, "chat_postMessage", slowly)
    office = Office(database, planner)
    office.plan_id = plan.id
    await office.change("add pages", 1)
    await bot.reviewed(2)
    await mara.say("approve", thread_ts=thread)
    await told(mara, "You were looking at review 1", thread=thread)
    decided.set()

    assert (await bot.settled("in review")).stage == "in review"
    assert await office.approvals() == []


async def test_a_mention_in_review_asks_for_a_change_and_other_talk_does_not(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    await jon.say("looks good to me", thread_ts=thread)
    await jon.say("@planthread add pages", thread_ts=thread)
    await mara.sees("Office library: please review", thread_ts=thread)
    await bot.reviewed(2)
    await bot.settled("in review")
    texts = [(message.kind, message.author, message.text) for message in await rows(bot, ConversationMessage)]
    assert texts[1:] == [("change", JON, "add pages")]


async def test_a_question_in_review_is_answered_to_who_asked_and_changes_nothing(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    await jon.say("@planthread who can approve?", thread_ts=thread)
    await told(jon, "can approve this plan: who started it, or wrote here before the review", thread=thread)
    assert (await bot.settled("in review")).review == 1
    assert [message.kind for message in await rows(bot, ConversationMessage)] == ["request"]


# Kind words, cancelling, and signs that something was seen


async def test_a_greeting_is_answered_with_an_example_and_begins_no_plan(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.say("@planthread hello!")
    await told(mara, "Hello! I turn what you tell me into a working backend.")
    assert await bot.plans() == []


async def test_cancelling_is_asked_for_by_a_word_and_done_by_its_button(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    await mara.say("Cancel", thread_ts=thread)
    question = await told(mara, "for good?", thread=thread)
    assert (await bot.plans())[-1].stage == "in review"

    await press(mara, question, "Cancel the plan")
    await told(mara, "is cancelled. What was written and built is kept", thread=thread)
    await bot.settled("cancelled")
    head, closed, *_ = [message for message in await bot.thread(mara) if message["user"] == BOT_USER]
    assert "· cancelled" in shown(head)
    assert "Stop" not in buttons_of(head)
    assert "the plan was cancelled" in shown(closed)


async def test_the_command_cancel_asks_too_and_guests_cancel_nothing(
    bot: RunningBot, mara: PersonAtWork, ada: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    question = (await mara.plan("cancel library"))["message"]
    assert list(buttons_of(question)) == ["Cancel the plan"]
    await ada.say("cancel", thread_ts=thread)
    await press(ada, await told(ada, "for good?", thread=thread), "Cancel the plan")
    await told(ada, "Only members of this workspace can do that", thread=thread)
    assert (await bot.plans())[-1].stage == "in review"


async def test_a_message_that_answers_no_question_gets_a_sign_that_it_was_seen(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    planner.questions = (WHO, LATE)
    thread = await started(bot, mara, "gathering")
    await mara.say("members borrow books for three weeks", thread_ts=thread)

    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (signs := (await bot.thread(mara))[-1].get("reactions")):
            await asyncio.sleep(0.02)
    assert [(sign["name"], sign["users"]) for sign in signs] == [("eyes", [BOT_USER])]


async def test_a_change_that_changes_nothing_is_told_in_the_thread(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    await mara.say("@planthread make it nicer", thread_ts=thread)

    async with asyncio.timeout(PATIENCE_SECONDS):
        while "Nothing changes in *Office library*" not in shown((await bot.thread(mara))[-1]):
            await asyncio.sleep(0.02)
    await bot.settled("in review")
    review = (await bot.thread(mara))[1]
    assert "Review 1 stands as it is" in shown((await bot.thread(mara))[-1])
    assert "Approve and build" in buttons_of(review)
