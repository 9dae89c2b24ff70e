"""Merges in memory: whatever branches are called, both sides of a conflict are there, and none goes unsaid."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.repository.errors import GitError
from bot.repository.git import Commit
from bot.repository.process import GitOutput
from bot.repository.scratch import Scratch, read_merge
from bot.repository.working_copy import WorkingCopy
from tests.git_commands import git


def commit_of(text: str) -> Commit:
    """Return a commit of one file."""
    return Commit(
        message="what is new",
        author_name="Mara",
        author_email="mara@example.org",
        date=datetime(2026, 11, 20, tzinfo=UTC),
        files={"changed.txt": text.encode()},
    )


async def scratch_of(folder: Path, place: Path) -> Scratch:
    """Return a scratch repository that sees the objects of a working copy."""
    scratch = Scratch(place, await WorkingCopy.open(folder))
    await scratch.create()
    return scratch


@pytest.mark.parametrize("branch", ["main", "merged", "merged/new", "pure/new", "größer"])
async def test_a_branch_of_any_name_is_merged_beside_our_own(folder: Path, tmp_path: Path, branch: str) -> None:
    scratch = await scratch_of(folder, tmp_path / "scratch.git")
    old = git(folder, "rev-parse", "main")
    pure = await scratch.repository.commit("pure", old, commit_of("generated\n"))

    base, theirs = await scratch.tree(old), await scratch.tree(pure)
    ours = await scratch.tree(git(folder, "rev-parse", "later"))
    merged = await scratch.merge(base, (branch, ours), ("generated", theirs))
    made = await scratch.commit_tree(merged.tree, (old,), commit_of("not looked at"))
    kept = await scratch.repository.commit("merged", made, commit_of("decided\n"))

    assert merged.conflicts == ("changed.txt",)
    marked = (await scratch.repository.file(made, "changed.txt") or b"").decode()
    assert [line for line in marked.splitlines() if line.startswith(("<<<", ">>>"))] == [
        f"<<<<<<< {branch}",
        ">>>>>>> generated",
    ]
    assert await scratch.repository.file(kept, "changed.txt") == b"decided\n"


async def test_a_commit_of_a_tree_has_the_author_of_the_build(folder: Path, tmp_path: Path) -> None:
    scratch = await scratch_of(folder, tmp_path / "scratch.git")
    old = git(folder, "rev-parse", "main")

    made = await scratch.commit_tree(await scratch.tree(old), (old,), commit_of(""))

    (logged,) = await scratch.repository.log(made, 1)
    assert (logged.subject, logged.author, logged.date.isoformat()) == (
        "what is new",
        "Mara",
        "2026-11-20T00:00:00+00:00",
    )
    assert logged.parents == (old,)


def test_a_conflict_that_is_in_no_file_is_said_and_never_committed() -> None:
    said = b"1\x00app\x00CONFLICT (directory rename split)\x00app was split between two folders\n\x00"
    with pytest.raises(GitError, match="app was split between two folders"):
        read_merge(GitOutput(1, b"0" * 40 + b"\x00\x00" + said, ""))

    assert read_merge(GitOutput(0, b"0" * 40 + b"\x00\x00" + said, "")).conflicts == ()
