"""A bot that starts while Slack can't be reached: it says so, and is at work as soon as Slack is there."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.end_to_end.programs import Program, bot, until, workspace


@pytest.mark.timeout(900)
def test_a_start_without_slack_says_so_and_goes_on_by_itself(tmp_path: Path) -> None:
    page = workspace(tmp_path)
    worker = bot(tmp_path, page.probe)
    log = worker.log
    with log.open("ab") as written:
        command = [worker.program, *worker.arguments]
        worker.process = subprocess.Popen(command, env=worker.environment, stdout=written, stderr=written)
    try:
        reasons = until(lambda: told(worker), "the reason", log)
        assert len(reasons) == 1
        assert reasons[0].startswith("Slack can't be reached; it is tried again by itself.")
        page.start()
        until(worker.answers, "the bot at work", log)
    finally:
        stopped = worker.stop()
        page.stop()

    assert stopped == 0
    entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [entry["event"] for entry in entries if entry["level"] == "info"][:2] == [
        "Slack can be reached again",
        "ready",
    ]


def told(worker: Program) -> list[str]:
    """Return why the bot isn't ready, once it can be asked."""
    try:
        urllib.request.urlopen(worker.probe, timeout=30).close()
    except urllib.error.HTTPError as unready:
        return list(json.load(unready)["reasons"])
    except OSError:
        return []
    return []
