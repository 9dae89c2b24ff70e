"""The bot as a process that kills itself: ``python -m tests.durability.points serve``.

Every effect on the world outside of this process is a point before it and one after it: units of work of the store,
calls of Slack and of other servers, commands, files and folders, the engine's own rows. Each point that is passed is a
line in the file of ``DURABILITY_PASSED``; at the one that ``DURABILITY_KILL_AT`` names the process ends with SIGKILL.
"""

from __future__ import annotations

import asyncio
import asyncio.subprocess
import functools
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from dbos._sys_db import SystemDatabase
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

KILL_AT = os.environ.get("DURABILITY_KILL_AT", "")
PASSED = os.environ.get("DURABILITY_PASSED", os.devnull)
DATA = os.environ.get("PLANTHREAD_DATA", "")
APPROVED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""When every run is approved: commits carry the moment, and those of two runs are compared."""
ENGINE = ("init_workflow", "record_operation_result", "update_workflow_outcome")


class Points:
    """What was passed so far."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.file = os.open(PASSED, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)

    def begun(self, name: str) -> str:
        """Number an effect that is about to happen; return its name with the number."""
        with self.lock:
            self.counts[name] += 1
            return f"{name} #{self.counts[name]}"

    def reach(self, point: str) -> None:
        """Note a point, and end here where it is the chosen one."""
        os.write(self.file, f"{point}\n".encode())
        if point == KILL_AT:
            os.kill(os.getpid(), signal.SIGKILL)


points = Points()


def around(owner: Any, attribute: str, name: Callable[..., str | None]) -> None:
    """Put points before and after a function; ``name`` says what a call is, or None for one that doesn't count."""
    original = getattr(owner, attribute)

    @functools.wraps(original)
    def plain(*given: Any, **more: Any) -> Any:
        called = name(*given, **more)
        if called is None:
            return original(*given, **more)
        effect = points.begun(called)
        points.reach(f"{effect} before")
        result = original(*given, **more)
        points.reach(f"{effect} after")
        return result

    @functools.wraps(original)
    async def awaited(*given: Any, **more: Any) -> Any:
        called = name(*given, **more)
        if called is None:
            return await original(*given, **more)
        effect = points.begun(called)
        points.reach(f"{effect} before")
        result = await original(*given, **more)
        points.reach(f"{effect} after")
        return result

    setattr(owner, attribute, awaited if asyncio.iscoroutinefunction(original) else plain)


def of_data(name: str) -> Callable[..., str | None]:
    """Return the name of an effect on files, for those below the data folder only."""
    return lambda path, *_given, **_more: name if str(path).startswith(DATA) else None


def made_file(path: Any, flags: int, *_given: Any, **_more: Any) -> str | None:
    """Name the making of a file that must not be there yet; locks are the system's own."""
    if not flags & os.O_EXCL or not str(path).startswith(DATA) or str(path).endswith(".lock"):
        return None
    return "file make"


def temporary(*_given: Any, **more: Any) -> str | None:
    """Name the making of a throwaway folder."""
    return "file mkdtemp" if str(more.get("dir") or tempfile.gettempdir()).startswith(DATA) else None


def command_name(words: tuple[Any, ...]) -> str:
    """Return what a command is: a subcommand of git, a judge in its sandbox, or its program."""
    names = [Path(str(word)).name for word in words]
    if "git" in names[:5]:
        return f"git {words[names.index('git') + 1]}"
    return "judge" if "launcher.py" in names else names[0]


def watch_commands() -> None:
    """Put points before a command, when it has just begun, and at its end."""
    original = asyncio.create_subprocess_exec
    wait, communicate = asyncio.subprocess.Process.wait, asyncio.subprocess.Process.communicate
    running: dict[int, str] = {}

    async def begin(*words: Any, **more: Any) -> asyncio.subprocess.Process:
        effect = points.begun(command_name(words))
        points.reach(f"{effect} before")
        process = await original(*words, **more)
        running[id(process)] = effect
        points.reach(f"{effect} begun")
        return process

    async def waited(process: asyncio.subprocess.Process) -> int:
        code = await wait(process)
        ended(process)
        return code

    async def communicated(process: asyncio.subprocess.Process, given: bytes | None = None) -> tuple[bytes, bytes]:
        streams = await communicate(process, given)
        ended(process)
        return streams

    def ended(process: asyncio.subprocess.Process) -> None:
        effect = running.pop(id(process), None)
        if effect is not None:
            points.reach(f"{effect} after")

    asyncio.create_subprocess_exec = begin
    asyncio.subprocess.Process.wait = waited  # type: ignore[assignment,method-assign]
    asyncio.subprocess.Process.communicate = communicated  # type: ignore[assignment,method-assign]


def watch() -> None:
    """Put every point in its place."""
    around(AsyncSession, "commit", lambda *_given: "store commit")
    around(AsyncWebClient, "api_call", lambda _client, method, **_more: f"slack {method}")
    around(httpx.AsyncClient, "send", lambda _client, request, **_more: f"http {request.method}")
    for name in ENGINE:
        around(SystemDatabase, name, functools.partial(lambda name, *_given, **_more: f"engine {name}", name))
    for owner, attribute, name in (
        (Path, "write_bytes", "file write"),
        (Path, "write_text", "file write"),
        (Path, "rename", "file rename"),
        (Path, "mkdir", "file mkdir"),
        (Path, "unlink", "file unlink"),
        (os, "replace", "file rename"),
        (shutil, "rmtree", "file rmtree"),
    ):
        around(owner, attribute, of_data(name))
    around(os, "open", made_file)
    around(tempfile, "mkdtemp", temporary)
    watch_commands()


def main() -> None:
    """Be the bot, with points."""
    watch()
    from bot.cli import app
    from bot.workflow import approving

    approving.now = lambda: APPROVED  # type: ignore[attr-defined]
    app(sys.argv[1:])


if __name__ == "__main__":
    main()
