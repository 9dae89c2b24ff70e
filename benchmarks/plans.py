"""Whether a full store answers as fast as a small one: what people ask for among 100 plans and among 10,000."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.slack.commands import answer_command
from bot.store.database import Database, sqlite_url
from bot.store.migrate import upgrade
from bot.store.tables import Event, Plan, PlanQuestion
from bot.workflow.plans import NewPlan, plan_of_thread, start_plan

__all__ = ["LARGEST_RATIO", "SIZES", "Crowd", "measure_crowd"]

SIZES = (100, 10_000)
LARGEST_RATIO = 2.0
"""What a question may cost among many plans, over its cost among few."""
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
EVENTS_OF_A_PLAN = 5

type Ask = Callable[[AsyncSession], Awaitable[object]]
QUESTIONS: Mapping[str, Ask] = {
    "/plan list": lambda session: answer_command(session, "T1", "C1", "U1", "list", unseen={}),
    "/plan status of a plan": lambda session: answer_command(session, "T1", "C1", "U2", "status library-50", unseen={}),
    "/plan status of one's own": lambda session: answer_command(session, "T1", "C2", "U1", "status", unseen={}),
    "the plan of a thread": lambda session: plan_of_thread(session, "C1", "50.0"),
}
"""What is asked; all plans are of one workspace, and all but one of one channel and one person."""


@dataclass(frozen=True)
class Crowd:
    """Seconds of each question, by how many plans there are: the best of the rounds."""

    seconds: Mapping[str, Mapping[int, float]]

    @property
    def ratio(self) -> float:
        """Return the largest growth of any question."""
        return max(by_size[max(by_size)] / by_size[min(by_size)] for by_size in self.seconds.values())

    @property
    def is_flat(self) -> bool:
        """Tell whether no question costs more among many plans, as far as this machine can tell."""
        return self.ratio <= LARGEST_RATIO

    def lines(self) -> list[str]:
        """Return one line a question and size, and one with the ratio."""
        rows = [
            f"{f'{question}, {size:,} plans':<58} {seconds * 1e3:>10.1f} ms"
            for question, by_size in self.seconds.items()
            for size, seconds in by_size.items()
        ]
        verdict = "flat" if self.is_flat else "NOT flat"
        return [*rows, f"{verdict}: among many plans at most {self.ratio:.2f} times, and may be {LARGEST_RATIO}"]


def measure_crowd(sizes: Sequence[int] = SIZES, rounds: int = 15) -> Crowd:
    """Ask every question of stores of every size in turn, so that what else the machine does meets all of them."""
    return asyncio.run(measure_stores(sizes, rounds))


async def measure_stores(sizes: Sequence[int], rounds: int) -> Crowd:
    """Return the best seconds of each question, by size: noise only adds."""
    async with contextlib.AsyncExitStack() as opened:
        stores = {size: await opened.enter_async_context(filled(size)) for size in sizes}
        found: dict[str, dict[int, float]] = {}
        for number in range(rounds):
            for size, store in stores.items():
                for question, seconds in [*await asked(store), ("/plan new", await started(store, number))]:
                    best = found.setdefault(question, {})
                    best[size] = min(seconds, best.get(size, seconds))
        return Crowd(found)


@contextlib.asynccontextmanager
async def filled(size: int) -> AsyncIterator[Database]:
    """Give a store with so many plans."""
    with tempfile.TemporaryDirectory(prefix="planthread-plans-") as folder:
        database = Database(sqlite_url(Path(folder) / "plans.db"))
        await upgrade(database)
        await fill(database, size)
        try:
            yield database
        finally:
            await database.close()


async def fill(database: Database, size: int) -> None:
    """Keep so many plans, half of them open, with questions and events."""
    plans = [plan_row(number) for number in range(size)]
    async with database.write() as session:
        await session.execute(insert(Plan), plans)
        await session.execute(insert(PlanQuestion), [question_row(plan["id"]) for plan in plans])
        events = [event_row(plan["id"], number) for plan in plans for number in range(EVENTS_OF_A_PLAN)]
        await session.execute(insert(Event), events)


def plan_row(number: int) -> dict[str, object]:
    """Return a plan; the first is the only one of its channel."""
    return {
        "id": f"plan{number}",
        "workspace": "T1",
        "channel": "C2" if number == 0 else "C1",
        "thread": f"{number}.0",
        "handle": "library" if number == 1 else f"library-{number}",
        "title": "Library",
        "stage": "delivered" if number % 2 else "gathering",
        "starter": "U1",
        "created_at": BEGAN + timedelta(minutes=number),
    }


def question_row(plan_id: object) -> dict[str, object]:
    """Return an open question of a plan."""
    return {
        "workspace": "T1",
        "plan_id": plan_id,
        "question_id": "q",
        "round": 1,
        "position": 1,
        "question": {"id": "q", "text": "Which?", "reason": "It matters."},
    }


def event_row(plan_id: object, number: int) -> dict[str, object]:
    """Return an event of a plan."""
    return {
        "workspace": "T1",
        "plan_id": plan_id,
        "actor": "U1",
        "what": "said",
        "data": {},
        "at": BEGAN,
        "message_key": str(number),
    }


async def asked(database: Database) -> list[tuple[str, float]]:
    """Return the seconds of each question, asked once."""
    found = []
    for question, ask in QUESTIONS.items():
        async with database.read() as session:
            began = time.perf_counter()
            await ask(session)
            found.append((question, time.perf_counter() - began))
    return found


async def started(database: Database, number: int) -> float:
    """Return the seconds of starting a plan whose title many others have."""
    new = NewPlan(workspace="T1", channel="C1", author="U3", text="a clinic: patients", key=f"k{number}")
    async with database.write() as session:
        began = time.perf_counter()
        await start_plan(session, new, "built-in")
        return time.perf_counter() - began
