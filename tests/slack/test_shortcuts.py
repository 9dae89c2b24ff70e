"""Message shortcuts: a whole thread becomes a plan, and a message a change of one."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.local_workspace.directory import BOT_USER, MESSAGE_SHORTCUTS
from bot.local_workspace.workspace import Workspace
from bot.resources import resource
from bot.slack.shortcuts import Shortcut
from bot.slack.threads import MOST_CHARACTERS, MOST_MESSAGES, newest_of, said_in
from bot.store.database import Database
from bot.store.tables import ConversationMessage, Event, InboxItem, Person, Plan
from bot.workflow.plans import Said
from tests.local_workspace.driving import Json, PersonAtWork
from tests.slack.at_work import handled, rows, started, told
from tests.slack.running import RunningBot, lose_answers, press, reporter_of, shown
from tests.workflow.office import ADA, COPIES, JON, MARA, Office, ScriptedPlanner

BOOKS = "we need a library: books with a title"


async def use(person: PersonAtWork, message: Json, shortcut: Shortcut, channel: str = "general") -> None:
    answer = await person.do("shortcuts", channel=channel, ts=message["ts"], callback_id=shortcut)
    assert answer == {"ok": True}


async def talked(mara: PersonAtWork, jon: PersonAtWork, ada: PersonAtWork) -> list[Json]:
    """Let people talk in a thread; an aside is not for the bot."""
    head = await mara.say(BOOKS)
    replies = [
        await jon.say("and a <b>price</b> & @Mara pays", thread_ts=head["ts"]),
        await mara.say("!aside lunch?", thread_ts=head["ts"]),
        await ada.say("members borrow them", thread_ts=head["ts"]),
    ]
    return [head, *replies]


def test_the_manifest_has_the_shortcuts_that_the_bot_answers_and_the_workspace_offers() -> None:
    declared = json.loads(resource("manifest.json").read_text())["features"]["shortcuts"]
    assert {one["callback_id"] for one in declared} == set(Shortcut)
    assert tuple((one["callback_id"], one["name"]) for one in declared) == MESSAGE_SHORTCUTS
    assert {one["type"] for one in declared} == {"message"}
    assert all(len(one["name"]) <= 24 for one in declared)


# Plan this


async def test_a_whole_thread_is_planned_in_that_thread_with_its_people_and_messages(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork, ada: PersonAtWork
) -> None:
    messages = await talked(mara, jon, ada)
    await use(jon, messages[1], Shortcut.PLAN)

    plan = await bot.settled("in review")
    assert (plan.thread, plan.starter, plan.channel) == (messages[0]["ts"], JON, "C0GENERAL")
    said = await rows(bot, ConversationMessage)
    assert [(one.kind, one.author, one.text, one.key) for one in said] == [
        ("request", MARA, BOOKS, f"message/C0GENERAL/{messages[0]['ts']}"),
        ("message", JON, f"and a <b>price</b> & <@{MARA}> pays", f"message/C0GENERAL/{messages[1]['ts']}"),
        ("message", ADA, "members borrow them", f"message/C0GENERAL/{messages[3]['ts']}"),
    ]
    seen = await bot.thread(mara)
    assert [one["user"] for one in seen] == [MARA, JON, MARA, ADA, BOT_USER, BOT_USER]
    card, review = seen[4:]
    assert "*Office library*" in shown(card)
    assert f"<@{JON}> or <@{MARA}>" in shown(review)
    assert f"<@{ADA}>" not in shown(review), "a guest decides nothing"
    assert {row.person: row.guest for row in await rows(bot, Person)} == {JON: False, MARA: False, ADA: True}

    await mara.say("status", thread_ts=messages[0]["ts"])
    await told(mara, "Office library", thread=messages[0]["ts"])
    await press(mara, review, "Approve and build")
    await bot.settled("approved")


async def test_a_message_without_a_thread_begins_one(bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork) -> None:
    message = await mara.say(BOOKS)
    await mara.say("something else")
    await use(jon, message, Shortcut.PLAN)
    plan = await bot.settled("in review")
    assert plan.thread == message["ts"]
    assert [one.text for one in await rows(bot, ConversationMessage)] == [BOOKS]
    await jon.say("@planthread add pages", thread_ts=message["ts"])
    await bot.reviewed(2)


async def test_a_thread_that_has_a_plan_says_so_privately_also_when_two_begin_at_once(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    message = await mara.say(BOOKS)
    await asyncio.gather(use(mara, message, Shortcut.PLAN), use(jon, message, Shortcut.PLAN))
    await handled(bot, 2)
    await bot.settled("in review")
    assert len(await bot.plans()) == 1
    private = [
        one["text"]
        for person in (mara, jon)
        for one in (await person.get("messages", channel="general"))["messages"]
        if one["only_for"]
    ]
    assert len(private) == 1
    assert "This thread has a plan already" in private[0]
    await use(jon, (await bot.thread(jon))[1], Shortcut.PLAN)
    await handled(bot, 3)
    assert len(await bot.plans()) == 1


async def test_a_shortcut_that_comes_twice_plans_once(bot: RunningBot, mara: PersonAtWork) -> None:
    message = await mara.say(BOOKS)
    await use(mara, message, Shortcut.PLAN)
    await bot.settled("in review")
    payload = {
        "type": "message_action", "callback_id": "plan_this", "message": message, "channel": {"id": "C0GENERAL"},
        "team": {"id": "T0LOCAL"}, "user": {"id": MARA}, "trigger_id": "1.2.3", "message_ts": message["ts"],
    }  # fmt: skip
    assert await bot.inbox.accept("shortcut/1.2.3", "shortcut", payload)
    assert not await bot.inbox.accept("shortcut/1.2.3", "shortcut", payload)
    assert all(row.error == "" for row in await handled(bot, 2))
    assert len(await bot.plans()) == 1


async def test_what_the_app_itself_wrote_is_nothing_to_plan(bot: RunningBot, mara: PersonAtWork) -> None:
    posted = await bot.client.chat_postMessage(channel="C0GENERAL", text="a digest")
    await use(mara, {"ts": posted["ts"]}, Shortcut.PLAN)
    await told(mara, "Nobody wrote anything there that I could plan")
    assert await bot.plans() == []


async def test_a_private_channel_without_the_bot_says_how_to_bring_it_in(bot: RunningBot, mara: PersonAtWork) -> None:
    message = await mara.say(BOOKS, channel="leads")
    await use(mara, message, Shortcut.PLAN, channel="leads")
    await told(mara, "/invite @planthread", channel="leads")
    public = await mara.say(BOOKS, channel="backend")
    await use(mara, public, Shortcut.PLAN, channel="backend")
    assert (await bot.settled("in review")).channel == "C0BACKEND"


async def test_a_thread_that_slack_does_not_let_us_read_is_not_planned(
    bot: RunningBot, workspace: Workspace, mara: PersonAtWork
) -> None:
    message = await mara.say(BOOKS)
    scopes = tuple(scope for scope in workspace.options.scopes if scope != "channels:history")
    workspace.options = replace(workspace.options, scopes=scopes)
    await use(mara, message, Shortcut.PLAN)
    await told(mara, "The app lacks the scope `channels:history`")
    assert await bot.plans() == []


async def test_the_card_of_a_thread_that_was_taken_but_not_answered_is_found_there(
    workspace: Workspace, database: Database, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    head = await mara.say(BOOKS)
    office = Office(database, planner)
    plan = await office.start(BOOKS, channel="C0GENERAL", workspace="T0LOCAL")
    async with database.write() as session:
        (await session.get_one(Plan, plan.id)).thread = head["ts"]
    reporter = reporter_of(workspace, database)
    lose_answers(reporter)
    await reporter.report()
    await reporter_of(workspace, database).report()
    thread = (await mara.get("messages", channel="general", thread_ts=head["ts"]))["messages"]
    assert [one["user"] for one in thread] == [MARA, BOT_USER]
    assert (await office.message("card")).message == thread[1]["ts"]


# Make this a change


async def test_a_message_becomes_a_change_with_its_author_and_its_place(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    message = await jon.say("add pages", thread_ts=thread)
    await use(mara, message, Shortcut.CHANGE)
    await told(mara, "Noted as a change. Review 2 of *Office library* follows")
    await bot.reviewed(2)
    await bot.settled("in review")
    assert "Book gains `pages`" in shown((await bot.thread(mara))[-1])
    change = next(one for one in await rows(bot, ConversationMessage) if one.kind == "change")
    assert (change.author, change.text, change.key) == (JON, "add pages", f"message/C0GENERAL/{message['ts']}")
    asked = next(one for one in await rows(bot, Event) if one.what == "change requested")
    assert asked.actor == MARA

    await use(jon, message, Shortcut.CHANGE)
    await told(jon, "is a change of *Office library* already")
    assert (await bot.settled("in review")).review == 2


async def test_for_other_stages_it_says_what_is_possible(
    bot: RunningBot, database: Database, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    planner.questions = (COPIES,)
    thread = await started(bot, mara, "gathering")
    said = await jon.say("!aside add pages", thread_ts=thread)
    other = await jon.say("@Mara add pages", thread_ts=thread)
    await use(jon, other, Shortcut.CHANGE)
    await told(jon, "is gathering. What is said in its thread counts already: just reply there")
    await use(jon, said, Shortcut.CHANGE)
    await told(jon, "I can only take as a change what a person wrote")
    heard = await mara.say("just one", thread_ts=thread)
    plan = await bot.settled("in review")
    await use(jon, heard, Shortcut.CHANGE)
    await told(jon, "was planned with that message in mind already")

    office = Office(database, planner)
    office.plan_id = plan.id
    await office.approve(1)
    await bot.settled("approved")
    await use(jon, other, Shortcut.CHANGE)
    await told(jon, "It was approved as it is. Changing it now is not possible yet")
    await office.deliver()
    await use(jon, other, Shortcut.CHANGE)
    await told(jon, "Noted as a change. Review 2 of *Office library* follows")
    assert f"message/C0GENERAL/{other['ts']}" in {one.key for one in await rows(bot, ConversationMessage)}


async def test_guests_change_nothing_and_threads_without_a_plan_have_nothing_to_change(
    bot: RunningBot, mara: PersonAtWork, ada: PersonAtWork
) -> None:
    message = await mara.say("add pages")
    await use(mara, message, Shortcut.CHANGE)
    await told(mara, "This thread has no plan to change. “Plan this” in the same menu begins one")
    thread = await started(bot, mara)
    reply = await ada.say("add pages", thread_ts=thread)
    await use(ada, reply, Shortcut.CHANGE)
    await told(ada, "Only members of this workspace can do that")
    assert (await bot.settled("in review")).review == 1
    async with bot.database.read() as session:
        assert all(row.error == "" for row in (await session.scalars(select(InboxItem))).all())


# Reading


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"user": "U1", "ts": "1.0", "text": "a &amp; b"}, "a & b"),
        ({"user": "U1", "ts": "1.0", "text": "<@UBOT> a", "subtype": "thread_broadcast"}, "a"),
        ({"user": "U1", "ts": "1.0", "text": "a", "subtype": "file_share"}, "a"),
        ({"user": "U1", "ts": "1.0", "text": " "}, None),
        ({"user": "U1", "ts": "1.0"}, None),
        ({"user": "U1", "ts": "1.0", "text": "(aside) a"}, None),
        ({"user": "U1", "ts": "1.0", "text": "joined", "subtype": "channel_join"}, None),
        ({"user": "USLACKBOT", "ts": "1.0", "text": "gone", "subtype": "tombstone"}, None),
        ({"user": "U1", "ts": "1.0", "text": "a", "bot_id": "B1"}, None),
        ({"user": "UBOT", "ts": "1.0", "text": "a"}, None),
        ({"ts": "1.0", "text": "a"}, None),
    ],
)
def test_only_what_people_wrote_for_the_plan_counts(message: dict[str, Any], text: str | None) -> None:
    said = said_in(message, "C1", "UBOT")
    assert (said.text if said else None) == text
    assert said is None or (said.author, said.key) == ("U1", "message/C1/1.0")


def test_of_an_enormous_thread_the_head_and_the_newest_messages_are_read() -> None:
    many = [Said(author="U1", text=f"{number}", key=f"{number}") for number in range(1000)]
    reading = newest_of(many)
    assert (reading.said[0], reading.said[-1]) == (many[0], many[-1])
    assert (len(reading.said), reading.left_out) == (MOST_MESSAGES, 1000 - MOST_MESSAGES)
    long = [Said(author="U1", text="x" * 20_000, key=f"{number}") for number in range(10)]
    assert sum(len(one.text) for one in newest_of(long).said) <= MOST_CHARACTERS
    assert newest_of(long).left_out == 7
    assert newest_of([]).said == ()
