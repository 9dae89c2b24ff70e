"""fastapi-forge: a YAML of models in, a project on PostgreSQL out (https://github.com/mslaursen/fastapi-forge)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.generated_services.judges.base import Workbench
from tests.generated_services.peers.projects import (
    INPUTS,
    MYPY,
    NEW_FIELD,
    Address,
    NotMade,
    Project,
    environment_with,
    in_folder,
)

__all__ = ["FastapiForge"]

PACKAGE = "fastapi-forge==0.13.0"
PRICE = "        - {name: price, type: Float}\n"


@dataclass(frozen=True)
class FastapiForge:
    """`fastapi-forge start --no-ui --from-yaml`."""

    name: str = PACKAGE.replace("==", " ")
    database: str = "postgresql"
    lacks: Mapping[str, str] = field(default_factory=dict)

    def make(self, bench: Workbench, place: Path) -> Project:
        """Generate from the YAML, with a Float for want of a Decimal, and the migration by its own command.

        Raises NotMade.
        """
        start(bench, place, (INPUTS / "fastapi_forge.yaml").read_text(encoding="utf-8"))
        folder = place / "orders"
        uv = bench.tools.uv
        in_folder("uv sync", (uv, "sync", "--quiet"), folder)
        in_folder("fetching mypy", (uv, "pip", "install", "--quiet", "--python", folder / ".venv", MYPY), folder)
        project = Project(
            folder=folder,
            programs=folder / ".venv" / "bin",
            code=("orders", "tests"),
            serve=lambda _: ("python", "-m", "orders"),
            document="/openapi.json",
            settings=settings,
            prepare=(("alembic", "upgrade", "head"),),
            tests=("--cov=orders", "tests"),
            migrations=("upgrade head", "check", "downgrade base", "upgrade head", "check"),
            edited=("orders/models/line_models.py",),
            shows_field="orders/models/line_models.py",
        )
        with bench.postgresql().database() as url:
            command = (project.programs / "alembic", "revision", "--autogenerate", "-m", "initial")
            in_folder("alembic revision", command, folder, project.programs, **settings(Address(url, 0)))
        return project

    def make_again(self, bench: Workbench, project: Project) -> None:
        """Generate into the same folder. Raises NotMade."""
        text = (INPUTS / "fastapi_forge.yaml").read_text(encoding="utf-8")
        more = PRICE.replace("price", NEW_FIELD)
        start(bench, project.folder.parent, text.replace(PRICE, PRICE + more))


def start(bench: Workbench, place: Path, text: str) -> None:
    """Run the generator. Its own lint at the end may fail: the project is whole by then. Raises NotMade."""
    (place / "forge.yaml").write_text(text, encoding="utf-8")
    programs = environment_with(bench, "fastapi-forge", PACKAGE)
    command = (programs / "fastapi-forge", "start", "--no-ui", "--from-yaml", place / "forge.yaml", "--yes")
    try:
        in_folder("fastapi-forge start", command, place, bench.tools.uv.parent)
    except NotMade as error:
        if "built successfully" not in error.output or not (place / "orders" / "uv.lock").exists():
            raise


def settings(to: Address) -> Mapping[str, str]:
    """Return what its service reads; its own tests take the server from here, and a database of their own."""
    host, port, user, name = to.server
    database = {"PG_HOST": host, "PG_PORT": port, "PG_USER": user, "PG_DATABASE": name, "PG_PASSWORD": "none"}
    service = {"HOST": "127.0.0.1", "PORT": str(to.port), "RELOAD": "false", "LOG_LEVEL": "warning"}
    return {f"ORDERS_{name}": value for name, value in (database | service).items()}
