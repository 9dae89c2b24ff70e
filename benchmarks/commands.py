"""How many commands the bot answers a second over Socket Mode, beside a bare Bolt app that answers with a fixed text.

This process is Slack: it opens no page, keeps nothing, and sends envelopes as fast as they are acknowledged. Each app
runs in a process of its own, in turn: ``python -m benchmarks.commands KIND ADDRESS FILE`` is one.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp

from benchmarks.plans import fill
from bot.slack.application import create_app, create_client
from bot.slack.inbox import Inbox
from bot.store import reading
from bot.store.database import Database, sqlite_url
from bot.store.migrate import upgrade

__all__ = ["SMALLEST_RATIO", "Throughput", "measure_commands"]

SMALLEST_RATIO = 0.5
"""What reading commands must reach of the bare app's throughput."""
COMMANDS, CHANGES, ROUNDS = 2_000, 400, 3
IN_FLIGHT = 32
"""How many envelopes wait for their acknowledgement at a time."""
PEOPLE, PLANS = 23, 100
READING = ("status library-50", "list", "help", "show library-40", "status")
CHANGING = ("new a library: books with a title; members with a name",)
FIXED = "You said something."

KINDS: Mapping[str, tuple[str, tuple[str, ...], int]] = {
    "bare": ("a bare Bolt app", READING, COMMANDS),
    "reading": ("commands that read", READING, COMMANDS),
    "anew": ("commands that read, no answer kept", READING, COMMANDS),
    "changing": ("commands that change, kept before they are acknowledged", CHANGING, CHANGES),
}
"""What is measured, by the kind of app: its name, what is said to it, and how often."""


@dataclass(frozen=True)
class Throughput:
    """Commands a second by kind of app: the median of the rounds."""

    a_second: Mapping[str, float]

    def ratio(self, kind: str) -> float:
        """Return what a kind reaches of the bare app's throughput."""
        return self.a_second[kind] / self.a_second["bare"]

    @property
    def is_enough(self) -> bool:
        """Tell whether commands that read are as quick as they must be."""
        return self.ratio("reading") >= SMALLEST_RATIO

    def lines(self) -> list[str]:
        """Return one line a kind, and one with the verdict."""
        rows = [
            f"{KINDS[kind][0]:<58} {number:>9.0f} a second {self.ratio(kind):>9.2f} of the bare app"
            for kind, number in self.a_second.items()
        ]
        verdict = "enough" if self.is_enough else "NOT enough"
        return [*rows, f"{verdict}: reading reaches {self.ratio('reading'):.2f}, and must reach {SMALLEST_RATIO}"]


def measure_commands(rounds: int = ROUNDS) -> Throughput:
    """Ask every app in turn, several rounds, so that what else the machine does meets all of them."""
    found: dict[str, list[float]] = {kind: [] for kind in KINDS}
    with tempfile.TemporaryDirectory(prefix="planthread-commands-") as folder:
        file = Path(folder) / "plans.db"
        asyncio.run(fill_store(file))
        for _ in range(rounds):
            for kind in KINDS:
                found[kind].append(asyncio.run(asked(kind, file)))
    return Throughput({kind: statistics.median(numbers) for kind, numbers in found.items()})


async def fill_store(file: Path) -> None:
    """Keep plans to tell of."""
    database = Database(sqlite_url(file))
    await upgrade(database)
    await fill(database, PLANS)
    await database.close()


async def asked(kind: str, file: Path) -> float:
    """Return how many commands a second one app acknowledged. Raises TimeoutError where it doesn't."""
    _, texts, number = KINDS[kind]
    async with sending_slack() as slack:
        words = (sys.executable, "-m", "benchmarks.commands", kind, slack.address, str(file))
        app = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.DEVNULL)
        try:
            async with asyncio.timeout(120):
                await slack.connected.wait()
                await slack.send(envelopes(kind, texts), PEOPLE * len(texts))
                began = time.perf_counter()
                await slack.send(envelopes(kind, texts), number)
                return number / (time.perf_counter() - began)
        finally:
            app.kill()
            await app.wait()


def envelopes(kind: str, texts: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Give commands of different people, without end."""
    for number in itertools.count():
        said = {
            "command": "/plan",
            "text": texts[number % len(texts)],
            "team_id": "T1",
            "channel_id": "C1",
            "user_id": f"U{number // len(texts) % PEOPLE}",
            "trigger_id": f"{kind}.{time.perf_counter_ns()}.{number}",
            "response_url": "",
        }
        yield {"envelope_id": str(number), "type": "slash_commands", "payload": said, "accepts_response_payload": True}


class SendingSlack:
    """One socket to one app, and the acknowledgements that come back over it."""

    def __init__(self) -> None:
        self.address = ""
        self.connected = asyncio.Event()
        self._socket = web.WebSocketResponse()
        self._acknowledged: Callable[[str], None] = lambda _: None

    async def open(self, request: web.Request) -> web.Response:
        """Answer `apps.connections.open`, and whatever else is asked at a start."""
        return web.json_response({"ok": True, "url": f"{self.address.replace('http', 'ws')}/socket", "team_id": "T1"})

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Serve the socket until the app is gone."""
        await self._socket.prepare(request)
        await self._socket.send_json({"type": "hello", "num_connections": 1, "debug_info": {}})
        self.connected.set()
        async for message in self._socket:
            if message.type is WSMsgType.TEXT and message.data.startswith("{"):
                self._acknowledged(json.loads(message.data)["envelope_id"])
        return self._socket

    async def send(self, said: Iterator[dict[str, Any]], number: int) -> None:
        """Send so many envelopes, a few in flight at a time; return when the last was acknowledged."""
        room, done = asyncio.Semaphore(IN_FLIGHT), asyncio.Event()
        waiting: set[str] = set()

        def acknowledged(envelope: str) -> None:
            waiting.discard(envelope)
            room.release()
            done.set()

        self._acknowledged = acknowledged
        for envelope in itertools.islice(said, number):
            await room.acquire()
            waiting.add(envelope["envelope_id"])
            await self._socket.send_json(envelope)
        while waiting:
            done.clear()
            await done.wait()


@contextlib.asynccontextmanager
async def sending_slack() -> AsyncIterator[SendingSlack]:
    """Serve on a free port of the loopback."""
    slack = SendingSlack()
    site = web.Application()
    site.router.add_get("/socket", slack.serve)
    site.router.add_post("/api/{method}", slack.open)
    runner = web.AppRunner(site, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield slack
    finally:
        await runner.cleanup()


def app_of(kind: str, address: str, file: Path) -> AsyncApp:
    """Return the app that is measured."""
    client = create_client("xoxb-bench", f"{address}/api/")
    if kind == "bare":
        app = AsyncApp(client=client, request_verification_enabled=False)
        app.command("/plan")(acknowledge)
        return app
    if kind == "anew":
        reading.KEPT_SECONDS = 0.0
    database = Database(sqlite_url(file))
    return create_app(client, database, Inbox(database))


async def acknowledge(ack: AsyncAck) -> None:
    """Answer with a fixed text."""
    await ack(text=FIXED, response_type="ephemeral")


async def work(kind: str, address: str, file: Path) -> None:
    """Be the app until killed."""
    handler = AsyncSocketModeHandler(app_of(kind, address, file), "xapp-bench")
    await handler.start_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
