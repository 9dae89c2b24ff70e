"""What people have in their fingers and other programs call: commands with their options, verbs, words, labels."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from bot.cli import app
from bot.slack.buttons import LABELS
from bot.slack.commands import CHANGING, READING
from bot.slack.thread_talk import SHOWN, WORDS

ROOT = Path(__file__).resolve().parents[2]

COMMANDS = {
    "local": {"--port", "--data", "--host", "--no-open"},
    "serve": set(),
    "new": {"--script", "--out"},
    "build": {"--out", "--requirements", "--name", "--features", "--date", "--author", "--no-verify"},
    "lint": {"--as", "--format"},
    "show": {"--as"},
    "fmt": {"--as", "--canonical"},
    "tick": {"--force"},
    "convert": {"--as", "--to", "--out"},
    "eval": {"--planner", "--record"},
    "prompts show": {"--brief"},
    "doctor": {"--smoke"},
    "db upgrade": set(),
    "db backup": set(),
    "db restore": set(),
    "db purge": set(),
    "manifest": set(),
}
BUTTONS = (
    "Approve and build", "Request changes", "Edit entities", "Whole document", "Build", "Resume", "Stop", "Retry",
    "Give a hint",
    "Skip", "Details",
)  # fmt: skip
VERBS = {"new", "list", "show", "status", "digest", "import", "export", "settings", "help"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_the_options_that_others_call_it_with(command: str) -> None:
    found = get_command(app)
    for word in command.split():
        assert isinstance(found, TyperGroup)
        found = found.commands[word]
    assert {option for parameter in found.params for option in parameter.opts} >= COMMANDS[command]


def test_buttons_have_the_labels_that_people_know() -> None:
    assert set(LABELS.values()) >= set(BUTTONS)


def test_the_verbs_of_the_command_are_in_its_hint_and_known() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    (command,) = manifest["features"]["slash_commands"]
    hinted = {part.split()[0] for part in command["usage_hint"].split("|")}
    assert hinted >= VERBS
    assert hinted == CHANGING | READING | {"settings", "import"}, "these two open a form"


def test_a_whole_message_of_one_of_these_words_is_understood_in_a_thread() -> None:
    assert {"approve", "pause", "resume", "stop"} <= WORDS
    assert {"status", "tasks"} <= SHOWN
