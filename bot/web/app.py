"""The web application: health, repository pages, clones; with the headers and checks that every answer gets."""

from __future__ import annotations

import ipaddress
import uuid
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.repository.errors import GitError, UnknownRevision
from bot.store.refusals import is_away
from bot.web.browsing import repository_routes
from bot.web.cloning import clone_routes
from bot.web.rendering import ASSETS, problem_page
from bot.web.repository_door import RepositoryDoor, RepositoryKeys

__all__ = ["Readiness", "create_web_app"]

Readiness = Callable[[], Awaitable[list[str]]]
"""Returns why the bot can't work now, one sentence each; nothing when it can."""

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self' http://127.0.0.1:* http://localhost:*"
)
"""Nothing from outside; the local workspace, on another port of this machine, may show the pages beside the thread."""
SECURITY_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}

FOREIGN = (
    "This address answers to the name of its own machine only. Is a proxy before it? Then set PLANTHREAD_PUBLIC_URL to "
    "the address that it is reached at.\n"
)
LONGEST_NAME = 100
"""Characters of a foreign name in the log."""

logger = structlog.get_logger(__name__)


def create_web_app(
    repositories: Path,
    readiness: Readiness,
    *,
    hosts: Sequence[str] = (),
    routes: Sequence[BaseRoute] = (),
    keys: RepositoryKeys | None = None,
) -> Starlette:
    """Return the application over a folder of bare repositories (``<name>.git``), with further ``routes``.

    Requests that come in on a loopback address must name it (or one of ``hosts``, such as the public name behind a
    proxy on the same machine), so that a foreign page can't reach it by a name of its own. Where there are ``keys``,
    repositories are shown and cloned with one only.
    """

    async def ready(request: Request) -> Response:
        """Answer 200 when the bot can work, else 503 with the reasons."""
        reasons = await readiness()
        return JSONResponse({"ready": not reasons, "reasons": reasons}, status_code=503 if reasons else 200)

    pages = [
        Route("/", lambda request: RedirectResponse("/repositories"), methods=["GET"]),
        Route("/healthz", lambda request: PlainTextResponse("ok\n"), methods=["GET"]),
        Route("/readyz", ready, methods=["GET"]),
        Mount("/assets", StaticFiles(directory=ASSETS)),
        *repository_routes(repositories),
        *clone_routes(repositories),
    ]
    return Starlette(
        routes=[*routes, *pages],
        middleware=[Middleware(Doorkeeper, hosts=hosts), *([Middleware(RepositoryDoor, keys=keys)] if keys else [])],
        exception_handlers={
            HTTPException: shown_problem,
            UnknownRevision: not_found,
            GitError: git_failed,
            SQLAlchemyError: database_failed,
            Exception: unexpected,
        },
    )


class Doorkeeper:
    """Checks the name that a request is for, and gives every answer its headers."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str] = ()) -> None:
        self.app = app
        self.has_told = False
        self.names = LOOPBACK_NAMES | {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer 421."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if self.is_foreign(scope):
            self.tell_once(Headers(scope=scope).get("host", ""))
            await PlainTextResponse(FOREIGN, status_code=421)(scope, receive, send_with_headers)
            return
        await self.app(scope, receive, send_with_headers)

    def tell_once(self, name: str) -> None:
        """Tell the log of the first such request: behind a proxy that nobody named, nothing gets through."""
        if not self.has_told:
            logger.warning("a request for another name was refused", name=name[:LONGEST_NAME], mend=FOREIGN.strip())
        self.has_told = True

    def is_foreign(self, scope: Scope) -> bool:
        """Tell whether a request on a loopback address is for some other name."""
        address = (scope.get("server") or ("", None))[0]
        try:
            if not ipaddress.ip_address(address).is_loopback:
                return False
        except ValueError:
            return False
        host = Headers(scope=scope).get("host", "").lower()
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        return name not in self.names


async def shown_problem(request: Request, error: Exception) -> Response:
    """Show a refusal as a page."""
    status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
    sentence = detail if status != 404 or detail != "Not Found" else "There is nothing at this address."
    return problem_page(request, status, sentence)


async def not_found(request: Request, error: Exception) -> Response:
    """Show that a branch or commit isn't there."""
    return problem_page(request, 404, str(error))


async def git_failed(request: Request, error: Exception) -> Response:
    """Show that git failed, and log it."""
    number = uuid.uuid4().hex[:8]
    logger.warning("git failed for a page", id=number, path=request.url.path, error=str(error))
    return problem_page(request, 500, f"The repository couldn't be read (number {number} in the log).")


async def database_failed(request: Request, error: Exception) -> Response:
    """Say that the page's database can't be had now; what else it refuses is a fault like any other."""
    if not is_away(error):
        return await unexpected(request, error)
    logger.error("a page can't be read", path=request.url.path, exc_info=error)
    return problem_page(request, 503, "The database can't be read at the moment. Please try it again in a few minutes.")


async def unexpected(request: Request, error: Exception) -> Response:
    """Show the number under which an unexpected failure is logged."""
    number = uuid.uuid4().hex[:8]
    logger.error("a page failed", id=number, path=request.url.path, exc_info=error)
    return problem_page(request, 500, f"Something went wrong here (number {number} in the log).")
