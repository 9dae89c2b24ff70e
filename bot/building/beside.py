"""A folder beside the place of a new repository: it is made there, and gets its name in one step when it is whole.

A build that was killed leaves its folder; the next one at that place finds that nobody holds its lock, and removes it.
"""

from __future__ import annotations

import contextlib
import glob
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

__all__ = ["folder_beside", "remove_abandoned"]

LOCK = "planthread-build.lock"
"""The file by which such a folder is known, and which its build holds as long as it lives."""


@contextlib.contextmanager
def folder_beside(out: Path) -> Iterator[Path]:
    """Give a new folder beside a place, gone at the end; folders that killed builds left go first."""
    remove_abandoned(out)
    beside = Path(tempfile.mkdtemp(dir=out.parent, prefix=prefix_of(out)))
    try:
        with FileLock(beside / LOCK):
            yield beside
    finally:
        remove(beside)


def remove_abandoned(out: Path) -> None:
    """Remove what killed builds left beside a place; a folder of a build that lives, or of a person, stays."""
    for lock in out.parent.glob(f"{glob.escape(prefix_of(out))}*/{LOCK}"):
        with contextlib.suppress(Timeout, OSError), FileLock(lock, blocking=False):
            remove(lock.parent)


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it."""
    shutil.rmtree(folder, ignore_errors=True)


def prefix_of(out: Path) -> str:
    """Return how the folders beside a place begin."""
    return f".{out.name}-"
