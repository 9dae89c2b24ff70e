"""The two ways in from Slack: a socket that the bot opens, or signed HTTP requests. Both lead to the same listeners."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol
from urllib.parse import parse_qs

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import Clock, SignatureVerifier
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

__all__ = ["LARGEST_BODY", "SLACK_PATH", "Door", "HttpDoor", "SocketDoor", "waiting_routes"]

SLACK_PATH = "/slack/events"
"""Where Slack delivers events, commands and interactivity over HTTP; the path of Bolt's own servers."""

LARGEST_BODY = 2 * 1024 * 1024
"""Bytes. Slack's largest payload carries a view of 250 KB, which a form's encoding makes up to three times as long."""

BODY_SECONDS = 10.0
"""How long a body may take to arrive; Slack itself gives up after three seconds."""

UNSIGNED = "The signature doesn't fit. Is SLACK_SIGNING_SECRET that of this app, and this machine's clock right?"
FORM = "application/x-www-form-urlencoded"

log = structlog.get_logger(__name__)


class Door(Protocol):
    """How Slack reaches the app."""

    @property
    def routes(self) -> Sequence[Route]:
        """Return the routes that the bot's web server takes for it."""
        ...

    async def open(self) -> None:
        """Ask Slack for deliveries. Raises SlackApiError and aiohttp's errors where it won't or can't."""
        ...

    async def close(self) -> None:
        """Ask for no more deliveries."""
        ...

    async def problems(self) -> list[str]:
        """Return why Slack can't reach the app now, one sentence each."""
        ...


class SocketDoor:
    """Socket Mode: the bot opens a WebSocket to Slack, and needs no address of its own."""

    routes: Sequence[Route] = ()

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        """Keep what a connection needs; nothing is connected yet."""
        self._app = app
        self._app_token = app_token
        self._handler: AsyncSocketModeHandler | None = None

    async def open(self) -> None:
        """Connect. The token is tried first: the library would try a refused one again for ever."""
        await self._app.client.apps_connections_open(app_token=self._app_token)
        self._handler = AsyncSocketModeHandler(self._app, self._app_token)
        await self._handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt ships it untyped

    async def close(self) -> None:
        """Disconnect."""
        if self._handler is not None:
            await self._handler.close_async()  # type: ignore[no-untyped-call]  # as above

    async def problems(self) -> list[str]:
        """Return a sentence while the socket is down."""
        if self._handler is not None and await self._handler.client.is_connected():
            return []
        return ["The socket to Slack is not connected; it is tried again by itself."]


class HttpDoor:
    """Signed HTTP: Slack posts to `SLACK_PATH`. Nothing of a request is looked at before its signature was.

    The door is open as long as the web server runs: what comes in while the bot starts or stops is kept in the inbox.
    """

    def __init__(self, app: AsyncApp, signing_secret: str, clock: Clock | None = None) -> None:
        """Check with the app's signing secret; ``clock`` says how old a request is."""
        self._app = app
        self._verifier = SignatureVerifier(signing_secret, clock or Clock())

    @property
    def routes(self) -> Sequence[Route]:
        """Return the one route."""
        return [Route(SLACK_PATH, self.take, methods=["POST"])]

    async def open(self) -> None:
        """Do nothing: Slack calls without being asked."""

    async def close(self) -> None:
        """Do nothing: the web server's end is the door's."""

    async def problems(self) -> list[str]:
        """Return nothing: who reads this came in by the same server."""
        return []

    async def take(self, request: Request) -> Response:
        """Answer one request with what the app says, or with 401 where Slack didn't sign it."""
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await bounded_body(request)
        except (TimeoutError, ClientDisconnect):
            return refusal(408, "The request took too long to arrive.")
        if body is None:
            return refusal(413, "That is more than Slack ever sends.")
        if is_ssl_check(request, body):
            return PlainTextResponse("")
        if not self._is_signed(request, body):
            log.warning("a request without a valid signature was refused", sender=sender(request), bytes=len(body))
            return refusal(401, UNSIGNED)
        try:
            delivery = to_async_bolt_request(request, body)
        except (ValueError, RecursionError):
            return refusal(400, "The body can't be read.")
        if attempt := request.headers.get("x-slack-retry-num"):
            log.info("Slack delivers again", attempt=attempt, reason=request.headers.get("x-slack-retry-reason", ""))
        return to_starlette_response(await self._app.async_dispatch(delivery))

    def _is_signed(self, request: Request, body: bytes) -> bool:
        """Tell whether Slack signed exactly this body, at most five minutes ago."""
        moment = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not (moment.isascii() and signature.isascii()):
            return False
        try:
            return self._verifier.is_valid(body, moment, signature)
        except ValueError:  # the moment is no number, or the body no text
            return False


def waiting_routes() -> list[Route]:
    """Return the routes of a door that isn't open yet: Slack delivers what was refused so again."""

    async def refuse(request: Request) -> Response:
        """Say that the bot is about to start."""
        return refusal(503, "The bot can't reach Slack yet, and takes nothing before. Try again in a moment.")

    return [Route(SLACK_PATH, refuse, methods=["POST"])]


async def bounded_body(request: Request) -> bytes | None:
    """Return the body, or None as soon as it is too long."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def is_ssl_check(request: Request, body: bytes) -> bool:
    """Tell whether Slack only looks at the certificate: such a request is unsigned, says nothing, and wants 200."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM or b"ssl_check" not in body:
        return False
    try:
        return parse_qs(body.decode("utf-8", "replace"), max_num_fields=10).get("ssl_check") == ["1"]
    except ValueError:
        return False


def sender(request: Request) -> str:
    """Return the address that a request came from."""
    return request.client.host if request.client else ""


def refusal(status: int, sentence: str) -> Response:
    """Refuse with a sentence for the operator, who sees it in Slack's list of failed deliveries."""
    return PlainTextResponse(f"{sentence}\n", status)
