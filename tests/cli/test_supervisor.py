"""Children are kept running: restarted when they die, given up on when they can't start, stopped in order."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.cli import supervisor
from bot.cli.local_run import free_port
from bot.cli.supervisor import Child, ChildError

SERVER = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/ready" else 404)
        self.end_headers()
print("listening", flush=True)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"


def child(folder: Path, program: str, *arguments: str, port: int = 1, path: str = "/ready") -> Child:
    command = [sys.executable, "-c", program, *arguments]
    return Child("bot", command, dict(os.environ), folder / "bot.log", f"http://127.0.0.1:{port}{path}")


async def eventually_restarted(running: Child, old: int | None) -> None:
    while running.pid == old:
        await asyncio.sleep(0.05)
    await running.ready()


async def test_a_killed_child_starts_again_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.01)
    port = free_port("127.0.0.1", 20_000)
    said: list[str] = []
    running = child(tmp_path, SERVER, str(port), port=port)
    running.tell = said.append
    keeping = asyncio.create_task(running.keep_running())

    await running.ready()
    first = running.pid
    assert first
    os.kill(first, signal.SIGKILL)
    await eventually_restarted(running, first)
    await running.stop()
    await keeping

    assert running.pid != first
    assert said == [f"bot stopped (SIGKILL); it starts again. Its log: {tmp_path / 'bot.log'}"]
    assert not supervisor.answers(running.probe)


async def test_a_child_that_never_comes_up_is_given_up_on_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.01)
    broken = child(tmp_path, "import sys; print('no such thing'); sys.exit(1)")

    with pytest.raises(ChildError, match="no such thing") as raised:
        await broken.keep_running()

    assert raised.value.code == 1
    assert broken.tail().count("no such thing") == supervisor.GIVE_UP_AFTER


async def test_wrong_settings_are_not_tried_twice(tmp_path: Path) -> None:
    refused = child(tmp_path, "import sys; print('SLACK_APP_TOKEN is not set'); sys.exit(2)")

    with pytest.raises(ChildError, match="SLACK_APP_TOKEN is not set") as raised:
        await refused.keep_running()

    assert raised.value.code == 2
    assert refused.tail() == "SLACK_APP_TOKEN is not set"


async def test_a_child_that_ignores_the_request_to_stop_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "GRACE", 0.2)
    deaf = child(tmp_path, DEAF)
    keeping = asyncio.create_task(deaf.keep_running())
    while "deaf" not in deaf.tail():
        await asyncio.sleep(0.05)

    await deaf.stop()
    await keeping

    assert deaf.process
    assert deaf.process.returncode == -signal.SIGKILL


async def test_a_child_that_runs_without_answering_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "PATIENCE", 0.0)
    port = free_port("127.0.0.1", 20_500)
    silent = child(tmp_path, SERVER, str(port), port=port, path="/elsewhere")

    with pytest.raises(ChildError, match=f"doesn't answer at http://127.0.0.1:{port}/elsewhere"):
        await silent.ready()


def test_an_exit_is_named_by_its_code_or_its_signal() -> None:
    assert supervisor.reason(1) == "exit code 1"
    assert supervisor.reason(-signal.SIGTERM) == "SIGTERM"


def test_children_end_with_their_parent_only_where_there_is_a_program_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert supervisor.dying_with_parent() == []

    launcher = tmp_path / "setpriv"
    launcher.write_text("#!/bin/sh\n")
    launcher.chmod(0o755)
    assert supervisor.dying_with_parent() == [str(launcher), "--pdeathsig", "TERM", "--"]
