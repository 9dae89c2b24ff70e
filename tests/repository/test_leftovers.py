"""What a killed git leaves in a repository stops no later command, and nothing that still runs is disturbed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.repository.git import Repository
from bot.repository.leftovers import running_in, sweep, swept
from bot.repository.process import run_git
from tests.git_commands import git
from tests.repository.test_git import commit

LEFT = (
    "HEAD.lock",
    "config.lock",
    "packed-refs.lock",
    "packed-refs.new",
    "refs/heads/main.lock",
    "refs/heads/change/2.lock",
    "objects/ab/tmp_obj_x7Hd2k",
    "objects/pack/tmp_pack_Ab12Cd",
    "objects/pack/tmp_idx_Ab12Cd",
    "objects/tmp_objdir-incoming-k2Lw9q/ab/cdef",
    "fast_import_crash_4711",
)
ENDLESS = r"(printf 'blob\ndata 5\nhello\n'; exec sleep 600) | git fast-import --quiet"
"""An import that has begun to write, and waits for what never comes."""


def leave(repository: Path) -> None:
    """Leave what git leaves that is killed while it writes."""
    for name in LEFT:
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).touch()


async def test_a_repository_that_a_killed_git_locked_can_be_written_again(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "books.git")
    await repository.create()
    first = await repository.commit("main", None, commit("first", {"a.txt": b"a"}))
    leave(repository.path)

    await repository.create()
    second = await repository.commit("main", first, commit("second", {"b.txt": b"b"}))

    assert await repository.head("main") == second
    assert not [name for name in LEFT if (repository.path / name).exists()]
    git(repository.path, "fsck", "--strict")


@pytest.mark.parametrize("made", [(), ("HEAD",), ("config",), ("HEAD.lock", "config.lock")])
async def test_a_repository_that_was_being_made_is_made(tmp_path: Path, made: tuple[str, ...]) -> None:
    repository = Repository(tmp_path / "books.git")
    repository.path.mkdir()
    for name in made:
        (repository.path / name).touch()

    await repository.create()

    assert await repository.commit("main", None, commit("first", {"a.txt": b"a"}))
    assert (repository.path / "HEAD").read_text() == "ref: refs/heads/main\n"


async def test_nothing_is_swept_while_a_command_or_its_children_run(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "books.git")
    await repository.create()
    leave(repository.path)
    with running_in(repository.path) as inherited:
        child = subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE, pass_fds=inherited
        )
        assert sweep(repository.path) == []
    assert sweep(repository.path) == [], "its child still runs"

    child.communicate()

    assert len(sweep(repository.path)) == len(LEFT)


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="this system doesn't tell where processes work")
async def test_nothing_is_swept_where_somebody_else_works(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "books.git")
    await repository.create()
    leave(repository.path)
    pushing = subprocess.Popen(
        [sys.executable, "-c", "import sys; print(flush=True); sys.stdin.read()"],
        cwd=repository.path, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert pushing.stdout
    pushing.stdout.readline()
    assert sweep(repository.path) == []

    pushing.communicate()

    assert len(await asyncio.to_thread(swept, [tmp_path])) == len(LEFT)


async def test_what_a_command_was_writing_that_is_cut_off_goes_with_it(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "books.git")
    await repository.create()
    importing = asyncio.create_task(run_git(["-c", f"alias.forever=!{ENDLESS}", "forever"], folder=repository.path))
    await until_written(repository.path)

    importing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await importing

    assert written_in(repository.path) == []
    assert sweep(repository.path) == []


async def test_a_push_that_is_cut_off_leaves_nothing_on_either_side(tmp_path: Path) -> None:
    near, far = Repository(tmp_path / "near.git"), Repository(tmp_path / "far.git")
    await near.create()
    await far.create()
    first = await near.commit("main", None, commit("first", {"a.txt": b"a"}))
    hook = far.path / "hooks" / "pre-receive"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\nexec sleep 600\n")
    hook.chmod(0o755)
    pushing = asyncio.create_task(
        run_git(
            ["-c", f"core.hooksPath={hook.parent}", "push", str(far.path), f"{first}:refs/heads/main"],
            folder=near.path, written=[far.path],
        )
    )  # fmt: skip
    await until_written(far.path)

    pushing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await pushing

    assert (written_in(near.path), written_in(far.path)) == ([], [])


async def until_written(repository: Path) -> None:
    """Wait until a command writes in a repository."""
    for _ in range(600):
        if written_in(repository):
            return
        await asyncio.sleep(0.05)
    pytest.fail("nothing was written")


def written_in(repository: Path) -> list[Path]:
    """Return what git is still writing in a repository."""
    return [path for pattern in ("*.lock", "tmp_*") for path in (repository / "objects").rglob(pattern)]
