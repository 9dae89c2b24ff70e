"""A PostgreSQL of our own on 127.0.0.1: Debian's programs, a temporary folder, a free port, an ordinary user."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.generated_services.programs import environment_of, free_port, run, serving

__all__ = ["HOW_TO_INSTALL", "PostgreSQL", "find_postgresql", "started_postgresql"]

HOW_TO_INSTALL = "no PostgreSQL (`apt-get install postgresql`, or set POSTGRESQL_BIN to the folder of initdb)"
DEBIAN = Path("/usr/lib/postgresql")
OWNER = "service"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
"""Nothing of these databases outlives the run."""


@dataclass
class PostgreSQL:
    """A running server."""

    programs: Path
    port: int
    folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """Give the address of a new, empty database, gone at the end."""
        name = f"judged_{next(self.numbers)}"
        self.ask(f"CREATE DATABASE {name}")
        try:
            yield f"postgresql+asyncpg://{OWNER}@127.0.0.1:{self.port}/{name}"
        finally:
            self.ask(f"DROP DATABASE {name} WITH (FORCE)")

    def ask(self, statement: str) -> None:
        """Run one statement. Raises RuntimeError where it fails."""
        server = ("-h", "127.0.0.1", "-p", str(self.port), "-U", OWNER, "-d", "postgres")
        done = run(
            [self.programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", *server, "-c", statement],
            self.folder,
            environment_of(self.folder),
        )
        if not done.ok:
            raise RuntimeError(f"{statement}: {done.output}")


def find_postgresql() -> Path | None:
    """Return the folder of the newest server's programs, or None."""
    given = os.environ.get("POSTGRESQL_BIN")
    if given:
        return Path(given)
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]), reverse=True)
    on_path = shutil.which("initdb")
    found = [*(path.parent for path in versions), *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in found if (folder / "postgres").exists()), None)


def ordinary_user() -> str | None:
    """Return whom the server must run as: the superuser may not, so for that one it is somebody else."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


@contextlib.contextmanager
def started_postgresql(programs: Path) -> Iterator[PostgreSQL]:
    """Run a new server as long as the block lasts. Raises ServerDidNotStart, or RuntimeError where initdb fails."""
    user, port = ordinary_user(), free_port()
    with tempfile.TemporaryDirectory(prefix="planthread-postgresql-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        environment = environment_of(folder)
        data = folder / "data"
        made = run(
            [programs / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            folder,
            environment,
            user=user,
        )
        if not made.ok:
            raise RuntimeError(f"initdb failed: {made.output}")
        settings = [word for setting in QUICK for word in ("-c", setting)]
        address = ("-h", "127.0.0.1", "-p", str(port), "-k", "")
        who = ("-h", "127.0.0.1", "-p", str(port), "-U", OWNER, "-d", "postgres")
        with serving(
            [programs / "postgres", "-D", data, *address, *settings],
            folder,
            environment,
            folder / "log",
            lambda: run([programs / "pg_isready", "-q", *who], folder, environment).ok,
            user=user,
            stop_by=signal.SIGINT,
        ):
            yield PostgreSQL(programs, port, folder)
