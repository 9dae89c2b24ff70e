"""A sandbox at each level, an environment, and small trees to judge."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.verification.environments import Environment
from bot.verification.sandbox import Level, Sandbox


@pytest.fixture
async def contained() -> Sandbox:
    """The sandbox with bubblewrap; without it the test is left out."""
    found = await Sandbox.probe()
    if found.level is not Level.SANDBOXED:
        pytest.skip(found.reason)
    return found


@pytest.fixture
async def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sandbox:
    """What a system without bubblewrap, setpriv and prlimit gets."""
    monkeypatch.setenv("PATH", str(tmp_path))
    found = await Sandbox.probe()
    assert found.level is Level.TRUSTED_ONLY
    return found


@pytest.fixture(params=["contained", "plain"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """Each level in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Sandbox)
    return found


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """The environment that these tests run in: it has pytest, mypy and Alembic, like a generated service's."""
    return Environment(key="own", path=Path(sys.prefix), python=Path(sys.executable), mypy_cache=tmp_path / "own.mypy")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """An empty tree to write into; nobody else may read its folder."""
    folder = tmp_path / "tree"
    folder.mkdir(mode=0o700)
    return folder
