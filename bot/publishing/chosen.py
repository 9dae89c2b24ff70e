"""Both places at once: repositories go to GitHub, but those of channels that want it otherwise stay with the bot.

Where a repository lies is told by its name for as long as it lives, whatever its channel decides later.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.workflow.ports import Proposed, Publisher, Remote, Reported, Standing, lies_here

__all__ = ["ChosenPublisher"]


class ChosenPublisher:
    """Asks the publisher of the place where a repository lies, or is to lie."""

    def __init__(self, github: Publisher, local: Publisher) -> None:
        """Publish to one of these."""
        self.github = github
        self.local = local

    def of(self, remote: Remote) -> Publisher:
        """Return the publisher of the place where a repository lies."""
        return self.local if lies_here(remote.name) else self.github

    def merges(self, remote: Remote) -> bool:
        """Tell whether a change is merged from the thread."""
        return self.of(remote).merges(remote)

    def attests(self, remote: Remote) -> bool:
        """Tell whether evidence is shown beside a commit."""
        return self.of(remote).attests(remote)

    async def create(
        self, name: str, description: str, marker: str, owner: str = "", *, stays_here: bool = False
    ) -> Remote:
        """Create the repository where it is to lie, or find it there."""
        place = self.local if stays_here else self.github
        return await place.create(name, description, marker, owner, stays_here=stays_here)

    async def grant(self, remote: Remote, names: Sequence[str]) -> None:
        """Let people and teams read and write."""
        await self.of(remote).grant(remote, names)

    async def label(self, remote: Remote, topics: Sequence[str]) -> None:
        """Say what a repository is about."""
        await self.of(remote).label(remote, topics)

    async def attest(self, remote: Remote, commit: str, words: str, url: str) -> None:
        """Show evidence beside a commit."""
        await self.of(remote).attest(remote, commit, words, url)

    async def seen_by(self, remote: Remote) -> str:
        """Return who sees a repository as long as nobody is named."""
        return await self.of(remote).seen_by(remote)

    async def push(self, repository: Path, remote: Remote, branch: str, commit: str, expected: str | None) -> None:
        """Push a commit."""
        await self.of(remote).push(repository, remote, branch, commit, expected)

    async def fetch(self, repository: Path, remote: Remote, branches: Sequence[str]) -> dict[str, str]:
        """Fetch branches."""
        return await self.of(remote).fetch(repository, remote, branches)

    async def propose(self, remote: Remote, change: Proposed) -> str:
        """Ask people to merge a branch."""
        return await self.of(remote).propose(remote, change)

    async def standing(self, remote: Remote, url: str) -> Standing | None:
        """Tell what people did with a proposed change."""
        return await self.of(remote).standing(remote, url)

    async def reopen(self, remote: Remote, change: Proposed, url: str) -> str:
        """Open a closed change again."""
        return await self.of(remote).reopen(remote, change, url)

    async def report(self, remote: Remote, task: Reported, *, was_tried: bool) -> str:
        """Tell people of a task that is left to them."""
        return await self.of(remote).report(remote, task, was_tried=was_tried)

    async def close_report(self, remote: Remote, url: str, words: str) -> None:
        """Say that a task is done."""
        await self.of(remote).close_report(remote, url, words)

    async def head(self, remote: Remote, branch: str) -> str | None:
        """Return the newest commit of a branch."""
        return await self.of(remote).head(remote, branch)

    def commit_url(self, remote: Remote, commit: str) -> str:
        """Return the address that shows a commit."""
        return self.of(remote).commit_url(remote, commit)

    def difference_url(self, remote: Remote, before: str, after: str) -> str:
        """Return the address that shows what is different between two commits."""
        return self.of(remote).difference_url(remote, before, after)
