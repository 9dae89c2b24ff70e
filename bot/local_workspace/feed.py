"""The live feed: every change, to the people whom it concerns."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Collection

from bot.local_workspace.directory import Json

__all__ = ["Feed"]

HEARTBEAT_SECONDS = 15.0


class Feed:
    """Hands changes to every open page. Nothing is kept: a page that reconnects reads the state anew."""

    def __init__(self) -> None:
        self._listeners: dict[asyncio.Queue[Json | None], str] = {}
        self._closed = False

    def publish(self, change: Json, people: Collection[str] | None = None) -> None:
        """Send a change to these people, or to everyone."""
        for queue, person in self._listeners.items():
            if people is None or person in people:
                queue.put_nowait(change)

    def close(self) -> None:
        """End every open feed."""
        self._closed = True
        for queue in self._listeners:
            queue.put_nowait(None)

    async def listen(self, person: str) -> AsyncIterator[Json | None]:
        """Yield a person's changes as they come; None now and then, when nothing happened."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners[queue] = person
        try:
            yield {"type": "hello"}
            while not self._closed:
                try:
                    change = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield None
                    continue
                if change is None:
                    return
                yield change
        finally:
            del self._listeners[queue]

    async def as_server_sent_events(self, person: str) -> AsyncIterator[str]:
        """Yield the same as lines of a ``text/event-stream``."""
        async for change in self.listen(person):
            yield f"data: {json.dumps(change)}\n\n" if change else ": still here\n\n"
