"""ApiLogicServer: a database in, a Flask service with JSON:API and an admin app out (https://apilogicserver.github.io)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.generated_services.judges.base import Workbench
from tests.generated_services.peers.projects import INPUTS, NEW_FIELD, Project, environment_with, in_folder

__all__ = ["ApiLogicServer"]

PACKAGE = "ApiLogicServer==17.5.10"


@dataclass(frozen=True)
class ApiLogicServer:
    """`ApiLogicServer create` on an SQLite database with the three tables."""

    name: str = PACKAGE.replace("==", " ")
    database: str = "sqlite"
    lacks: Mapping[str, str] = field(
        default_factory=lambda: {
            "own tests": "none for a schema of one's own: a Behave suite to fill in",
            "migrations": "none made: an Alembic folder to fill in",
        }
    )

    def make(self, bench: Workbench, place: Path) -> Project:
        """Make the tables and the project from them. Raises NotMade."""
        programs = environment_with(bench, "api-logic-server", PACKAGE)
        database = place / "shop.db"
        change(database, (INPUTS / "schema.sql").read_text(encoding="utf-8"))
        where = (f"--project-name={place / 'orders'}", f"--db-url=sqlite:///{database}")
        in_folder("ApiLogicServer create", (programs / "ApiLogicServer", "create", *where), place, programs)
        return Project(
            folder=place / "orders",
            programs=programs,
            code=("--explicit-package-bases", "api", "config", "database", "logic"),
            serve=lambda to: ("python", "api_logic_server_run.py", f"--port={to.port}", f"--swagger_port={to.port}"),
            document="/api/swagger.json",
            edited=("database/models.py", "database/customize_models.py"),
            shows_field="database/models.py",
        )

    def make_again(self, bench: Workbench, project: Project) -> None:
        """Add the column to the database, and have the project rebuilt from it. Raises NotMade."""
        place = project.folder.parent
        change(place / "shop.db", f"ALTER TABLE lines ADD COLUMN {NEW_FIELD} NUMERIC(8, 2);")
        where = (f"--project-name={project.folder}", f"--db-url=sqlite:///{place / 'shop.db'}")
        command = (project.programs / "ApiLogicServer", "rebuild-from-database", *where)
        in_folder("ApiLogicServer rebuild-from-database", command, place, project.programs)


def change(database: Path, statements: str) -> None:
    """Run statements on an SQLite database."""
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(statements)
