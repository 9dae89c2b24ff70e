"""One thing wrong with what the bot is given: one sentence that names the variable and says what to do.

`planthread serve` ends with it, or warns where it can work; `planthread doctor` has it among its lines.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import load_settings
from tests.cli.refusing import ROOT, doctor, environment, refusal, slack
from tests.end_to_end.programs import PATIENCE
from tests.stand_ins.outside import Outside
from tests.stand_ins.serving import served

__all__ = ["environment", "slack"]

NOWHERE = "http://127.0.0.1:9/api"
GITHUB = {"GITHUB_API_URL": "{outside}/github", "GITHUB_URL": "{outside}/github"}


@pytest.fixture(scope="module")
def outside() -> Iterator[str]:
    """Give the address of servers that refuse."""
    with served(Outside) as address:
        yield address


VALUES = [
    ("SLACK_BOT_TOKEN", "", "OAuth Token"),
    ("SLACK_BOT_TOKEN", "xoxp-of-a-person", "must begin with xoxb-"),
    ("SLACK_BOT_TOKEN", "xapp-swapped", "must begin with xoxb-"),
    ("SLACK_BOT_TOKEN", "xoxb-of-another-app", "invalid_auth"),
    ("SLACK_APP_TOKEN", "", "SLACK_SIGNING_SECRET"),
    ("SLACK_APP_TOKEN", "xoxb-swapped", "must begin with xapp-"),
    ("SLACK_APP_TOKEN", "xapp-of-another-app", "invalid_auth"),
    ("SLACK_SIGNING_SECRET", "xoxb-pasted-by-mistake", "Basic Information"),
    ("SLACK_API_URL", "slack.example/api", "must be a full address"),
    ("SLACK_API_URL", "{slack}/../nothing", "Web API"),
    ("OPENAI_API_KEY", "sk-…", "must be the key alone"),
    ("OPENAI_API_KEY", "sk-1 # of the team", "must be the key alone"),
    ("OPENAI_BASE_URL", "models.example", "must be a full address"),
    ("PLANTHREAD_PLANNER", "psychic", "built-in, model or auto"),
    ("PLANTHREAD_PLANNER", "model", "OPENAI_API_KEY"),
    ("PLANTHREAD_PORT", "many", "from 1 to 65535"),
    ("PLANTHREAD_HOST", "192.0.2.7", "address of this machine"),
    ("PLANTHREAD_HOST", "no such name", "address of this machine"),
    ("PLANTHREAD_DATA", "/dev/null/data", "folder"),
    ("PLANTHREAD_DATABASE_URL", "mysql://host/plans", "postgresql:// or sqlite:///"),
    ("PLANTHREAD_DATABASE_URL", "postgresql://u:hush-hush@127.0.0.1:9/plans", "server runs"),
    ("PLANTHREAD_DATABASE_URL", "sqlite:////no/such/folder/plans.db", "/no/such/folder"),
    ("PLANTHREAD_ENGINE_URL", "postgresql://host/engine", "sqlite:///"),
    ("PLANTHREAD_ENGINE_URL", "sqlite:////no/such/folder/engine.db", "/no/such/folder"),
    ("PLANTHREAD_PUBLIC_URL", "bot.example.org", "must be a full address"),
    ("PLANTHREAD_BUILDS", "9", "from 1 to 4"),
    ("PLANTHREAD_LINK_DAYS", "forever", "a number of days"),
    ("PLANTHREAD_LOG", "loud", "json or text"),
    ("PLANTHREAD_BUDGET", "plenty", "whole number"),
    ("PLANTHREAD_PRICES", "cheap", "two prices"),
    ("GITHUB_APP_ID", "12", "GITHUB_APP_PRIVATE_KEY is not set"),
    ("GITHUB_API_URL", "github.example", "must be a full address"),
    ("GITHUB_URL", "git@github.example", "must be a full address"),
    ("GITHUB_WEBHOOK_SECRET", "short", "at least 16 characters"),
]
"""A variable, its wrong value, and a part of the remedy. All else is right."""


@pytest.mark.parametrize(("name", "value", "said"), VALUES, ids=[f"{name}={value}" for name, value, _ in VALUES])
def test_a_wrong_value_is_one_sentence_of_serve_and_of_doctor(
    environment: pytest.MonkeyPatch, slack: str, name: str, value: str, said: str
) -> None:
    environment.setenv(name, value.replace("{slack}", slack))

    sentence = refusal()
    told = doctor()

    assert name in sentence
    assert said in sentence
    assert "hush" not in sentence + str(told)
    lines = [line for line in told if name in line and said in line]
    assert lines
    assert all(line.startswith("wrong: ") for line in lines)


def test_slack_out_of_reach_is_wrong_for_doctor(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_API_URL", NOWHERE)

    assert [line for line in doctor() if line.startswith("wrong: Slack can't be reached") and "SLACK_API_URL" in line]


OUTSIDE = [
    ("OPENAI_API_KEY", {"OPENAI_API_KEY": "sk-refused", "OPENAI_BASE_URL": "{outside}/refusing"}, "Set a valid"),
    ("PLANTHREAD_MODEL", {"OPENAI_API_KEY": "sk-1", "OPENAI_BASE_URL": "{outside}/unknowing"}, "knows no model"),
    ("OPENAI_BASE_URL", {"OPENAI_API_KEY": "sk-1", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, "can't be reached"),
    (
        "GITHUB_TOKEN",
        {"GITHUB_TOKEN": "ghp_1", **GITHUB, "GITHUB_API_URL": "{outside}/refusing"},
        "Copy it",
    ),
    ("GITHUB_TOKEN", {"GITHUB_TOKEN": "ghp_1", **GITHUB, "GITHUB_API_URL": "{outside}/reading"}, "scope repo"),
    ("GITHUB_TOKEN", {"GITHUB_TOKEN": "ghp_1", **GITHUB, "GITHUB_API_URL": "{outside}/halfway"}, "scope workflow too"),
    ("GITHUB_URL", {"GITHUB_TOKEN": "ghp_1", **GITHUB, "GITHUB_URL": "http://127.0.0.1:9"}, "can't be reached"),
    (
        "GITHUB_API_URL",
        {"GITHUB_TOKEN": "ghp_1", **GITHUB, "GITHUB_API_URL": "http://127.0.0.1:9"},
        "the network",
    ),
    ("GITHUB_URL", {"GITHUB_TOKEN": "ghp_1", "GITHUB_API_URL": "{outside}/github"}, "needs both"),
    ("PLANTHREAD_PUBLIC_URL", {"PLANTHREAD_PUBLIC_URL": "http://127.0.0.1:9"}, "doesn't answer"),
]
"""A variable, what is set, and a part of what `doctor` says; a start goes on, and says it in its log."""


@pytest.mark.parametrize(("name", "values", "said"), OUTSIDE, ids=[f"{name}: {said}" for name, _, said in OUTSIDE])
def test_what_the_world_outside_refuses_is_a_line_of_doctor(
    environment: pytest.MonkeyPatch, outside: str, name: str, values: dict[str, str], said: str
) -> None:
    for variable, value in values.items():
        environment.setenv(variable, value.replace("{outside}", outside))

    told = [line for line in doctor() if name in line and said in line]

    assert len(told) == 1
    assert told[0].startswith("left: " if name == "PLANTHREAD_PUBLIC_URL" else "wrong: ")


def test_calls_and_pushes_to_two_servers_are_refused_at_a_start(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("GITHUB_API_URL", "https://github.example/api/v3")
    assert load_settings().github_token is None

    environment.setenv("GITHUB_TOKEN", "ghp_of_github_example")

    assert refusal().startswith("planthread: GITHUB_URL is not set though GITHUB_API_URL is")


@pytest.mark.parametrize("reason", ["token_revoked", "account_inactive", "invalid_auth"])
def test_a_token_that_slack_takes_no_more_is_one_sentence(
    environment: pytest.MonkeyPatch, outside: str, reason: str
) -> None:
    environment.setenv("SLACK_API_URL", f"{outside}/slack/{reason}")

    sentence = refusal()

    assert f"SLACK_BOT_TOKEN ({reason})" in sentence
    assert "Copy it again" in sentence
    assert [line for line in doctor() if f"SLACK_BOT_TOKEN ({reason})" in line and "Copy it again" in line]


def test_what_a_bot_can_start_with_and_should_not_is_a_warning_of_serve_and_wrong_for_doctor(
    environment: pytest.MonkeyPatch, outside: str
) -> None:
    environment.setenv("SLACK_API_URL", f"{outside}/slack/older-app")
    environment.setenv("TZ", "Mars/Base")
    environment.setenv("PLANTHREAD_COLOUR", "red")

    said = start_that_fails_at_the_socket(environment)
    warnings = [json.loads(line) for line in said if line.startswith("{")]
    told = doctor()

    (colour, zone, scopes, clock) = [entry["event"] for entry in warnings if entry["level"] == "warning"]
    assert colour.startswith("PLANTHREAD_COLOUR is no setting of Planthread")
    assert zone.startswith("TZ Mars/Base is no time zone that is known here, so this machine's own times are UTC")
    assert [line for line in told if "PLANTHREAD_COLOUR" in line]
    assert [line for line in told if "TZ Mars/Base" in line and line.endswith("Correct it, or take it away.")]
    assert re.fullmatch(r"SLACK_BOT_TOKEN lacks the scopes app_mentions:read, .+\. Add them .+", scopes)
    assert re.fullmatch(r"This machine's clock is \d+ seconds ahead of Slack's\. Set it by the network .+", clock)
    assert [line for line in told if line.startswith("wrong: The token lacks app_mentions:read") and "Add them" in line]
    assert [line for line in told if line.startswith("wrong: This machine's clock") and "timedatectl" in line]


def test_a_misspelt_variable_is_a_warning_of_serve(environment: pytest.MonkeyPatch, outside: str) -> None:
    environment.setenv("SLACK_API_URL", f"{outside}/slack/invalid_auth")
    environment.setenv("PLANTHREAD_BUILD", "3")

    ended = CliRunner().invoke(app, ["serve"])

    assert "Did you mean PLANTHREAD_BUILDS?" in ended.stderr


def start_that_fails_at_the_socket(environment: pytest.MonkeyPatch) -> list[str]:
    """Start, as a program of its own, with a token that the socket doesn't take; return what was printed."""
    environment.setenv("SLACK_APP_TOKEN", "xapp-of-another-app")
    environment.setenv("PYTHONPATH", str(ROOT))
    serve = [sys.executable, "-m", "bot.cli", "serve"]
    ended = subprocess.run(serve, capture_output=True, text=True, timeout=PATIENCE, check=False)
    said = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert "SLACK_APP_TOKEN (invalid_auth)" in said[-1], ended.stderr
    return said
