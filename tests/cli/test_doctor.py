"""`planthread doctor`: each thing in each state, over real sockets, without a secret in a single line."""

from __future__ import annotations

import ast
import json
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.doctor_lines import Line, State, secrets_of, without_secrets, wrong
from bot.cli.doctor_work import examine
from bot.local_workspace.directory import ALL_SCOPES
from bot.local_workspace.server import listening_socket
from bot.local_workspace.workspace import Workspace
from bot.publishing.chosen import ChosenPublisher
from bot.publishing.github import GitHubPublisher
from bot.publishing.github_tokens import GivenToken
from bot.publishing.local import LocalPublisher
from bot.settings import Settings, load_settings
from bot.slack.smoke import REMEDIES, shape_of
from bot.starting import ask_github
from bot.store.database import Database
from bot.store.migrate import newest_revision, upgrade
from bot.web.serving import serve_web
from tests.local_workspace.driving import PersonAtWork, running_workspace
from tests.stand_ins.github import GitHubStandIn
from tests.stand_ins.model import ModelStandIn

ROOT = Path(__file__).resolve().parents[2]
NEEDS_A_CLICK = {"views.open", "views.push", "views.update", "views.publish", "apps.connections.open"}
"""What only a person's click, or another token, lets the bot call."""
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
async def workspace(tmp_path: Path) -> AsyncIterator[Workspace]:
    async with running_workspace(tmp_path / "workspace") as running:
        yield running


def slack(workspace: Workspace) -> Settings:
    """Return the settings of a bot in a workspace."""
    return settings_with(**given(workspace))


def given(workspace: Workspace) -> dict[str, str]:
    """Return what is set for a bot in a workspace; its port is one that nobody has."""
    tokens = {"slack_bot_token": "xoxb-local", "slack_app_token": "xapp-local"}
    with closing(listening_socket("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    return {"slack_api_url": f"{workspace.options.address}/api", "planthread_port": port, **tokens}


def settings_with(**values: str) -> Settings:
    return Settings(_env_file=None, **{name: value for name, value in values.items() if value})  # type: ignore[arg-type]


async def look(settings: Settings, **how: Any) -> dict[str, Line]:
    """Examine, and return the lines by what they are about; every problem says what to do."""
    lines = await examine(settings, **how)
    assert all(line.next_step for line in lines if line.state is State.WRONG)
    return {line.check: line for line in lines}


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
    assert without["way in"].message.startswith("SLACK_APP_TOKEN is not set")
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


# The trial in a channel


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


# Model and GitHub


async def test_the_model_is_asked_one_thing_unless_that_is_not_wanted() -> None:
    with ModelStandIn({}) as server:
        where = {"openai_base_url": server.url, "planthread_model": "m"}
        right = settings_with(openai_api_key="sk-test", **where)
        silent = (await look(right, with_model=False))["model"]
        assert (silent.state, server.first_calls) == (State.LEFT, [])
        fine = (await look(right))["model"]
        wrong = (await look(settings_with(openai_api_key="sk-wrong-key", **where)))["model"]
    nobody = (await look(settings_with(openai_api_key="sk-test", planthread_planner="built-in", **where)))["model"]

    assert (fine.state, wrong.state, nobody.state) == (State.FINE, State.WRONG, State.LEFT)
    assert len(server.first_calls) == 1, "a key that is refused is no call"
    assert "OPENAI_API_KEY" in wrong.next_step
    assert "sk-wrong-key" not in wrong.message + wrong.next_step


async def test_github_says_for_whom_the_token_can_create(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with GitHubStandIn(tmp_path / "github", "ghp_right") as github:
        where = {"github_api_url": github.url, "github_url": github.url, "github_token": "ghp_right"}
        own = (await look(settings_with(**where)))["GitHub"]
        team = (await look(settings_with(**where, github_owner="acme")))["GitHub"]
        nobody = (await look(settings_with(**where, github_owner="nobody")))["GitHub"]
        stranger = (await look(settings_with(**where | {"github_token": "ghp_another"})))["GitHub"]
        github.prepare("GET", "/user", 200, {"login": "planthread-bot"}, {"X-OAuth-Scopes": "gist, read:org"})
        reader = (await look(settings_with(**where)))["GitHub"]
        github.prepare("GET", "/user", 200, {"login": "planthread-bot"}, {"X-OAuth-Scopes": "repo, read:org"})
        without_pipelines = (await look(settings_with(**where)))["GitHub"]
        github.prepare("GET", "/user", 200, {"login": "planthread-bot"}, {"X-OAuth-Scopes": "repo, workflow, read:org"})
        classic = (await look(settings_with(**where)))["GitHub"]
    gone = (await look(settings_with(github_api_url=NOWHERE, github_token="ghp_right")))["GitHub"]
    app = (await look(settings_with(github_app_id="1", github_app_private_key="nonsense")))["GitHub"]

    capsys.readouterr()
    github_alone = GitHubPublisher(GivenToken("ghp_another"), None, NOWHERE, NOWHERE)
    for publisher in (github_alone, ChosenPublisher(github_alone, LocalPublisher(tmp_path, NOWHERE))):
        await ask_github(publisher)
        assert "repositories can't go to GitHub now; `planthread doctor` says what to do" in capsys.readouterr().out

    assert (app.state, "GITHUB_APP_PRIVATE_KEY is the whole .pem" in app.next_step) == (State.WRONG, True)
    assert [one.state for one in (own, team, classic)] == [State.FINE] * 3
    assert "the organisation acme" in team.message
    assert "administration, contents, workflows, pull requests, issues and commit statuses: write" in own.next_step
    assert [one.state for one in (nobody, stranger, reader, without_pipelines, gone)] == [State.WRONG] * 5
    assert "workflow" in without_pipelines.message + without_pipelines.next_step
    assert "no user or organisation called nobody" in nobody.message
    assert "may not create" in reader.message
    assert "Retry" not in "".join(one.message for one in (nobody, stranger, gone))


# This machine


async def ready_store(folder: Path) -> Path:
    """Make the store of a bot that ran before in a working folder."""
    file = folder / ".planthread" / "plans.db"
    file.parent.mkdir(exist_ok=True)
    database = Database(f"sqlite+aiosqlite:///{file}")
    await upgrade(database)
    await database.close()
    return file


async def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    lines = await look(load_settings())

    assert list(tmp_path.iterdir()) == []
    assert {lines[check].state for check in ("database", "engine", "data folder", "Slack")} == {State.LEFT}


@pytest.mark.parametrize(
    ("statement", "state", "said"),
    [
        ("UPDATE alembic_version SET version_num = 'from-tomorrow'", State.WRONG, "newer Planthread"),
        ("DELETE FROM alembic_version", State.LEFT, "is at schema none"),
    ],
)
async def test_a_schema_that_differs_is_told(tmp_path: Path, statement: str, state: State, said: str) -> None:
    file = await ready_store(tmp_path)
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.commit()
    connection.close()

    line = (await look(load_settings()))["database"]

    assert (line.state, said in line.message) == (state, True), line


async def test_broken_files_and_unreachable_servers_are_told_without_passwords(tmp_path: Path) -> None:
    folder = tmp_path / ".planthread"
    folder.mkdir()
    for name in ("plans.db", "engine.db"):
        (folder / name).write_bytes(b"this is no database at all" * 100)
    files = await look(load_settings())
    away = await look(settings_with(planthread_database_url="postgresql://bot:hush%40hush@127.0.0.1:9/plans"))

    assert [files[name].state for name in ("database", "engine")] == [State.WRONG, State.WRONG]
    assert "is damaged" in files["database"].message
    assert "planthread db restore FILE" in files["database"].next_step
    assert "delete the file" in files["engine"].next_step
    assert away["database"].state is State.WRONG
    assert "hush" not in away["database"].message + away["database"].next_step
    assert "127.0.0.1:9" in away["database"].message


async def test_a_data_folder_that_cannot_be_used_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    in_the_way = (await look(settings_with(planthread_data=str(tmp_path / "file" / "data"))))["data folder"]
    with monkeypatch.context() as full:
        full.setattr("bot.cli.doctor_machine.LEAST_FREE", 1 << 80)
        no_room = (await look(load_settings()))["data folder"]

    assert (in_the_way.state, no_room.state) == (State.WRONG, State.WRONG)
    assert "is no folder" in in_the_way.message
    assert "Make room" in no_room.next_step


async def test_git_that_is_too_old_or_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    monkeypatch.setenv("PATH", str(program.parent))
    missing = await look(load_settings())
    program.write_text("#!/bin/sh\necho git version 2.30.1\n")
    program.chmod(0o755)
    old = await look(load_settings())

    assert missing["git"].message == "There is no git."
    assert "2.30.1 is too old" in old["git"].message
    assert missing["sandbox"].state is State.LEFT


async def test_a_misspelt_variable_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTHREAD_BUILD", "3")

    assert "Did you mean PLANTHREAD_BUILDS?" in (await look(load_settings()))["settings"].message


# The command


def test_it_leaves_with_one_where_something_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", f"{NOWHERE}/api")
    fine = CliRunner().invoke(app, ["doctor"])
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-hush-hush")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-hush-hush")
    shown = CliRunner().invoke(app, ["doctor"])
    listed = CliRunner().invoke(app, ["doctor", "--format", "json"])

    assert (fine.exit_code, shown.exit_code, listed.exit_code) == (0, 1, 1)
    assert "– Slack" in fine.stdout
    assert "✗ Slack" in shown.stdout
    assert "→ Check the network and SLACK_API_URL." in shown.stdout
    lines = json.loads(listed.stdout)
    assert {"check", "state", "message", "next_step"} == set(lines[0])
    assert "hush" not in shown.stdout + listed.stdout


def test_wrong_settings_are_lines_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTHREAD_PORT", "many")

    told = CliRunner().invoke(app, ["doctor", "--format", "json"])

    assert told.exit_code == 1
    assert [(line["check"], line["state"]) for line in json.loads(told.stdout)] == [("settings", "wrong")]


def test_whatever_a_server_says_no_secret_is_shown() -> None:
    settings = settings_with(
        slack_bot_token="xoxb-hush-1",
        slack_app_token="xapp-hush-2",
        slack_signing_secret="hush-3",
        openai_api_key="hush-4",
        github_token="hush-5",
        openai_base_url="https://u:hush-6@models.example",
        planthread_database_url="postgresql://u:hush%2F7@host/plans",
    )
    held = ["xoxb-hush-1", "xapp-hush-2", "hush-3", "hush-4", "hush-5", "hush-6", "hush%2F7", "hush/7"]

    (line,) = without_secrets([wrong("x", " ".join(held), held[2])], secrets_of(settings))

    assert "hush" not in line.message + line.next_step
    assert line.message.count("[hidden]") == len(held)
