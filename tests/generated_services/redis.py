"""A Redis of our own on 127.0.0.1, for the features that need one."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.generated_services.programs import environment_of, free_port, serving

__all__ = ["HOW_TO_INSTALL", "find_redis", "started_redis"]

HOW_TO_INSTALL = "no Redis (`apt-get install redis-server`, or set REDIS_SERVER to the program's path)"
PROGRAMS = ("redis-server", "valkey-server")


def find_redis() -> Path | None:
    """Return the server of `REDIS_SERVER`, else of PATH, or None."""
    names = (os.environ.get("REDIS_SERVER") or "", *PROGRAMS)
    return next((Path(found) for name in names if name and (found := shutil.which(name))), None)


@contextlib.contextmanager
def started_redis(program: Path) -> Iterator[str]:
    """Run a new server as long as the block lasts, and give its address. Raises ServerDidNotStart."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="planthread-redis-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
        with serving([program, *options], folder, environment_of(folder), folder / "log", lambda: answers(port)):
            yield f"redis://127.0.0.1:{port}"


def answers(port: int) -> bool:
    """Tell whether a Redis answers a ping."""
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(5) == b"+PONG"
    except OSError:
        return False
