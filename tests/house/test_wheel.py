"""The wheel is whole: installed into an empty folder, it carries everything that the program reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import uv

ROOT = Path(__file__).resolve().parents[2]


def uv_run(*arguments: str | Path) -> None:
    done = subprocess.run(
        [uv.find_uv_bin(), *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    uv_run("build", "--wheel", "--offline", "--no-build-isolation", "--python", sys.executable, "--out-dir", folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    uv_run("pip", "install", "--offline", "--no-deps", "--python", sys.executable, "--target", folder, wheel)
    return folder


def run_installed(installed: Path, folder: Path, *command: str) -> str:
    """Run Python with the installed package before the checkout's, in an empty folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))}
    environment |= {"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def shipped(folder: str) -> set[str]:
    """Return the files of a folder of the checkout that git knows."""
    listed = subprocess.run(
        ["git", "ls-files", "--", folder], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return {name for name in listed if (ROOT / name).is_file()}


def test_the_wheel_carries_every_file_that_ships(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())

    resources = {f"bot/_resources/{name}" for name in shipped("prompts") | shipped("templates") | {"manifest.json"}}
    assert resources <= names
    assert shipped("bot") <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests")]


def test_the_installed_program_finds_its_own_resources(installed: Path, tmp_path: Path) -> None:
    where = run_installed(
        installed, tmp_path, "-c", "import bot.resources; print(bot.resources.resource('templates/fastapi'))"
    )

    assert Path(where.strip()) == installed / "bot" / "_resources" / "templates" / "fastapi"


def test_the_installed_program_prints_the_manifest(installed: Path, tmp_path: Path) -> None:
    printed = run_installed(installed, tmp_path, "-m", "bot.cli", "manifest")

    assert json.loads(printed) == json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
