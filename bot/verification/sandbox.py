"""Where commands that judge generated code run: bubblewrap where it works, else only for trees of our own templates."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from bot.documents.frozen import Frozen
from bot.verification.bubblewrap import SCRATCH, Window, bubblewrap_command
from bot.verification.execution import Execution, execute

__all__ = ["Job", "Level", "Limits", "NotRun", "Sandbox", "Trust"]

INSIDE = Path(__file__).resolve().parent / "inside"
INTERPRETER = Path(getattr(sys, "_base_executable", sys.executable))
"""The interpreter below any virtual environment, so that none of the bot's own packages come into sight."""
PROBE = """
import os, socket, sys
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2)
except OSError:
    print("contained" if not os.path.exists(sys.argv[2]) else "sees the system")
"""
JUDGE_UIDS = range(64_738, 65_250)
"""The users that judged code becomes where the bot is root; no account has them, so they own nothing.

Each job has the next one: a limit on processes counts all of a user's on the machine, and no job may use up another's.
"""
TURNS = itertools.count(os.getpid() * 37)
"""Bots and tests of one machine begin at different users."""


class Level(StrEnum):
    """What may run here."""

    SANDBOXED = "sandboxed"
    TRUSTED_ONLY = "trusted only"


class Trust(StrEnum):
    """Who wrote a tree: only our templates, or a model or a person."""

    TEMPLATES = "templates"
    FOREIGN = "foreign"


class NotRun(Exception):  # noqa: N818 - says what happened
    """The command may not run here. The message says why, and what to do."""


class Limits(Frozen):
    """The most that a command may use."""

    seconds: float = 600.0
    memory_bytes: int = 4 << 30
    processes: int = 256
    file_bytes: int = 256 << 20
    open_files: int = 1024
    scratch_bytes: int = 512 << 20


class Job(Frozen):
    """A command over a folder. ``{scratch}`` in words and values stands for a private folder that is thrown away,
    ``{judges}`` for the folder of the programs in `bot.verification.inside`.

    The command runs in a throwaway copy of the folder. One that writes nothing may run without (``copy_tree``), which
    saves the copy where there is no sandbox. ``readable`` and ``writable`` are what it needs beside, such as a cache.
    """

    command: tuple[str, ...]
    folder: Path
    start_in: str = ""
    """The folder of the tree that the command starts in; a plain path inside it."""
    copy_tree: bool = True
    readable: tuple[Path, ...] = ()
    writable: tuple[Path, ...] = ()
    copied: Mapping[str, Path] = {}
    """Name in the scratch folder → folder that is copied there."""
    environment: Mapping[str, str] = {}
    inherited: tuple[int, ...] = ()
    """Open file descriptors that the command gets, such as a socket that listens outside."""
    limits: Limits = Limits()


class Sandbox:
    """The level that was found, and the one way to run a command at it. Made by `probe`."""

    def __init__(self, level: Level, reason: str, bwrap: str | None = None) -> None:
        self.level = level
        self.reason = reason
        self._bwrap = bwrap

    @classmethod
    async def probe(cls) -> Sandbox:
        """Find out what works here, by trying it: the real interpreter, no network, nothing of the system in sight."""
        bwrap = shutil.which("bwrap")
        if bwrap is None:
            return cls(Level.TRUSTED_ONLY, "bubblewrap isn't installed, so only code of our own templates runs here.")
        candidate = cls(Level.SANDBOXED, "bubblewrap, no network.", bwrap)
        failure = await candidate._try()
        if failure is None:
            return candidate
        return cls(Level.TRUSTED_ONLY, f"bubblewrap doesn't work here ({failure}), so only our own templates run.")

    def may_run(self, trust: Trust) -> bool:
        """Tell whether trees of that origin may run at this level."""
        return self.level is Level.SANDBOXED or trust is Trust.TEMPLATES

    async def run(self, job: Job, trust: Trust) -> Execution:
        """Run a job to its end or its limit. Raises NotRun where trees of that origin may not run."""
        if not self.may_run(trust):
            raise NotRun(f"Not run: this tree holds code that nobody here vouches for. {self.reason}")
        if self._bwrap is not None:
            return await self._run_contained(job)
        return await self._run_plain(job)

    async def _try(self) -> str | None:
        """Run the probe against a listener of our own; return what is wrong, or None."""
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        port = str(server.sockets[0].getsockname()[1])
        with tempfile.TemporaryDirectory() as name:
            command = (str(INTERPRETER), "-I", "-c", PROBE, port, name)
            try:
                run = await self._run_contained(Job(command=command, folder=Path(name), limits=Limits(seconds=20)))
            except OSError as error:
                return str(error)
            finally:
                server.close()
        if run.exit_code == 0 and run.output.strip() == "contained":
            return None
        return run.output.strip()[-200:] or f"exit code {run.exit_code}"

    async def _run_contained(self, job: Job) -> Execution:
        """Run inside bubblewrap; see `bot.verification.bubblewrap` for what is in sight there."""
        root = os.geteuid() == 0
        uid = JUDGE_UIDS[next(TURNS) % len(JUDGE_UIDS)] if root else None
        placed = {"/source": job.folder, **{f"/copied/{name}": path for name, path in job.copied.items()}}
        copies = {"/source": f"{SCRATCH}/judged", **{f"/copied/{name}": f"{SCRATCH}/{name}" for name in job.copied}}
        orders = launcher_orders(job, f"{SCRATCH}/judged", copies, uid=uid)
        launcher = [str(INTERPRETER), "-I", "-S", "/judges/launcher.py", orders]
        if uid is not None:
            for path in job.writable:
                await asyncio.to_thread(give_away, path, uid)
        window = Window(
            placed={**placed, "/judges": INSIDE},
            readable=(Path(sys.base_prefix), INTERPRETER, *job.readable),
            writable=job.writable,
            scratch_bytes=job.limits.scratch_bytes,
        )
        environment = clean_environment(job, SCRATCH, "/judges")
        words = filled(job.command, SCRATCH, "/judges")
        outer = bubblewrap_command(self._bwrap or "bwrap", launcher, words, window, environment, root)
        seconds = job.limits.seconds
        return await execute(outer, folder=Path("/"), environment={}, seconds=seconds, inherited=job.inherited)

    async def _run_plain(self, job: Job) -> Execution:
        """Run a tree of our own as a subprocess with a clean environment and limits."""
        with tempfile.TemporaryDirectory(prefix="planthread-judge-") as scratch:
            copies = {str(path): f"{scratch}/{name}" for name, path in job.copied.items()}
            directory = str(job.folder.resolve())
            if job.copy_tree:
                copies[directory] = f"{scratch}/judged"
            orders = launcher_orders(job, copies.get(directory, directory), copies, plain=True)
            words = filled(job.command, scratch, str(INSIDE))
            command = [str(INTERPRETER), "-I", "-S", str(INSIDE / "launcher.py"), orders, *words]
            environment = clean_environment(job, scratch, str(INSIDE))
            seconds, inherited = job.limits.seconds, job.inherited
            return await execute(
                command, folder=Path(scratch), environment=environment, seconds=seconds, inherited=inherited
            )


def launcher_orders(
    job: Job, directory: str, copies: Mapping[str, str], *, uid: int | None = None, plain: bool = False
) -> str:
    """Return what the launcher is told. Processes can be counted only where the user's others don't count too."""
    limits = {
        "AS": job.limits.memory_bytes,
        "FSIZE": job.limits.file_bytes,
        "NOFILE": job.limits.open_files,
        "CPU": int(job.limits.seconds) + 1,
        "CORE": 0,
    }
    if not plain:
        limits["NPROC"] = job.limits.processes
    start = f"{directory}/{job.start_in}" if job.start_in else directory
    orders = {"limits": limits, "uid": uid, "directory": start, "copies": copies, "die_with_parent": plain}
    return json.dumps(orders)


def clean_environment(job: Job, scratch: str, judges: str) -> dict[str, str]:
    """Return the whole environment of a command; nothing of the bot's own is in it."""
    base = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": scratch,
        "TMPDIR": scratch,
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "NO_COLOR": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
    }
    names, values = tuple(job.environment), tuple(job.environment.values())
    return base | dict(zip(names, filled(values, scratch, judges), strict=True))


def filled(command: tuple[str, ...], scratch: str, judges: str) -> list[str]:
    """Return the words of a command with the places put in."""
    return [word.replace("{scratch}", scratch).replace("{judges}", judges) for word in command]


def give_away(path: Path, uid: int) -> None:
    """Let a judge's user write a folder of ours (a tool's cache), and what is in it."""
    for place in (path, *path.rglob("*")):
        if place.lstat().st_uid != uid:
            os.chown(place, uid, uid, follow_symlinks=False)
