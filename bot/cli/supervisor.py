"""Child programs that are kept running: started, watched, restarted with growing pauses, stopped in order."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import shutil
import signal
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Child", "ChildError", "answers"]

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
"""Seconds between an exit and the next start; each exit doubles the pause."""

STEADY = 60.0
"""Seconds after which a run counts as healthy: the next pause is the first one again."""

GIVE_UP_AFTER = 3
"""Exits before the first sign of life after which starting again is pointless."""

PATIENCE = 180.0
"""Seconds that a child may take to its first answer."""

GRACE = 15.0
"""Seconds that a child has to finish its work when it is told to stop."""


class ChildError(Exception):
    """A child can't be kept running. ``code`` is the exit code that the whole program should leave with."""

    def __init__(self, sentence: str, code: int) -> None:
        """Keep the sentence for people and the code."""
        super().__init__(sentence)
        self.code = code


def answers(address: str) -> bool:
    """Tell whether an address answers with 200; no proxy is asked."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=2) as response:
            return bool(response.status == http.HTTPStatus.OK)
    except (OSError, http.client.HTTPException):
        return False


@dataclass
class Child:
    """One program. Its output goes to ``log``; ``probe`` is the address that answers 200 once it is ready."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    probe: str
    changed: Callable[[], None] = lambda: None
    """Called after each start, so that others may write down the new process id."""
    tell: Callable[[str], None] = lambda _sentence: None
    process: asyncio.subprocess.Process | None = None
    was_ready: bool = False
    stopping: bool = field(default=False, repr=False)

    @property
    def pid(self) -> int | None:
        """The process id of the latest start."""
        return self.process.pid if self.process else None

    async def keep_running(self) -> None:
        """Start the program, again after each unexpected exit, until `stop`. Raises ChildError where it is pointless.

        Exit code 2 means wrong usage or settings, which no new start changes.
        """
        exits = 0
        pause = FIRST_PAUSE
        while not self.is_stopping():
            began = time.monotonic()
            code = await self._run_once()
            if self.is_stopping():
                return
            exits += 1
            if code == 2 or (exits >= GIVE_UP_AFTER and not self.was_ready):
                raise ChildError(f"{self.name} can't start:\n{self.tail()}", 2 if code == 2 else 1)
            pause = FIRST_PAUSE if time.monotonic() - began > STEADY else pause
            self.tell(f"{self.name} stopped ({reason(code)}); it starts again. Its log: {self.log}")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def is_stopping(self) -> bool:
        """Tell whether somebody asked for the end meanwhile."""
        return self.stopping

    async def _run_once(self) -> int:
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *dying_with_parent(),
                *self.command,
                env=self.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches only the supervisor, which then stops all in order
            )
        self.changed()
        return await self.process.wait()

    async def ready(self) -> None:
        """Wait for the first answer. Raises ChildError after `PATIENCE` seconds."""
        deadline = time.monotonic() + PATIENCE
        while not await asyncio.to_thread(answers, self.probe):
            if time.monotonic() > deadline:
                raise ChildError(f"{self.name} doesn't answer at {self.probe}:\n{self.tail()}", 1)
            await asyncio.sleep(0.1)
        self.was_ready = True

    async def stop(self) -> None:
        """Tell the program to stop, wait for it to finish its work, and end it where it doesn't."""
        self.stopping = True
        process = self.process
        if not process or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), GRACE)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()

    def tail(self, lines: int = 15) -> str:
        """Return the last lines of the log."""
        if not self.log.exists():
            return "(it said nothing)"
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def dying_with_parent() -> list[str]:
    """Return the words that make a child end when this process is killed, where the system has a program for it."""
    launcher = shutil.which("setpriv")
    return [launcher, "--pdeathsig", "TERM", "--"] if launcher else []


def reason(code: int) -> str:
    """Say how a program ended."""
    if code >= 0:
        return f"exit code {code}"
    return signal.Signals(-code).name
