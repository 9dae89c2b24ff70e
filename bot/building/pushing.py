"""Pushing what was built to people's branches: what they pushed meanwhile is merged, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.building.failures import ChangeStuck
from bot.building.joining import Conflicts, join, named_files
from bot.repository.git import MAIN, Repository
from bot.workflow.ports import Publisher, Remote, RemoteHasMoreError

__all__ = ["BUILD", "Push"]

BUILD = "planthread/build"
"""The branch that holds what was built where main can't take it."""
PARTED = (
    "While this was built, people pushed to {target} and {why}. Nothing was overwritten: in a clone, `git fetch` and, "
    "on {target}, `git merge {history}origin/{branch}`, settle that, push {target}, then press Retry."
)
THEIRS = (
    "People pushed to {branch} meanwhile. Nothing was overwritten: in a clone, `git fetch` and "
    "`git merge origin/{branch}` into main, push main, then press Retry."
)


@dataclass(frozen=True)
class Push:
    """Pushes of one repository to its remote."""

    publisher: Publisher
    repository: Repository
    remote: Remote

    async def build(self, head: str, known: str | None, date: datetime, target: str = MAIN) -> str:
        """Push the last commit of a build to a branch, and return what that holds then.

        ``known`` is what the branch was known to hold; ``date`` is that of a merge with what people pushed. Raises
        ChangeStuck where people must merge, and PublishingError.
        """
        if known is None or await self.repository.is_ancestor(known, head):
            try:
                await self._push(target, head, known)
            except RemoteHasMoreError:
                pass
            else:
                return head
        there = await self._there(target)
        if there is None:
            await self._push(target, head, None)
            return head
        try:
            joined = await join(self.repository, there, (BUILD, head), date)
        except Conflicts as conflicts:
            await self._leave(head)
            why = f"changed the same lines of {named_files(conflicts.paths)}"
            raise ChangeStuck(PARTED.format(target=target, why=why, branch=BUILD, history="")) from conflicts
        except ChangeStuck as stuck:
            await self._leave(head)
            why = "it shares no history with what was built"
            history = "--allow-unrelated-histories "
            raise ChangeStuck(PARTED.format(target=target, why=why, branch=BUILD, history=history)) from stuck
        if joined != there:
            await self._push(target, joined, there)
        return joined

    async def change(self, branch: str, commit: str, expected: str | None, main: str) -> None:
        """Push the branch of a change that was made upon a commit of main; what people pushed there is kept.

        Where main holds what they pushed to the branch, nothing is lost by the new commit in its place. Raises
        ChangeStuck where it doesn't, and PublishingError.
        """
        try:
            await self._push(branch, commit, expected)
        except RemoteHasMoreError as moved:
            there = await self._there(branch)
            holders = (main, commit)
            if there is None or not any([await self.repository.is_ancestor(there, each) for each in holders]):
                raise ChangeStuck(THEIRS.format(branch=branch)) from moved
            await self._push(branch, commit, there)

    async def _leave(self, head: str) -> None:
        """Push what was built to a branch of its own, for people to merge."""
        there = await self._there(BUILD)
        if there != head:
            await self._push(BUILD, head, there)

    async def _there(self, branch: str) -> str | None:
        return (await self.publisher.fetch(self.repository.path, self.remote, (branch,))).get(branch)

    async def _push(self, branch: str, commit: str, expected: str | None) -> None:
        await self.publisher.push(self.repository.path, self.remote, branch, commit, expected)
