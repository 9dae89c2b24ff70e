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

from bot.patterns import regex

__all__ = ["SHARED_MEMORY", "SHORT_PLACE", "forget_the_dead", "socket_folder", "throwaway_folder"]

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made there has an unguessable name, and is its owner's alone
SHORT_PLACE = Path("/tmp")  # noqa: S108 - as above
"""Where folders for sockets are made whose usual place has too long a path."""
LONGEST_SOCKET = 100
"""Bytes of a socket's path that every system takes: Linux has room for 107 of them, macOS for 103."""
ROOM = 4
"""How many times the bytes must be free there: a container has 64 MB for everybody in it."""
MAKER = regex(r"-([0-9]+)-[a-z0-9_]+$")
"""The number of the process that made a folder, before the letters that nobody can guess."""
FILE_BYTES = 4096
"""What a file takes at least."""


@contextlib.contextmanager
def throwaway_folder(prefix: str, sizes: Iterator[int]) -> Iterator[Path]:
    """Give a new folder for files of these sizes in bytes; it goes with everything in it."""
    needed = sum(max(size, FILE_BYTES) for size in sizes)
    with tempfile.TemporaryDirectory(prefix=f"{prefix}{os.getpid()}-", dir=place_for(needed)) as name:
        yield Path(name)


def socket_folder(prefix: str) -> Path:
    """Make a folder among temporary files for a socket with a name of one letter, and give it.

    A bot's temporary files are in its data folder, which the next start empties. Where that has too long a path for
    any socket, the folder is made elsewhere, and the number of this process in its name lets the next start find it.
    """
    made = Path(tempfile.mkdtemp(prefix=prefix))
    if len(os.fsencode(made / "s")) <= LONGEST_SOCKET:
        return made
    made.rmdir()
    return Path(tempfile.mkdtemp(prefix=f"planthread-{prefix}{os.getpid()}-", dir=SHORT_PLACE))


def forget_the_dead(place: Path = SHARED_MEMORY) -> list[Path]:
    """Take away, and return, what processes that were killed left at a place: their numbers are in the names."""
    left = [
        folder for folder in place.glob("planthread-*") if (found := MAKER.search(folder.name)) and is_dead(found[1])
    ]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return left


def is_dead(process: str) -> bool:
    """Tell whether there is no process of that number."""
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False


def place_for(needed: int) -> Path | None:
    """Return the place in memory if it has room for so many bytes; else None, the usual place."""
    if "TMPDIR" in os.environ or not os.access(SHARED_MEMORY, os.W_OK | os.X_OK):
        return None
    with contextlib.suppress(OSError):
        if shutil.disk_usage(SHARED_MEMORY).free >= ROOM * needed:
            return SHARED_MEMORY
    return None
