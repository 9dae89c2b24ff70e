"""What a receiver does with a delivered repository: clone it, read its history, run its tests."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

__all__ = ["clone", "git", "history", "own_tests"]

REQUIRED = (
    "app/models/book.py", "app/schemas/book.py", "app/repositories/book.py", "app/services/book.py",
    "app/api/endpoints/books.py", "migrations/versions/0001_initial.py", "tests/api/test_books.py",
    ".planning/requirements.md", ".planning/tasks.md",
)  # fmt: skip


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


def own_tests(folder: Path, cache: Path) -> str:
    """Run the tests of a delivered service in the environment of its lock; return the last lines."""
    ready = next((cache / "environments").glob("*/.planthread-ready")).parent
    done = subprocess.run(
        [str(ready / "bin" / "python"), "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout[-300:]
