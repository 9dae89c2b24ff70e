"""GitHub's webhook: a bell. A signed call says which repository to look at; what happened there is asked of GitHub."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

__all__ = ["WEBHOOK_PATH", "webhook_routes"]

WEBHOOK_PATH = "/github/webhook"
LARGEST_BODY = 5 * 1024 * 1024
"""Bytes. GitHub sends up to 25 MB for pushes of very many commits; the next round sees these."""
MOST_DIGITS = 10
BODY_SECONDS = 10.0
"""How long a body may take to arrive; GitHub itself gives up after ten seconds."""
TOLD_OF = frozenset({"push", "pull_request"})
LONGEST_NAME = 200

log = structlog.get_logger(__name__)


def webhook_routes(secret: str | None, ring: Callable[[str], None]) -> Sequence[Route]:
    """Return the one route, or none without a secret; ``ring`` is told the full name of a repository."""
    if secret is None:
        return ()

    async def take(request: Request) -> Response:
        """Answer one call: 401 where it isn't signed with the secret, else what was made of it."""
        length = request.headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            return said(411, "The call doesn't say how long it is, as GitHub's do.")
        if len(length) > MOST_DIGITS or int(length) > LARGEST_BODY:
            return said(413, "That is more than is read here; the next round looks at the repository.")
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await request.body()
        except (TimeoutError, ClientDisconnect):
            return said(408, "The call took too long to arrive.")
        if not is_signed(secret, body, request.headers.get("x-hub-signature-256", "")):
            log.warning("a webhook call without a valid signature was refused", bytes=len(body))
            return said(401, "The signature doesn't fit. Is GITHUB_WEBHOOK_SECRET the webhook's secret?")
        event = request.headers.get("x-github-event", "")
        if event not in TOLD_OF:
            return said(200, f"Nothing is done about {event[:40]!a} here.")
        name = repository_in(body)
        if name is None:
            return said(400, "The call names no repository. Choose application/json as the webhook's content type.")
        ring(name)
        return said(202, f"{name} is looked at.")

    return [Route(WEBHOOK_PATH, take, methods=["POST"])]


def is_signed(secret: str, body: bytes, signature: str) -> bool:
    """Tell, in the same time for every signature, whether a body was signed with the secret."""
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogateescape"))


def repository_in(body: bytes) -> str | None:
    """Return the full name of the repository that a call is about, or None where it names none."""
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        return None
    repository = call.get("repository") if isinstance(call, dict) else None
    name = repository.get("full_name") if isinstance(repository, dict) else None
    return name if isinstance(name, str) and 0 < len(name) <= LONGEST_NAME else None


def said(status: int, sentence: str) -> Response:
    """Answer with a sentence for who looks at the webhook's deliveries."""
    return PlainTextResponse(f"{sentence}\n", status)
