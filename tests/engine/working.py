"""A process that runs stages on the real engine: ``python -m tests.engine.working FOLDER MODE``.

It keeps a plan in ``plans.db`` and writes a line to ``runs.txt`` when a run begins and when it ends. What a run does is
its mode: ``finish``, ``hang`` (until killed), ``fail``, ``stop`` (the bot stops in the middle of it), or ``deployed``:
finish, as a newer version of the application.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.engine import durable
from bot.engine.durable import DurableEngine
from bot.engine.reconciler import Reconciler
from bot.engine.running import Runs
from bot.store.database import Database, sqlite_url
from bot.store.migrate import upgrade
from bot.store.tables import Plan
from bot.workflow.ports import RunStatus, Stage

PLAN = "p1"
PATIENCE_SECONDS = 120


def noted(folder: Path) -> list[str]:
    """Return the lines that runs have written so far."""
    path = folder / "runs.txt"
    return path.read_text().splitlines() if path.exists() else []


def note(folder: Path, line: str) -> None:
    """Write one line, kept whatever happens to this process next."""
    with (folder / "runs.txt").open("a") as runs:
        runs.write(f"{line}\n")


class Work:
    """A stage that finishes its wish, hangs, or fails."""

    def __init__(self, database: Database, folder: Path, mode: str) -> None:
        self.database, self.folder, self.mode = database, folder, mode

    async def run(self, plan_id: str, attempt: int) -> None:
        """Do what the mode says."""
        note(self.folder, f"begin {attempt}")
        if self.mode == "hang":
            await asyncio.sleep(3600)
        if self.mode == "stop":
            try:
                await asyncio.sleep(3600)
            finally:
                await asyncio.to_thread(note, self.folder, f"tidied {attempt}")
        if self.mode == "fail":
            raise RuntimeError("the run fails")
        async with self.database.write() as session:
            plan = await session.get_one(Plan, plan_id)
            if plan.run_attempt == attempt:
                plan.run_stage = None
        note(self.folder, f"end {attempt}")


async def wait_for(folder: Path, *lines: str) -> None:
    """Wait until runs have written these lines."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not set(lines) <= set(noted(folder)):
            await asyncio.sleep(0.02)


async def prepared(folder: Path) -> Database:
    """Return the store, with one plan that wants to be planned."""
    database = Database(sqlite_url(folder / "plans.db"))
    await upgrade(database)
    async with database.write() as session:
        if await session.get(Plan, PLAN) is None:
            session.add(
                Plan(
                    id=PLAN, workspace="T1", channel="C1", handle="library", title="Library", stage="gathering",
                    starter="U1", run_stage=Stage.PLAN, run_attempt=1,
                )
            )  # fmt: skip
    return database


async def twice(engine: DurableEngine, database: Database, folder: Path) -> None:
    """Enqueue one run twice, and once more after it ended; then the one that the plan wants next."""
    assert await engine.status(Stage.PLAN, PLAN, 1) is RunStatus.UNKNOWN
    await engine.enqueue(Stage.PLAN, PLAN, 1)
    await engine.enqueue(Stage.PLAN, PLAN, 1)
    await settled(engine, 1)
    await engine.enqueue(Stage.PLAN, PLAN, 1)
    async with database.write() as session:
        plan = await session.get_one(Plan, PLAN)
        plan.run_stage, plan.run_attempt = Stage.PLAN, 2
    await engine.enqueue(Stage.PLAN, PLAN, 2)
    await settled(engine, 2)
    note(folder, f"status {await engine.status(Stage.PLAN, PLAN, 1)}")


async def settled(engine: DurableEngine, attempt: int) -> RunStatus:
    """Wait until a run has ended."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (status := await engine.status(Stage.PLAN, PLAN, attempt)) in {RunStatus.RUNNING, RunStatus.UNKNOWN}:
            await asyncio.sleep(0.02)
    return status


async def main(folder: Path, mode: str) -> None:
    """Run one process's share of a test."""
    database = await prepared(folder)
    work = Work(database, folder, "finish" if mode in {"twice", "resume", "deployed"} else mode)
    if mode == "deployed":
        durable.APPLICATION_VERSION = "the next one"
    runs = Runs(database, rest_seconds=0.1)
    runners = {stage: runs.of(stage, work.run) for stage in (Stage.PLAN, Stage.BUILD)}
    engine = DurableEngine(f"sqlite:///{folder / 'engine.db'}", runners)
    await engine.launch()
    reconciler = Reconciler(database, engine)
    database.on_commit(reconciler.wake)
    if mode == "twice":
        await twice(engine, database, folder)
    elif mode == "resume":
        await settled(engine, 1)
    else:
        reconciling = asyncio.create_task(reconciler.run())
        begun = len(noted(folder))
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await still_wanted(database) and (mode != "stop" or len(noted(folder)) == begun):
                await asyncio.sleep(0.05)
        reconciling.cancel()
        await asyncio.gather(reconciling, return_exceptions=True)
    if mode == "stop":
        await runs.rest()
    await engine.close()
    await asyncio.to_thread(database.exists)  # the loop still has threads
    await database.close()


async def still_wanted(database: Database) -> bool:
    """Tell whether the plan wants a run and nothing holds it."""
    async with database.read() as session:
        plan = await session.get_one(Plan, PLAN)
    return plan.run_stage is not None and plan.hold is None


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
