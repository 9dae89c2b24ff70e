"""Signed HTTP: events, commands and interactivity posted to the app's request URL, as Slack does without Socket Mode.

A request carries a moment and a signature over ``v0:moment:body`` by the app's signing secret. The address is verified
with a challenge first. An event is JSON, taken by any 2xx; sent again, it says how often and why. Commands are forms,
interactions a form with ``payload``; the body of their answer is what an acknowledgement over the socket would carry.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from bot.local_workspace.delivery import Delivery, Timing, UnansweredError
from bot.local_workspace.directory import Json

__all__ = ["HttpDelivery"]

log = logging.getLogger(__name__)

AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
VERIFY_SECONDS = 0.5
"""How often an address that doesn't answer is tried again."""


@dataclass(frozen=True)
class Answer:
    """What the app answered: its status (0 without one), its body, and why it is none in Slack's own word."""

    status: int
    kind: str = ""
    body: bytes = b""
    final: bool = False
    reason: str = ""

    @property
    def taken(self) -> bool:
        """Tell whether the app acknowledged."""
        return 200 <= self.status < 300


class HttpDelivery(Delivery):
    """Posts to the one request URL of the app."""

    def __init__(
        self, request_url: str, signing_secret: str, timing: Timing, on_presence: Callable[[bool], None]
    ) -> None:
        """Deliver to an address; nothing is sent before `begin`."""
        super().__init__(timing, on_presence)
        self.request_url = request_url
        self._secret = signing_secret.encode()
        self._session: aiohttp.ClientSession | None = None

    def begin(self) -> None:
        """Verify the address; from then on events are delivered."""
        self._beside(self._verify())

    async def _verify(self) -> None:
        """Send challenges until the address answers one."""
        warned = False
        while True:
            challenge = secrets.token_urlsafe(32)
            body = json.dumps({"type": "url_verification", "token": "local", "challenge": challenge}).encode()
            answer = await self._post(body, JSON)
            if answer.taken and challenge.encode() in answer.body:
                break
            if answer.status and not warned:
                log.warning("%s answers %s in place of the challenge", self.request_url, answer.status)
                warned = True
            await asyncio.sleep(VERIFY_SECONDS)
        self._reachable.set()
        self._on_presence(True)

    async def close(self) -> None:
        """Stop all deliveries and close the connections."""
        await super().close()
        if self._session:
            await self._session.close()

    async def _event(self, payload: Json, attempt: int, reason: str) -> str:
        retry = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason} if attempt else {}
        answer = await self._post(json.dumps(payload).encode(), JSON, retry)
        if answer.taken or answer.final:
            return ""
        return answer.reason

    async def _question(self, kind: str, payload: Json) -> Json:
        fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        answer = await self._post(urlencode(fields).encode(), FORM)
        if not answer.taken:
            raise UnansweredError(shown_reason(answer))
        return read_answer(answer)

    async def _post(self, body: bytes, kind: str, more: dict[str, str] | None = None) -> Answer:
        headers = {"Content-Type": kind, "User-Agent": AGENT, **self._signature(body), **(more or {})}
        if self._session is None:
            self._session = aiohttp.ClientSession()
        timeout = aiohttp.ClientTimeout(total=self.timing.acknowledgement)
        try:
            async with self._session.post(
                self.request_url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                answered = await response.read()
                final = response.headers.get("X-Slack-No-Retry") == "1"
                reason = "" if response.status == 200 else "http_error"
                return Answer(response.status, response.content_type, answered, final, reason)
        except TimeoutError:
            return Answer(0, reason="http_timeout")
        except aiohttp.ClientError:
            return Answer(0, reason="connection_failed")

    def _signature(self, body: bytes) -> dict[str, str]:
        moment = str(int(time.time()))
        digest = hmac.new(self._secret, b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}


def shown_reason(answer: Answer) -> str:
    """Return the error that people see at a command or a click that failed."""
    if answer.reason == "http_timeout":
        return "operation_timeout"
    if not answer.status:
        return "dispatch_failed"
    return "http_client_error" if answer.status < 500 else "http_service_error"


def read_answer(answer: Answer) -> Json:
    """Return the message or the action of an answer's body; plain text is a private message."""
    text = answer.body.decode("utf-8", "replace")
    if answer.kind == JSON:
        with contextlib.suppress(ValueError):
            found = json.loads(text or "{}")
            return found if isinstance(found, dict) else {}
    return {"text": text} if text.strip() else {}
