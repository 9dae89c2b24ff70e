"""What every first build of a plan does with its steps, its repository and its remote, whoever wrote the plan.

All it knows is read from the store each time, so that a run that was killed is gone on with by the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.building.failures import plan_of_build
from bot.building.pushing import Push
from bot.building.remotes import made_remote, open_to_people
from bot.documents.tasks.task_plan import TaskState
from bot.repository.git import MAIN, Commit, Repository
from bot.store.database import Database
from bot.store.tables import Plan, Step
from bot.verification.evidence import Evidence
from bot.workflow.builds import leave_open, load_steps, remote_of, set_pushed, set_remote, tick
from bot.workflow.ports import Publisher, Remote

__all__ = ["PlanBuild"]


@dataclass
class PlanBuild:
    """One run of the first build of one plan."""

    database: Database
    plan_id: str
    attempt: int
    repository: Repository
    publisher: Publisher
    about: str
    """What the repository is about, for its description."""
    day: datetime
    """The date that commits are made from, those too that merge what people pushed."""
    house_rules: tuple[str, ...]
    """Those of the workspace when this run began."""

    async def _plan(self, session: AsyncSession) -> Plan:
        """Return the plan while this run is wanted. Raises BuildOvertaken when a person stopped it."""
        return await plan_of_build(session, self.plan_id, self.attempt)

    async def _steps(self) -> Sequence[Step]:
        async with self.database.read() as session:
            return await load_steps(session, self.plan_id)

    async def _done(self) -> list[Step]:
        return [step for step in await self._steps() if step.state == TaskState.DONE]

    async def _left_open(self) -> set[str]:
        """Return the numbers of the steps that were left open with a reason."""
        return {step.number for step in await self._steps() if (step.evidence or {}).get("open")}

    async def _tick(self, step: Step, evidence: Evidence) -> None:
        async with self.database.write() as session:
            await tick(session, await self._plan(session), await session.get_one(Step, step.id), evidence)

    async def _leave_open(self, step: Step, reason: str) -> None:
        async with self.database.write() as session:
            await leave_open(session, await self._plan(session), await session.get_one(Step, step.id), reason)

    async def _head(self) -> str | None:
        """Return the newest commit of a step, the parent of the next: also one that a person has yet to confirm."""
        commits = [step.commit for step in await self._steps() if step.commit]
        return commits[-1] if commits else None

    async def _tree(self) -> dict[str, bytes]:
        head = await self._head()
        return await self.repository.read_tree(head) if head else {}

    async def _made(self, commit: Commit) -> str:
        """Make a commit upon the newest one; made again, it has the same hash."""
        return await self.repository.commit(MAIN, await self._head(), commit)

    async def _push(self, head: str | None) -> None:
        """Push main up to a commit; what people pushed meanwhile is merged, never overwritten.

        Raises ChangeStuck where people must merge, and PublishingError.
        """
        async with self.database.read() as session:
            plan = await self._plan(session)
        known = plan.pushed_commit
        if head is None or (known is not None and await self.repository.is_ancestor(head, known)):
            return
        pushed = await Push(self.publisher, self.repository, await self._remote(plan)).build(head, known, self.day)
        async with self.database.write() as session:
            await set_pushed(session, await self._plan(session), pushed, head)

    async def _remote(self, plan: Plan) -> Remote:
        """Return where the repository is pushed to, made where there is none yet.

        Raises BuildWaits where people are asked who gets access, and PublishingError.
        """
        if plan.push_url:
            return remote_of(plan)
        remote = await made_remote(self.database, self.publisher, plan, self.about, self._topics())
        await open_to_people(self.database, self.publisher, plan, self.attempt, remote)
        async with self.database.write() as session:
            await set_remote(session, await self._plan(session), remote)
        return remote

    def _topics(self) -> Sequence[str]:
        """Return what the repository is listed under, beside Planthread."""
        return ()
