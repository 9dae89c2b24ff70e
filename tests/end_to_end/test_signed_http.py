"""A whole conversation over signed HTTP, with forged and doubled deliveries in between, up to the approved plan."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest

from tests.end_to_end.middleman import Middleman
from tests.end_to_end.people import Person, for_all, text_of
from tests.end_to_end.programs import bot, until, workspace
from tests.end_to_end.said_in_slack import said_in_slack

ROOT = Path(__file__).resolve().parents[2]
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@pytest.mark.timeout(900)
def test_two_people_plan_a_ticket_desk_over_signed_http(tmp_path: Path) -> None:
    with Middleman() as middleman:
        page = workspace(
            tmp_path, "--request-url", middleman.url, "--signing-secret", SECRET, "--seconds", "60"
        ).start()
        worker = bot(tmp_path, page.probe, {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SECRET})
        middleman.bot = worker.probe.replace("/readyz", "/slack/events")
        try:
            worker.start()
            ravi, lena = (Person(page.probe, name, log=tmp_path / "bot.log") for name in ("Mara", "Jon"))
            until(lambda: connected(page.probe), "the verified address", tmp_path / "workspace.log")

            head = said_in_slack(ROOT / "examples" / "ticket_desk.txt", {"Ravi": ravi, "Lena": lena})

            approved = text_of(ravi.sees("approved by", head))
            ravi.say("stop", head)
            until(lambda: "paused by" in text_of(ravi.top()[0]), "the pause on the card", ravi.log)
            thread = for_all(ravi.thread(head))
        finally:
            stopped = worker.stop()
            page.stop()

    assert "review 3: approved by <@U0JON>" in approved
    assert stopped == 0
    assert set(middleman.forged) == {401}
    assert middleman.doubled >= 5
    assert len(for_all([message for message in thread if message.get("bot_id")])) == 5, "card, questions, three reviews"
    log = (tmp_path / "bot.log").read_text(encoding="utf-8")
    assert '"level": "error"' not in log
    assert SECRET not in log


def connected(address: str) -> bool:
    """Tell whether the workspace reaches the bot."""
    with urllib.request.urlopen(f"{address}/workspace/state?as=Mara", timeout=30) as response:
        return bool(json.load(response)["app"]["connected"])
