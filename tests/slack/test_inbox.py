"""The inbox: kept before it is acknowledged, handled once, left to nobody."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import structlog
from sqlalchemy import select
from sqlmodel import col

from bot.app.serving import background
from bot.slack.inbox import Inbox, error_id, mark_handled
from bot.store.database import Database
from bot.store.tables import InboxItem


class Handler:
    """Notes what it was given; ``fails`` names the keys that it can't handle."""

    def __init__(self, *fails: str) -> None:
        self.fails = fails
        self.handled: list[tuple[str, dict[str, Any], str]] = []

    async def __call__(self, kind: str, payload: dict[str, Any], key: str) -> None:
        if key in self.fails:
            raise RuntimeError("can't")
        self.handled.append((kind, payload, key))

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(20):
            while len(self.handled) < count:
                await asyncio.sleep(0.01)


async def items(database: Database) -> dict[str, InboxItem]:
    async with database.read() as session:
        rows = (await session.scalars(select(InboxItem).order_by(col(InboxItem.id)))).all()
    return {row.key: row for row in rows}


async def all_handled(database: Database) -> dict[str, InboxItem]:
    async with asyncio.timeout(20):
        while True:
            found = await items(database)
            if all(row.handled_at for row in found.values()):
                return found
            await asyncio.sleep(0.01)


async def test_a_second_delivery_is_ignored_before_and_after_it_was_handled(database: Database) -> None:
    inbox, handler = Inbox(database), Handler()
    assert await inbox.accept("message/C1/1.1", "message", {"n": 1})
    assert not await inbox.accept("message/C1/1.1", "app_mention", {"n": 2})
    async with background(inbox.run(handler)):
        await handler.wait_for(1)
        await all_handled(database)
        assert not await inbox.accept("message/C1/1.1", "message", {"n": 3})
        assert await inbox.accept("message/C1/1.2", "message", {"n": 4})
        await handler.wait_for(2)

    assert [payload for _, payload, _ in handler.handled] == [{"n": 1}, {"n": 4}]


async def test_many_deliveries_of_one_thing_at_once_are_one(database: Database) -> None:
    inbox = Inbox(database)
    kept = await asyncio.gather(*(inbox.accept("a", "message", {}) for _ in range(20)))
    assert kept.count(True) == 1


async def test_what_an_earlier_process_left_is_handled_in_the_order_of_arrival(database: Database) -> None:
    for key in "abc":
        await Inbox(database).accept(key, "message", {"key": key})
    handler = Handler()
    async with background(Inbox(database).run(handler)):
        await handler.wait_for(3)
        rows = await all_handled(database)

    assert [key for _, _, key in handler.handled] == ["a", "b", "c"]
    assert all(row.payload == {} for row in rows.values())


async def test_a_handler_that_fails_is_logged_with_an_id_and_the_next_goes_on(database: Database) -> None:
    inbox, handler = Inbox(database), Handler("bad")
    with structlog.testing.capture_logs() as logs:
        await inbox.accept("bad", "message", {"text": "what was said"})
        await inbox.accept("good", "message", {})
        async with background(inbox.run(handler)):
            await handler.wait_for(1)
            rows = await all_handled(database)

    assert [(one["event"], one["error_id"]) for one in logs] == [("handling failed", error_id("bad"))]
    assert rows["bad"].error == error_id("bad")
    assert rows["bad"].payload == {"text": "what was said"}
    assert (rows["good"].error, rows["good"].payload) == ("", {})


async def test_an_item_that_was_handled_whole_is_not_handled_again_after_a_crash(database: Database) -> None:
    await Inbox(database).accept("a", "message", {})
    async with database.write() as session:
        await mark_handled(session, "a")
    handler = Handler()
    await Inbox(database).accept("b", "message", {})
    async with background(Inbox(database).run(handler)):
        await handler.wait_for(1)
    assert [key for _, _, key in handler.handled] == ["b"]


async def test_a_unit_of_work_that_fails_leaves_its_item_to_be_handled(database: Database) -> None:
    await Inbox(database).accept("a", "message", {})

    async def fail() -> None:
        async with database.write() as session:
            await mark_handled(session, "a")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        await fail()
    assert (await items(database))["a"].handled_at is None


async def test_a_store_that_can_not_be_read_for_a_moment_stops_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, handler = Inbox(database), Handler()
    await inbox.accept("a", "message", {})
    failures = iter([RuntimeError("the disk is full")])
    read = database.read

    def failing_once() -> Any:
        for failure in failures:
            raise failure
        return read()

    monkeypatch.setattr(database, "read", failing_once)
    monkeypatch.setattr("bot.slack.inbox.EVERY_SECONDS", 0.05)
    with structlog.testing.capture_logs() as logs:
        async with background(inbox.run(handler)):
            await handler.wait_for(1)
    assert "trying again" in logs[0]["event"]


def said(thread: str, number: int = 0, channel: str = "C1") -> dict[str, Any]:
    """Return a message of a thread as it is delivered."""
    return {"team_id": "T1", "event": {"type": "message", "channel": channel, "thread_ts": thread, "ts": f"{number}"}}


async def test_a_flood_in_one_thread_keeps_no_other_waiting(database: Database) -> None:
    inbox, handler = Inbox(database), Handler()
    for number in range(100):
        await inbox.accept(f"flood {number}", "message", said("1.1", number))
    for thread in ("2.2", "3.3"):
        for number in range(2):
            await inbox.accept(f"{thread} {number}", "message", said(thread, number))
    async with background(inbox.run(handler)):
        await handler.wait_for(104)
        await all_handled(database)
    keys = [key for _, _, key in handler.handled]
    assert keys[:7] == ["flood 0", "2.2 0", "3.3 0", "flood 1", "2.2 1", "3.3 1", "flood 2"]
    assert [key for key in keys if key.startswith("flood")] == [f"flood {n}" for n in range(100)], "each in its order"


async def test_what_comes_during_a_flood_is_next_wherever_it_is_from(database: Database) -> None:
    others: list[dict[str, Any]] = [
        {"team_id": "T1", "channel_id": "C2", "command": "/plan"},
        {"team": {"id": "T1"}, "channel": {"id": "C1"}, "message": {"ts": "4.4"}},
        {"team_id": "T1", "event": {"type": "reaction_added", "item": {"channel": "C3", "ts": "5.5"}}},
        {"team": {"id": "T2"}, "view": {"id": "V1"}},
    ]
    inbox, handler, begun, goes_on = Inbox(database), Handler(), asyncio.Event(), asyncio.Event()

    async def slowly(kind: str, payload: dict[str, Any], key: str) -> None:
        await handler(kind, payload, key)
        begun.set()
        await goes_on.wait()

    for number in range(50):
        await inbox.accept(f"flood {number}", "message", said("1.1", number))
    async with background(inbox.run(slowly)):
        await begun.wait()
        for number, payload in enumerate(others):
            await inbox.accept(f"other {number}", "command", payload)
        goes_on.set()
        await handler.wait_for(54)
        await all_handled(database)
    keys = [key for _, _, key in handler.handled]
    assert keys[:6] == ["flood 0", "other 0", "other 1", "other 2", "other 3", "flood 1"]
