"""Merging in memory: commits are made and merged in a throwaway repository that borrows a person's objects.

The person's repository hears of nothing before all of it is there; then one fetch brings the new objects over.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.documents.frozen import Frozen
from bot.repository.errors import GitError
from bot.repository.git import Commit, Repository
from bot.repository.process import GitOutput
from bot.repository.stream import plain
from bot.repository.working_copy import WorkingCopy

__all__ = ["Merged", "Scratch", "Stage"]

BEGUN = datetime(1970, 1, 1, tzinfo=UTC)
"""The date of commits that only a merge sees."""


class Stage(Frozen):
    """One side of a file in conflict: 1 is what both began with, 2 is ours, 3 is theirs."""

    mode: str
    hash: str
    number: int
    path: str


class Merged(Frozen):
    """A merged tree; with conflicts, files hold markers and ``stages`` both sides."""

    tree: str
    stages: tuple[Stage, ...] = ()

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Return the paths that a person has to decide about."""
        return tuple(dict.fromkeys(stage.path for stage in self.stages))


class Scratch:
    """A bare repository that sees all objects of a working copy's repository, and keeps new ones to itself."""

    def __init__(self, folder: Path, source: WorkingCopy) -> None:
        """Work in an empty folder."""
        self.repository = Repository(folder)
        self.source = source

    async def create(self) -> None:
        """Make the repository."""
        await self.repository.create()
        await asyncio.to_thread(self.borrow)

    def borrow(self) -> None:
        """See the objects of the source, as far back as they go."""
        alternates = self.repository.path / "objects" / "info" / "alternates"
        alternates.parent.mkdir(parents=True, exist_ok=True)
        alternates.write_text(f"{self.source.common_folder / 'objects'}\n", encoding="utf-8")
        shallow = self.source.common_folder / "shallow"
        if shallow.exists():
            shutil.copy(shallow, self.repository.path / "shallow")

    async def tree(self, commit: str, without: str = "") -> str:
        """Return the tree of a commit, one top-level name left out."""
        entries = (await self.repository.git("ls-tree", "-z", f"{commit}^{{tree}}")).out.split(b"\0")
        kept = [entry for entry in entries if entry and entry.partition(b"\t")[2] != without.encode()]
        made = await self.repository.git("mktree", "-z", stdin=b"".join(entry + b"\0" for entry in kept))
        return made.out.decode().strip()

    async def commit_tree(self, tree: str, parents: Sequence[str], commit: Commit) -> str:
        """Make a commit of a tree that is there, whatever files the commit names; author and committer are one."""
        author, seconds = f"{plain(commit.author_name)} <{plain(commit.author_email)}>", int(commit.date.timestamp())
        lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
        lines += [f"{role} {author} {seconds} +0000" for role in ("author", "committer")]
        content = "\n".join([*lines, "", f"{commit.message.strip()}\n"])
        made = await self.repository.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=content.encode())
        return made.out.decode().strip()

    async def merge(
        self, base: str, ours: tuple[str, str], theirs: tuple[str, str], *, follow_renames: bool = True
    ) -> Merged:
        """Merge two trees that began as ``base``; each comes with the name that conflict markers call it by.

        With ``follow_renames`` a change goes on in a file that the other side moved. Raises GitError where git can't
        merge at all.
        """
        root = await self.commit_tree(base, (), commit_of_side("base"))
        for name, tree in (ours, theirs):
            side = await self.commit_tree(tree, (root,), commit_of_side(name))
            # Not among the branches, where a person's `merged/new` and one of ours could not both be.
            await self.repository.git("update-ref", f"refs/tags/{name}", side)
        renames = f"merge.renames={'true' if follow_renames else 'false'}"
        asked = ("-c", renames, "merge-tree", "--write-tree", "-z", "--messages", ours[0], theirs[0])
        return read_merge(await self.repository.git(*asked, accepted=(0, 1)))

    async def hand_over(self, commits: Sequence[str]) -> None:
        """Bring commits and all they hold into the source's repository; no reference there changes."""
        names = []
        for number, commit in enumerate(commits):
            names.append(f"refs/planthread/{number}")
            await self.repository.git("update-ref", names[-1], commit)
        place = str(await asyncio.to_thread(self.repository.path.absolute))
        await self.source.git("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-gc", place, *names)


def commit_of_side(name: str) -> Commit:
    """Return the commit of one side of a merge, which goes with the scratch."""
    return Commit(message=name, author_name=name, author_email=name, date=BEGUN, files={})


def read_merge(told: GitOutput) -> Merged:
    """Read what ``git merge-tree -z`` says: the tree, the stages of conflicts, and messages.

    Raises GitError where git knows no tree, and where it sees a conflict that is in no file, which nobody could decide.
    """
    parts = told.out.decode("utf-8", "surrogateescape").split("\0")
    if not parts[0]:
        raise GitError("git could not merge; nothing was changed.")
    stages: list[Stage] = []
    place = 1
    while place < len(parts) and parts[place]:
        about, _, path = parts[place].partition("\t")
        mode, name, number = about.split()
        stages.append(Stage(mode=mode, hash=name, number=int(number), path=path))
        place += 1
    if told.code and not stages:
        said = " ".join(messages(parts[place + 1 :]))
        raise GitError(f"git could not merge ({said or 'it does not say why'}); nothing was changed.")
    return Merged(tree=parts[0], stages=tuple(stages))


def messages(parts: Sequence[str]) -> list[str]:
    """Return the sentences that stand after the stages: each is a count, paths, a kind and the sentence."""
    found: list[str] = []
    place = 0
    while place < len(parts) and parts[place].isdigit():
        sentence = place + int(parts[place]) + 2
        if sentence < len(parts):
            found.append(parts[sentence].strip())
        place = sentence + 1
    return found
