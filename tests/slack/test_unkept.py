"""What arrives while another process holds the database: people are told, Slack delivers events again."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.app.readiness import readiness
from bot.app.serving import background
from bot.local_workspace.directory import BOT_USER
from bot.slack.application import create_app
from bot.slack.doors import HttpDoor
from bot.slack.inbox import Inbox
from bot.slack.unkept import NOT_FOUND, NOT_NOW
from bot.store.data_folder import DataFolder
from bot.store.database import Database
from bot.store.tables import InboxItem, Plan
from tests.local_workspace.driving import PATIENCE_SECONDS, Json, PersonAtWork
from tests.slack.at_work import rows, started, told
from tests.slack.held import held
from tests.slack.running import RunningBot, press
from tests.workflow.office import IDEA


async def test_a_command_is_answered_with_its_own_words(bot: RunningBot, mara: PersonAtWork, tmp_path: Path) -> None:
    async with held(tmp_path):
        assert (await mara.plan(f"new {IDEA}"))["ok"]
        said = await told(mara, NOT_NOW)
        assert "You wrote: /plan new" in said["text"]

    assert await rows(bot, InboxItem) == []
    await started(bot, mara)


async def test_a_button_says_it_and_works_later(bot: RunningBot, mara: PersonAtWork, tmp_path: Path) -> None:
    thread = await started(bot, mara)
    review = (await bot.thread(mara))[1]
    async with held(tmp_path):
        await press(mara, review, "Approve and build")
        await told(mara, NOT_NOW, thread)

    assert [plan.stage for plan in await rows(bot, Plan)] == ["in review"]
    await press(mara, review, "Approve and build")
    await bot.settled("approved")


async def test_a_form_stays_open_with_what_it_holds(bot: RunningBot, mara: PersonAtWork, tmp_path: Path) -> None:
    assert (await mara.plan(""))["ok"]
    form = await mara.sees_view("New plan")
    values = {"idea": {"value": IDEA}}
    async with held(tmp_path):
        answer = await mara.do("views/submit", view_id=form["id"], values=values)
        assert answer["errors"] == {"name": NOT_NOW}

    assert (await mara.do("views/submit", view_id=form["id"], values=values))["ok"]
    await bot.settled("in review")


async def test_an_event_is_not_acknowledged_so_that_slack_delivers_it_again(
    bot: RunningBot, mara: PersonAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived: list[Json] = []
    accept = bot.inbox.accept

    async def remember(key: str, kind: str, payload: Json) -> bool:
        arrived.append(payload)
        return await accept(key, kind, payload)

    monkeypatch.setattr(bot.inbox, "accept", remember)
    thread = await started(bot, mara)
    await mara.say("@planthread status", thread_ts=thread)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not any("event" in body for body in arrived):
            await asyncio.sleep(0.02)
    event = next(body for body in arrived if "event" in body) | {"event_id": "Ev2"}
    event["event"] = event["event"] | {"ts": "1700000000.000100"}

    async with held(tmp_path):
        answer = await bot.app.async_dispatch(AsyncBoltRequest(body=event, mode="socket_mode"))
        assert answer.status == 503
    assert (await bot.app.async_dispatch(AsyncBoltRequest(body=event, mode="socket_mode"))).status == 200


async def test_what_was_kept_before_is_handled_when_the_database_can_be_had_again(
    database: Database, tmp_path: Path
) -> None:
    inbox = Inbox(database)
    await inbox.accept("message/1", "message", {})
    tried = 0

    async def handle(_kind: str, _payload: Json, key: str) -> None:
        nonlocal tried
        tried += 1
        if tried == 1:
            async with held(tmp_path), database.write(patience=0.2):
                raise AssertionError(key)

    running = asyncio.create_task(inbox.run(handle))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with database.read() as session:
                item = await session.get_one(InboxItem, 1)
            if item.handled_at is not None:
                break
            await asyncio.sleep(0.02)
    running.cancel()
    assert (tried, item.error) == (2, "")


AWAY = "postgresql+psycopg://nobody@127.0.0.1:9/plans"


def command_of(text: str) -> AsyncBoltRequest:
    """Return `/plan` as Slack delivers it to one of its sockets."""
    body = {"command": "/plan", "text": text, "team_id": "T0LOCAL", "user_id": "U0MARA", "channel_id": "C0GENERAL"}
    return AsyncBoltRequest(body=body | {"trigger_id": "1.2.3"}, mode="socket_mode")


def unhurried(app: AsyncApp) -> AsyncApp:
    """Let listeners take as long as a slow machine needs until they acknowledge."""
    for listener in app._async_listeners:
        listener.ack_timeout = int(PATIENCE_SECONDS)
    return app


async def test_a_question_is_answered_while_the_database_is_away(bot: RunningBot, mara: PersonAtWork) -> None:
    away = Database(AWAY)
    app = unhurried(create_app(bot.client, away, Inbox(away), BOT_USER))

    with structlog.testing.capture_logs() as logs:
        at_once = await app.async_dispatch(command_of("list"))
        after_it_was_acknowledged = await app.async_dispatch(command_of("settings"))
        await told(mara, NOT_FOUND)

    assert (at_once.status, after_it_was_acknowledged.status) == (200, 200)
    assert json.loads(at_once.body)["text"] == f"{NOT_FOUND} You wrote: /plan list"
    assert [one["event"] for one in logs].count("answering failed") == 2
    await away.close()


async def test_a_fault_of_ours_is_told_with_its_number_in_the_log(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def faulty(*_: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.slack.application.answer_command", faulty)
    with structlog.testing.capture_logs() as logs:
        answer = await unhurried(bot.app).async_dispatch(command_of("list"))

    (entry,) = [one for one in logs if one["event"] == "answering failed"]
    assert json.loads(answer.body)["text"].startswith(f"Something went wrong here (number {entry['error_id']} in the")
    assert isinstance(entry["exc_info"], ZeroDivisionError)


async def test_a_server_that_is_away_is_a_reason_without_its_address(bot: RunningBot, tmp_path: Path) -> None:
    away = Database(AWAY)
    (reason,) = await readiness(away, HttpDoor(bot.app, "hush"), DataFolder(tmp_path))
    await away.close()

    assert reason == (
        "The database can't be read or written (Connection refused). See that its server runs, or correct "
        "PLANTHREAD_DATABASE_URL. Nothing that was kept there is lost."
    )


async def test_what_fails_because_the_server_went_away_is_handled_again(database: Database) -> None:
    inbox, away = Inbox(database), Database(AWAY)
    await inbox.accept("message/1", "message", {})
    tried: list[str] = []

    async def handle(_kind: str, _payload: Json, key: str) -> None:
        tried.append(key)
        if len(tried) == 1:
            async with away.write():
                pytest.fail("nobody is there")

    async with background(inbox.run(handle)), asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with database.read() as session:
                item = await session.get_one(InboxItem, 1)
            if item.handled_at is not None:
                break
            await asyncio.sleep(0.02)
    assert (len(tried), item.error) == (2, "")
    await away.close()


async def test_the_bot_is_not_ready_while_nothing_can_be_written(
    bot: RunningBot, database: Database, tmp_path: Path
) -> None:
    door = HttpDoor(bot.app, "hush")
    assert await readiness(database, door, DataFolder(tmp_path)) == []
    async with held(tmp_path):
        (reason,) = await readiness(database, door, DataFolder(tmp_path))
        assert reason.startswith("The database can't be written: another process holds it.")
    assert await readiness(database, door, DataFolder(tmp_path)) == []


async def test_the_bot_is_not_ready_while_its_folder_is_closed(
    bot: RunningBot, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path)
    folder.work.mkdir()
    # whoever runs the tests may be root, to whom nothing is closed
    monkeypatch.setattr("os.access", lambda place, _mode: place != folder.work)

    (reason,) = await readiness(database, HttpDoor(bot.app, "hush"), folder)

    assert reason.startswith(f"{folder.work} can't be written. Let the bot's user write there, or set PLANTHREAD_DATA")
