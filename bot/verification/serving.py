"""Running a delivered service for a while, so that people can try it: migrated, seeded, and shut in like a judge.

The service listens on a socket of the file system that the bot opened and handed down. It has no network, and sees no
folder that it could fill: a socket for TCP would give it a way out (shut down, it can connect), this one doesn't.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

from bot.verification.environments import Environment
from bot.verification.execution import Execution
from bot.verification.judges import variables
from bot.verification.sandbox import Job, Limits, Sandbox, Trust

__all__ = ["HOST", "listening", "serve_tree"]

BACKLOG = 64
HOST = "service"
"""The name under which the bot itself asks the service."""
SETTINGS = {
    "DATABASE_URL": "sqlite+aiosqlite:///{scratch}/tried.db",
    "TRUSTED_HOSTS": f'["127.0.0.1", "localhost", "{HOST}"]',
}
"""What the service is told; the names are part of what the blueprint promises."""
MEMORY_BYTES = 1 << 30
FILE_BYTES = 64 << 20


@contextlib.contextmanager
def listening(path: Path) -> Iterator[socket.socket]:
    """Open a socket at a path, for the owner of its folder; the path is gone when the block ends. Raises OSError."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as opened:
        opened.bind(str(path))
        try:
            opened.listen(BACKLOG)
            yield opened
        finally:
            path.unlink(missing_ok=True)


async def serve_tree(
    folder: Path, environment: Environment, sandbox: Sandbox, trust: Trust, socket_of: socket.socket, seconds: float
) -> Execution:
    """Serve the tree below a folder until it ends, is cancelled, or its time is over; nothing is written into it.

    Raises NotRun where trees of that origin may not run here.
    """
    descriptor = socket_of.fileno()
    job = Job(
        command=(str(environment.python), "{judges}/serve.py", str(descriptor)),
        folder=folder,
        readable=(environment.path,),
        environment=variables(environment) | SETTINGS,
        inherited=(descriptor,),
        limits=Limits(seconds=seconds, memory_bytes=MEMORY_BYTES, file_bytes=FILE_BYTES),
    )
    return await sandbox.run(job, trust)
