"""Runs survive: killed processes, a lost engine database, and work that keeps failing."""

from __future__ import annotations

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from sqlalchemy import select

from bot.store.database import Database, sqlite_url
from bot.store.tables import OutboxItem, Plan
from tests.engine.working import PLAN, noted, wait_for

ROOT = Path(__file__).resolve().parents[2]


async def process(folder: Path, mode: str) -> Process:
    """Start a process that works in a folder."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.engine.working", str(folder), mode, cwd=ROOT, stdout=PIPE, stderr=PIPE
    )


async def finished(folder: Path, mode: str) -> None:
    """Run a process to its end, which must be a good one."""
    running = await process(folder, mode)
    output, errors = await running.communicate()
    assert running.returncode == 0, (output + errors).decode()


async def kill(running: Process) -> None:
    """Kill a process at once, as a power cut would."""
    running.send_signal(signal.SIGKILL)
    await running.communicate()


async def plan_of(folder: Path) -> tuple[Plan, list[OutboxItem]]:
    """Return the plan and its messages as the store holds them."""
    database = Database(sqlite_url(folder / "plans.db"))
    async with database.read() as session:
        plan = await session.get_one(Plan, PLAN)
        messages = list((await session.scalars(select(OutboxItem))).all())
    await database.close()
    return plan, messages


async def test_a_run_that_is_enqueued_twice_runs_once(tmp_path: Path) -> None:
    await finished(tmp_path, "twice")

    assert noted(tmp_path) == ["begin 1", "end 1", "begin 2", "end 2", "status done"]


async def test_a_killed_run_is_taken_up_again_at_the_next_launch_without_being_told(tmp_path: Path) -> None:
    hanging = await process(tmp_path, "hang")
    await wait_for(tmp_path, "begin 1")
    await kill(hanging)

    await finished(tmp_path, "resume")

    assert noted(tmp_path) == ["begin 1", "begin 1", "end 1"]
    plan, _ = await plan_of(tmp_path)
    assert (plan.run_stage, plan.run_attempt) == (None, 1)


async def test_a_run_of_an_older_version_is_taken_up_by_the_next(tmp_path: Path) -> None:
    hanging = await process(tmp_path, "hang")
    await wait_for(tmp_path, "begin 1")
    await kill(hanging)

    await finished(tmp_path, "deployed")

    assert noted(tmp_path) == ["begin 1", "begin 1", "end 1"]
    plan, _ = await plan_of(tmp_path)
    assert (plan.run_stage, plan.run_attempt, plan.hold) == (None, 1, None)


async def test_the_engines_database_can_be_deleted_at_any_time(tmp_path: Path) -> None:
    hanging = await process(tmp_path, "hang")
    await wait_for(tmp_path, "begin 1")
    await kill(hanging)
    for part in tmp_path.glob("engine.db*"):
        part.unlink()

    await finished(tmp_path, "finish")

    assert noted(tmp_path) == ["begin 1", "begin 1", "end 1"]
    assert (await plan_of(tmp_path))[0].run_stage is None


async def test_after_three_failures_a_person_is_asked(tmp_path: Path) -> None:
    await finished(tmp_path, "fail")

    assert noted(tmp_path) == ["begin 1", "begin 2", "begin 3"]
    plan, messages = await plan_of(tmp_path)
    assert plan.hold == "blocked"
    assert plan.run_stage == "plan"
    problem = next(message for message in messages if message.kind == "problem")
    assert "keeps failing" in problem.subject["sentence"]
    assert "Nothing is lost" in problem.subject["sentence"]


async def test_a_bot_that_stops_cuts_off_what_runs_cleanly_and_holds_it_against_nobody(tmp_path: Path) -> None:
    for attempt in (1, 2, 3):
        running = await process(tmp_path, "stop")
        output, errors = await running.communicate()
        said = [line for line in output.decode().splitlines() if "a run is taken up again" not in line]
        assert (running.returncode, said, errors) == (0, [], b"")
        assert noted(tmp_path)[-2:] == [f"begin {attempt}", f"tidied {attempt}"]

    await finished(tmp_path, "finish")
    plan, messages = await plan_of(tmp_path)
    assert (plan.run_stage, plan.hold, plan.failures, messages) == (None, None, 0, [])
