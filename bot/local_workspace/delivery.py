"""How the app hears of things, whichever way: events that come again until they are taken, questions asked once."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

from bot.local_workspace.directory import Json

__all__ = ["Delivery", "Timing", "UnansweredError"]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Timing:
    """How long Slack waits, in seconds: for an acknowledgement, and before each sending of an event again."""

    acknowledgement: float = 3.0
    again: tuple[float, ...] = (0.0, 60.0, 300.0)
    trigger: float = 3.0


class UnansweredError(Exception):
    """The app didn't acknowledge in time, or isn't connected. ``reason`` is what Slack shows people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Delivery(ABC):
    """One way to the app. As in Slack, an event that isn't acknowledged within three seconds is sent again at once,
    after a minute and after five. Events that happen before the app can be reached wait for it.
    """

    def __init__(self, timing: Timing, on_presence: Callable[[bool], None]) -> None:
        self.timing = timing
        self._on_presence = on_presence
        self._reachable = asyncio.Event()
        self._deliveries: set[asyncio.Task[None]] = set()

    @property
    def connected(self) -> bool:
        """Tell whether the app can be reached."""
        return self._reachable.is_set()

    def begin(self) -> None:
        """Look for the app, where it doesn't come by itself. Returns at once."""
        return

    def tell(self, payload: Json) -> None:
        """Send an event, again and again until it is acknowledged. Returns at once."""
        self._beside(self._deliver(payload))

    def _beside(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._deliveries.add(task)
        task.add_done_callback(self._deliveries.discard)

    async def ask(self, kind: str, payload: Json) -> Json:
        """Send a command or an interaction once and return what its acknowledgement carried.

        ``kind`` is ``slash_commands`` or ``interactive``. Raises UnansweredError.
        """
        try:
            async with asyncio.timeout(self.timing.acknowledgement):
                await self._reachable.wait()
        except TimeoutError:
            raise UnansweredError("dispatch_failed") from None
        return await self._question(kind, payload)

    async def close(self) -> None:
        """Stop all deliveries."""
        for task in list(self._deliveries):
            task.cancel()
        await asyncio.gather(*self._deliveries, return_exceptions=True)

    async def _deliver(self, payload: Json) -> None:
        reason = ""
        for attempt, delay in enumerate((0.0, *self.timing.again)):
            if delay:
                await asyncio.sleep(delay)
            await self._reachable.wait()
            reason = await self._event(payload, attempt, reason)
            if not reason:
                return
        log.warning("event %s was never acknowledged (%s)", payload.get("event_id"), reason)

    @abstractmethod
    async def _event(self, payload: Json, attempt: int, reason: str) -> str:
        """Send an event once; return why it wasn't taken, or nothing. ``reason`` is why the last attempt failed."""

    @abstractmethod
    async def _question(self, kind: str, payload: Json) -> Json:
        """Send what wants an answer, and return it. Raises UnansweredError."""
