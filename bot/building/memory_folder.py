"""Throwaway folders for many small files: in memory where the system has such a place, else among temporary files.

Writing and deleting a thousand files costs seconds on a disk that other programs use, and next to nothing in memory.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

__all__ = ["throwaway_folder"]

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made there has an unguessable name, and is its owner's alone
ROOM = 4
"""How many times the bytes must be free there: a container has 64 MB for everybody in it."""
FILE_BYTES = 4096
"""What a file takes at least."""


@contextlib.contextmanager
def throwaway_folder(prefix: str, sizes: Iterator[int]) -> Iterator[Path]:
    """Give a new folder for files of these sizes in bytes; it goes with everything in it."""
    needed = sum(max(size, FILE_BYTES) for size in sizes)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=place_for(needed)) as name:
        yield Path(name)


def place_for(needed: int) -> Path | None:
    """Return the place in memory if it has room for so many bytes; else None, the usual place."""
    if "TMPDIR" in os.environ or not os.access(SHARED_MEMORY, os.W_OK | os.X_OK):
        return None
    with contextlib.suppress(OSError):
        if shutil.disk_usage(SHARED_MEMORY).free >= ROOM * needed:
            return SHARED_MEMORY
    return None
