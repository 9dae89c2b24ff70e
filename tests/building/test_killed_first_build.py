"""A first build is there as a whole or not at all; what a killed one leaves behind goes with the next."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.building.beside import folder_beside
from tests.building.regenerated import SPECS, built
from tests.git_commands import git

ROOT = Path(__file__).resolve().parents[2]
DYING = """
import os, signal, sys
from bot.building import beside, command
from bot.cli import app
from bot.repository.git import Repository
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
{place} = die
app(sys.argv[1:])
"""
PLACES = {
    "before anything is made": "Repository.create",
    "before it is all there": "Repository.check_out",
    "before it gets its name": "command.move_into_place",
    "before its folder goes": "beside.remove",
}
SLOW = """
import sys, time
from bot.building import command
from bot.cli import app
def wait(*_): print("waiting", flush=True); time.sleep(3)
command.move_into_place = wait
app(sys.argv[1:])
"""


def arguments(folder: Path) -> list[str]:
    """Return what a build is asked for; its specs lie elsewhere."""
    document = folder.parent.parent / "books.specs.txt"
    document.write_text(SPECS)
    name = ("--name", "Reading room", "--date", "2026-11-20")
    return ["build", str(document), "--out", str(folder), "--no-verify", *name]


def environment() -> dict[str, str]:
    """Return the environment of a process that dies, without what counts lines."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    return {**kept, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where a repository is wanted, in a folder with something else in it."""
    (tmp_path / "place" / ".books-mine").mkdir(parents=True)
    (tmp_path / "place" / ".books-mine" / "notes.txt").write_text("a person's\n")
    return tmp_path / "place" / "books"


def beside(folder: Path) -> list[str]:
    """Return the names of what is there beside the repository."""
    return sorted(path.name for path in folder.parent.iterdir() if path != folder)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_a_kill_leaves_all_or_nothing_and_the_next_build_tidies_up(first: Path, folder: Path, place: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DYING.format(place=place), *arguments(folder)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert folder.exists() is (place == PLACES["before its folder goes"])
    assert len(beside(folder)) == 2, "something was left, beside what was there before"

    again = built(folder, SPECS, "--name", "Reading room", day="2026-11-20")

    assert again.exit_code == 0, again.output
    assert git(folder, "rev-parse", "main", "generated") == git(first, "rev-parse", "main", "generated")
    assert git(folder, "status", "--porcelain") == ""
    assert beside(folder) == [".books-mine", "books.specs.txt"]
    assert (folder.parent / ".books-mine" / "notes.txt").read_text() == "a person's\n"


def test_a_build_that_is_told_to_end_leaves_nothing(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, *arguments(folder)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"waiting\n"
        process.terminate()
        assert process.wait(60) == 143
    assert beside(folder) == [".books-mine"]
    assert not folder.exists()


def test_the_folder_of_a_build_that_lives_stays(folder: Path) -> None:
    with folder_beside(folder) as other:
        (other / "history.git").mkdir()
        with folder_beside(folder) as mine:
            assert mine != other
        assert (other / "history.git").exists()
    assert beside(folder) == [".books-mine"]


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="no prlimit (install util-linux)")
@pytest.mark.parametrize("limit", [100, 20000])
def test_a_full_disk_leaves_nothing_and_is_said(folder: Path, limit: int) -> None:
    done = subprocess.run(
        ["prlimit", f"--fsize={limit}", sys.executable, "-m", "bot.cli", *arguments(folder)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "make room, then run it again" in done.stderr
    assert beside(folder) == [".books-mine"]
    assert not folder.exists()


def test_specs_that_are_none_leave_not_even_the_folders_above(tmp_path: Path) -> None:
    refused = built(tmp_path / "books", "Please build me something nice.\n")
    assert refused.exit_code == 1
    deep = tmp_path / "a" / "b" / "books"
    document = tmp_path / "books.specs.txt"
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "build", str(document), "--out", str(deep), "--no-verify"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert not (tmp_path / "a").exists()
