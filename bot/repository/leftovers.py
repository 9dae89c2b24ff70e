"""What a killed git leaves behind: locks and half-written objects, swept where no git command runs any more.

Every git command of ours holds a shared lock on its repository's folder, and so does every process that it starts,
until the last of them has ended, however the bot ended. A sweep needs that lock for itself alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["running_in", "sweep", "swept", "swept_after"]

LEFT = (
    "*.lock", "refs/**/*.lock", "logs/**/*.lock", "objects/info/**/*.lock", "objects/pack/*.lock",
    "packed-refs.new", "fast_import_crash_*",
    "objects/??/tmp_obj_*", "objects/pack/tmp_*", "objects/pack/.tmp-*",
    "objects/tmp_obj_*", "objects/tmp_objdir-*", "objects/incoming-*",
)  # fmt: skip
"""Names in a bare repository that git gives only to what it is still writing. An empty HEAD is none either."""
PATIENCE = 10.0
"""Seconds in which the commands of a bot that was killed end by themselves."""
MOMENT = 1.0
"""Seconds in which what a command had started ends with it."""


@contextlib.contextmanager
def running_in(folder: Path) -> Iterator[tuple[int, ...]]:
    """Hold a folder as one in which a git command runs; give the descriptors that the command must inherit.

    It waits for a sweep that is under way, which takes milliseconds. Folders that can't be held are not swept either.
    """
    descriptor = None
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    try:
        yield () if descriptor is None else (descriptor,)
    finally:
        if descriptor is not None:
            os.close(descriptor)


def swept(folders: list[Path]) -> list[Path]:
    """Sweep the bare repositories in folders at a start; wait a moment for what an earlier bot's commands still do."""
    return swept_after([place for folder in folders for place in sorted(folder.glob("*.git"))], PATIENCE)


def swept_after(repositories: Sequence[Path], seconds: float = MOMENT) -> list[Path]:
    """Sweep repositories whose commands were just killed, as soon as the last of them has ended, and return what went.

    What still runs after that many seconds keeps its files.
    """
    deadline = time.monotonic() + seconds
    while not all(map(is_quiet, repositories)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return [left for place in repositories for left in sweep(place)]


def is_quiet(repository: Path) -> bool:
    """Tell whether no command runs in a repository any more, neither ours nor somebody else's."""
    if not repository.is_dir():
        return True
    with alone_in(repository) as alone:
        return alone and not stands_in(repository)


def sweep(repository: Path) -> list[Path]:
    """Take away what killed commands left in a bare repository, and return it; nothing while any command runs there."""
    with alone_in(repository) as alone:
        if not alone or stands_in(repository):
            return []
        left = sorted({path for pattern in LEFT for path in repository.glob(pattern)})
        left += [path for path in (repository / "HEAD",) if path.is_file() and not path.stat().st_size]
        for path in left:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        return left


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[bool]:
    """Hold a folder for oneself, and give whether that was possible at once."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except OSError:
        yield False
    finally:
        os.close(descriptor)


def stands_in(folder: Path) -> bool:
    """Tell whether a process works in a folder, such as the git of somebody who pushes; only Linux tells."""
    inside = str(folder.resolve())
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            place = str((process / "cwd").readlink())
            if place == inside or place.startswith(f"{inside}/"):
                return True
    return False
