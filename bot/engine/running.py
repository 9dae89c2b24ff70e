"""The runs under way in this process: each ends at once when people stop its plan, all of them when the bot stops."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Awaitable

import structlog

from bot.engine.durable import Runner
from bot.store.data_folder import is_unwritable
from bot.store.database import Database
from bot.workflow.model_calls import running
from bot.workflow.ports import Stage
from bot.workflow.runs import was_stopped

__all__ = ["Runs"]

REST_SECONDS = 12.0
"""How long a stop waits for runs to reach their next boundary; what is cut off then is taken up again, too."""
CUT_SECONDS = 10.0
"""How long runs that are cut off have for ending their commands and taking their throwaway folders away."""

log = structlog.get_logger(__name__)


class Runs:
    """Wraps runners. A run that is cut off in the middle is as one that was killed: the next goes on where it was."""

    def __init__(self, database: Database, rest_seconds: float = REST_SECONDS) -> None:
        """Begin with none; after each unit of work of this database, runs look whether they are still wanted.

        A stop waits for ``rest_seconds`` before it cuts off what runs.
        """
        self.stopping = False
        self._database = database
        self._rest_seconds = rest_seconds
        self._active: set[asyncio.Event] = set()
        self._resting = asyncio.Event()
        self._resting.set()
        self._cutting = False
        self._failures: dict[str, tuple[str, str]] = {}
        database.on_commit(self._wake)

    def of(self, stage: Stage, runner: Runner) -> Runner:
        """Count a runner's runs, and have everything that they ask, log or spend carry their plan."""

        async def run(plan_id: str, attempt: int) -> None:
            if self.stopping:
                return
            changed = asyncio.Event()
            self._active.add(changed)
            self._resting.clear()
            try:
                with structlog.contextvars.bound_contextvars(plan=plan_id), running(plan_id, stage, attempt):
                    await self._told(self._until_stopped(stage, runner, plan_id, attempt, changed), plan_id, stage)
            finally:
                self._active.discard(changed)
                if not self._active:
                    self._resting.set()

        return run

    async def _told(self, work: Awaitable[None], plan_id: str, stage: Stage) -> None:
        """Tell the log why a run failed; to the engine it has ended, and the reconciler has it tried again."""
        try:
            await work
        except Exception as error:
            self._failures[plan_id] = first_line(error), told(error)
            log.exception("a run failed", stage=stage, error_id=uuid.uuid4().hex[:8])
        else:
            self._failures.pop(plan_id, None)

    def failure_of(self, plan_id: str) -> tuple[str, str]:
        """Return why the last run of a plan in this process failed, for the log and (or nothing) for people."""
        return self._failures.get(plan_id, ("it ended without a word", ""))

    async def rest(self) -> None:
        """Ask all runs to stop at their next boundary, and wait for it; then cut off what still runs."""
        self.stopping = True
        if await self._rests_within(self._rest_seconds):
            return
        self._cutting = True
        self._wake()
        await self._rests_within(CUT_SECONDS)

    async def _rests_within(self, seconds: float) -> bool:
        """Wait until no run is under way; False where one still is after so many seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._resting.wait(), seconds)
        return self._resting.is_set()

    def _wake(self) -> None:
        for changed in self._active:
            changed.set()

    async def _until_stopped(
        self, stage: Stage, runner: Runner, plan_id: str, attempt: int, changed: asyncio.Event
    ) -> None:
        """Run to the end, or until people stop the plan: then commands that run are killed, and nobody is told."""
        work = asyncio.ensure_future(runner(plan_id, attempt))
        watch = asyncio.ensure_future(self._stopped(stage, plan_id, attempt, changed))
        try:
            await asyncio.wait({work, watch}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                work.result()
        finally:
            work.cancel()
            watch.cancel()
            await asyncio.gather(work, watch, return_exceptions=True)

    async def _stopped(self, stage: Stage, plan_id: str, attempt: int, changed: asyncio.Event) -> None:
        """Return as soon as people have stopped the run, or the bot stops and cuts it off."""
        while True:
            changed.clear()
            if self._cutting:
                return
            async with self._database.read() as session:
                if await was_stopped(session, plan_id, stage, attempt):
                    return
            await changed.wait()


def first_line(error: Exception) -> str:
    """Return an error in one line."""
    return f"{type(error).__name__}: {error}".partition("\n")[0]


def told(error: Exception) -> str:
    """Return what people are told of a failure that only somebody at the machine can help; nothing of any other."""
    if not is_unwritable(error):
        return ""
    return (
        f"I can't write in {error.filename or 'my data folder'} ({error.strerror}). Whoever runs me has to mend that: "
        "I work in the folders of PLANTHREAD_DATA and PLANTHREAD_CACHE. Press `Retry` then."
    )
