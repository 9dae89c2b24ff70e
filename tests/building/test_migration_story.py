"""A service grows by every kind of change while rows are in its database: all of them are there after each way."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.verification.environments import environment_key
from tests.building.regenerated import SPECS, TAG, built, edited, grown
from tests.generated_services.postgresql import HOW_TO_INSTALL, find_postgresql, started_postgresql

pytestmark = pytest.mark.environment

ADDED = SPECS.replace("  - status:", "  - pages: int (min 0)\n  - status:")
DROPPED = ADDED.replace("  - note: Optional[str] (max 100)\n", "")
RENAMED = DROPPED.replace(
    "- subtitle: Optional[str] (max 100)", "- byline: Optional[str] (max 100, renamed from subtitle)"
)
WITH_ENTITY = f"{RENAMED}{TAG}"
WITH_VALUE = WITH_ENTITY.replace("available, lent", "available, lent, lost")
MANY = WITH_VALUE.replace("  - author_id: Optional[int] (foreign key to Author)\n", "").replace(
    "API_PATH: /api/v1/books\n", "API_PATH: /api/v1/books\nRELATIONS:\n  - authors: Author (ManyToMany)\n"
)
CHANGES = (ADDED, DROPPED, RENAMED, WITH_ENTITY, WITH_VALUE, MANY)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository that a person edited, and that took up every change."""
    folder = tmp_path_factory.mktemp("story") / "books"
    assert built(folder, SPECS, "--name", "Reading room").exit_code == 0
    edited(folder)
    for day, specs in enumerate(CHANGES, 21):
        step = grown(folder, str(day), specs, f"2026-11-{day}")
        assert step.result.exit_code == (1 if step.conflicts else 0), step.result.output
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"
        return
    programs = find_postgresql()
    if programs is None:
        pytest.skip(HOW_TO_INSTALL)
    with started_postgresql(programs) as server, server.database() as made:
        yield made


def alembic(service: Path, address: str, cache: Path, *commands: str) -> str:
    """Run commands of Alembic one after another; return nothing where all succeed, else what the first one said."""
    lock = (service / "uv.lock").read_bytes()
    program = cache / "environments" / environment_key(lock) / "bin" / "alembic"
    if not program.exists():
        pytest.skip("no packages of the generated service (run `make setup` once with a network)")
    for command in commands:
        done = subprocess.run(
            [str(program), *command.split()],
            cwd=service,
            env={"PATH": os.defpath, "HOME": str(service), "DATABASE_URL": address},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            return f"{command}: {done.stdout}{done.stderr}"
    return ""


def test_rows_go_up_through_every_change_and_come_down(
    service: Path, address: str, cache: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(service, tmp_path / "copy"))
    engine = sa.create_engine(address.replace("+aiosqlite", "").replace("+asyncpg", "+psycopg"), poolclass=sa.NullPool)
    assert alembic(copy, address, cache, "upgrade 0001") == ""
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO authors (id, name) VALUES (1, 'Frank'), (2, 'Jane')")
        connection.exec_driver_sql(
            "INSERT INTO books (id, title, status, subtitle, note, author_id) VALUES "
            "(1, 'Dune', 'lent', 'A novel', 'worn', 1), (2, 'Emma', 'available', NULL, NULL, NULL)"
        )

    assert alembic(copy, address, cache, "upgrade head", "check") == ""

    with engine.connect() as connection:
        books = connection.exec_driver_sql("SELECT id, title, status, byline, pages FROM books ORDER BY id").fetchall()
        joining = sa.inspect(connection).get_table_names()
        (pairs,) = (name for name in joining if name not in {"authors", "books", "tags", "alembic_version"})
        joined = sa.table(pairs, sa.column("author_id"), sa.column("book_id"))
        pair = connection.execute(sa.select(joined)).fetchall()
    assert [tuple(row) for row in books] == [(1, "Dune", "lent", "A novel", 0), (2, "Emma", "available", None, 0)]
    assert [tuple(row) for row in pair] == [(1, 1)]

    assert alembic(copy, address, cache, "downgrade 0001") == ""
    with engine.connect() as connection:
        back = connection.exec_driver_sql("SELECT id, title, subtitle, author_id FROM books ORDER BY id").fetchall()
    assert [tuple(row) for row in back] == [(1, "Dune", "A novel", 1), (2, "Emma", None, None)]

    assert alembic(copy, address, cache, "upgrade head", "check", "downgrade base", "upgrade head") == ""
