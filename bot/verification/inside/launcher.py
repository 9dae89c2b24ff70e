"""Sets limits, copies the tree where asked, drops to another user where told, then becomes the command.

``python -I -S launcher.py '<JSON>' command…``. The JSON holds ``limits`` (name of a resource → number), ``uid`` (a
number or null), ``die_with_parent``, ``copies`` (tree → where it is copied first), and the ``directory`` to be in.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

LEFT_OUT = {".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", "node_modules"}
"""Folders that are not copied: no judge needs them."""
PR_SET_PDEATHSIG = 1
SIGKILL = 9


def set_limits(limits: dict[str, int]) -> None:
    """Lower the limits that this system knows; a limit is never raised."""
    import resource

    for name, value in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(OSError, ValueError):  # macOS refuses some; the wall clock holds everywhere
            resource.setrlimit(kind, (wanted, wanted))


def copy_tree(source: Path, work: Path, uid: int | None) -> None:
    """Copy a tree without repositories and caches, for a user where told; links stay links, odd files are left out."""
    work.mkdir()
    give(work, uid)
    for entry in os.scandir(source):
        target = work / entry.name
        if entry.is_symlink():
            target.symlink_to(Path(entry.path).readlink())
        elif entry.is_dir() and entry.name not in LEFT_OUT:
            copy_tree(Path(entry.path), target, uid)
        elif entry.is_file():
            target.write_bytes(Path(entry.path).read_bytes())
            target.chmod(0o755 if entry.stat().st_mode & 0o100 else 0o644)
            give(target, uid)


def give(path: Path, uid: int | None) -> None:
    """Give a file or folder to a user."""
    if uid is not None:
        os.chown(path, uid, uid, follow_symlinks=False)


def drop_to(uid: int) -> None:
    """Become another user for good."""
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)


def die_with_parent() -> None:
    """Ask the system to kill this process when its parent dies; only Linux can."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, SIGKILL)


def main(arguments: list[str]) -> None:
    """Prepare as told, then become the command."""
    orders: dict[str, Any] = json.loads(arguments[0])
    command = arguments[1:]
    if orders["die_with_parent"]:
        die_with_parent()
    for source, target in orders["copies"].items():
        copy_tree(Path(source), Path(target), orders["uid"])
    if orders["uid"] is not None:
        drop_to(orders["uid"])
    os.chdir(orders["directory"])
    set_limits(orders["limits"])
    os.execvpe(command[0], command, os.environ)  # noqa: S606 - a list of our own, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
