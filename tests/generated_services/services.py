"""Builds services by the command line, as people do, each with the environment of its lock."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.verification.environments import Environment, prepare_environment
from tests.generated_services.outside_tools import shared_cache
from tests.generated_services.programs import environment_of, run
from tests.generated_services.service_specs import NAMES, buildable, whole_specs

__all__ = ["NotBuilt", "Service", "build_service", "label_of"]

ROOT = Path(__file__).resolve().parents[2]
STARTED = "2026-11-20"
AUTHOR = "Mara Lind <mara@planthread.invalid>"
PRINT_OPENAPI = "import json; from app.main import app; print(json.dumps(app.openapi()))"


class NotBuilt(Exception):  # noqa: N818 - says what happened
    """`planthread build` refused the specs, or failed; the message is what it said."""


@dataclass(frozen=True)
class Service:
    """A built service: how many entities, which features, its folder, its environment, and a folder for notes."""

    size: int
    features: tuple[str, ...]
    folder: Path
    environment: Environment
    notes: Path

    @property
    def label(self) -> str:
        """Return its name in tables."""
        return label_of(self.size, self.features)

    @property
    def programs(self) -> Path:
        """Return the folder of the environment's programs."""
        return self.environment.path / "bin"

    def variables(self, home: Path, **more: str) -> dict[str, str]:
        """Return the variables with which its programs run."""
        settings = {"PYTHONPYCACHEPREFIX": str(self.notes / "bytecode"), "LOG_LEVEL": "ERROR"}
        return environment_of(home, self.programs, **settings, **more)

    @cached_property
    def openapi(self) -> dict[str, Any]:
        """Return its OpenAPI document. Raises RuntimeError where the application can't be imported."""
        done = run([self.programs / "python", "-c", PRINT_OPENAPI], self.folder, self.variables(self.notes))
        if not done.ok:
            raise RuntimeError(f"the OpenAPI document can't be had:\n{done.output}")
        document: dict[str, Any] = json.loads(done.output.splitlines()[-1])
        return document

    @cached_property
    def settings(self) -> frozenset[str]:
        """Return the names of all settings that its `.env.example` shows."""
        lines = (self.folder / ".env.example").read_text(encoding="utf-8").splitlines()
        return frozenset(line.lstrip("# ").partition("=")[0] for line in lines if "=" in line)


def label_of(size: int, features: tuple[str, ...]) -> str:
    """Return the name of a service in tables: ``3 auth,docker``."""
    return f"{size} {','.join(features)}"


def build_service(size: int, features: tuple[str, ...], place: Path) -> Service:
    """Build a service below a new folder. Raises NotBuilt, or EnvironmentNotReady where packages can't be had."""
    place.mkdir(parents=True)
    specs, folder = place / "entity_specs.txt", place / "service"
    specs.write_text(buildable(whole_specs(size), features), encoding="utf-8")
    command: list[str | Path] = [sys.executable, "-m", "bot.cli", "build", specs, "--out", folder, "--no-verify"]
    command += ["--name", NAMES[size], "--features", ",".join(features), "--date", STARTED, "--author", AUTHOR]
    done = run(command, place, environment_of(place, PYTHONPATH=str(ROOT)))
    if not done.ok:
        raise NotBuilt(done.output)
    notes = place / "notes"
    notes.mkdir()
    lock, project = (folder / "uv.lock").read_bytes(), (folder / "pyproject.toml").read_bytes()
    environment = asyncio.run(prepare_environment(project, lock, shared_cache().parent / "environments"))
    return Service(size, features, folder, environment, notes)
