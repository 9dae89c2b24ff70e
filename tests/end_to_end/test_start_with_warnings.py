"""A bot whose model refuses the key starts all the same, and its log says what to set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end.programs import Program, bot, until, workspace
from tests.stand_ins.model import ModelStandIn


@pytest.mark.timeout(900)
def test_a_model_that_refuses_the_key_is_told_in_the_log_of_a_bot_at_work(tmp_path: Path) -> None:
    page = workspace(tmp_path).start()
    with ModelStandIn({}) as model:
        worker = bot(tmp_path, page.probe, {"OPENAI_API_KEY": "sk-of-somebody-else", "OPENAI_BASE_URL": model.url})
        try:
            worker.start()
            told = until(lambda: [one for one in warnings(worker) if "gpt-5" in one], "the warning", worker.log)
        finally:
            stopped = worker.stop()
            page.stop()

    assert told == ["The key for gpt-5 was refused. Set a valid OPENAI_API_KEY, then try again."]
    assert stopped == 0


def warnings(worker: Program) -> list[str]:
    """Return what the log warns of; a line that is still being written counts for nothing."""
    whole = worker.log.read_text(encoding="utf-8").rpartition("\n")[0].splitlines()
    entries = [json.loads(line) for line in whole if line.startswith("{")]
    return [entry["event"] for entry in entries if entry["level"] == "warning"]
