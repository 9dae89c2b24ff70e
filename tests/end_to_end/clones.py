"""What a receiver does with a delivered repository: clone it, read its history, run its tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

__all__ = ["built_again", "check_the_library", "clone", "git", "history", "own_tests"]

REQUIRED = (
    "app/models/book.py", "app/schemas/book.py", "app/repositories/book.py", "app/services/book.py",
    "app/api/endpoints/books.py", "migrations/versions/0001_initial.py", "tests/api/test_books.py",
    ".planning/requirements.md", ".planning/tasks.md",
)  # fmt: skip


ROOT = Path(__file__).resolve().parents[2]


def git(*arguments: str, folder: Path | None = None) -> str:
    """Run git as anybody would; return what it prints."""
    environment = os.environ | {"GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def clone(address: str, folder: Path) -> Path:
    """Clone a repository."""
    git("clone", "--quiet", address, str(folder))
    return folder


def history(folder: Path) -> list[str]:
    """Return the hashes of ``main``, oldest first."""
    return git("rev-list", "--reverse", "main", folder=folder).split()


def built_again(folder: Path, before: str, after: str) -> None:
    """Edit a clone, change its specs, and build upon it with the command line; the edit and the change are there."""
    service = folder / "app/services/book.py"
    service.write_text(f"{service.read_text()}\n# A person: this one is ours.\n")
    git("-c", "user.name=Mara", "-c", "user.email=mara@example.org", "commit", "-qam", "Ours", folder=folder)
    specs = (folder / ".planning/entity_specs.txt").read_text()
    assert before in specs, specs
    changed = folder.parent / "changed.txt"
    changed.write_text(specs.replace(before, f"{after}{before}", 1))
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "build", str(changed), "--out", str(folder), "--no-verify"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# A person: this one is ours." in service.read_text()
    assert git("rev-parse", "generated~1", folder=folder) == git("rev-parse", "origin/generated", folder=folder)
    assert git("status", "--porcelain", folder=folder) == ""


def own_tests(folder: Path, cache: Path, *only: str) -> str:
    """Run the tests of a delivered service, or only some, in the environment of its lock; return the last lines."""
    ready = next((cache / "environments").glob("*/.planthread-ready")).parent
    done = subprocess.run(
        [str(ready / "bin" / "python"), "-m", "pytest", "-q", "-p", "no:cacheprovider", *only],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout[-300:]


def check_the_library(delivered: str, folder: Path, cache: Path) -> None:
    """Clone the library of a story, read its history as its receiver would, run its tests, and build upon it."""
    address = re.search(r"git clone (\S+)`", delivered)
    assert address, delivered
    place = clone(address[1], folder / "clone")
    for path in (*REQUIRED, "app/models/loan.py", "app/models/member.py"):
        assert (place / path).is_file(), path
    assert "pages" in (place / "app/models/book.py").read_text()
    tasks = (place / ".planning" / "tasks.md").read_text()
    assert "- [x] 4." in tasks
    assert "- [ ]" not in tasks, "every box is ticked"
    trailers = git("log", "--format=%(trailers:key=Plan-Task,valueonly)", folder=place).split()
    assert len(trailers) == len(set(trailers)) == tasks.count("- [x] ") - 4, "one commit a task"
    assert len(history(place)) == len(trailers) + 5, "and one for the plan and one a phase"
    assert " passed" in own_tests(place, cache)
    built_again(place, "  - isbn:", "  - shelf: Optional[str] (max 20)\n")
    assert "shelf: Mapped[str | None]" in (place / "app/models/book.py").read_text()
    assert list((place / "migrations/versions").glob("0002_add_shelf_to_books.py")), "and a migration for the rows"
