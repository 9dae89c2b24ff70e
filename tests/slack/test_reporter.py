"""The reporter: one card, edited in place; nothing twice; nothing that blocks the rest."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise
from typing import Any

import pytest
import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.app.serving import background
from bot.local_workspace.directory import BOT_USER
from bot.local_workspace.workspace import Workspace
from bot.slack.rendering import render_item
from bot.slack.reporter import Reporter
from bot.store.database import Database
from bot.store.tables import OutboxItem, Plan
from bot.workflow.messages import MessageKind, refresh_card
from bot.workflow.runs import block
from tests.local_workspace.driving import Json, PersonAtWork
from tests.slack.running import REST, client_of, lose_answers, reporter_of, shown
from tests.workflow.office import COPIES, WHO, Office

CHANNEL = "C0GENERAL"


class Killed(BaseException):
    """The process ends here; nothing catches it."""


async def outbox(database: Database) -> dict[str, OutboxItem]:
    async with database.read() as session:
        rows = (await session.scalars(select(OutboxItem).order_by(col(OutboxItem.id)))).all()
    return {row.key.split("/", 1)[1]: row for row in rows}


async def channel(person: PersonAtWork, name: str = "general") -> list[Json]:
    messages: list[Json] = (await person.get("messages", channel=name))["messages"]
    return [message for message in messages if message["user"] == BOT_USER]


async def thread(person: PersonAtWork, office: Office) -> list[Json]:
    plan = await office.plan()
    found: list[Json] = (await person.get("messages", channel="general", thread_ts=plan.thread))["messages"]
    return found


async def sent(database: Database) -> None:
    async with asyncio.timeout(30):
        while any(item.sent_version < item.version for item in (await outbox(database)).values()):
            await asyncio.sleep(0.02)


def rest_between(tries: int) -> float:
    """Return the seconds that so many tries take at least: each rest is twice as long as the one before."""
    return REST * (2.0 ** (tries - 1) - 1.0)


async def test_the_card_is_posted_once_and_edited_in_place(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork
) -> None:
    reporter = reporter_of(workspace, database)
    await office.start(channel=CHANNEL)
    await reporter.report()
    first = await channel(mara)
    plan = await office.plan()
    assert [message["ts"] for message in first] == [plan.thread]
    assert "gathering requirements" in shown(first[0])
    assert first[0]["metadata"]["event_payload"] == {"key": f"{plan.id}/card"}

    await office.work()
    await reporter.report()
    cards = await channel(mara)
    assert [message["ts"] for message in cards] == [plan.thread]
    assert "in review" in shown(cards[0])
    assert [shown(message).split("*")[1] for message in (await thread(mara, office))[1:]] == [
        "Office library, for review"
    ]


async def test_many_changes_at_once_cost_one_edit(workspace: Workspace, database: Database, office: Office) -> None:
    reporter = reporter_of(workspace, database)
    await office.start(channel=CHANNEL)
    await reporter.report()
    for _ in range(5):
        await office.within(refresh_card)
    before = (await outbox(database))["card"]
    assert before.version - before.sent_version == 5
    calls = count_calls(reporter)
    await reporter.report()
    assert calls == ["chat.update"]
    after = (await outbox(database))["card"]
    assert after.version == after.sent_version


async def test_replies_wait_for_the_card_that_heads_their_thread(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork
) -> None:
    office.planner.questions = (WHO, COPIES)
    await office.start(channel=CHANNEL)
    await office.work()
    async with database.write() as session:
        card = await session.scalar(select(OutboxItem).where(col(OutboxItem.kind) == MessageKind.CARD))
        assert card is not None
        card.sent_version = card.version
    reporter = reporter_of(workspace, database)
    await reporter.report()
    assert await channel(mara) == []

    await office.within(refresh_card)
    await reporter.report()
    assert [message["thread_ts"] for message in (await thread(mara, office))[1:]] == [(await office.plan()).thread]


@pytest.mark.parametrize("name", ["card", "review/1"])
async def test_a_kill_between_post_and_record_doubles_no_message(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork, name: str
) -> None:
    await office.start(channel=CHANNEL)
    if name != "card":
        await reporter_of(workspace, database).report()
        await office.work()
    dying = reporter_of(workspace, database)

    async def killed(item: OutboxItem, posted: str | None) -> None:
        raise Killed

    dying._sent = killed  # type: ignore[method-assign]  # the process ends before the message is recorded
    if name != "card":
        await office.within(refresh_card)
        async with database.write() as session:
            card = await session.scalar(select(OutboxItem).where(col(OutboxItem.kind) == MessageKind.CARD))
            assert card is not None
            card.sent_version = card.version
    with pytest.raises(Killed):
        await dying.report()
    lost = (await outbox(database))[name]
    assert (lost.message, lost.sent_version) == (None, 0)
    assert lost.tried_at is not None

    await office.stop()
    await reporter_of(workspace, database).report()
    found = (await outbox(database))[name]
    assert found.message is not None
    assert found.sent_version == found.version
    posted = await channel(mara) if name == "card" else (await thread(mara, office))[1:]
    assert [message["ts"] for message in posted] == [found.message]
    if name == "card":
        assert "paused" in shown(posted[0])


async def test_a_post_that_slack_took_but_never_answered_is_found_among_many(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.start(channel=CHANNEL)
    reporter = reporter_of(workspace, database)
    lose_answers(reporter)
    await reporter.report()
    for number in range(7):
        await mara.say(f"chat {number}")
    monkeypatch.setattr("bot.slack.reporter.PAGE", 2)
    await reporter_of(workspace, database).report()

    assert len(await channel(mara)) == 1
    assert (await office.plan()).thread == (await channel(mara))[0]["ts"]


async def test_what_is_said_while_slack_is_away_is_sent_later_in_its_order(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork
) -> None:
    office.planner.questions = (WHO, COPIES)
    await office.start(channel=CHANNEL)
    reporter = reporter_of(workspace, database)
    there = reporter._client.base_url
    reporter._client.base_url = "http://127.0.0.1:9/api/"
    database.on_commit(reporter.wake)
    begin = time.monotonic()
    with structlog.testing.capture_logs() as logs:
        async with background(reporter.run()):
            await office.work()
            async with asyncio.timeout(20):
                while len(logs) < 3:
                    await asyncio.sleep(0.02)
            tries = len(logs)
            passed = time.monotonic() - begin
            reporter._client.base_url = there
            await sent(database)

    assert passed >= rest_between(tries), "Slack was asked again and again without a rest"
    assert {one["event"] for one in logs} == {"Slack can't be reached; trying again in a moment"}
    assert [message["text"].split(":")[0] for message in await thread(mara, office)] == ["Office library"] * 2
    assert len(await channel(mara)) == 1


async def test_a_message_that_slack_refuses_stops_no_other(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork
) -> None:
    await office.start("a clinic", channel="C0NOWHERE")
    await office.start("a garage", channel="C0BACKEND")
    lost = office.plan_id
    await office.start(channel=CHANNEL)
    reporter = reporter_of(workspace, database)
    await reporter.report()

    assert [message["text"] for message in await channel(mara)] == ["Library: gathering"]
    async with database.read() as session:
        errors = {item.channel: item.error for item in (await session.scalars(select(OutboxItem))).all()}
    assert errors == {"C0NOWHERE": "channel_not_found", "C0BACKEND": "not_in_channel", CHANNEL: ""}
    calls = count_calls(reporter)
    await reporter.report()
    assert calls == []

    await mara.do("invite", channel="backend", user="planthread")
    office.plan_id = lost
    await office.within(refresh_card)
    await reporter.report()
    assert [message["text"] for message in await channel(mara, "backend")][1:] == ["Garage: gathering"]


async def test_a_message_that_can_not_be_rendered_stops_no_other(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork
) -> None:
    await office.start(channel=CHANNEL)

    async def break_one(session: AsyncSession, plan: Plan) -> None:
        session.add(
            OutboxItem(
                workspace="T1", key="broken", plan_id=plan.id, channel=CHANNEL, kind="review", subject={"review": 9}
            )
        )

    await office.within(break_one)
    reporter = reporter_of(workspace, database)
    with structlog.testing.capture_logs() as logs:
        await reporter.report()
        await office.work()
        await reporter.report()
    assert len(await thread(mara, office)) == 2
    assert any(one["event"] == "a message could not be sent" and one["error_id"] for one in logs)


async def test_a_refusal_that_may_pass_is_tried_again_after_a_rest(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork
) -> None:
    await office.start(channel=CHANNEL)
    reporter = reporter_of(workspace, database)
    reporter._client.token = "xoxb-wrong"
    database.on_commit(reporter.wake)
    begin = time.monotonic()
    with structlog.testing.capture_logs() as logs:
        async with background(reporter.run()):
            async with asyncio.timeout(20):
                while (await outbox(database))["card"].error != "invalid_auth":
                    await asyncio.sleep(0.02)
            assert logs
            reporter._client.token = workspace.options.bot_token
            await sent(database)
    assert time.monotonic() - begin >= rest_between(len(logs))
    assert len(await channel(mara)) == 1
    assert (await outbox(database))["card"].error == ""


async def test_a_change_that_comes_while_a_message_is_being_sent_is_not_lost(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork
) -> None:
    await office.start(channel=CHANNEL)
    reporter = reporter_of(workspace, database)
    post = reporter._client.chat_postMessage

    async def meanwhile(**arguments: Any) -> Any:
        await office.stop()
        return await post(**arguments)

    reporter._client.chat_postMessage = meanwhile  # type: ignore[method-assign]  # somebody presses Stop just now
    await reporter.report()
    assert "paused" in shown((await channel(mara))[0])


async def test_a_problem_is_edited_when_it_is_settled(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork
) -> None:
    await office.start(channel=CHANNEL)
    await office.within(lambda session, plan: block(session, plan, "I can't. Say more.", tail="the end"))
    reporter = reporter_of(workspace, database)
    await reporter.report()
    problem = (await thread(mara, office))[1]
    assert "<@U0MARA>" in shown(problem)
    assert "the end" in shown(problem)

    await office.say("books have a title")
    await reporter.report()
    settled = (await thread(mara, office))[1]
    assert settled["ts"] == problem["ts"]
    assert shown(settled) == "☑️ settled · *Library*: I can't. Say more."


async def test_messages_of_one_channel_keep_their_distance(
    workspace: Workspace, database: Database, office: Office
) -> None:
    for number in range(3):
        await office.start(f"plan {number}", channel=CHANNEL)
    await office.start("elsewhere", channel="D0MARA")
    reporter = Reporter(database, client_of(workspace), BOT_USER, pace=0.2)
    moments: list[tuple[str, float]] = []
    post = reporter._client.chat_postMessage

    async def noted(**arguments: Any) -> Any:
        moments.append((arguments["channel"], reporter._last[arguments["channel"]]))
        return await post(**arguments)

    reporter._client.chat_postMessage = noted  # type: ignore[method-assign]  # only to note when it is called
    await reporter.report()
    general = [moment for name, moment in moments if name == CHANNEL]
    assert len(general) == 3
    assert all(later - earlier >= 0.19 for earlier, later in pairwise(general)), "whatever the machine does meanwhile"


async def test_what_there_is_nothing_to_show_of_is_not_sent(database: Database, office: Office) -> None:
    await office.start()
    async with database.read() as session:
        plan = await office.plan()
        unknown = OutboxItem(workspace="T1", key="k", channel="C1", kind="fanfare")
        orphan = OutboxItem(workspace="T1", key="k", channel="C1", kind="card")
        assert await render_item(session, unknown, plan) is None
        assert await render_item(session, orphan, None) is None


def count_calls(reporter: Reporter) -> list[str]:
    """Note each call that a reporter makes from now on."""
    calls: list[str] = []
    call = reporter._client.api_call

    async def counted(api_method: str, **arguments: Any) -> Any:
        calls.append(api_method)
        return await call(api_method, **arguments)

    reporter._client.api_call = counted  # type: ignore[method-assign]  # only to count
    return calls
