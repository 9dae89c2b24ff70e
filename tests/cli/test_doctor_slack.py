"""`planthread doctor` about Slack, over a real socket: tokens, scopes, the way in, and the trial in a channel."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.cli.doctor_lines import State
from bot.local_workspace.directory import ALL_SCOPES
from bot.local_workspace.workspace import Workspace
from bot.slack.smoke import REMEDIES, shape_of
from bot.store.migrate import newest_revision
from bot.web.serving import serve_web
from tests.cli.examining import NOWHERE, bare, given, look, ready_store, settings_with, slack, workspace
from tests.local_workspace.driving import PersonAtWork, running_workspace

__all__ = ["bare", "workspace"]

ROOT = Path(__file__).resolve().parents[2]
NEEDS_A_CLICK = {"views.open", "views.push", "views.update", "views.publish", "apps.connections.open"}
"""What only a person's click, or another token, lets the bot call."""


async def test_a_bot_in_a_workspace_is_fine(workspace: Workspace, tmp_path: Path) -> None:
    await ready_store(tmp_path)

    lines = await look(slack(workspace))

    assert {line.check for line in lines.values() if line.state is State.WRONG} == set()
    for check in ("Slack", "scopes", "way in", "database", "data folder", "git"):
        assert lines[check].state is State.FINE, lines[check]
    assert "planthread's in the workspace Planthread local" in lines["Slack"].message
    assert newest_revision() in lines["database"].message


async def test_a_missing_scope_is_named(tmp_path: Path) -> None:
    scopes = tuple(scope for scope in ALL_SCOPES if scope not in {"channels:join", "users:read"})
    async with running_workspace(tmp_path, scopes=scopes) as workspace:
        lines = await look(slack(workspace), smoke="general")

    assert lines["scopes"].state is State.WRONG
    assert "lacks channels:join, users:read" in lines["scopes"].message
    assert lines["conversations.join"].message == "missing_scope (channels:join)."
    assert lines["smoke"].state is State.WRONG


@pytest.mark.parametrize(
    ("wrong", "check", "said"),
    [
        ({"slack_bot_token": "xoxb-another"}, "Slack", "refuses SLACK_BOT_TOKEN (invalid_auth)"),
        ({"slack_app_token": "xapp-another"}, "way in", "refuses SLACK_APP_TOKEN (invalid_auth)"),
        ({"slack_api_url": f"{NOWHERE}/api"}, "Slack", "can't be reached"),
        ({"slack_api_url": f"{NOWHERE}/api"}, "way in", "can't be reached"),
    ],
)
async def test_what_slack_refuses_is_told(workspace: Workspace, wrong: dict[str, str], check: str, said: str) -> None:
    lines = await look(settings_with(**given(workspace) | wrong))

    assert lines[check].state is State.WRONG
    assert said in lines[check].message


async def test_a_clock_that_is_off_is_told(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await look(slack(workspace)))["clock"].state is State.FINE

    class Late(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Late:
            return cls.fromtimestamp(datetime.now(tz).timestamp() + 400, tz)

    monkeypatch.setattr("bot.cli.doctor_slack.datetime", Late)

    line = (await look(slack(workspace)))["clock"]

    assert line.state is State.WRONG
    assert "seconds ahead of Slack's" in line.message
    assert "timedatectl" in line.next_step


async def test_over_http_the_secret_and_the_public_address_count(workspace: Workspace) -> None:
    http = given(workspace) | {"slack_app_token": ""}

    without = await look(settings_with(**http))
    plain = await look(settings_with(**http, slack_signing_secret="hush", planthread_public_url="http://bot.example"))
    closed = await look(settings_with(**http, slack_signing_secret="hush", planthread_public_url="https://127.0.0.1:9"))

    assert without["way in"].state is State.WRONG
    assert without["way in"].message == "SLACK_APP_TOKEN is not set."
    assert without["way in"].next_step.startswith("Make an app-level token")
    assert "SLACK_SIGNING_SECRET" in without["way in"].next_step
    assert plain["public address"].state is State.WRONG
    assert closed["public address"].state is State.LEFT
    assert closed["way in"].state is State.FINE
    assert "https://127.0.0.1:9/slack/events" in closed["way in"].next_step


async def test_a_public_address_that_answers_is_fine() -> None:
    server = await serve_web(Starlette(routes=[Route("/healthz", lambda _: PlainTextResponse("ok"))]))
    other = await serve_web(Starlette())
    fine, wrong = [await look(settings_with(planthread_public_url=one.url)) for one in (server, other)]
    await server.stop()
    await other.stop()

    assert fine["public address"].state is State.FINE
    assert "answers 404" in wrong["public address"].message


async def test_the_trial_makes_every_call_cleans_up_and_keeps_shapes_without_values(
    workspace: Workspace, tmp_path: Path
) -> None:
    mara = PersonAtWork(workspace, "Mara")
    await mara.say("a secret plan")

    lines = await look(slack(workspace), smoke="#general")

    assert lines["smoke"].state is State.FINE, lines
    said = (await mara.get("messages", channel="general"))["messages"]
    await mara.http.aclose()
    assert [message["text"] for message in said if not message["only_for"]] == ["a secret plan"]
    (file,) = (tmp_path / ".planthread" / "smoke").glob("*.json")
    record = json.loads(file.read_text())
    shapes = {step["method"]: step["shape"] for step in record["steps"]}
    assert len(shapes) >= 10
    assert {word for shape in shapes.values() for word in words_of(shape)} <= {"text", "number", "boolean", "null"}
    assert shapes["users.info"]["user"]["profile"]["real_name"] == "text"
    assert shapes["conversations.replies"]["messages"][0]["metadata"]["event_payload"] == {"key": "text"}


async def test_the_trial_joins_a_public_channel_and_asks_to_be_invited_to_a_private_one(workspace: Workspace) -> None:
    joined = await look(slack(workspace), smoke="C0BACKEND")
    private = await look(slack(workspace), smoke="leads")
    unknown = await look(slack(workspace), smoke="CNOTHING0")

    assert joined["smoke"].state is State.FINE
    assert "/invite @planthread" in private["conversations.list"].next_step
    assert unknown["conversations.info"].next_step == REMEDIES["channel_not_found"]
    assert (await look(settings_with(), smoke="general"))["smoke"].state is State.WRONG


async def test_the_trial_deletes_what_it_posted_though_a_call_in_between_fails(tmp_path: Path) -> None:
    scopes = tuple(scope for scope in ALL_SCOPES if scope != "channels:history")
    async with running_workspace(tmp_path, scopes=scopes) as workspace:
        lines = await look(slack(workspace), smoke="general")
        mara = PersonAtWork(workspace, "Mara")
        said = (await mara.get("messages", channel="general"))["messages"]
        await mara.http.aclose()

    assert lines["conversations.history"].state is State.WRONG
    assert lines["chat.delete"].state is State.FINE
    assert [message for message in said if not message["only_for"]] == []


async def test_the_trial_makes_each_call_that_the_bot_makes(workspace: Workspace, tmp_path: Path) -> None:
    await look(slack(workspace), smoke="general")
    (file,) = (tmp_path / ".planthread" / "smoke").glob("*.json")
    tried = {step["method"] for step in json.loads(file.read_text())["steps"]}

    assert {"chat.postMessage", "chat.update"} <= called_by_the_bot()
    assert called_by_the_bot() - NEEDS_A_CLICK <= tried


def called_by_the_bot() -> set[str]:
    """Return the methods that the Slack floor calls on a client, as Slack names them."""
    found = set()
    for file in (ROOT / "bot" / "slack").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if ast.unparse(node.func.value).endswith("client") and hasattr(AsyncWebClient, node.func.attr):
                found.add(node.func.attr.replace("_", "."))
    return found


def words_of(shape: Any) -> set[str]:
    """Return the words at the ends of a shape."""
    if isinstance(shape, str):
        return {shape}
    parts: Sequence[Any] = list(shape.values()) if isinstance(shape, dict) else shape or []
    return {word for part in parts for word in words_of(part)}


def test_a_shape_holds_no_value_and_each_kind_of_item_once() -> None:
    value = {"b": [{"x": 1}, {"x": 2.5}, {"x": "hush"}], "a": None, "c": [], "d": True}

    expected = {"a": "null", "b": [{"x": "number"}, {"x": "text"}], "c": [], "d": "boolean"}
    assert shape_of(value) == expected
    assert "hush" not in str(shape_of(value))
