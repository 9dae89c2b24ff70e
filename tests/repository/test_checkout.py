"""A working copy moves wholly or not at all: a real kill at every step, a full disk, and files of people in the way."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.repository.checkout import Checkout
from bot.repository.errors import CheckoutRefused
from bot.repository.moves import Move, Resumed
from bot.repository.scratch import Stage
from bot.repository.working_copy import WorkingCopy
from tests.git_commands import git

ROOT = Path(__file__).resolve().parents[2]
STEPS = (
    "require_room", "write_journal", "move_references", "place_files", "remove_file", "place_file", "place_index",
    "copy_index", "install_index", "leave_merge", "close",
)  # fmt: skip
KILLED = """
import asyncio, inspect, os, signal, sys
from pathlib import Path
from bot.repository.checkout import Checkout
from bot.repository.moves import Move
from bot.repository.working_copy import WorkingCopy

folder, move, step, moment = sys.argv[1:]

def dying(method):
    def end():
        os.kill(os.getpid(), signal.SIGKILL)
    if inspect.iscoroutinefunction(method):
        async def wrapped(*given, **named):
            if moment == "before":
                end()
            await method(*given, **named)
            end()
    else:
        def wrapped(*given, **named):
            if moment == "before":
                end()
            method(*given, **named)
            end()
    return wrapped

if step:
    setattr(Checkout, step, dying(getattr(Checkout, step)))

async def main():
    copy = await WorkingCopy.open(Path(folder))
    await Checkout(copy).move(Move.model_validate_json(move))

asyncio.run(main())
"""


def move_of(folder: Path, *, conflict: bool = False) -> Move:
    """Return the move of `main` to the second commit; or of `generated` only, with a merge for a person."""
    old, new = git(folder, "rev-parse", "main"), git(folder, "rev-parse", "later")
    if not conflict:
        return Move(branch="main", old=old, new=new, other="generated", other_old=None, other_new=new, files=new)
    blob = git(folder, "rev-parse", "later:changed.txt")
    stages = tuple(Stage(mode="100644", hash=blob, number=number, path="changed.txt") for number in (1, 2, 3))
    return Move(
        branch="main", old=old, new=old, other="generated", other_old=None, other_new=new, files=new, stages=stages,
        message="Merge what is new\n",
    )  # fmt: skip


def run(folder: Path, move: Move, step: str = "", moment: str = "before", limit: int | None = None) -> int:
    """Move in a process of its own, which kills itself at a step; return how it ended."""
    limited = ["prlimit", f"--fsize={limit}"] if limit is not None else []
    done = subprocess.run(
        [*limited, sys.executable, "-c", KILLED, str(folder), move.model_dump_json(), step, moment],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode


async def checkout_of(folder: Path) -> Checkout:
    return Checkout(await WorkingCopy.open(folder))


def state(folder: Path) -> State:
    """Return where `main` is, what the changed file holds, and what git says of tracked files."""
    subject = git(folder, "log", "-1", "--format=%s", "main")
    return subject, (folder / "changed.txt").read_text(), git(folder, "status", "--porcelain", "-uno").splitlines()


State = tuple[str, str, list[str]]
OLD: State = ("old", "old\n", [])
NEW: State = ("new", "new\n", [])
MERGING = ["UU changed.txt", "D  gone/deep.txt", "A  new/deep/file.txt"]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
async def test_a_kill_at_any_step_leaves_the_old_or_the_new_and_the_next_run_ends_it(
    folder: Path, step: str, moment: str
) -> None:
    assert run(folder, move_of(folder), step, moment) == -signal.SIGKILL
    assert git(folder, "log", "-1", "--format=%s", "main") in {"old", "new"}

    await (await checkout_of(folder)).resume()

    assert state(folder) in (OLD, NEW)
    assert (state(folder) == NEW) == (git(folder, "branch", "--list", "generated") != "")
    assert (folder / "mine.txt").read_text() == "nobody committed this\n"
    assert sorted(path.name for path in (folder / ".git").glob("*planthread*")) == []
    assert not list(folder.rglob("*.planthread-new"))
    assert await (await checkout_of(folder)).resume() is None


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", ["move_references", "place_file", "install_index", "leave_merge", "close"])
async def test_a_kill_leaves_a_conflict_whole_or_not_at_all(folder: Path, step: str, moment: str) -> None:
    assert run(folder, move_of(folder, conflict=True), step, moment) == -signal.SIGKILL

    await (await checkout_of(folder)).resume()

    if git(folder, "branch", "--list", "generated"):
        assert state(folder) == ("old", "new\n", MERGING)
        assert (folder / ".git/MERGE_HEAD").read_text().strip() == git(folder, "rev-parse", "generated")
        git(folder, "merge", "--abort")
    assert state(folder) == OLD


async def test_what_a_person_edits_after_a_kill_stays_and_stops_the_next_run(folder: Path) -> None:
    run(folder, move_of(folder), "place_files", "before")
    (folder / "changed.txt").write_text("mine\n")

    with pytest.raises(CheckoutRefused, match=r"'changed.txt' is in the way"):
        await (await checkout_of(folder)).resume()
    assert (folder / "changed.txt").read_text() == "mine\n"

    (folder / "changed.txt").write_text("old\n")
    assert await (await checkout_of(folder)).resume() == Resumed(is_finished=True)
    assert state(folder) == NEW


async def test_a_person_who_went_on_after_a_kill_is_left_alone(folder: Path) -> None:
    run(folder, move_of(folder), "close", "before")
    (folder / "changed.txt").write_text("mine, later\n")

    assert await (await checkout_of(folder)).resume() == Resumed(is_finished=True)
    assert state(folder) == ("new", "mine, later\n", ["M changed.txt"])


async def test_commits_of_a_person_after_a_kill_are_left_alone(folder: Path) -> None:
    run(folder, move_of(folder), "close", "before")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "mine")

    assert await (await checkout_of(folder)).resume() == Resumed(is_finished=True)
    assert git(folder, "log", "-1", "--format=%s", "main") == "mine"
    assert (folder / "changed.txt").read_text() == "new\n"


async def test_a_commit_that_takes_back_what_was_not_yet_in_place_is_told_of(folder: Path) -> None:
    run(folder, move_of(folder), "place_files", "before")
    (folder / "own.txt").write_text("mine\n")
    git(folder, "add", "own.txt")
    git(folder, "commit", "--quiet", "--message", "mine")

    with pytest.raises(CheckoutRefused, match="took them back, since it was made without them") as refused:
        await (await checkout_of(folder)).resume()
    assert git(folder, "log", "-1", "--format=%s", "main") == "mine", "nothing of a person is touched"

    for command in re.findall(r"`git (.*?)`", str(refused.value)):
        words, _, file = command.partition(" > ")
        said = git(folder, *words.split())
        if file:
            (folder / file).write_text(f"{said}\n")
    git(folder, "commit", "--quiet", "--message", "mine, again")
    assert await (await checkout_of(folder)).resume() == Resumed(is_finished=True)
    assert (folder / "changed.txt").read_text() == "new\n"
    assert (folder / "own.txt").read_text() == "mine\n"


async def test_locks_of_a_killed_run_go_and_those_of_others_stay(folder: Path) -> None:
    run(folder, move_of(folder), "move_references", "before")
    (folder / ".git/refs/heads/main.lock").write_text("")
    assert await (await checkout_of(folder)).resume() == Resumed(is_finished=False)
    assert not (folder / ".git/refs/heads/main.lock").exists()

    (folder / ".git/index.lock").write_text("")
    with pytest.raises(CheckoutRefused, match="Another git is at work here"):
        await (await checkout_of(folder)).move(move_of(folder))
    assert (folder / ".git/index.lock").exists()


async def test_what_a_killed_run_had_half_written_goes(folder: Path) -> None:
    run(folder, move_of(folder), "move_references", "before")
    (folder / "changed.txt.planthread-new").write_text("ne")
    assert await (await checkout_of(folder)).resume() == Resumed(is_finished=False)
    assert not (folder / "changed.txt.planthread-new").exists()

    (folder / ".git/planthread-build.new").write_text('{"bran')
    assert await (await checkout_of(folder)).resume() is None
    assert list((folder / ".git").glob("*planthread*")) == []


async def test_one_reference_of_two_is_followed_by_the_other(folder: Path) -> None:
    move = move_of(folder)
    run(folder, move, "move_references", "before")
    git(folder, "update-ref", "refs/heads/generated", move.other_new)

    assert await (await checkout_of(folder)).resume() == Resumed(is_finished=True)
    assert state(folder) == NEW


@pytest.mark.parametrize("name", ["new/deep/file.txt", "new"])
async def test_a_file_that_nobody_committed_is_never_overwritten(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("mine\n")

    with pytest.raises(CheckoutRefused, match="is in the way"):
        await (await checkout_of(folder)).move(move_of(folder))
    assert state(folder) == OLD
    assert (folder / name).read_text() == "mine\n"


async def test_a_link_is_never_followed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / "new").symlink_to(outside)

    with pytest.raises(CheckoutRefused, match="is in the way"):
        await (await checkout_of(folder)).move(move_of(folder))
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="no prlimit (install util-linux)")
async def test_a_full_disk_in_the_middle_is_finished_when_there_is_room(folder: Path) -> None:
    git(folder, "switch", "--quiet", "later")
    (folder / "big.bin").write_bytes(os.urandom(200_000))
    git(folder, "add", "big.bin")
    git(folder, "commit", "--quiet", "--message", "new")
    git(folder, "switch", "--quiet", "main")

    assert run(folder, move_of(folder), limit=100_000) == 1
    assert git(folder, "log", "-1", "--format=%s", "main") == "new"
    assert not (folder / "big.bin").exists()

    assert await (await checkout_of(folder)).resume() == Resumed(is_finished=True)
    assert (folder / "big.bin").stat().st_size == 200_000
    assert state(folder) == NEW


@pytest.fixture
def private() -> Iterator[None]:
    """Give new files to their owner alone, as long as the test lasts."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("private")
async def test_who_may_read_a_file_stays_as_the_system_has_it(folder: Path) -> None:
    git(folder, "switch", "--quiet", "later")
    (folder / "start.sh").write_text("new\n")
    git(folder, "add", "start.sh")
    git(folder, "update-index", "--chmod=+x", "start.sh")
    git(folder, "commit", "--quiet", "--message", "new")
    git(folder, "switch", "--quiet", "--force", "main")

    await (await checkout_of(folder)).move(move_of(folder))

    modes = {name: (folder / name).stat().st_mode & 0o777 for name in ("start.sh", "new/deep/file.txt")}
    assert modes == {"start.sh": 0o700, "new/deep/file.txt": 0o600}
    assert git(folder, "status", "--porcelain", "-uno") == ""


async def test_a_disk_without_hard_links_is_no_hindrance(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    await (await checkout_of(folder)).move(move_of(folder))

    assert state(folder) == NEW
    assert sorted(path.name for path in (folder / ".git").glob("*planthread*")) == []
    assert not (folder / ".git/index.lock").exists()


async def test_a_journal_that_says_nothing_is_forgotten(folder: Path) -> None:
    (folder / ".git/planthread-build.json").write_text(json.dumps({"what": "is this"}))
    assert await (await checkout_of(folder)).resume() is None
    assert not (folder / ".git/planthread-build.json").exists()


async def test_a_working_copy_beside_another_moves_too(folder: Path, tmp_path: Path) -> None:
    git(folder, "branch", "side", "main")
    git(folder, "worktree", "add", "--quiet", str(tmp_path / "side"), "side")
    move = move_of(folder).model_copy(update={"branch": "side"})

    await (await checkout_of(tmp_path / "side")).move(move)

    assert (tmp_path / "side/changed.txt").read_text() == "new\n"
    assert git(tmp_path / "side", "status", "--porcelain") == ""
    assert state(folder) == OLD


async def test_two_builds_never_work_on_one_copy(folder: Path) -> None:
    first, second = await WorkingCopy.open(folder), await WorkingCopy.open(folder)
    with first.alone(), pytest.raises(CheckoutRefused, match="Another build is at work here"), second.alone():
        pytest.fail("both are at work")
    with second.alone():
        assert (await second.branch()) == "main"
