"""fastapi_template: a project with one model of its own to begin from (https://github.com/s3rius/FastAPI-template)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.generated_services.judges.base import Workbench
from tests.generated_services.peers.projects import MYPY, Address, Project, environment_with, in_folder

__all__ = ["FastapiTemplate"]

PACKAGE = "fastapi_template==6.1.2"
CHOICES = ("--quiet", "--api-type", "rest", "--db", "sqlite", "--orm", "sqlalchemy", "--ci", "none")
PARTS = ("--migrations", "--dummy", "--routers")


@dataclass(frozen=True)
class FastapiTemplate:
    """`fastapi_template --quiet`, with SQLite, SQLAlchemy, migrations, and the model and routes that it shows."""

    name: str = PACKAGE.replace("==", " ")
    database: str = "sqlite"
    lacks: Mapping[str, str] = field(
        default_factory=lambda: {"made again": "takes no entities: made once, as a start, with its one example model"}
    )

    def make(self, bench: Workbench, place: Path) -> Project:
        """Generate the project and its environment. Raises NotMade."""
        programs = environment_with(bench, "fastapi-template", PACKAGE)
        command = (programs / "fastapi_template", "--name", "orders", *CHOICES, *PARTS)
        in_folder("fastapi_template", command, place, bench.tools.uv.parent)
        folder = place / "orders"
        uv = bench.tools.uv
        in_folder("uv sync", (uv, "sync", "--quiet"), folder)
        in_folder("fetching mypy", (uv, "pip", "install", "--quiet", "--python", folder / ".venv", MYPY), folder)
        return Project(
            folder=folder,
            programs=folder / ".venv" / "bin",
            code=("orders", "tests"),
            serve=lambda _: ("python", "-m", "orders"),
            document="/api/openapi.json",
            settings=settings,
            prepare=(("alembic", "upgrade", "head"),),
            tests=("--cov=orders", "tests"),
            migrations=("upgrade head", "check", "downgrade base", "upgrade head", "check"),
        )

    def make_again(self, bench: Workbench, project: Project) -> None:
        """Never asked for: there are no entities to change."""
        raise NotImplementedError


def settings(to: Address) -> Mapping[str, str]:
    """Return what its service reads."""
    chosen = {"DB_FILE": str(to.file), "HOST": "127.0.0.1", "PORT": str(to.port), "LOG_LEVEL": "WARNING"}
    return {f"ORDERS_{name}": value for name, value in chosen.items()}
