"""Serves an application inside the running event loop, and stops when told; signals stay the caller's."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

__all__ = ["WebServer", "serve_web"]

GRACE_SECONDS = 3
"""How long open connections may take to end at a stop."""


class QuietServer(uvicorn.Server):
    """uvicorn without hands on the process's signals, which says when it takes connections."""

    def __init__(self, configuration: uvicorn.Config) -> None:
        super().__init__(configuration)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start as usual, then say so."""
        await super().startup(sockets)
        self.ready.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals as they are."""
        yield


class WebServer:
    """A running server. Made by `serve_web`."""

    def __init__(self, server: uvicorn.Server, task: asyncio.Task[None], host: str, port: int) -> None:
        self.host = host
        self.port = port
        self._server = server
        self._task = task

    @property
    def url(self) -> str:
        """Return the address, as this machine opens it."""
        names = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}  # noqa: S104 - a name, not a bind
        host = names.get(self.host, f"[{self.host}]" if ":" in self.host else self.host)
        return f"http://{host}:{self.port}"

    async def stop(self) -> None:
        """Take no new connection, let the open ones end shortly, and return when all is closed."""
        self._server.should_exit = True
        await asyncio.wait({self._task})

    async def wait(self) -> None:
        """Wait until the server has stopped. Raises what stopped it, if that was a failure."""
        await asyncio.shield(self._task)


async def serve_web(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> WebServer:
    """Serve an application and return when it takes connections. Port 0 takes a free one.

    Raises OSError where the address is taken or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    configuration = uvicorn.Config(
        app, lifespan="off", log_config=None, access_log=False, server_header=False, date_header=True,
        timeout_graceful_shutdown=GRACE_SECONDS, ws="none",
    )  # fmt: skip
    server = QuietServer(configuration)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    ready = asyncio.create_task(server.ready.wait())
    await asyncio.wait({ready, task}, return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
    if task.done():
        task.result()
    return WebServer(server, task, host, int(listener.getsockname()[1]))
