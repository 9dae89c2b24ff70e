"""What is there after a run: read from files and from the system, never asked of the bot."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.git_commands import git

__all__ = [
    "at_rest",
    "children",
    "commits_of",
    "delivered",
    "judges",
    "keys_of",
    "left_alone",
    "left_behind",
    "orphans",
    "standing",
    "thread",
    "told_of_errors",
    "waits_for_answer",
    "waits_for_approval",
]

PR_SET_CHILD_SUBREAPER = 36
GRACE = 30.0
"""Seconds in which the commands of a killed bot must be gone; the system ends them at once, a busy machine later."""
GIT_LEFT = ("*.lock", "tmp_*", "*.tmp", ".tmp-*")
"""What git leaves of a command that was killed."""


@contextlib.contextmanager
def left_alone() -> Iterator[None]:
    """Have processes whose parents die become children of this one, where they can be seen, while the block runs."""
    system = ctypes.CDLL(None)
    system.prctl(PR_SET_CHILD_SUBREAPER, 1)
    try:
        yield
    finally:
        system.prctl(PR_SET_CHILD_SUBREAPER, 0)


def children() -> set[int]:
    """Return the processes whose parent is this one, and that have not ended."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, parent = (process / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state != "Z":
                found.add(int(process.name))
    return found


def orphans(expected: set[int]) -> list[str]:
    """Return what still runs of a bot that is gone, beside the processes that are expected."""
    deadline = time.monotonic() + GRACE
    while left := children() - expected:
        if time.monotonic() > deadline:
            return [f"still running: {[words_of(process)[:200] for process in left]}"]
        time.sleep(0.05)
    return []


def words_of(process: int) -> str:
    """Return the command line of a process."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return "gone"


def rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    """Ask a database that another process may be writing; nothing where it isn't there yet."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30)) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.OperationalError:
        return []


def plans(place: Path, query: str) -> list[tuple[Any, ...]]:
    """Ask the plans' database of a folder."""
    return rows(place / "data" / "plans.db", query)


def delivered(place: Path) -> bool:
    """Tell whether the plan is delivered."""
    return plans(place, "SELECT stage FROM plan") == [("delivered",)]


def thread(place: Path) -> str:
    """Return the plan's thread."""
    return str(plans(place, "SELECT thread FROM plan")[0][0])


def waits_for_approval(place: Path) -> bool:
    """Tell whether the plan's review is open and nothing that people did is on its way to it."""
    unread = plans(place, "SELECT count(*) FROM inboxitem WHERE handled_at IS NULL")
    return plans(place, "SELECT stage, run_stage FROM plan") == [("in review", None)] and unread == [(0,)]


def waits_for_answer(place: Path) -> bool:
    """Tell whether the build asks who gets access, and nothing that people did is on its way to it."""
    unread = plans(place, "SELECT count(*) FROM inboxitem WHERE handled_at IS NULL")
    return plans(place, "SELECT hold FROM plan") == [("waiting",)] and unread == [(0,)]


def at_rest(place: Path) -> bool:
    """Tell whether everything that arrived was handled, and every message was sent."""
    due = plans(place, "SELECT count(*) FROM outboxitem WHERE sent_version < version")
    unread = plans(place, "SELECT count(*) FROM inboxitem WHERE handled_at IS NULL")
    return due == [(0,)] and unread == [(0,)]


def standing(place: Path) -> str:
    """Say how far the plan is."""
    return str(plans(place, "SELECT stage, hold, hold_reason, run_stage, run_attempt, failures FROM plan"))


def keys_of(place: Path) -> Counter[str]:
    """Return the keys of all messages of the bot that people can see, without the plan's own id."""
    found: Counter[str] = Counter()
    for (body,) in rows(next((place / "workspace").glob("*.db")), "SELECT body FROM messages"):
        payload = (json.loads(body).get("metadata") or {}).get("event_payload") or {}
        if payload.get("key"):
            found[payload["key"]] += 1
    return found


def commits_of(remotes: Sequence[Path]) -> tuple[list[str], list[str]]:
    """Return the branches and commits of what was delivered, and what is wrong with it."""
    found, problems = list[str](), list[str]()
    if len(remotes) != 1:
        problems.append(f"repositories: {[remote.name for remote in remotes]}")
    for remote in remotes:
        try:
            git(remote, "fsck", "--strict")
            found += git(remote, "for-each-ref", "--format=%(refname:short) %(objectname)").splitlines()
            found += git(remote, "log", "--format=%h %s", "main").splitlines()
        except subprocess.CalledProcessError as error:
            problems.append(f"{remote.name}: {error.stderr.strip()}")
    return found, problems


def judges(place: Path) -> list[str]:
    """Return the processes that work on a throwaway copy of a folder's plan, or were told of one."""
    work, found = str(place / "data" / "work"), []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            where = str((process / "cwd").readlink())
            words = words_of(int(process.name))
            if where.startswith(work) or work in words:
                found.append(words)
    return found


def left_behind(place: Path) -> list[str]:
    """Return throwaway files and folders that are still there."""
    left = [*(place / "tmp").iterdir()]
    work = place / "data" / "work"
    left += [path for path in work.rglob("*") if path.is_file()] if work.is_dir() else []
    left += (place / "data" / "remotes").glob(".creating-*")
    for folder in ("remotes", "repositories"):
        left += [found for pattern in GIT_LEFT for found in (place / "data" / folder).glob(f"*.git/**/{pattern}")]
    return [f"left behind: {path.relative_to(place)}" for path in left]


def told_of_errors(place: Path) -> list[str]:
    """Return what the log calls an error."""
    lines = (place / "bot.log").read_text(encoding="utf-8", errors="replace").splitlines()
    signs = ('"level": "error"', "Traceback", "ERROR", "CRITICAL")
    return [f"in the log: {line[:600]}" for line in lines if any(sign in line for sign in signs)]
