"""The inbox: kept before it is acknowledged, handled once, left to nobody."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import structlog
from sqlalchemy import select
from sqlmodel import col

from bot.slack.inbox import Inbox, error_id, mark_handled
from bot.store.database import Database
from bot.store.tables import InboxItem
from tests.slack.running import background


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
