"""Watching delivered repositories: what people do with pull requests and planning files is told in the thread.

A webhook only rings: what happened is always asked of the remote. So a lost, late or repeated call changes nothing, and
one that is never made costs no more than the time between two rounds.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

import structlog
from sqlalchemy import select
from sqlmodel import col

from bot.building.attestations import Attestations
from bot.building.hand_edits import HandEdits
from bot.building.issues import Issues
from bot.building.remotes import Invitations
from bot.repository.errors import GitError
from bot.repository.git import MAIN, Repository
from bot.store.database import Database
from bot.store.tables import Change, Plan
from bot.workflow.builds import remote_of
from bot.workflow.ports import ProposalState, Publisher, PublishingError, Remote, RemoteBusyError, Standing
from bot.workflow.pull_requests import note_closed, note_merged_elsewhere, note_open_again, watched_changes
from bot.workflow.stages import PlanStage
from bot.workflow.work_loop import WorkLoop

__all__ = ["Watch"]

EVERY_SECONDS = 60.0
MOST_A_ROUND = 50
"""Repositories that one round looks at: those that were not looked at for longest."""

log = structlog.get_logger(__name__)


class Watch:
    """Looks at the repositories of delivered plans: all of them in rounds, one at once when it is rung for."""

    def __init__(
        self, database: Database, repositories: Path, publisher: Publisher, every: float = EVERY_SECONDS
    ) -> None:
        """Watch by this publisher, and fetch into these bare repositories; ``every``: seconds between two rounds."""
        self._database = database
        self._repositories = repositories
        self._publisher = publisher
        self._every = every
        self._due = time.monotonic()
        self._loop = WorkLoop("watching", lambda: max(0.0, self._due - time.monotonic()))
        self._rung: set[str] = set()
        self._looked: dict[str, float] = {}
        self.attestations = Attestations(database, publisher)
        self._issues = Issues(database, publisher)
        self._invitations = Invitations(database, publisher)
        self._hand_edits = HandEdits(database, repositories, publisher)

    def ring(self, name: str) -> None:
        """Look at a repository now, by its full name or its plan's id: something happened there."""
        self._rung.add(name.lower())
        self._loop.wake()

    async def run(self) -> None:
        """Watch until cancelled. However often it is rung, a round begins when it is due."""
        await self._loop.run(self._round)

    async def _round(self) -> None:
        rung, self._rung = self._rung, set()
        is_round = time.monotonic() >= self._due
        if is_round:
            self._due = time.monotonic() + self._every
        await self.look(rung, is_round=is_round)

    async def look(self, rung: Collection[str] = (), *, is_round: bool = True) -> None:
        """Look at the repositories of these names, and in a round at others too."""
        plans = await self._delivered()
        named = [plan for plan in plans if {plan.remote_name.lower(), plan.id} & set(rung)]
        for plan in named + (self._longest_ago(plans) if is_round else []):
            self._looked[plan.id] = time.monotonic()
            looks = (
                self._decisions,
                self._hand_edits.look_at,
                self._issues.look_at,
                self._invitations.look_at,
                self.attestations.look_at,
            )
            for look in looks:
                if not await self._seen(look, plan):
                    break
        for plan in await self._first_builds() if is_round else []:
            await self._seen(self.attestations.look_at, plan)

    async def _seen(self, look: Callable[[Plan], Awaitable[None]], plan: Plan) -> bool:
        """Look at one side of a repository; False where the remote answers nobody now, so that the others wait too."""
        try:
            await look(plan)
        except (PublishingError, GitError) as error:
            log.warning("a repository can't be watched now; it is tried again", plan=plan.id, reason=str(error))
            return not isinstance(error, RemoteBusyError)
        return True

    async def _delivered(self) -> list[Plan]:
        async with self._database.read() as session:
            query = select(Plan).where(col(Plan.delivered_review) > 0, col(Plan.remote_name) != "")
            return list(await session.scalars(query.order_by(col(Plan.id))))

    async def _first_builds(self) -> list[Plan]:
        """Return the plans that are built for the first time, and were pushed already."""
        building = col(Plan.stage) == PlanStage.BUILDING, col(Plan.delivered_review) == 0
        async with self._database.read() as session:
            query = select(Plan).where(*building, col(Plan.pushed_commit).is_not(None)).order_by(col(Plan.id))
            return list(await session.scalars(query.limit(MOST_A_ROUND)))

    def _longest_ago(self, plans: list[Plan]) -> list[Plan]:
        """Return the plans of a round; what is known of others that are gone is dropped."""
        known = {plan.id for plan in plans}
        self._hand_edits.keep(known)
        self._looked = {plan_id: at for plan_id, at in self._looked.items() if plan_id in known}
        return sorted(plans, key=lambda plan: self._looked.get(plan.id, 0.0))[:MOST_A_ROUND]

    async def _decisions(self, plan: Plan) -> None:
        """Note what people did with the changes of one repository; nothing is written where nothing changed."""
        async with self._database.read() as session:
            changes = await watched_changes(session, plan)
        for change in changes:
            await self._decided(plan, remote_of(plan), change)

    async def _decided(self, plan: Plan, remote: Remote, change: Change) -> None:
        """Note what people did with a change, if that is news."""
        standing = await self._publisher.standing(remote, change.url)
        if standing is None:
            await self._held_by_main(plan, remote, change)
        elif standing.state is ProposalState.MERGED and standing.into not in {"", MAIN}:
            await self._merged_aside(plan, remote, change, standing)
        elif standing.state is ProposalState.MERGED:
            await self._merged(plan, change, standing.commit, standing.by)
        elif standing.state is ProposalState.CLOSED and change.closed_at is None:
            async with self._database.write() as session:
                await note_closed(session, await session.get_one(Plan, plan.id), change.number, standing.by)
        elif standing.state is ProposalState.OPEN and change.closed_at is not None:
            async with self._database.write() as session:
                await note_open_again(session, await session.get_one(Plan, plan.id), change.number)

    async def _merged_aside(self, plan: Plan, remote: Remote, change: Change, standing: Standing) -> None:
        """Tell that a pull request was merged into another branch; once main holds that too, it is merged."""
        if change.closed_at is None or not change.merged_into:
            async with self._database.write() as session:
                row = await session.get_one(Plan, plan.id)
                await note_closed(session, row, change.number, standing.by, into=standing.into)
        await self._held_by_main(plan, remote, change, standing.commit)

    async def _held_by_main(self, plan: Plan, remote: Remote, change: Change, aside: str = "") -> None:
        """Note a change that somebody merged in a clone and pushed: main holds its last commit.

        ``aside`` is the commit that brought it to another branch, which holds it too.
        """
        main = await self._publisher.head(remote, MAIN)
        if main is None or main == plan.pushed_commit or change.commit is None:
            return
        repository = await self._fetched(plan, remote)
        if not await repository.contains(main):
            return
        holders = [commit for commit in (change.commit, aside) if commit and await repository.contains(commit)]
        if any([await repository.is_ancestor(commit, main) for commit in holders]):
            await self._merged(plan, change, main, "")

    async def _merged(self, plan: Plan, change: Change, commit: str, by: str) -> None:
        """Note a merged change; the commit of main is fetched first, since later changes are made upon it."""
        await self._fetched(plan, remote_of(plan))
        async with self._database.write() as session:
            row = await session.get_one(Plan, plan.id)
            await note_merged_elsewhere(session, row, change.number, commit, by)

    async def _fetched(self, plan: Plan, remote: Remote) -> Repository:
        repository = Repository(self._repositories / f"{plan.id}.git")
        await repository.create()
        await self._publisher.fetch(repository.path, remote, (MAIN,))
        return repository
