"""The local product's run: ports, environments, and where a second start finds the first."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from bot.cli.local import has_browser
from bot.cli.local_run import bot_environment, free_port, reachable, running_address
from bot.cli.supervisor import ChildError


def test_a_taken_port_moves_to_the_next_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert free_port("127.0.0.1", port) > port


def test_a_second_run_leaves_the_port_that_the_first_ones_bot_will_take() -> None:
    with socket.socket() as workspace:
        workspace.bind(("127.0.0.1", 0))
        workspace.listen()
        port = workspace.getsockname()[1]

        assert free_port("127.0.0.1", port) % 2 == port % 2


def test_a_host_that_is_not_of_this_machine_is_refused_with_what_to_do() -> None:
    with pytest.raises(ChildError, match="choose another --port or --host"):
        free_port("192.0.2.1", 65_530)
    with pytest.raises(ChildError, match=r"--host no-such-host.invalid is no address"):
        free_port("no-such-host.invalid", 3000)


@pytest.mark.parametrize(("host", "name"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("localhost", "localhost")])
def test_the_printed_address_can_be_opened_on_this_machine(host: str, name: str) -> None:
    assert reachable(host) == name


def test_the_bot_gets_the_workspace_in_slacks_place_and_keeps_other_keys(tmp_path: Path) -> None:
    base = {
        "SLACK_BOT_TOKEN": "xoxb-real",
        "SLACK_CLIENT_ID": "1.2",
        "OPENAI_API_KEY": "sk-1",
        "GITHUB_TOKEN": "ghp-1",
        "PLANTHREAD_DATABASE_URL": "sqlite+aiosqlite:////production.db",
    }

    given = bot_environment(base, tmp_path, "127.0.0.1", "http://127.0.0.1:3000", 3001, "http://127.0.0.1:3001")

    assert "SLACK_CLIENT_ID" not in given
    assert given["SLACK_API_URL"] == "http://127.0.0.1:3000/api/"
    assert (given["SLACK_BOT_TOKEN"], given["SLACK_APP_TOKEN"]) == ("xoxb-local", "xapp-local")
    assert (given["OPENAI_API_KEY"], given["GITHUB_TOKEN"]) == ("sk-1", "ghp-1")
    assert given["PLANTHREAD_DATABASE_URL"] == f"sqlite+aiosqlite:///{tmp_path}/plans.db"
    assert (given["PLANTHREAD_PORT"], given["PLANTHREAD_PUBLIC_URL"]) == ("3001", "http://127.0.0.1:3001")


def test_a_second_start_finds_the_address_of_the_first(tmp_path: Path) -> None:
    assert running_address(tmp_path) is None

    (tmp_path / "local.json").write_text(json.dumps({"workspace": {"address": "http://127.0.0.1:3000"}}))
    assert running_address(tmp_path) == "http://127.0.0.1:3000"

    (tmp_path / "local.json").write_text("{")
    assert running_address(tmp_path) is None


@pytest.mark.parametrize(
    ("environment", "system", "opens"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "linux", False),
        ({"DISPLAY": ":0", "CI": "true"}, "linux", False),
        ({}, "darwin", True),
        ({"SSH_CONNECTION": "1 2 3 4"}, "darwin", False),
    ],
)
def test_a_browser_opens_only_where_a_person_sits(environment: dict[str, str], system: str, opens: bool) -> None:
    assert has_browser(environment, system) is opens
