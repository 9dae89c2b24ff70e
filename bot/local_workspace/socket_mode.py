"""Socket Mode: the app's WebSockets, the envelopes that travel over them, and their acknowledgements.

As in Slack: an address is good for one connection, at most ten are open at once, and envelopes are spread over them.
Events that happen while no app is connected wait for one, so that a bot that was restarted misses nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.local_workspace.delivery import Delivery, Timing, UnansweredError
from bot.local_workspace.directory import APP, Json

__all__ = ["SocketMode"]

MOST_CONNECTIONS = 10
TICKET_SECONDS = 30.0
FAREWELL_SECONDS = 1.0


@dataclass(eq=False)
class Connection:
    """One open WebSocket and what waits to be written to it."""

    outgoing: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue)
    unacknowledged: set[str] = field(default_factory=set)


class SocketMode(Delivery):
    """All connections of the one app."""

    def __init__(self, timing: Timing, on_presence: Callable[[bool], None]) -> None:
        super().__init__(timing, on_presence)
        self._tickets: dict[str, float] = {}
        self._connections: list[Connection] = []
        self._turn = itertools.count()
        self._nobody_connected = asyncio.Event()
        self._nobody_connected.set()
        self._acknowledgements: dict[str, asyncio.Future[Json | None]] = {}

    def ticket(self) -> str:
        """Return a ticket for one connection."""
        now = time.monotonic()
        self._tickets = {ticket: until for ticket, until in self._tickets.items() if until > now}
        ticket = secrets.token_urlsafe(16)
        self._tickets[ticket] = now + TICKET_SECONDS
        return ticket

    async def close(self) -> None:
        """Stop all deliveries and close every connection."""
        await super().close()
        for connection in self._connections:
            connection.outgoing.put_nowait(None)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_SECONDS):
                await self._nobody_connected.wait()

    async def _event(self, payload: Json, attempt: int, reason: str) -> str:
        marks = {"accepts_response_payload": False, "retry_attempt": attempt, "retry_reason": reason}
        return "" if await self._send("events_api", payload, marks) is not None else "timeout"

    async def _question(self, kind: str, payload: Json) -> Json:
        answer = await self._send(kind, payload, {"accepts_response_payload": True})
        if answer is None:
            raise UnansweredError("operation_timeout")
        return answer

    async def _send(self, kind: str, payload: Json, marks: Json) -> Json | None:
        """Send one envelope; return the acknowledgement's payload (maybe empty), or None if none came."""
        connection = self._connections[next(self._turn) % len(self._connections)]
        envelope_id = str(uuid.uuid4())
        future: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._acknowledgements[envelope_id] = future
        connection.unacknowledged.add(envelope_id)
        connection.outgoing.put_nowait({"envelope_id": envelope_id, "type": kind, "payload": payload} | marks)
        try:
            async with asyncio.timeout(self.timing.acknowledgement):
                return await future
        except TimeoutError:
            return None
        finally:
            del self._acknowledgements[envelope_id]
            connection.unacknowledged.discard(envelope_id)

    async def serve(self, socket: WebSocket) -> None:
        """Serve one WebSocket from its opening to its end."""
        until = self._tickets.pop(socket.query_params.get("ticket", ""), 0.0)
        if until < time.monotonic():
            await socket.close(4001)
            return
        await socket.accept()
        if len(self._connections) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            await socket.close()
            return
        connection = Connection()
        self._connections.append(connection)
        connection.outgoing.put_nowait(self._hello(socket))
        self._reachable.set()
        self._nobody_connected.clear()
        self._on_presence(True)
        writer = asyncio.create_task(self._write(socket, connection))
        try:
            await self._read(socket)
        finally:
            self._forget(connection)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)

    def _hello(self, socket: WebSocket) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": {
                "host": socket.headers.get("host", ""),
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": APP},
        }

    def _forget(self, connection: Connection) -> None:
        self._connections.remove(connection)
        if not self._connections:
            self._reachable.clear()
            self._nobody_connected.set()
            self._on_presence(False)
        for envelope_id in connection.unacknowledged:
            future = self._acknowledgements[envelope_id]
            if not future.done():
                future.set_result(None)

    async def _write(self, socket: WebSocket, connection: Connection) -> None:
        while (message := await connection.outgoing.get()) is not None:
            await socket.send_json(message)
        await socket.send_json({"type": "disconnect", "reason": "warning", "debug_info": {}})
        await socket.close()

    async def _read(self, socket: WebSocket) -> None:
        while socket.client_state is WebSocketState.CONNECTED:
            try:
                answer = json.loads(await socket.receive_text())
            except WebSocketDisconnect:
                return
            except ValueError:
                continue
            future = self._acknowledgements.get(answer.get("envelope_id", "")) if isinstance(answer, dict) else None
            if future and not future.done():
                payload = answer.get("payload")
                future.set_result(payload if isinstance(payload, dict) else {})
