"""The local remote: bare repositories in a folder, which `bot.web` shows and serves read-only."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from filelock import AsyncFileLock

from bot.publishing.names import check_name, one_line
from bot.repository.errors import GitError, RemoteMoved
from bot.repository.git import Repository
from bot.workflow.ports import Proposed, PublishingError, Remote, RemoteHasMoreError, Reported, Standing

__all__ = ["UNFINISHED", "LocalPublisher"]

MARKER = "planthread-marker"
UNFINISHED = ".creating-"
"""How the names of repositories begin that are not whole yet."""
MOST_NAMES = 100


class LocalPublisher:
    """Keeps ``<folder>/<name>.git``; a file beside git's own says which plan a repository belongs to."""

    def __init__(self, folder: Path, public_url: str) -> None:
        self.folder = folder
        self.public_url = public_url.rstrip("/")

    def merges(self, remote: Remote) -> bool:
        """Tell that changes are merged from the thread: its pages only show them."""
        return True

    def attests(self, remote: Remote) -> bool:
        """Tell that it shows nothing beside a commit."""
        return False

    async def create(
        self, name: str, description: str, marker: str, owner: str = "", *, stays_here: bool = False
    ) -> Remote:
        """Create the repository, or find the one that carries the marker. A name of another plan's gets a number."""
        check_name(name)
        await asyncio.to_thread(self.folder.mkdir, parents=True, exist_ok=True)
        async with AsyncFileLock(self.folder / ".creating.lock"):
            place = await asyncio.to_thread(self.find, marker)
            if place is None:
                place = await asyncio.to_thread(self.free_name, name)
                await self.make(place, one_line(description, 350), marker)
        return self.remote(place)

    async def grant(self, remote: Remote, names: Sequence[str]) -> None:
        """Do nothing: whoever reaches the bot's pages reads all of them."""

    async def label(self, remote: Remote, topics: Sequence[str]) -> None:
        """Do nothing: its pages show the documents."""

    async def attest(self, remote: Remote, commit: str, words: str, url: str) -> None:
        """Do nothing: the plan's own pages show it."""

    async def seen_by(self, remote: Remote) -> str:
        """Return nothing: it is open to whoever reaches the bot's pages."""
        return ""

    async def push(self, repository: Path, remote: Remote, branch: str, commit: str, expected: str | None) -> None:
        """Push a commit of a bare repository; what the remote branch must hold is ``expected``."""
        try:
            await Repository(repository).push(str(self.place(remote.name)), branch, commit, expected)
        except RemoteMoved as error:
            raise RemoteHasMoreError(f"{remote.name}: {error}") from error
        except GitError as error:
            raise PublishingError(f"The local repository {remote.name} couldn't be written. {error}") from error

    async def fetch(self, repository: Path, remote: Remote, branches: Sequence[str]) -> dict[str, str]:
        """Fetch branches into a bare repository."""
        try:
            return await Repository(repository).fetch(str(self.place(remote.name)), branches)
        except GitError as error:
            raise PublishingError(f"The local repository {remote.name} couldn't be read. {error}") from error

    async def propose(self, remote: Remote, change: Proposed) -> str:
        """Return the page of the commit; people merge it from the thread."""
        return self.commit_url(remote, change.commit)

    async def standing(self, remote: Remote, url: str) -> Standing | None:
        """Return nothing: a local remote shows commits only, and its main branch tells what was merged."""
        return None

    async def reopen(self, remote: Remote, change: Proposed, url: str) -> str:
        """Return the page of the commit, which nobody can close."""
        return await self.propose(remote, change)

    async def report(self, remote: Remote, task: Reported, *, was_tried: bool) -> str:
        """Return the page of the task list, in which the box is open."""
        return f"{remote.web_url}/file/.planning/tasks.md"

    async def close_report(self, remote: Remote, url: str, words: str) -> None:
        """Do nothing: the list shows the tick."""

    async def head(self, remote: Remote, branch: str) -> str | None:
        """Return the newest commit of a branch."""
        try:
            return await Repository(self.place(remote.name)).head(branch)
        except (GitError, OSError) as error:
            raise PublishingError(f"The local repository {remote.name} couldn't be read. {error}") from error

    def commit_url(self, remote: Remote, commit: str) -> str:
        """Return the page of a commit."""
        return f"{remote.web_url}/commit/{commit}"

    def difference_url(self, remote: Remote, before: str, after: str) -> str:
        """Return the page of what is different between two commits."""
        return f"{remote.web_url}/compare/{before}...{after}"

    def remote(self, name: str) -> Remote:
        """Return the addresses of a repository."""
        return Remote(
            name=name,
            web_url=f"{self.public_url}/repositories/{name}",
            clone_url=f"{self.public_url}/git/{name}.git",
            push_url=str(self.place(name)),
        )

    def place(self, name: str) -> Path:
        """Return where a repository lies now: a restored backup may stand in another folder than its plans say."""
        return self.folder.absolute() / f"{name}.git"

    def find(self, marker: str) -> str | None:
        """Return the name of the repository that carries a marker."""
        for path in sorted(self.folder.glob(f"*.git/{MARKER}")):
            if path.read_text(encoding="utf-8") == marker:
                return path.parent.name.removesuffix(".git")
        return None

    def free_name(self, name: str) -> str:
        """Return the name, or the name with the first number that is free. Case makes no difference."""
        taken = {path.name.lower() for path in self.folder.iterdir()}
        for number in range(1, MOST_NAMES):
            candidate = name if number == 1 else f"{name}-{number}"
            if f"{candidate}.git".lower() not in taken:
                return candidate
        raise PublishingError(f"There are already {MOST_NAMES} repositories called {name}; reply with another name.")

    async def make(self, name: str, description: str, marker: str) -> None:
        """Make a repository beside its place, with its marker, and move it there as a whole."""
        building = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix=UNFINISHED, dir=self.folder))
        try:
            await Repository(building).create()
            (building / MARKER).write_text(marker, encoding="utf-8")
            (building / "description").write_text(description + "\n", encoding="utf-8")
            await asyncio.to_thread(building.chmod, 0o755)
            await asyncio.to_thread(building.rename, self.folder / f"{name}.git")
        except GitError as error:
            raise PublishingError(f"The local repository {name} couldn't be made. {error}") from error
        finally:
            await asyncio.to_thread(shutil.rmtree, building, ignore_errors=True)
