"""What happens to messages afterwards: edits and deletions of what was used, a deleted card, the stop sign."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.local_workspace.directory import BOT_USER
from bot.local_workspace.workspace import Workspace
from bot.store.tables import ConversationMessage, InboxItem, MessageEdit, PlanQuestion
from tests.local_workspace.driving import PATIENCE_SECONDS, Json, PersonAtWork
from tests.slack.at_work import is_settled, of_bot, rows, started, told
from tests.slack.running import RunningBot, buttons_of, press, shown
from tests.workflow.office import JON, MARA, WHO, ScriptedPlanner

IDEA = "@planthread a library: books with a title"


async def begun(bot: RunningBot, person: PersonAtWork, stage: str = "in review") -> tuple[Json, str]:
    """Start a plan by a mention; return the message, and the plan's thread."""
    message = await person.say(IDEA)
    return message, (await bot.settled(stage)).thread or ""


async def edit(person: PersonAtWork, message: Json, text: str) -> None:
    assert (await person.do("messages/edit", channel="general", ts=message["ts"], text=text))["ok"]


async def delete(workspace: Workspace, message: Json, channel: str = "C0GENERAL") -> None:
    """Delete a message as an admin may."""
    stored = workspace.history.message(channel, message["ts"])
    assert stored is not None
    workspace.delete(stored)


async def settled_inbox(bot: RunningBot, kind: str, count: int = 1) -> list[InboxItem]:
    """Wait until so many items of a kind were handled to the end."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with bot.database.read() as session:
                found = (await session.scalars(select(InboxItem).where(col(InboxItem.kind) == kind))).all()
            if sum(is_settled(row) for row in found) >= count:
                return list(found)
            await asyncio.sleep(0.02)


async def asked(bot: RunningBot, person: PersonAtWork, thread: str, words: str = "a message was") -> Json:
    return await person.sees(words, thread_ts=thread)


async def until_shown(bot: RunningBot, person: PersonAtWork, is_so: Callable[[list[Json]], bool]) -> list[Json]:
    """Wait until the thread shows something."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not is_so(messages := await bot.thread(person)):
            await asyncio.sleep(0.02)
    return messages


# Edits


async def test_an_edit_of_what_was_used_is_asked_about_and_changes_nothing_by_itself(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    message, thread = await begun(bot, mara)
    await edit(mara, message, "@planthread a library: books with a title and an ISBN")
    question = await asked(bot, jon, thread)
    assert f"<@{MARA}> edited what" in shown(question)
    assert "was: “a library: books with a title”" in shown(question)
    assert "now: “a library: books with a title and an ISBN”" in shown(question)
    assert list(buttons_of(question)) == ["Take the new words", "Leave it"]
    review = next(one for one in await bot.thread(mara) if "please review" in one["text"])
    await until_shown(
        bot,
        mara,
        lambda found: any(f"✏️ <@{MARA}> edited what" in shown(one) for one in found if one["ts"] == review["ts"]),
    )
    assert (await bot.settled("in review")).review == 1
    assert [row.text for row in await rows(bot, ConversationMessage)] == ["a library: books with a title"]

    await press(jon, question, "Leave it")
    messages = await until_shown(bot, mara, lambda found: any("left the plan as it is" in shown(one) for one in found))
    assert "✏️" not in "".join(shown(one) for one in messages)
    assert (await bot.settled("in review")).review == 1
    await press(mara, question, "Take the new words")
    await told(mara, "That was settled already", thread=thread)


async def test_new_words_are_taken_by_a_button_and_a_new_review_follows(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    message, thread = await begun(bot, mara)
    await edit(mara, message, "@planthread a library: books with pages")
    planner.extra = {"introduction": "Books with pages."}
    await press(jon, await asked(bot, jon, thread), "Take the new words")
    await bot.reviewed(2)
    await bot.settled("in review")
    assert [one.text for one in planner.heard[-1].messages] == ["a library: books with pages"]
    assert planner.heard[-1].earlier is None, "what was proposed before came from other words"
    assert f"<@{JON}> took the new words" in "".join(shown(one) for one in await bot.thread(mara))

    await mara.say("@planthread add pages", thread_ts=thread)
    await bot.reviewed(3)
    assert planner.heard[-1].earlier is not None


async def test_words_that_are_put_back_and_edits_of_other_messages_ask_nothing(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    message, thread = await begun(bot, mara)
    aside = await jon.say("!aside who wants a coffee?", thread_ts=thread)
    talk = await jon.say("nice weather", channel="general")
    await edit(jon, aside, "!aside who wants tea?")
    await edit(jon, talk, "bad weather")
    await edit(mara, message, "@planthread a library: books with pages")
    question = await asked(bot, mara, thread)
    await edit(mara, message, IDEA)
    messages = await until_shown(
        bot, mara, lambda found: any("as they were again" in shown(one) for one in found if one["ts"] == question["ts"])
    )
    assert [one.person for one in await rows(bot, MessageEdit)] == [MARA]
    assert not [one for one in messages if one["ts"] == question["ts"] and buttons_of(one)]


async def test_an_edited_answer_is_asked_about_and_taken_for_its_question(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    planner.questions = (WHO,)
    thread = await started(bot, mara, "gathering")
    answer = await mara.say("everyone", thread_ts=thread)
    await bot.settled("in review")
    await edit(mara, answer, "librarians only")
    question = await asked(bot, mara, thread)
    assert "was: “Everyone”" in shown(question)
    await press(mara, question, "Take the new words")
    await bot.reviewed(2)
    assert [row.answer for row in await rows(bot, PlanQuestion)] == ["librarians only"]


async def test_an_edit_after_approval_is_told_to_its_writer_only(bot: RunningBot, mara: PersonAtWork) -> None:
    message, thread = await begun(bot, mara)
    await mara.say("approve", thread_ts=thread)
    await bot.settled("approved")
    await edit(mara, message, "@planthread a library: books with pages")
    answer = await told(mara, "from the words as they were", thread=thread)
    assert answer["only_for"] == MARA
    assert await rows(bot, MessageEdit) == []


async def test_an_edit_that_arrives_twice_asks_once(bot: RunningBot, workspace: Workspace, mara: PersonAtWork) -> None:
    message, thread = await begun(bot, mara)
    await edit(mara, message, "@planthread a library: books with pages")
    await asked(bot, mara, thread)
    (row,) = await settled_inbox(bot, "edited")
    assert row.key.startswith(f"edited/C0GENERAL/{message['ts']}/")
    assert not await bot.inbox.accept(row.key, "edited", {})
    await edit(mara, message, "@planthread a library: books with pages and a price")
    messages = await until_shown(bot, mara, lambda found: any("and a price”" in shown(one) for one in found))
    assert len([one for one in messages if "a message was edited" in one["text"]]) == 1


# Deletions


async def test_a_deleted_message_is_left_out_only_where_something_is_left_to_plan(
    bot: RunningBot, planner: ScriptedPlanner, workspace: Workspace, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    message, thread = await begun(bot, mara)
    await delete(workspace, message)
    question = await asked(bot, mara, thread, "a message was deleted")
    assert "nothing any more" in shown(question)
    await press(jon, question, "Leave it out")
    await told(jon, "nothing would be left to plan", thread=thread)
    assert (await bot.settled("in review")).review == 1


async def test_what_a_deleted_reply_said_is_left_out_when_somebody_says_so(
    bot: RunningBot, planner: ScriptedPlanner, workspace: Workspace, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    planner.questions = (WHO,)
    thread = await started(bot, mara, "gathering")
    more = await jon.say("members have a phone\n1. everyone", thread_ts=thread)
    await bot.settled("in review")
    assert len(await rows(bot, ConversationMessage)) == 2
    await delete(workspace, more)
    await press(jon, await asked(bot, jon, thread, "a message was deleted"), "Leave it out")
    await bot.settled("gathering")
    assert [one.text for one in planner.heard[-1].messages] == ["a library: books with a title and a price"]
    assert [row.answer for row in await rows(bot, PlanQuestion)] == [None], "it is asked again"


async def test_a_deleted_card_is_posted_again_once_in_its_thread(
    bot: RunningBot, workspace: Workspace, mara: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    await delete(workspace, (await bot.thread(mara))[0])
    messages = await until_shown(bot, mara, lambda found: any("📐" in shown(one) for one in found[1:]))
    (again,) = [one for one in messages if "📐" in shown(one)]
    assert again["thread_ts"] == thread
    await mara.say("stop", thread_ts=thread)
    await bot.settled("in review", hold="paused")
    assert any("paused by" in shown(one) for one in await bot.thread(mara) if one["ts"] == again["ts"])

    await delete(workspace, again)
    await settled_inbox(bot, "deleted", 2)
    await mara.say("resume", thread_ts=thread)
    await bot.settled("in review")
    assert not [one for one in await bot.thread(mara) if "📐" in shown(one)]


async def test_a_card_whose_deletion_nobody_told_is_posted_again_as_the_head_of_a_thread(
    bot: RunningBot, planner: ScriptedPlanner, workspace: Workspace, mara: PersonAtWork
) -> None:
    decided = asyncio.Event()
    planner.meanwhile = decided.wait
    assert (await mara.plan("new a library: books with a title"))["ok"]
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (cards := await of_bot(mara)):
            await asyncio.sleep(0.02)
    workspace.history.remove("C0GENERAL", cards[0]["ts"])
    decided.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while [one["ts"] for one in await of_bot(mara)] in ([], [cards[0]["ts"]]):
            await asyncio.sleep(0.02)
    plan = await bot.settled("in review")
    (card,) = await of_bot(mara)
    assert card["ts"] == plan.thread
    assert "📐" in shown(card)


# The stop sign


async def test_the_stop_sign_stops_as_the_word_does(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork, ada: PersonAtWork
) -> None:
    message, thread = await begun(bot, mara)
    review = next(one for one in await bot.thread(mara) if "please review" in one["text"])
    await ada.do("reactions", channel="general", ts=thread, name="octagonal_sign")
    await told(ada, "Only members of this workspace", thread=thread)
    assert (await bot.settled("in review")).hold is None
    for target in (thread, review["ts"], message["ts"]):
        await jon.do("reactions", channel="general", ts=target, name="octagonal_sign")
        plan = await bot.settled("in review", hold="paused")
        assert plan.hold_by == JON
        await mara.say("resume", thread_ts=thread)
        await bot.settled("in review")
    assert "Press `Resume`" in (await told(jon, "is paused; nothing is lost", thread=thread))["text"]


@pytest.mark.parametrize("name", ["eyes", "octagonal_sign"])
async def test_other_signs_and_signs_elsewhere_stop_nothing(bot: RunningBot, mara: PersonAtWork, name: str) -> None:
    thread = await started(bot, mara)
    talk = await mara.say("shall we stop here?")
    target = thread if name == "eyes" else talk["ts"]
    await mara.do("reactions", channel="general", ts=target, name=name)
    await mara.say("status", thread_ts=thread)
    await told(mara, "in review", thread=thread)
    assert (await bot.settled("in review")).hold is None
    assert "reaction" not in {row.kind for row in await rows(bot, InboxItem)}
    assert BOT_USER not in {row.person for row in await rows(bot, MessageEdit)}
