"""Work that goes round: woken early, told where it fails, waiting ever longer, and ended by nothing but a stop."""

from __future__ import annotations

import asyncio

import pytest
import structlog

from bot.workflow.work_loop import WorkLoop

PATIENCE_SECONDS = 60.0
NEVER = 3600.0
"""Seconds; a round that comes at all was woken."""


class Work:
    """Counts its rounds; those that ``failing`` names fail."""

    def __init__(self, *failing: int) -> None:
        self.failing = failing
        self.count = 0
        self.done = asyncio.Condition()

    async def __call__(self) -> None:
        async with self.done:
            self.count += 1
            self.done.notify_all()
        if self.count in self.failing:
            raise RuntimeError("the disk is full")

    async def times(self, count: int) -> None:
        """Wait until so many rounds have begun."""
        async with asyncio.timeout(PATIENCE_SECONDS), self.done:
            await self.done.wait_for(lambda: self.count >= count)


async def stopped(running: asyncio.Task[None]) -> None:
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_work_begins_at_once_and_again_whenever_it_is_woken() -> None:
    work = Work()
    loop = WorkLoop("counting", lambda: NEVER)
    running = asyncio.create_task(loop.run(work))
    await work.times(1)
    loop.wake()
    await work.times(2)
    await stopped(running)


async def test_what_happens_during_a_round_brings_another_one() -> None:
    begun, goes_on, count = asyncio.Event(), asyncio.Event(), 0

    async def work() -> None:
        nonlocal count
        count += 1
        if count == 1:
            begun.set()
            await goes_on.wait()
        else:
            again.set()

    again = asyncio.Event()
    loop = WorkLoop("waiting", lambda: NEVER)
    running = asyncio.create_task(loop.run(work))
    async with asyncio.timeout(PATIENCE_SECONDS):
        await begun.wait()
        loop.wake()
        goes_on.set()
        await again.wait()
    await stopped(running)


async def test_rounds_follow_one_another_without_being_woken() -> None:
    work = Work()
    running = asyncio.create_task(WorkLoop("counting", lambda: 0.001).run(work))
    await work.times(5)
    await stopped(running)


async def test_a_failure_is_told_and_ends_nothing() -> None:
    work = Work(1, 2)
    with structlog.testing.capture_logs() as logs:
        running = asyncio.create_task(WorkLoop("counting", lambda: 0.001).run(work))
        await work.times(4)
        await stopped(running)

    assert [entry["event"] for entry in logs] == ["counting failed; trying again in a moment"] * 2
    assert all(entry["log_level"] == "error" and entry["error_id"] for entry in logs)


async def test_failures_in_a_row_wait_ever_longer_up_to_a_limit_and_a_success_ends_that() -> None:
    work = Work(2, 3, 4, 5, 6)
    loop = WorkLoop("counting", lambda: 5.0, longest=30.0)
    pauses = []

    class Waits:
        """In the place of the event: notes for how long it would be waited for, and wakes at once."""

        def clear(self) -> None:
            pass

        async def wait(self) -> None:
            pauses.append(loop.pause())
            if work.count == 7:
                raise asyncio.CancelledError

    loop._awake = Waits()  # type: ignore[assignment]
    with pytest.raises(asyncio.CancelledError), structlog.testing.capture_logs():
        await loop.run(work)

    assert pauses == [5.0, 5.0, 10.0, 20.0, 30.0, 30.0, 5.0]


async def test_a_week_of_failures_is_not_too_much() -> None:
    loop = WorkLoop("counting", lambda: 5.0, longest=30.0)
    loop._failures = 100_000

    assert loop.pause() == 30.0


async def test_rounds_that_are_far_apart_are_not_brought_closer_by_failures() -> None:
    loop = WorkLoop("counting", lambda: 60.0, longest=30.0)
    loop._failures = 5

    assert loop.pause() == 60.0
