"""`planthread local`, the real thing: one address, a bot that comes back, an orderly end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.local_run import free_port
from bot.cli.supervisor import answers

PATIENCE = 120
"""Seconds; a hang fails the test, a slow machine does not."""


def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.1)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Local:
    """One running `planthread local`."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port("127.0.0.1", 21_000)
        self.process = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment, cwd=data
        )

    @property
    def command(self) -> list[str]:
        options = ["--port", str(self.port), "--data", str(self.data), "--no-open"]
        return [sys.executable, "-m", "bot.cli", "local", *options]

    @property
    def environment(self) -> dict[str, str]:
        """The machine's environment, without keys that would make the bot use anything outside."""
        outside = ("SLACK_", "OPENAI_", "GITHUB_")
        return {name: value for name, value in os.environ.items() if not name.startswith(outside)}

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads((self.data / "local.json").read_text(encoding="utf-8"))
        return facts

    def ready(self) -> bool:
        assert self.process.poll() is None, self.process.communicate()
        return (self.data / "local.json").exists() and "bot" in self.facts and answers(f"{self.bot_address}/readyz")

    @property
    def bot_address(self) -> str:
        return str(self.facts["bot"]["address"])

    def stop(self) -> tuple[str, str]:
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=PATIENCE)


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Local]:
    running = Local(tmp_path)
    yield running
    if running.process.poll() is None:
        running.stop()


def test_it_serves_one_address_survives_a_killed_bot_and_ends_without_leftovers(local: Local) -> None:
    until(local.ready, "the bot is ready")
    before = local.facts
    assert answers(f"{before['workspace']['address']}/")

    os.kill(before["bot"]["pid"], signal.SIGKILL)
    until(lambda: local.facts["bot"]["pid"] != before["bot"]["pid"] and local.ready(), "the bot is back")
    after = local.facts
    second = subprocess.run(
        local.command, capture_output=True, text=True, check=False, env=local.environment, cwd=local.data
    )
    said, warned = local.stop()

    assert after["workspace"] == before["workspace"]
    assert after["bot"]["address"] == before["bot"]["address"]
    assert local.process.returncode == 0
    assert said.splitlines()[0] == f"Planthread is ready: {before['workspace']['address']}/"
    assert said.splitlines()[-1].startswith("Stopped. Everything is kept in ")
    assert said.count("http://") == 1
    assert "bot stopped (SIGKILL); it starts again" in warned
    assert second.returncode == 1
    assert f"it already runs on {local.data}: {before['workspace']['address']}" in second.stderr
    assert not (local.data / "local.json").exists()
    assert not any(alive(pid) for pid in (after["bot"]["pid"], after["workspace"]["pid"]))


def test_an_address_of_the_network_is_refused_with_the_reason(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot.cli", "local", "--host", "0.0.0.0", "--data", str(tmp_path), "--no-open"]

    refused = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert refused.returncode == 2
    assert "--host must be an address of this machine" in refused.stderr
    assert refused.stdout == ""
