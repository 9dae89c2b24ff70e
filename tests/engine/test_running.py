"""A stop ends what runs at that moment, command and all; what ended by itself or goes on is left alone."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
import structlog

from bot.engine.running import Runs
from bot.store.database import Database
from bot.store.tables import Plan
from bot.verification.execution import execute
from bot.workflow.ports import Stage
from bot.workflow.runs import want_run
from bot.workflow.stages import Hold, PlanStage, hold

PATIENCE = 60
"""Seconds; the command that a stop ends would take an hour."""
LONG = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(3600)"


@pytest.fixture
async def database(database: Database) -> Database:
    """Give a store with one plan that is being built."""
    async with database.write() as session:
        session.add(
            Plan(
                id="p1", workspace="T1", channel="C1", handle="library", title="Library", stage=PlanStage.BUILDING,
                starter="U1", run_stage=Stage.BUILD, run_attempt=1,
            )
        )  # fmt: skip
    return database


async def pause(database: Database) -> None:
    async with database.write() as session:
        hold(session, await session.get_one(Plan, "p1"), Hold.PAUSED, "", "U1", "key")


async def ask_again(database: Database) -> None:
    async with database.write() as session:
        want_run(await session.get_one(Plan, "p1"), Stage.BUILD)


@pytest.mark.parametrize("deed", [pause, ask_again])
async def test_a_stop_ends_a_running_command(database: Database, tmp_path: Path, deed: object) -> None:
    noted = tmp_path / "process"

    async def judge(_plan_id: str, _attempt: int) -> None:
        command = (sys.executable, "-c", LONG, str(noted))
        await execute(command, folder=tmp_path, environment=dict(os.environ), seconds=3600)

    running = asyncio.ensure_future(Runs(database).of(Stage.BUILD, judge)("p1", 1))
    async with asyncio.timeout(PATIENCE):
        while not (noted.exists() and noted.read_text()):
            await asyncio.sleep(0.02)
        assert callable(deed)
        await deed(database)
        await running

    with pytest.raises(ProcessLookupError):
        os.kill(int(noted.read_text()), 0)


async def test_other_changes_of_the_plan_and_its_own_end_stop_nothing(database: Database) -> None:
    reached = []

    async def build(plan_id: str, _attempt: int) -> None:
        async with database.write() as session:
            (await session.get_one(Plan, plan_id)).title = "Another title"
        await asyncio.sleep(0)
        async with database.write() as session:
            plan = await session.get_one(Plan, plan_id)
            plan.run_stage, plan.stage = None, PlanStage.DELIVERED
        async with database.read() as session:
            reached.append((await session.get_one(Plan, plan_id)).stage)

    await Runs(database).of(Stage.BUILD, build)("p1", 1)

    assert reached == [PlanStage.DELIVERED]


async def test_what_a_run_raises_is_told_with_its_plan_and_people_hear_what_they_can_mend(database: Database) -> None:
    failures = iter([RuntimeError("it fails\nbadly"), PermissionError(13, "Permission denied", "/data/work"), None])

    async def build(_plan_id: str, _attempt: int) -> None:
        if failure := next(failures):
            raise failure

    runs = Runs(database)
    run = runs.of(Stage.BUILD, build)
    with structlog.testing.capture_logs([structlog.contextvars.merge_contextvars]) as logs:
        await run("p1", 1)
        assert runs.failure_of("p1") == ("RuntimeError: it fails", "")
        await run("p1", 1)
        reason, said = runs.failure_of("p1")
        await run("p1", 1)
        assert runs.failure_of("p1") == ("it ended without a word", "")

    assert [(one["event"], one["plan"], one["stage"]) for one in logs] == [("a run failed", "p1", "build")] * 2
    assert reason == "PermissionError: [Errno 13] Permission denied: '/data/work'"
    assert said == (
        "I can't write in /data/work (Permission denied). Whoever runs me has to mend that: I work in the folders of "
        "PLANTHREAD_DATA and PLANTHREAD_CACHE. Press `Retry` then."
    )
    async with asyncio.timeout(PATIENCE):
        await runs.rest()


async def test_a_bot_that_stops_begins_no_run_and_waits_for_those_that_run(database: Database) -> None:
    begun, end = asyncio.Event(), asyncio.Event()

    async def build(_plan_id: str, _attempt: int) -> None:
        begun.set()
        await end.wait()

    runs = Runs(database)
    first = asyncio.ensure_future(runs.of(Stage.BUILD, build)("p1", 1))
    await begun.wait()
    resting = asyncio.create_task(runs.rest())
    await asyncio.sleep(0)
    assert runs.stopping
    assert not resting.done()
    begun.clear()
    await runs.of(Stage.BUILD, build)("p1", 1)
    assert not begun.is_set()

    end.set()

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(first, resting)


async def test_a_bot_that_stops_cuts_off_what_reaches_no_boundary(database: Database) -> None:
    begun, tidied = asyncio.Event(), []

    async def build(plan_id: str, _attempt: int) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            tidied.append(await asyncio.to_thread(str.upper, plan_id))

    runs = Runs(database, rest_seconds=0.05)
    cut = asyncio.ensure_future(runs.of(Stage.BUILD, build)("p1", 1))
    await begun.wait()
    async with asyncio.timeout(PATIENCE):
        await runs.rest()
        await cut
    assert tidied == ["P1"]
