"""Serves ``app.main:app`` of the current folder, migrated and seeded, on a socket that was handed down.

``python serve.py 7`` listens on the file descriptor 7.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys


def prepare() -> bool:
    """Bring the database to its newest migration and store a few rows; False where there is no database then."""
    migrated = subprocess.run([sys.executable, "-m", "alembic", "upgrade", "head"], check=False)
    if migrated.returncode:
        return False
    seeded = subprocess.run([sys.executable, "-m", "app.seeds"], check=False)
    if seeded.returncode:
        print("The seeds could not be stored; the service begins empty.")  # noqa: T201 - people see this output
    return True


def main(arguments: list[str]) -> int:
    """Prepare, then serve until killed; return the exit code."""
    if not prepare():
        return 1
    import uvicorn  # of the service's own environment

    sys.path.insert(0, "")
    listening = socket.socket(fileno=int(arguments[0]))
    server = uvicorn.Server(uvicorn.Config("app.main:app", access_log=False, proxy_headers=False))
    asyncio.run(server.serve(sockets=[listening]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
