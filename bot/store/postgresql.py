"""Copies of a PostgreSQL database, by the server's own programs; a password goes by the environment only."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

from sqlalchemy.engine import make_url

__all__ = ["PostgreSQLError", "dump", "load"]

PASSED_ON = ("PATH", "LANG", "SSL_CERT_FILE", "SSL_CERT_DIR", "PGSSLMODE", "PGSSLROOTCERT", "PGPASSFILE", "HOME")


class PostgreSQLError(Exception):
    """A program of PostgreSQL is missing or failed. The message says what to do."""


async def dump(url: str, to: Path) -> None:
    """Write a database into a file, as it is at one moment. Raises PostgreSQLError."""
    await run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")


async def load(url: str, file: Path) -> None:
    """Put a file of `dump` in the place of what a database holds, all of it or nothing. Raises PostgreSQLError."""
    options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    await run("pg_restore", url, *options, str(file))


async def run(program: str, url: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on the database of a URL."""
    found = shutil.which(program)
    if found is None:
        raise PostgreSQLError(f"{program} isn't installed here; install PostgreSQL's client programs and try again.")
    parts = make_url(url)
    where = {
        "PGHOST": parts.host,
        "PGPORT": str(parts.port) if parts.port else None,
        "PGUSER": parts.username,
        "PGPASSWORD": str(parts.password) if parts.password else None,
        "PGDATABASE": parts.database,
    }
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment |= {name: value for name, value in where.items() if value}
    words = [*arguments, *([f"--dbname={parts.database}"] if program == "pg_restore" else [])]
    process = await asyncio.create_subprocess_exec(
        found, *words, env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    try:
        _, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        said = errors.decode(errors="replace").strip().splitlines()
        raise PostgreSQLError(f"{program} failed: {said[0][:300] if said else 'it said nothing'}")
