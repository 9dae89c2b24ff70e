"""The reconciler: what plans want, compared with what the engine runs. The only place that starts runs."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from sqlalchemy import or_, select
from sqlmodel import col

from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.line import BUILDS_AT_ONCE, keep_places, places_of
from bot.workflow.ports import Engine, RunStatus, Stage
from bot.workflow.runs import block
from bot.workflow.work_loop import WorkLoop

__all__ = ["Reconciler"]

MOST_FAILURES = 3
"""After as many failed attempts a person is asked."""
EVERY_SECONDS = 5.0
KEEPS_FAILING = "This keeps failing (run {run}). Nothing is lost; the log has more."

log = structlog.get_logger(__name__)


class Reconciler:
    """Wakes at start, after each committed change, and every few seconds."""

    def __init__(
        self,
        database: Database,
        engine: Engine,
        builds_at_once: int = BUILDS_AT_ONCE,
        failure_of: Callable[[str], tuple[str, str]] = lambda _plan_id: ("", ""),
    ) -> None:
        """Watch the plans of a database and run them on an engine; so many builds of a workspace at once.

        ``failure_of`` gives why the last run of a plan failed: for the log, and for people where they can help it.
        """
        self._failure_of = failure_of
        self._has_begun = False
        self._builds_at_once = builds_at_once
        self._database = database
        self._engine = engine
        self._loop = WorkLoop("reconciling", lambda: EVERY_SECONDS)
        self._seen: set[tuple[str, Stage, int]] = set()

    def wake(self) -> None:
        """Look at the plans now."""
        self._loop.wake()

    async def run(self) -> None:
        """Reconcile until cancelled."""
        await self._loop.run(self.reconcile)

    async def reconcile(self) -> None:
        """Bring the engine in line with what each plan wants."""
        async with self._database.read() as session:
            query = select(Plan).where(col(Plan.run_stage).is_not(None), col(Plan.hold).is_(None))
            wishes = [(plan.id, Stage(plan.run_stage or ""), plan.run_attempt) for plan in await session.scalars(query)]
        self._seen.intersection_update(wishes)
        if not self._has_begun:
            for plan_id, stage, attempt in wishes:
                log.info("a run is taken up again", plan=plan_id, stage=stage, attempt=attempt)
        self._has_begun = True
        places = await self._places()
        for plan_id, stage, attempt in wishes:
            is_next = stage is not Stage.BUILD or not places.get(plan_id, 0)
            await self._settle(plan_id, stage, attempt, is_next=is_next)

    async def _places(self) -> dict[str, int]:
        """Return the places in the line of builds; they are written only where somebody moved."""
        async with self._database.read() as session:
            query = select(Plan).where(or_(col(Plan.run_stage) == Stage.BUILD, col(Plan.place) > 0))
            plans = (await session.scalars(query)).all()
        places = places_of(plans, self._builds_at_once)
        if all(plan.place == places.get(plan.id, 0) for plan in plans):
            return places
        async with self._database.write() as session:
            return await keep_places(session, self._builds_at_once)

    async def _settle(self, plan_id: str, stage: Stage, attempt: int, *, is_next: bool) -> None:
        status = await self._engine.status(stage, plan_id, attempt)
        run = (plan_id, stage, attempt)
        was_seen = run in self._seen
        if status in {RunStatus.RUNNING, RunStatus.UNKNOWN}:
            self._seen.add(run)
        if status is RunStatus.RUNNING or not is_next:
            return
        if status is RunStatus.UNKNOWN:
            await self._engine.enqueue(stage, plan_id, attempt)
            return
        self._seen.discard(run)
        await self._again(plan_id, stage, attempt, failed=was_seen)

    async def _again(self, plan_id: str, stage: Stage, attempt: int, *, failed: bool) -> None:
        """A run ended and its plan still wants it: one more attempt, or a person is asked.

        What ended before this process began was stopped with the bot, which says nothing against it.
        """
        async with self._database.write() as session:
            plan = await session.get(Plan, plan_id)
            if plan is None or plan.run_stage != stage or plan.run_attempt != attempt or plan.hold is not None:
                return
            plan.run_attempt += 1
            plan.failures += int(failed)
            if plan.failures >= MOST_FAILURES:
                reason, said = self._failure_of(plan_id)
                log.error("a run keeps failing", plan=plan_id, stage=stage, attempts=plan.failures, reason=reason)
                plan.failures = 0
                await block(session, plan, said or KEEPS_FAILING.format(run=plan_id[:8]))
