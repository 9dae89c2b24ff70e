"""`planthread doctor`: each thing in each state, over real sockets, without a secret in a single line."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.doctor_lines import State, secrets_of, without_secrets, wrong
from bot.publishing.chosen import ChosenPublisher
from bot.publishing.github import GitHubPublisher
from bot.publishing.github_tokens import GivenToken
from bot.publishing.local import LocalPublisher
from bot.settings import load_settings
from bot.starting import ask_github
from tests.cli.examining import NOWHERE, bare, look, ready_store, settings_with
from tests.generated_services.programs import free_port
from tests.stand_ins.github import GitHubStandIn
from tests.stand_ins.model import ModelStandIn

__all__ = ["bare"]


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


async def test_words_of_github_are_told_once_and_without_a_button_of_slack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = 403, {"message": "Resource not accessible"}
    with GitHubStandIn(tmp_path / "github", "ghp_right") as github:
        where = {"github_api_url": github.url, "github_url": github.url, "github_token": "ghp_right"}
        github.prepare("GET", "/user", *refused)
        line = (await look(settings_with(**where)))["GitHub"]
        github.prepare("GET", "/user", *refused)
        capsys.readouterr()
        await ask_github(GitHubPublisher(GivenToken("ghp_right"), None, github.url, github.url))

    said = "The token can't say whose it is: GitHub says “Resource not accessible”."
    assert (line.state, line.message) == (State.WRONG, said)
    logged = capsys.readouterr().out
    assert "Resource not accessible" in logged
    assert "Retry" not in logged


async def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    lines = await look(load_settings(), with_slack=False)

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


def test_it_leaves_with_one_where_something_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", f"{NOWHERE}/api")
    monkeypatch.setenv("PLANTHREAD_PORT", str(free_port()))
    without_slack = CliRunner().invoke(app, ["doctor", "--no-slack"])
    without_tokens = CliRunner().invoke(app, ["doctor"])
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-hush-hush")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-hush-hush")
    left_out = CliRunner().invoke(app, ["doctor", "--no-slack"])
    shown = CliRunner().invoke(app, ["doctor"])
    listed = CliRunner().invoke(app, ["doctor", "--format", "json"])

    assert [one.exit_code for one in (without_slack, left_out)] == [0, 0], left_out.stdout
    assert [one.exit_code for one in (without_tokens, shown, listed)] == [1, 1, 1]
    assert "– Slack" in without_slack.stdout
    assert "✗ Slack" in without_tokens.stdout
    assert "`planthread serve` can't start without it" in without_tokens.stdout
    assert "✗ way in" in without_tokens.stdout
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
