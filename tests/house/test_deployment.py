"""Container, Fly.io and Slack manifest: they agree with each other and with the settings."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from tests.generated_services.outside_tools import fetch_tools

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
FLY = tomllib.loads((ROOT / "fly.toml").read_text(encoding="utf-8"))
MANIFEST: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
ENTRYPOINT = ROOT / "scripts" / "container-entrypoint.sh"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that other users may enter; pytest's own may not be."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_the_container_sets_only_variables_that_exist() -> None:
    names = set(re.findall(r"\b(PLANTHREAD_[A-Z_]+)=", DOCKERFILE))

    assert names == {"PLANTHREAD_DATA", "PLANTHREAD_CACHE", "PLANTHREAD_HOST", "PLANTHREAD_PORT"}
    assert names <= {name.upper() for name in Settings.model_fields}


def test_the_container_gets_every_file_that_it_copies() -> None:
    wanted = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    sources = [source for line in wanted for source in line.split()]

    assert "bot" in sources
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert [source for source in sources if f"!{source}" not in allowed] == []


def test_the_container_installs_the_locked_uv() -> None:
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    (locked,) = [package["version"] for package in packages if package["name"] == "uv"]

    assert f"uv=={locked}" in DOCKERFILE


def test_fly_watches_the_port_of_the_container_and_mounts_its_data() -> None:
    port = re.search(r"PLANTHREAD_PORT=(\d+)", DOCKERFILE)
    data = re.search(r"PLANTHREAD_DATA=(\S+)", DOCKERFILE)

    assert port
    assert data
    assert FLY["checks"]["alive"]["port"] == int(port.group(1))
    assert FLY["checks"]["alive"]["path"] == "/healthz"
    assert f":{port.group(1)}/healthz" in DOCKERFILE
    assert [mount["destination"] for mount in FLY["mounts"]] == [data.group(1)]


def test_fly_neither_stops_the_machine_nor_shows_pages_without_sign_in() -> None:
    assert "http_service" not in FLY
    assert "services" not in FLY
    assert FLY["deploy"]["strategy"] == "rolling"


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root can become another user")
def test_the_container_hands_its_volume_over_and_drops_to_its_own_user(open_folder: Path) -> None:
    data = open_folder / "data"
    environment = {"PATH": os.environ["PATH"], "PLANTHREAD_DATA": str(data), "RUN_AS": "nobody"}

    done = subprocess.run(
        [ENTRYPOINT, "sh", "-c", 'id -un; touch "$PLANTHREAD_DATA/written"'],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "nobody\n"
    assert (data / "written").owner() == "nobody"


@pytest.mark.matrix
def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    hadolint = fetch_tools().python / "hadolint"

    done = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_the_manifest_is_within_slacks_limits() -> None:
    information = MANIFEST["display_information"]

    assert len(information["name"]) <= 35
    assert len(information["description"]) <= 140
    assert 175 <= len(information["long_description"]) <= 4000
    assert all(len(command["description"]) <= 2000 for command in MANIFEST["features"]["slash_commands"])
    assert all(
        len(shortcut["name"]) <= 24 and len(shortcut["description"]) <= 150
        for shortcut in MANIFEST["features"]["shortcuts"]
    )


SCOPES = {
    "app_mention": {"app_mentions:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "reactions_add": {"reactions:write"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "reaction_added": {"reactions:read"},
    "/plan": {"commands"},
    "chat_getPermalink": set(),
    "files_completeUploadExternal": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "files_info": {"files:read"},
    "chat_postMessage": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_update": {"chat:write"},
    "files_upload_v2": {"files:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_info": {"channels:read", "groups:read", "im:read"},
    "conversations_members": {"channels:read", "groups:read", "im:read"},
    "conversations_join": {"channels:join"},
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "message shortcut": {"commands"},
    "usergroups_list": {"usergroups:read"},
    "users_info": {"users:read"},
    "app_home_opened": set(),
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
}
"""Which scopes Slack wants for which event, command and method, by its own reference."""


def test_the_manifest_asks_for_exactly_the_scopes_that_the_bot_uses() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "slack").rglob("*.py"))
    called = re.findall(
        r"\b((?:chat|conversations|files|reactions|users|usergroups|views|pins|bookmarks)_[a-zA-Z_0-9]+)\(", sources
    )
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    commands = [command["command"] for command in MANIFEST["features"]["slash_commands"]]
    commands += [f"{shortcut['type']} shortcut" for shortcut in MANIFEST["features"]["shortcuts"]]

    assert "chat_postMessage" in called
    wanted = set().union(*(SCOPES[use] for use in [*called, *events, *commands]))
    assert MANIFEST["oauth_config"]["scopes"]["bot"] == sorted(wanted)


def test_the_workflows_are_valid() -> None:
    files = sorted(map(str, (ROOT / ".github" / "workflows").glob("*.yml")))
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *files]

    assert len(files) == 2
    assert subprocess.run(check, capture_output=True, check=False).returncode == 0


def test_shell_scripts_can_be_run_and_parsed() -> None:
    scripts = [ROOT / ".ci" / "run", *sorted((ROOT / "scripts").glob("*.sh"))]

    assert all(os.access(script, os.X_OK) for script in scripts)
    for script in scripts:
        shell = script.read_text(encoding="utf-8").splitlines()[0].rsplit("/", 1)[-1].split()[-1]
        assert subprocess.run([shell, "-n", script], check=False).returncode == 0
