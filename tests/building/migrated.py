"""A database of a generated service, moved by the service's own migrations while rows are in it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.verification.environments import EnvironmentNotReady, prepare_environment

__all__ = ["Cells", "Migrated", "migrated", "program"]

type Cells = tuple[object, ...]

ALEMBIC = """
import sys, traceback
from alembic.config import main
for line in sys.stdin:
    try:
        main(argv=line.split())
        said = "done"
    except BaseException as error:
        said = " ".join(str(error).split()) or "failed"
    print(f"\\n:{said}", flush=True)
"""
"""Runs commands of Alembic in one process, and says after each how it went."""


def program(service: Path, cache: Path, name: str) -> Path:
    """Return a program of the environment that a service is judged in."""
    pyproject, lock = ((service / part).read_bytes() for part in ("pyproject.toml", "uv.lock"))
    try:
        made = asyncio.run(prepare_environment(pyproject, lock, cache / "environments"))
    except EnvironmentNotReady as error:
        pytest.skip(f"no packages of the generated service (run `make setup` once with a network): {error}")
    return made.path / "bin" / name


class Migrated:
    """A service's database, moved by its own migrations."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        """Talk to a process that runs Alembic."""
        self.process = process
        synchronous = address.replace("+aiosqlite", "").replace("+asyncpg", "+psycopg")
        self.engine = sa.create_engine(synchronous, poolclass=sa.NullPool)

    def alembic(self, command: str) -> str:
        """Run one command of Alembic; return ``done``, or what went wrong."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return next(line.strip()[1:] for line in self.process.stdout if line.startswith(":"))

    def run(self, *statements: str) -> None:
        """Let a person or the service write rows."""
        with self.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def rows(self, table: str, *columns: str) -> list[Cells]:
        """Return some columns of all rows of a table, in their order."""
        with self.engine.connect() as connection:
            wanted: list[sa.ColumnClause[Any]] = [sa.column(name) for name in columns]
            found = connection.execute(sa.select(*wanted).select_from(sa.table(table)).order_by(*wanted))
            return [tuple(row) for row in found]


@contextlib.contextmanager
def migrated(service: Path, address: str, cache: Path) -> Iterator[Migrated]:
    """Give a database that the migrations of a service can move."""
    with subprocess.Popen(
        [str(program(service, cache, "python")), "-c", ALEMBIC],
        cwd=service,
        env={"PATH": os.defpath, "HOME": str(service), "DATABASE_URL": address, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        yield Migrated(process, address)
        if process.stdin:
            process.stdin.close()
