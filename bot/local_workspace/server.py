"""The web server: routes, the guard at the door, and a stop that leaves nothing hanging."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from bot.local_workspace.errors import PersonError
from bot.local_workspace.interactions import Interactions
from bot.local_workspace.person_api import PersonApi
from bot.local_workspace.web_api import WebApi
from bot.local_workspace.workspace import Workspace

__all__ = ["WorkspaceServer", "create_app", "is_loopback", "listening_socket"]

PAGE = Path(__file__).resolve().parent / "page"
CONTENT_SECURITY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data: http://127.0.0.1:* http://localhost:*",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
SAFETY = {
    "content-security-policy": CONTENT_SECURITY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address means this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class LoopbackGuard:
    """Refuses requests that another site's page could have caused: a foreign Host, or a foreign Origin."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with safety headers on its answer, or refuse it with 403."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not allowed(headers) or not sent_by_us(headers, scope["path"]):
            await refuse(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in SAFETY.items():
                    answer.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_safely)


def allowed(headers: Headers) -> bool:
    """Tell whether a request is addressed to this machine, and comes from our page or from a program."""
    host = headers.get("host", "")
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    origin = headers.get("origin")
    return is_loopback(name) and (origin is None or origin == f"http://{host}")


def sent_by_us(headers: Headers, path: str) -> bool:
    """Tell whether a request was caused by our page, a program, or a person who followed a link to the page.

    Browsers send no Origin with images and links of other sites, but they say whose page caused a request.
    """
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return True
    return headers.get("sec-fetch-mode") == "navigate" and (path == "/" or path.startswith("/archives/"))


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 403."""
    sentence = "This workspace answers only to its own page and to programs on this machine.\n"
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).send_denial_response(PlainTextResponse(sentence, 403))
        return
    await PlainTextResponse(sentence, 403)(scope, receive, send)


async def page(_: Request) -> Response:
    """Give the page; addresses of channels and messages open it too."""
    return FileResponse(PAGE / "index.html", headers={"cache-control": "no-cache"})


async def refused(_: Request, error: Exception) -> Response:
    """Answer a refusal towards a person with its code and its sentence."""
    if not isinstance(error, PersonError):
        raise error
    return JSONResponse(error.as_answer(), error.status)


class PageFiles(StaticFiles):
    """The page's own files, always checked for a newer version."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "no-cache"
        return response


def create_app(workspace: Workspace) -> Starlette:
    """Return the whole application around a workspace."""
    interactions = Interactions(workspace)

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        workspace.delivery.begin()
        yield
        await workspace.stop_talking()
        workspace.history.close()

    app = Starlette(
        routes=[
            *WebApi(workspace, interactions).routes(),
            *PersonApi(workspace, interactions).routes(),
            WebSocketRoute("/link/", workspace.socket_mode.serve),
            Mount("/page", PageFiles(directory=PAGE)),
            Route("/", page),
            Route("/archives/{channel}", page),
            Route("/archives/{channel}/{message}", page),
        ],
        exception_handlers={PersonError: refused},
        lifespan=life,
    )
    app.add_middleware(LoopbackGuard)
    return app


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address; port 0 takes a free one. Raises OSError where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


class WorkspaceServer(uvicorn.Server):
    """Uvicorn, which says where it listens and ends open feeds and sockets before it waits for them."""

    def __init__(self, workspace: Workspace, *, announce: bool = False) -> None:
        config = uvicorn.Config(
            create_app(workspace),
            log_level="warning",
            access_log=False,
            ws="websockets-sansio",
            ws_max_size=1_000_000,
            timeout_graceful_shutdown=3,
            server_header=False,
        )
        super().__init__(config)
        self._workspace = workspace
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, then print the address."""
        await super().startup(sockets)
        if self._announce and self.started:
            print(f"Local workspace: {self._workspace.options.address}", flush=True)  # noqa: T201 (the one line it prints)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End feeds and connections first; they would otherwise keep the server waiting."""
        await self._workspace.stop_talking()
        await super().shutdown(sockets)
