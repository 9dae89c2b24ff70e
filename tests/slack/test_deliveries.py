"""Deliveries that come twice or can't be kept, faults, and what is no input: over the real socket."""

from __future__ import annotations

import asyncio
import copy
from typing import Any

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.local_workspace.delivery import Timing
from bot.local_workspace.directory import BOT_USER
from bot.local_workspace.workspace import Workspace
from bot.slack.application import Listeners, create_app
from bot.slack.inbox import Inbox
from bot.store.database import Database
from bot.store.tables import ConversationMessage, InboxItem, PlanQuestion
from bot.workflow.reviews import documents_of, review_of
from tests.local_workspace.driving import PATIENCE_SECONDS, Json, PersonAtWork
from tests.slack.at_work import handled, of_bot, rows, started, told
from tests.slack.running import RunningBot, buttons_of, client_of, press
from tests.workflow.office import COPIES, LATE, MARA, WHO, ScriptedPlanner


@pytest.mark.parametrize("kind", ["command", "message", "action"])
async def test_what_is_delivered_twice_happens_once(
    bot: RunningBot, workspace: Workspace, planner: ScriptedPlanner, mara: PersonAtWork, kind: str
) -> None:
    planner.questions = (WHO, LATE)
    arrived: list[Json] = []

    async def remember(body: Json, next: Any) -> None:  # noqa: A002 (Bolt's name)
        arrived.append(copy.deepcopy(body))
        await next()

    bot.app.middleware(remember)
    thread = await started(bot, mara, "gathering")
    if kind == "message":
        await mara.say("members have a phone", thread_ts=thread)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(await rows(bot, ConversationMessage)) < 2:
                await asyncio.sleep(0.02)
    if kind == "action":
        await press(mara, (await bot.thread(mara))[1], "Everyone")
        await handled(bot, 2)
    assert len(arrived) == (1 if kind == "command" else 2)
    for body in arrived * 2:
        answer = await bot.app.async_dispatch(AsyncBoltRequest(body=copy.deepcopy(body), mode="socket_mode"))
        assert answer.status == 200
    await mara.plan("digest off")
    await told(mara, "This channel has no digest")
    await bot.settled("gathering")

    assert len(await bot.plans()) == 1
    assert len(await of_bot(mara)) == 1
    assert len(await rows(bot, ConversationMessage)) == (2 if kind == "message" else 1)
    assert [row.answer for row in await rows(bot, PlanQuestion)] == ["Everyone" if kind == "action" else None, None]
    assert not [message for message in await bot.thread(mara) if message["only_for"]]


async def test_what_could_not_be_kept_is_not_acknowledged_and_comes_again(
    workspace: Workspace,
    bot: RunningBot,
    planner: ScriptedPlanner,
    mara: PersonAtWork,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workspace.socket_mode.timing = Timing()
    planner.questions = (COPIES,)
    thread = await started(bot, mara, "gathering")
    accept, failures = bot.inbox.accept, iter([OSError("the disk is full")])

    async def failing_once(key: str, kind: str, payload: Json) -> bool:
        for failure in failures:
            raise failure
        return await accept(key, kind, payload)

    monkeypatch.setattr(bot.inbox, "accept", failing_once)
    await mara.say("two", thread_ts=thread)
    await bot.settled("in review")
    assert [row.answer for row in await rows(bot, PlanQuestion)] == ["two"]


async def test_variables_of_an_oauth_app_do_not_turn_the_bots_own_token_off(
    workspace: Workspace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "s")
    app = create_app(client_of(workspace), database, Inbox(database))
    assert app.oauth_flow is None


async def test_a_fault_is_told_with_its_id_and_the_next_message_goes_on(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner.questions = (WHO, LATE)
    thread = await started(bot, mara, "gathering")
    with monkeypatch.context() as broken:
        broken.setattr("bot.slack.thread_talk.reply", None)
        await mara.say("members have a phone", thread_ts=thread)
        await told(mara, "Something went wrong here (error ", thread=thread)
    failed = (await handled(bot, 2))[1]
    assert failed.error
    assert failed.payload["event"]["text"] == "members have a phone"

    await mara.say("1. everyone, 2. nothing", thread_ts=thread)
    assert (await bot.settled("in review")).stage == "in review"


async def test_messages_of_bots_edits_and_deletions_are_no_input(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    planner.questions = (COPIES,)
    thread = await started(bot, mara, "gathering")
    said = await mara.say("!aside hello", thread_ts=thread)
    await mara.do("messages/edit", channel="general", ts=said["ts"], text="three copies")
    await mara.do("messages/delete", channel="general", ts=said["ts"])
    await mara.do("reactions", channel="general", ts=thread, name="eyes")
    await mara.do("home", tab="messages")
    await bot.client.chat_postMessage(channel="C0GENERAL", thread_ts=thread, text="three copies")
    await mara.say("two", thread_ts=thread)
    await bot.settled("in review")
    assert [row.answer for row in await rows(bot, PlanQuestion)] == ["two"]


async def test_the_approval_button_carries_what_was_shown(
    bot: RunningBot, database: Database, mara: PersonAtWork
) -> None:
    await started(bot, mara)
    review = (await bot.thread(mara))[1]
    value = buttons_of(review)["Approve and build"]["value"]
    async with database.read() as session:
        plan = (await bot.plans())[0]
        expected = documents_of(await review_of(session, plan, 1))
    assert all(one.fingerprint in value for one in expected.values())
    assert plan.id in value


@pytest.mark.parametrize("each", [6, pytest.param(40, marks=pytest.mark.matrix)])
async def test_a_flood_of_messages_in_five_threads_loses_none_and_keeps_their_order(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork, each: int
) -> None:
    planner.questions = (WHO, LATE)
    for number in range(5):
        await mara.plan(f"new a library {number}: books with a title")
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(plans := [plan for plan in await bot.plans() if plan.thread]) < 5:
            await asyncio.sleep(0.02)
    for number in range(each):
        for plan in plans:
            await (mara, jon)[number % 2].say(f"books have a field{number}", thread_ts=plan.thread)
    async with asyncio.timeout(3 * PATIENCE_SECONDS):
        while len(said := await rows(bot, ConversationMessage)) < 5 * (each + 1):
            await asyncio.sleep(0.05)
    assert all(item.error == "" for item in await rows(bot, InboxItem))
    for plan in plans:
        texts = [row.text for row in sorted(said, key=lambda row: row.id or 0) if row.plan_id == plan.id]
        assert texts[1:] == [f"books have a field{number}" for number in range(each)]


async def test_the_bots_own_words_are_no_input_whatever_marks_they_carry(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    event = {"type": "message", "channel": "C0GENERAL", "user": BOT_USER, "text": "add pages", "thread_ts": thread}
    body = {"type": "event_callback", "team_id": "T0LOCAL", "event": event | {"ts": "9.1"}}
    listeners = Listeners(bot.client, bot.database, bot.inbox, BOT_USER)
    passed = []

    async def go_on() -> None:
        passed.append(True)

    await listeners.keep(body, go_on)
    await listeners.keep(body | {"event": event | {"ts": "9.2", "user": MARA}}, go_on)
    assert [row.key for row in await rows(bot, InboxItem) if row.kind == "message"] == ["message/C0GENERAL/9.2"]
    assert passed == [True, True]
