"""Work that is done again and again, woken early when something happened, and never ended by a failure."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Awaitable, Callable

import structlog

__all__ = ["WorkLoop"]

LONGEST_PAUSE = 30.0
"""Seconds between two rounds of which the first failed, unless they are further apart anyway."""
MOST_DOUBLINGS = 16
"""More are beyond any limit, and numbers end somewhere."""

log = structlog.get_logger(__name__)


class WorkLoop:
    """Does a piece of work at once, then after pauses. A failed round is told, and the next waits ever longer."""

    def __init__(self, what: str, pause: Callable[[], float], longest: float = LONGEST_PAUSE) -> None:
        """Go round; ``what`` names the work in the log, ``pause`` gives the seconds until the next round."""
        self._what = what
        self._pause = pause
        self._longest = longest
        self._awake = asyncio.Event()
        self._failures = 0

    def wake(self) -> None:
        """Begin the next round now, or once more as soon as the one under way ends."""
        self._awake.set()

    async def run(self, work: Callable[[], Awaitable[object]]) -> None:
        """Do the work until cancelled."""
        while True:
            self._awake.clear()
            try:
                await work()
                self._failures = 0
            except Exception:
                self._failures += 1
                log.exception(f"{self._what} failed; trying again in a moment", error_id=uuid.uuid4().hex[:8])
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._awake.wait(), self.pause())

    def pause(self) -> float:
        """Return the seconds until the next round; after the first of several failures they double."""
        usual = self._pause()
        doublings = min(max(0, self._failures - 1), MOST_DOUBLINGS)
        return max(usual, min(usual * 2.0**doublings, self._longest))
