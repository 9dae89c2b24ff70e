"""The programs of a story, each a process of its own: the local workspace, the bot, stand-ins for the outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.cli.local_run import free_port

__all__ = ["PATIENCE", "Program", "bot", "clean_environment", "until", "workspace"]

PATIENCE = 300
"""Seconds; a hang fails the test, a slow machine does not."""


def until[T](look: Callable[[], T | None], what: str, log: Path | None = None) -> T:
    """Return the first thing that a look finds."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    tail = log.read_text(encoding="utf-8", errors="replace")[-4000:] if log and log.exists() else ""
    raise AssertionError(f"waited in vain for {what}\n{tail}")


def clean_environment() -> dict[str, str]:
    """Return the machine's environment without keys that would make the bot use anything outside."""
    outside = ("SLACK_", "OPENAI_", "GITHUB_", "PLANTHREAD_DATA", "PLANTHREAD_P")
    return {name: value for name, value in os.environ.items() if not name.startswith(outside)}


class Program:
    """One process; what it prints goes to a file."""

    def __init__(
        self,
        arguments: list[str],
        environment: Mapping[str, str],
        log: Path,
        probe: str,
        program: str = sys.executable,
    ) -> None:
        self.arguments = arguments
        self.environment = dict(environment)
        self.log = log
        self.probe = probe
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Program:
        """Start it and wait for its first answer."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.program, *self.arguments], env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until(lambda: self.answers() or self.ended(), f"{self.arguments[1]} at {self.probe}", self.log)
        assert not self.ended(), self.log.read_text(encoding="utf-8", errors="replace")[-4000:]
        return self

    def answers(self) -> bool:
        """Tell whether its address answers."""
        try:
            with urllib.request.urlopen(self.probe, timeout=2) as response:
                return bool(response.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def ended(self) -> bool:
        """Tell whether it has ended."""
        return self.process is None or self.process.poll() is not None

    def kill(self) -> None:
        """End it with SIGKILL: nothing of it can clean up."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        if self.process is None or self.process.poll() is not None:
            return self.process.returncode if self.process else 0
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()
            return -9


def workspace(folder: Path, *more: str) -> Program:
    """Return the local workspace on a free port; ``more`` are options of its program."""
    port = free_port("127.0.0.1", 23_000 + os.getpid() % 2000)
    arguments = ["-m", "bot.local_workspace", "--port", str(port), "--data", str(folder / "workspace"), *more]
    address = f"http://127.0.0.1:{port}"
    return Program(arguments, clean_environment(), folder / "workspace.log", address)


def bot(folder: Path, slack: str, more: Mapping[str, str] | None = None) -> Program:
    """Return the bot for a workspace at that address, its pages on a free port."""
    port = free_port("127.0.0.1", 26_000 + os.getpid() % 2000)
    environment = clean_environment() | {
        "SLACK_API_URL": f"{slack}/api/",
        "SLACK_BOT_TOKEN": "xoxb-local",
        "SLACK_APP_TOKEN": "xapp-local",
        "PLANTHREAD_DATA": str(folder / "data"),
        "PLANTHREAD_PORT": str(port),
        **(more or {}),
    }
    return Program(["-m", "bot.cli", "serve"], environment, folder / "bot.log", f"http://127.0.0.1:{port}/readyz")
