"""One environment a lock, made once, whatever the project is called."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import uv

from bot.verification import environments
from bot.verification.environments import MARKER, EnvironmentNotReady, environment_key, prepare_environment
from bot.verification.sandbox import INTERPRETER

PYPROJECT = b'[project]\nname = "library"\nversion = "1.0"\nrequires-python = ">=3.12"\n'
LOCK = b"""version = 1
revision = 3
requires-python = ">=3.12"

[[package]]
name = "library"
version = "1.0"
source = { virtual = "." }
"""
FAR = b"""
[package.metadata]
requires-dist = [{ name = "faraway" }]

[[package]]
name = "faraway"
version = "1.0"
source = { registry = "http://127.0.0.1:9/simple" }
wheels = [
    { url = "http://127.0.0.1:9/faraway-1.0-py3-none-any.whl", hash = "sha256:%s", size = 10 },
]
""" % (b"0" * 64)


def test_the_key_leaves_the_project_s_own_name_out_and_nothing_else() -> None:
    assert environment_key(LOCK) == environment_key(LOCK.replace(b"library", b"parking").replace(b'"1.0"', b'"2.0"'))
    assert environment_key(LOCK) != environment_key(LOCK + FAR)
    with pytest.raises(EnvironmentNotReady, match="uv lock"):
        environment_key(b"= not a lock")


async def test_an_environment_is_made_once_for_all_who_ask(tmp_path: Path) -> None:
    renamed = LOCK.replace(b"library", b"parking"), PYPROJECT.replace(b"library", b"parking")
    first, second = await asyncio.gather(
        prepare_environment(PYPROJECT, LOCK, tmp_path / "cache"),
        prepare_environment(renamed[1], renamed[0], tmp_path / "cache"),
    )
    assert first == second
    version = subprocess.run([first.python, "--version"], check=True, capture_output=True, text=True).stdout.split()[1]
    assert version == ".".join(map(str, sys.version_info[:3]))
    made = (first.path / MARKER).stat().st_mtime_ns
    assert await prepare_environment(PYPROJECT, LOCK, tmp_path / "cache") == first
    assert (first.path / MARKER).stat().st_mtime_ns == made


async def test_of_many_environments_those_that_nobody_uses_any_more_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environments, "KEPT", 2)
    last_week = time.time() - 7 * 24 * 3600
    for name, moment in (("older", last_week), ("oldest", last_week - 9), ("busy", time.time() - 60)):
        (tmp_path / name).mkdir()
        (tmp_path / f"{name}.mypy").mkdir()
        os.utime(tmp_path / f"{name}.mypy", (moment, moment))
    made = await prepare_environment(PYPROJECT, LOCK, tmp_path)
    assert {path.name for path in tmp_path.iterdir() if path.suffix != ".lock"} == {
        "busy", "busy.mypy", made.key, f"{made.key}.mypy",
    }  # fmt: skip


async def test_a_cache_of_types_that_somebody_took_away_is_made_again(tmp_path: Path) -> None:
    made = await prepare_environment(PYPROJECT, LOCK, tmp_path)
    made.mypy_cache.rmdir()
    assert (await prepare_environment(PYPROJECT, LOCK, tmp_path)).mypy_cache.is_dir()


async def test_one_that_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    broken = tmp_path / environment_key(LOCK)
    broken.mkdir()
    (broken / "half").write_text("")
    made = await prepare_environment(PYPROJECT, LOCK, tmp_path)
    assert made.path == broken
    assert made.python.exists()
    assert not (broken / "half").exists()


async def test_missing_wheels_without_a_network_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    lock = LOCK.replace(b"[[package]]", b'[[package]]\ndependencies = [{ name = "faraway" }]', 1) + FAR
    with pytest.raises(EnvironmentNotReady, match="run make setup") as refused:
        await prepare_environment(
            PYPROJECT.replace(b"version", b'dependencies = ["faraway"]\nversion', 1), lock, tmp_path
        )
    assert "faraway" in str(refused.value)
    assert not (tmp_path / environment_key(lock) / MARKER).exists()


async def test_a_lock_that_does_not_fit_says_so(tmp_path: Path) -> None:
    fits = PYPROJECT.replace(b'requires-python = ">=3.12"', b'requires-python = "<3"')
    with pytest.raises(EnvironmentNotReady, match="Check its lock file"):
        await prepare_environment(fits, LOCK, tmp_path)


async def test_source_distributions_are_never_built(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "evil").mkdir(parents=True)
    (project / "evil/pyproject.toml").write_text('[project]\nname = "evil"\nversion = "1"\n')
    (project / "evil/setup.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    pyproject = PYPROJECT.replace(b"version", b'dependencies = ["evil"]\nversion', 1)
    pyproject += b'[tool.uv.sources]\nevil = { path = "evil" }\n'
    (project / "pyproject.toml").write_bytes(pyproject)
    subprocess.run([uv.find_uv_bin(), "lock", "--offline", "-q", "--python", str(INTERPRETER)], cwd=project, check=True)
    (tmp_path / "ran").unlink(missing_ok=True)
    with pytest.raises(EnvironmentNotReady):
        await prepare_environment(pyproject, (project / "uv.lock").read_bytes(), tmp_path / "cache")
    assert not (tmp_path / "ran").exists()
