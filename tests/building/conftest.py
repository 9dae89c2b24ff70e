"""Repositories that are made once for all tests of building."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.building.regenerated import CHANGES, SPECS, Grown, built, edited, grown
from tests.generated_services.postgresql import PostgreSQL

type Story = tuple[Path, dict[str, Grown]]


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository as it was first built."""
    folder = tmp_path_factory.mktemp("first") / "books"
    done = built(folder, SPECS, "--name", "Reading room")
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def repository(first: Path, tmp_path: Path) -> Path:
    """Return a copy of that repository to work in."""
    return Path(shutil.copytree(first, tmp_path / "books", symlinks=True))


@pytest.fixture(scope="session")
def story(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Let a person edit a repository, and build one change upon another."""
    folder = Path(shutil.copytree(first, tmp_path_factory.mktemp("story") / "books", symlinks=True))
    edited(folder)
    return folder, {
        name: grown(folder, specs, f"2026-11-{day}") for day, (name, specs) in enumerate(CHANGES.items(), 21)
    }


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    with server.database() as made:
        yield made
