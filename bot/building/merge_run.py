"""The engine's ``merge`` stage: bring an offered change into people's main branch, never over their work.

A change that was closed where the remote shows it is opened again there, when people ask for that.
"""

from __future__ import annotations

from pathlib import Path

from bot.building.failures import ChangeStuck
from bot.building.joining import Conflicts, join
from bot.repository.git import MAIN, Repository
from bot.store.database import Database
from bot.store.tables import Change, Plan, now
from bot.workflow.builds import remote_of
from bot.workflow.changes import asked_merge, note_merged, note_moved
from bot.workflow.planning_run import block, wanted
from bot.workflow.ports import Proposed, Publisher, PublishingError, Stage
from bot.workflow.pull_requests import asked_reopen, note_reopened

__all__ = ["MergeRun"]

AGAIN = "Opened again from the plan's thread."
CONFLICT = (
    "Since change {number} was made, people changed the same lines of {files} on main. Nothing was overwritten: in a "
    "clone, `git fetch` and `git merge origin/{branch}`, settle those lines, push main, then press Retry."
)


class Moved(Exception):  # noqa: N818 (an outcome that people are asked about, not a fault)
    """The branch of a change holds something else than what people were shown."""

    def __init__(self, tip: str) -> None:
        """Keep what it holds now."""
        super().__init__(tip)
        self.tip = tip


class MergeRun:
    """Merges what people asked to be merged. Killed and run again, it finds what is merged already."""

    def __init__(self, database: Database, repositories: Path, publisher: Publisher) -> None:
        """Merge in these bare repositories, and push by this publisher."""
        self._database = database
        self._repositories = repositories
        self._publisher = publisher

    async def run(self, plan_id: str, attempt: int) -> None:
        """Do what was asked for last, or hold the plan with a sentence about what is in the way."""
        async with self._database.read() as session:
            plan = await wanted(session, plan_id, Stage.MERGE, attempt)
            closed = await asked_reopen(session, plan) if plan else None
            change = closed or (await asked_merge(session, plan) if plan else None)
        if plan is None or change is None:
            return
        try:
            done = await self._reopen(plan, change) if closed else await self._merge(plan, change)
        except Moved as moved:
            remote = remote_of(plan)
            shows = self._publisher.difference_url(remote, change.base_main or change.commit or "", moved.tip)
            async with self._database.write() as session:
                still = await wanted(session, plan_id, Stage.MERGE, attempt)
                if still is not None:
                    await note_moved(session, still, change.id or 0, moved.tip, shows)
            return
        except (PublishingError, ChangeStuck) as error:
            async with self._database.write() as session:
                held = await wanted(session, plan_id, Stage.MERGE, attempt)
                if held is not None:
                    await block(session, held, str(error))
            return
        async with self._database.write() as session:
            still = await wanted(session, plan_id, Stage.MERGE, attempt)
            if still is not None:
                await (note_reopened if closed else note_merged)(session, still, change.id or 0, done)

    async def _reopen(self, plan: Plan, change: Change) -> str:
        """Open a closed change again, its branch too where people deleted that; return its address.

        Raises PublishingError and ChangeStuck.
        """
        repository, remote = Repository(self._repositories / f"{plan.id}.git"), remote_of(plan)
        await repository.create()
        there = await self._publisher.fetch(repository.path, remote, (change.branch,))
        if change.commit is None or not await repository.contains(change.commit):
            raise ChangeStuck(f"What change {change.number} held is not here any more. Ask for it anew in the thread.")
        if not there:
            await self._publisher.push(repository.path, remote, change.branch, change.commit, None)
        proposed = Proposed(
            branch=change.branch, commit=there.get(change.branch, change.commit),
            title=f"Change {change.number} of {plan.title}", body=AGAIN,
        )  # fmt: skip
        return await self._publisher.reopen(remote, proposed, change.url)

    async def _merge(self, plan: Plan, change: Change) -> str:
        """Return the commit of main that holds the change as it was shown.

        Raises Moved where people pushed to its branch since, PublishingError and ChangeStuck.
        """
        repository, remote = Repository(self._repositories / f"{plan.id}.git"), remote_of(plan)
        await repository.create()
        there = await self._publisher.fetch(repository.path, remote, (MAIN, change.branch))
        main, shown = there.get(MAIN), change.commit
        if main is None or shown is None or not await repository.contains(shown):
            raise ChangeStuck(f"{remote.name} has no branch {change.branch} any more, so there is nothing to merge.")
        tip = there.get(change.branch, shown)
        if tip != shown and not await repository.is_ancestor(shown, main):
            raise Moved(tip)
        try:
            made = await join(repository, main, (change.branch, shown), change.merge_asked_at or now())
        except Conflicts as conflicts:
            raise ChangeStuck(
                CONFLICT.format(number=change.number, files=conflicts, branch=change.branch)
            ) from conflicts
        if made != main:
            await self._publisher.push(repository.path, remote, MAIN, made, main)
        return made
