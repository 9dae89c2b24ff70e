"""GitHub's webhook over real HTTP: it rings for the repository that a signed call names, and for nothing else."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.web.app import create_web_app
from bot.web.github_webhook import WEBHOOK_PATH, webhook_routes
from bot.web.serving import serve_web

SECRET = "It's a Secret to Everybody"
CALL = {"action": "closed", "repository": {"full_name": "acme/library"}, "pull_request": {"merged": True}}


class Bell:
    """A served webhook, and what it rang for."""

    def __init__(self, client: httpx.AsyncClient, rung: list[str]) -> None:
        self.client, self.rung = client, rung

    async def call(
        self, body: bytes, *, event: str = "pull_request", signature: str | None = None, **headers: str
    ) -> tuple[int, str]:
        """Call as GitHub does; return status and words."""
        signed = signature if signature is not None else sign(SECRET, body)
        sent = {"X-GitHub-Event": event, "X-Hub-Signature-256": signed, "Content-Type": "application/json", **headers}
        answer = await self.client.post(WEBHOOK_PATH, content=body, headers=sent)
        return answer.status_code, answer.text


def sign(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


async def ready() -> list[str]:
    return []


@pytest.fixture
async def bell(tmp_path: Path) -> AsyncIterator[Bell]:
    rung: list[str] = []
    server = await serve_web(create_web_app(tmp_path, ready, routes=webhook_routes(SECRET, rung.append)))
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        yield Bell(client, rung)
    await server.stop()


def test_the_signature_is_that_of_github_s_own_example() -> None:
    expected = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert sign(SECRET, b"Hello, World!") == expected


@pytest.mark.parametrize("event", ["push", "pull_request"])
async def test_a_signed_call_rings_for_its_repository(bell: Bell, event: str) -> None:
    status, words = await bell.call(json.dumps(CALL).encode(), event=event)
    assert (status, words) == (202, "acme/library is looked at.\n")
    assert bell.rung == ["acme/library"]


async def test_the_first_call_of_a_new_webhook_is_answered(bell: Bell) -> None:
    assert (await bell.call(b'{"zen": "Keep it logically awesome."}', event="ping"))[0] == 200
    assert bell.rung == []


async def test_what_is_not_signed_with_the_secret_rings_for_nothing(bell: Bell) -> None:
    body = json.dumps(CALL).encode()
    good = sign(SECRET, body)
    bad = (
        "",
        "sha256=",
        good[:-1],
        good.upper(),
        good.removeprefix("sha256="),
        sign("another", body),
        sign(SECRET, b""),
    )
    for signature in bad:
        status, words = await bell.call(body, signature=signature)
        assert (status, "GITHUB_WEBHOOK_SECRET" in words) == (401, True), signature
    assert (await bell.call(body + b" ", signature=good))[0] == 401
    answer = await bell.client.post(WEBHOOK_PATH, content=body, headers={"X-GitHub-Event": "push"})
    assert answer.status_code == 401
    assert bell.rung == []


@pytest.mark.parametrize(
    "call", [None, [], {}, {"repository": None}, {"repository": {"full_name": 7}}, {"repository": {"full_name": ""}}]
)
async def test_a_call_that_names_no_repository_says_what_to_set(bell: Bell, call: Any) -> None:
    assert await bell.call(json.dumps(call).encode()) == (
        400,
        "The call names no repository. Choose application/json as the webhook's content type.\n",
    )


async def test_bodies_that_can_not_be_read_are_refused(bell: Bell) -> None:
    for body in (
        b"payload=%7B%7D",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"repository": {"full_name": "' + b"x" * 201 + b'"}}',
    ):
        assert (await bell.call(body))[0] == 400
    too_long = b" " * (5 * 1024 * 1024 + 1)
    assert (await bell.call(too_long))[0] == 413

    async def pieces() -> AsyncIterator[bytes]:
        yield b"{}"

    answer = await bell.client.post(WEBHOOK_PATH, content=pieces())
    assert answer.status_code == 411
    assert bell.rung == []


async def test_without_a_secret_there_is_no_webhook(tmp_path: Path) -> None:
    rung: list[str] = []
    server = await serve_web(create_web_app(tmp_path, ready, routes=webhook_routes(None, rung.append)))
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        body = json.dumps(CALL).encode()
        answer = await client.post(WEBHOOK_PATH, content=body, headers={"X-Hub-Signature-256": sign(SECRET, body)})
        assert answer.status_code in {404, 405}
        assert rung == []
    await server.stop()
