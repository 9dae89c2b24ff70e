"""A person's working copy: whether it may be changed, and git commands in it. Nothing here changes a file."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from bot.repository.errors import CheckoutRefused, GitError
from bot.repository.git import Repository
from bot.repository.process import GitOutput, run_git

__all__ = ["WorkingCopy"]

UNFINISHED = {
    "MERGE_HEAD": ("a merge", "`git commit` ends it, `git merge --abort` takes it back"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "`git cherry-pick --continue` ends it, `--abort` takes it back"),
    "REVERT_HEAD": ("a revert", "`git revert --continue` ends it, `--abort` takes it back"),
    "rebase-merge": ("a rebase", "`git rebase --continue` ends it, `--abort` takes it back"),
    "rebase-apply": ("a rebase", "`git rebase --continue` ends it, `--abort` takes it back"),
}
"""What git leaves in its folder while something waits for a person."""


class WorkingCopy:
    """A folder of files with its repository; made by `open`."""

    def __init__(self, folder: Path, git_folder: Path, common_folder: Path) -> None:
        """Know the folder of the files, of this working copy's own state, and of what all its working copies share."""
        self.folder = folder
        self.git_folder = git_folder
        self.common_folder = common_folder
        self.repository = Repository(common_folder)

    @classmethod
    async def open(cls, folder: Path) -> WorkingCopy:
        """Find the repository of a folder. Raises CheckoutRefused where the folder is not the root of one."""
        root = await asyncio.to_thread(folder.resolve)
        if not await asyncio.to_thread((root / ".git").exists):
            raise CheckoutRefused(f"{folder} is no git repository; name a new folder, or the root of a repository.")
        environment = {"GIT_DIR": str(root / ".git"), "GIT_WORK_TREE": str(root)}
        asked = ("rev-parse", "--absolute-git-dir", "--path-format=absolute", "--git-common-dir")
        try:
            told = await run_git(asked, folder=root, environment=environment)
        except GitError as error:
            raise CheckoutRefused(f"{folder} holds a repository that git can't read ({error}).") from None
        git_folder, common_folder = (Path(os.fsdecode(line)) for line in told.out.splitlines())
        return cls(root, git_folder, common_folder)

    @classmethod
    def bare(cls, repository: Repository) -> WorkingCopy:
        """Return a bare repository as one whose files nobody looks at: only its commits may be asked for."""
        place = repository.path.absolute()
        return cls(place, place, place)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other build out as long as the block lasts. Raises CheckoutRefused while one is at work."""
        lock = FileLock(self.git_folder / "planthread-build.lock", blocking=False)
        try:
            lock.acquire()
        except Timeout:
            raise CheckoutRefused("Another build is at work here; run this one again when it is done.") from None
        try:
            yield
        finally:
            lock.release()

    async def git(
        self,
        *arguments: str,
        stdin: bytes | None = None,
        index: Path | None = None,
        accepted: Sequence[int] = (0,),
    ) -> GitOutput:
        """Run a git command on the files of this working copy, with another index where one is given."""
        environment: dict[str, str] = {"GIT_DIR": str(self.git_folder), "GIT_WORK_TREE": str(self.folder)}
        if index is not None:
            environment["GIT_INDEX_FILE"] = str(index)
        return await run_git(
            arguments,
            folder=self.folder,
            stdin=stdin,
            environment=environment,
            configuration=QUIET,
            accepted=accepted,
        )

    async def branch(self) -> str:
        """Return the name of the current branch. Raises CheckoutRefused where there is none."""
        told = await self.git("symbolic-ref", "--quiet", "HEAD", accepted=(0, 1))
        name = told.out.decode().strip()
        if not name.startswith("refs/heads/"):
            raise CheckoutRefused("No branch is checked out; `git switch main` first, then build again.")
        return name.removeprefix("refs/heads/")

    async def commit_of(self, reference: str) -> str | None:
        """Return the commit that a reference means, or None where there is no such reference."""
        told = await self.git("rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}", accepted=(0, 1, 128))
        return told.out.decode().strip() or None

    async def require_finished(self) -> None:
        """Raise CheckoutRefused while a merge, a rebase or the like waits for a person."""
        for name, (what, how) in UNFINISHED.items():
            if await asyncio.to_thread((self.git_folder / name).exists):
                raise CheckoutRefused(f"{what.capitalize()} is not finished: {how}. Build again afterwards.")

    async def require_clean(self) -> None:
        """Raise CheckoutRefused while tracked files differ from the last commit; untracked files don't matter."""
        told = await self.git("status", "--porcelain=v1", "-z", "--untracked-files=no", "--ignore-submodules=none")
        changed = [record[3:] for record in told.out.decode("utf-8", "surrogateescape").split("\0") if record]
        if changed:
            several = len(changed) > 1
            what = f"{changed[0]!r} and {len(changed) - 1} more differ" if several else f"{changed[0]!r} differs"
            raise CheckoutRefused(
                f"{what} from the last commit; `git commit` or `git stash` {'them' if several else 'it'} first, "
                "so that nothing of yours is mixed with what is generated. Then build again."
            )

    async def merged_into(self, commit: str, line: Sequence[str]) -> str | None:
        """Return the first commit of a line that another holds in its history, or None."""
        for candidate in line:
            if await self.repository.is_ancestor(candidate, commit):
                return candidate
        return None

    async def holders(self, commit: str, *, without: str) -> list[str]:
        """Return the branches, tags and remote branches that hold a commit, one of them left out."""
        told = await self.git("for-each-ref", f"--contains={commit}", "--format=%(refname)")
        return [name for name in told.out.decode().split() if name != without]


QUIET: Mapping[str, str] = {"core.fsmonitor": "false", "status.renames": "false", "core.commentChar": "#"}
"""Settings of a person's repository that must not change what these commands do or say."""
