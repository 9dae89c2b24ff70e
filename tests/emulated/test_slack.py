"""A plan from a sentence to its approval, in a Slack that nobody here wrote, over signed HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.slack.buttons import LABELS, Action
from tests.emulated.emulator import emulator
from tests.emulated.people import EmulatedPerson
from tests.emulated.translator import Translator
from tests.end_to_end.people import text_of
from tests.end_to_end.programs import bot, until
from tests.slack.signed import SECRET

pytestmark = [pytest.mark.emulated, pytest.mark.timeout(900)]

TOKENS = {"mara": "xoxp-mara", "jon": "xoxp-jon", "planthread": "xoxb-planthread"}
BOT = {"bot_id": "B0PLANTHREAD", "bot_user_id": "U0PLANTHREAD", "bot_name": "planthread"}
APP = {"client_id": "1.2", "client_secret": "not asked for", "app_id": "A0PLANTHREAD", "name": "Planthread"}
SEEDS = {
    "tokens": {
        token: {"login": "U0PLANTHREAD" if name == "planthread" else name, "scopes": []}
        for name, token in TOKENS.items()
    },
    "slack": {
        "signing_secret": SECRET,
        "users": [{"name": name, "real_name": name.title()} for name in ("mara", "jon")],
        "oauth_apps": [APP | BOT | {"redirect_uris": [], "scopes": ["chat:write"]}],
        "channels": [{"name": "planning"}],
        "tokens": [
            *({"token": TOKENS[name], "user": name} for name in ("mara", "jon")),
            {"token": TOKENS["planthread"], "user_id": BOT["bot_user_id"], "type": "bot", **BOT},
        ],
    },
}
IDEA = "new a library: books with a title and a price; members with a name; a member borrows many books"


def test_two_people_plan_a_library_in_a_slack_of_others(tmp_path: Path) -> None:
    worker = bot(tmp_path, "http://127.0.0.1:9")
    deliveries = worker.probe.replace("/readyz", "/slack/events")
    slack = emulator(tmp_path, "slack", SEEDS, "/", deliveries).start()
    try:
        with Translator(slack.probe.rstrip("/")) as translator:
            worker.environment |= {
                "SLACK_API_URL": f"{translator.address}/api/",
                "SLACK_BOT_TOKEN": TOKENS["planthread"],
                "SLACK_APP_TOKEN": "",
                "SLACK_SIGNING_SECRET": SECRET,
            }
            worker.start()
            try:
                converse(translator.address, deliveries, worker.log)
            finally:
                stopped = worker.stop()
    finally:
        slack.stop()
    assert stopped == 0
    log = worker.log.read_text(encoding="utf-8")
    assert '"level": "error"' not in log
    assert SECRET not in log


def converse(address: str, deliveries: str, log: Path) -> None:
    """Hold it: questions, a review, a change by a mention, an old button, the approval, a stop by a word."""
    mara, jon, planthread = (EmulatedPerson(address, TOKENS[name], deliveries, "", log) for name in TOKENS)
    channels = mara.ask("conversations.list")["channels"]
    for person in (mara, jon):
        person.channel = next(channel["id"] for channel in channels if channel["name"] == "planning")

    assert "/plan new" in mara.command("help")
    assert mara.command(IDEA) == ""
    head = str(mara.sees("gathering requirements")["ts"])
    mara.sees("what do you want to see later?", head)
    mara.say("you decide", head)
    review = mara.sees(", for review", head)
    jon.mention(planthread.id, "add pages to books", head)
    changed = jon.sees("for review* · review 2", head)
    assert "pages" in text_of(changed)

    mara.press(review, LABELS[Action.APPROVE])
    mara.press(mara.sees("for review* · review 2", head), LABELS[Action.APPROVE])
    assert f"approved by <@{mara.id}>" in text_of(mara.sees("approved by", head))
    mara.say("stop", head)
    until(lambda: "paused by" in text_of(mara.top()[-1]), "the pause on the card", log)
    assert "`library` *Library*" in jon.command("list")
    posted = [message for message in mara.thread(head) if message["user"] == planthread.id]
    assert len(posted) == 4, "card, questions, two reviews"
