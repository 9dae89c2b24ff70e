"""Builds a file that came after a delivery, as any imported plan, on a branch beside what people have.

What it is made upon is kept before anything is made, and what its branch holds after each push: a run that was killed
goes on with both.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.building.failures import ChangeStuck
from bot.building.imported_build import ImportedBuild
from bot.building.imported_documents import closing_files, plan_path
from bot.building.joining import upon_earlier
from bot.building.pushing import Push
from bot.documents.tasks.task_plan import TaskState
from bot.inspection.facts import inspect_repository
from bot.inspection.kept import for_keeping
from bot.inspection.source_tree import NotARepositoryError
from bot.repository.git import MAIN, Commit
from bot.store.tables import Change, Step
from bot.workflow.builds import remote_of
from bot.workflow.changes import note_base, note_pushed, offer_change, unmerged_before
from bot.workflow.checkpoints import Checkpoint
from bot.workflow.ports import Proposed

__all__ = ["ImportedChange"]

PLACE = ".planning/given/change-{number}"
"""Where a file stands in a repository whose plan has documents of its own: it takes the place of none of them."""
NO_MAIN = "{name} has no branch main any more. Push it again, then press Retry."


@dataclass
class ImportedChange(ImportedBuild):
    """One run of the build of one file upon a delivered repository."""

    change: Change | None = None
    base: str = ""
    """The commit of people's main that it is made upon, with the change before it where that isn't merged."""

    @property
    def the_change(self) -> Change:
        """Return the change as it was when the run began."""
        if self.change is None:
            raise ValueError("a change is built without its row")
        return self.change

    async def begin(self) -> None:
        """Find what it is made upon, fetched once and then kept, and what that is made with.

        Raises ChangeStuck and PublishingError.
        """
        if self.the_change.by_file:
            self.place = PLACE.format(number=self.the_change.number)
        self.base = self.the_change.base_main or await self._fetched()
        self.facts = await self._inspected()

    async def finish(self) -> None:
        """Push everything, and ask people to merge it."""
        await self._push_rest()
        async with self.database.read() as session:
            change = await session.get_one(Change, self.the_change.id)
            remote = remote_of(await self._plan(session))
        tip = change.commit or self.base
        title = f"Change {change.number} of {self.row.title}"
        proposed = Proposed(branch=change.branch, commit=tip, title=title, body=self.about)
        url = await self.publisher.propose(remote, proposed)
        merges_here = self.publisher.merges(remote)
        async with self.database.write() as session:
            plan = await self._plan(session)
            await offer_change(session, plan, change.id or 0, tip, tip, url, merges_here=merges_here)

    async def _fetched(self) -> str:
        """Return what people have on main, with the change before this one where nobody has merged that; keep it."""
        async with self.database.read() as session:
            earlier = await unmerged_before(session, self.the_change)
        remote = remote_of(self.row)
        branches = (MAIN, *([earlier.branch] if earlier else []))
        there = await self.publisher.fetch(self.repository.path, remote, branches)
        if MAIN not in there:
            raise ChangeStuck(NO_MAIN.format(name=remote.name))
        base = there[MAIN]
        if earlier and earlier.branch in there:
            base = await upon_earlier(self.repository, base, (earlier.branch, there[earlier.branch]), self.day)
        async with self.database.write() as session:
            await self._plan(session)
            await note_base(session, self.the_change.id or 0, base, None)
        return base

    async def _inspected(self) -> str:
        """Return what the repository is made with, as the model is told it; nothing where no code is in it."""
        with tempfile.TemporaryDirectory(prefix="planthread-") as folder:
            await self.repository.export(self.base, Path(folder))
            try:
                facts = await asyncio.to_thread(inspect_repository, Path(folder))
            except NotARepositoryError:
                return ""
        named = facts.model_copy(update={"name": remote_of(self.row).name})
        return for_keeping(named).for_prompt()

    async def _given_file(self) -> dict[str, bytes]:
        """Return the file with the boxes ticked that have evidence from before."""
        path = plan_path(self.plan, self.place)
        return {path: closing_files(self.plan, {step.key: step for step in await self._steps()}, self.place)[path]}

    async def _head(self) -> str:
        """Return the newest commit that a step of this change made, or else what it is made upon."""
        ours = [step.commit for step in await self._steps() if step.commit and self._is_ours(step)]
        return ours[-1] if ours else self.base

    def _is_ours(self, step: Step) -> bool:
        """Tell whether this change worked on a step: what keeps its evidence was ticked before."""
        return step.state != TaskState.DONE or step.at is None or step.at >= self.the_change.at

    async def _made(self, commit: Commit) -> str:
        return await self.repository.commit(self.the_change.branch, await self._head(), commit)

    async def _push(self, head: str | None) -> None:
        """Push the branch up to a commit; what people pushed to it meanwhile is merged, never overwritten."""
        async with self.database.read() as session:
            plan, change = await self._plan(session), await session.get_one(Change, self.the_change.id)
        known = change.commit
        if head is None or (known is not None and await self.repository.is_ancestor(head, known)):
            return
        push = Push(self.publisher, self.repository, remote_of(plan))
        pushed = await push.build(head, known, self.day, change.branch)
        async with self.database.write() as session:
            await self._plan(session)
            await note_pushed(session, change.id or 0, pushed)

    async def _asked(self, step: Step) -> list[Checkpoint]:
        """Return what was asked about a step since this change began: a step of an earlier file had the same name."""
        first = self.the_change.before.get("questions", 0)
        return [point for point in await super()._asked(step) if point.number > first]
