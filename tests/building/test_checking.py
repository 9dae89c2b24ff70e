"""Jobs side by side, their results in order, and nothing left running."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from functools import partial

import pytest

from bot.building.checking import in_order


class Jobs:
    """Jobs that note when they begin and end; the earlier one is always the slower."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.running: set[int] = set()
        self.begun: list[int] = []
        self.most = 0

    async def run(self, number: int) -> int:
        self.begun.append(number)
        self.running.add(number)
        self.most = max(self.most, len(self.running))
        try:
            await asyncio.sleep(0.002 * (self.count - number))
        finally:
            self.running.discard(number)
        return number

    def __iter__(self) -> Iterator[Callable[[], Awaitable[int]]]:
        return (partial(self.run, number) for number in range(self.count))


@pytest.mark.parametrize("at_once", [1, 2, 3, 50])
async def test_results_come_in_the_order_of_the_jobs(at_once: int) -> None:
    jobs = Jobs(9)
    assert [result async for result in in_order(jobs, at_once)] == list(range(9))
    assert jobs.most == min(at_once, 9)


async def test_who_stops_listening_leaves_nothing_running() -> None:
    jobs = Jobs(9)
    async with contextlib.aclosing(in_order(jobs, 3)) as results:
        async for result in results:
            if result == 2:
                break
    assert jobs.running == set()
    assert max(jobs.begun) <= 4


async def test_a_fault_is_raised_in_its_turn() -> None:
    async def fault() -> int:
        raise OSError("the disk is full")

    jobs = Jobs(2)
    results = in_order((*jobs, fault, *jobs), 5)
    assert [await anext(results), await anext(results)] == [0, 1]
    with pytest.raises(OSError, match="disk is full"):
        await anext(results)
    assert jobs.running == set()
