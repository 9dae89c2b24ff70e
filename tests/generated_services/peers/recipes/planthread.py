"""Planthread itself, by its command line."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.verification.environments import prepare_environment
from tests.generated_services.judges.base import Workbench
from tests.generated_services.outside_tools import shared_cache
from tests.generated_services.peers.projects import INPUTS, NEW_FIELD, Project, in_folder

__all__ = ["Planthread"]

ROOT = Path(__file__).resolve().parents[4]
AUTHOR = "Mara Lind <mara@planthread.invalid>"
PRICE = "  - price: Decimal (min 0, digits 8 places 2)\n"


@dataclass(frozen=True)
class Planthread:
    """`planthread build` of this checkout."""

    name: str = "Planthread (this checkout)"
    database: str = "sqlite"
    lacks: Mapping[str, str] = field(default_factory=dict)

    def make(self, bench: Workbench, place: Path) -> Project:
        """Build the specs. Raises NotMade."""
        folder = place / "orders"
        build((INPUTS / "entity_specs.txt").read_text(encoding="utf-8"), folder)
        lock, pyproject = (folder / "uv.lock").read_bytes(), (folder / "pyproject.toml").read_bytes()
        environment = asyncio.run(prepare_environment(pyproject, lock, shared_cache().parent / "environments"))
        return Project(
            folder=folder,
            programs=environment.path / "bin",
            code=("app", "tests"),
            serve=lambda to: ("uvicorn", "app.main:app", "--port", str(to.port), "--log-level", "warning"),
            document="/openapi.json",
            settings=lambda to: {"DATABASE_URL": to.database, "LOG_LEVEL": "ERROR"},
            prepare=(("alembic", "upgrade", "head"), ("python", "-m", "app.seeds")),
            tests=("--cov=app", "tests"),
            migrations=("upgrade head", "check", "downgrade base", "upgrade head", "check"),
            edited=("app/models/line.py",),
            shows_field="app/models/line.py",
        )

    def make_again(self, bench: Workbench, project: Project) -> None:
        """Commit what the person edited, and build the changed specs over it. Raises NotMade."""
        who = ("-c", "user.name=Mara", "-c", "user.email=mara@planthread.invalid")
        in_folder("git commit", ("git", *who, "commit", "--quiet", "--all", "--message", "By hand"), project.folder)
        text = (INPUTS / "entity_specs.txt").read_text(encoding="utf-8")
        more = f"  - {NEW_FIELD}: Decimal (min 0, digits 8 places 2, default 0)\n"
        build(text.replace(PRICE, PRICE + more), project.folder)


def build(specs: str, folder: Path) -> None:
    """Run `planthread build`. Raises NotMade."""
    place = folder.parent
    (place / "entity_specs.txt").write_text(specs, encoding="utf-8")
    command = (sys.executable, "-m", "bot.cli", "build", place / "entity_specs.txt", "--out", folder, "--no-verify")
    in_folder(
        "planthread build",
        (*command, "--name", "Orders", "--date", "2026-11-20", "--author", AUTHOR),
        place,
        PYTHONPATH=str(ROOT),
        PLANTHREAD_CACHE=str(shared_cache().parent),
    )
