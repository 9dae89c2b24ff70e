"""fastcrud: a library that makes routes as the application starts (https://benavlabs.github.io/fastcrud/usage/endpoint)."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.generated_services.judges.base import Workbench
from tests.generated_services.peers.projects import INPUTS, Project, environment_with

__all__ = ["Fastcrud"]

PACKAGE = "fastcrud==0.23.0"
WRITTEN = "a library: nothing is written for you"


@dataclass(frozen=True)
class Fastcrud:
    """One file, written as its documentation shows, with the bounds that the specs name in its schemas."""

    name: str = PACKAGE.replace("==", " ")
    database: str = "sqlite"
    lacks: Mapping[str, str] = field(
        default_factory=lambda: {
            "own tests": WRITTEN,
            "migrations": WRITTEN,
            "made again": "a library: nothing is generated, so nothing is lost",
        }
    )

    def make(self, bench: Workbench, place: Path) -> Project:
        """Put the application into its folder. Raises NotMade."""
        packages = (PACKAGE, "fastapi==0.165.0", "uvicorn==0.54.0", "aiosqlite==0.22.1", "greenlet==3.5.6")
        programs = environment_with(bench, "fastcrud", *packages)
        shutil.copy(INPUTS / "fastcrud_app.txt", place / "shop.py")
        return Project(
            folder=place,
            programs=programs,
            code=("shop.py",),
            serve=lambda to: ("uvicorn", "shop:app", "--port", str(to.port), "--log-level", "warning"),
            document="/openapi.json",
        )

    def make_again(self, bench: Workbench, project: Project) -> None:
        """Never asked for: nothing is generated."""
        raise NotImplementedError
