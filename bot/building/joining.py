"""Bringing two lines of commits together without touching either: a merge commit, or the files that people settle."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.building.commits import AUTHOR_EMAIL, AUTHOR_NAME
from bot.building.failures import ChangeStuck
from bot.repository.git import MAIN, Commit, Repository
from bot.repository.scratch import Scratch
from bot.repository.working_copy import WorkingCopy

__all__ = ["Conflicts", "join", "named_files", "upon_earlier"]

MOST_NAMED = 5
FIRST_MERGE = (
    "The change before this one, {branch}, and main touch the same lines of {files}. Merge it first, then Retry."
)


class Conflicts(Exception):  # noqa: N818 (an outcome that people are asked about, not a fault)
    """Both sides changed the same lines."""

    def __init__(self, paths: Sequence[str]) -> None:
        """Keep the paths of the files."""
        super().__init__(named_files(paths))
        self.paths = tuple(paths)


def named_files(paths: Sequence[str]) -> str:
    """Return the first files in words, and how many more there are."""
    more = len(paths) - MOST_NAMED
    return ", ".join(f"`{path}`" for path in paths[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


async def join(repository: Repository, ours: str, theirs: tuple[str, str], date: datetime) -> str:
    """Return a commit that holds both lines: one of the two where it holds the other, else a merge of that date.

    ``theirs`` is a branch's name and its commit. Raises Conflicts, and ChangeStuck where they share no history.
    """
    branch, tip = theirs
    if await repository.is_ancestor(tip, ours):
        return ours
    if await repository.is_ancestor(ours, tip):
        return tip
    base = await repository.merge_base(ours, tip)
    if base is None:
        raise ChangeStuck(f"main and {branch} share no history any more; merge them by hand in a clone, then Retry.")
    words = Commit(
        message=f"Merge branch '{branch}'", author_name=AUTHOR_NAME, author_email=AUTHOR_EMAIL, date=date, files={}
    )
    with tempfile.TemporaryDirectory(prefix="planthread-") as folder:
        scratch = Scratch(Path(folder) / "scratch.git", WorkingCopy.bare(repository))
        await scratch.create()
        sides = (MAIN, await scratch.tree(ours)), (branch, await scratch.tree(tip))
        merged = await scratch.merge(await scratch.tree(base), *sides)
        if merged.conflicts:
            raise Conflicts(merged.conflicts)
        made = await scratch.commit_tree(merged.tree, (ours, tip), words)
        await scratch.hand_over((made,))
    return made


async def upon_earlier(repository: Repository, main: str, earlier: tuple[str, str], date: datetime) -> str:
    """Return main with the change before, a branch and its commit, which nobody has merged yet. Raises ChangeStuck."""
    try:
        return await join(repository, main, earlier, date)
    except Conflicts as conflicts:
        raise ChangeStuck(FIRST_MERGE.format(branch=earlier[0], files=conflicts)) from conflicts
