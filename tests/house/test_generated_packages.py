"""What `make setup` fetches is what every build then finds: no build needs a network."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.generation.blueprint import load_blueprint
from bot.generation.lock import service_lock
from bot.verification.environments import environment_key


@pytest.mark.parametrize("name", ["aardvark", "library", "zoo"])
def test_one_environment_serves_services_of_every_name(name: str) -> None:
    lock = service_lock(load_blueprint(), ("docker",))

    assert environment_key(lock.named(name).encode()) == environment_key(lock.text.encode())


@pytest.mark.environment
def test_a_second_set_up_finds_everything_there(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTHREAD_CACHE", str(cache))
    monkeypatch.setenv("PATH", os.devnull)

    done = CliRunner().invoke(app, ["setup"])

    assert done.exit_code == 0
    assert done.stdout == f"the generated service's packages are in {cache}\n"


def test_without_packages_and_network_set_up_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTHREAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    monkeypatch.setenv("UV_OFFLINE", "1")

    done = CliRunner().invoke(app, ["setup"])

    assert done.exit_code == 1
    assert "connect once and run make setup" in done.stderr
