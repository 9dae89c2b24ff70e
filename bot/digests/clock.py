"""The clock of digests and reminders: APScheduler only ticks. What is due is claimed in our own tables, each once."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.digests.firing import claim_due
from bot.digests.reminders import Reminders
from bot.store.database import Database
from bot.store.tables import now

__all__ = ["DigestClock"]

EVERY_SECONDS = 20
REMINDERS_EVERY_SECONDS = 600

log = structlog.get_logger(__name__)


class DigestClock:
    """Claims due digests at start and every 20 seconds, and reminders every ten minutes."""

    def __init__(
        self, database: Database, present: Callable[[], datetime] = now, reminders: Reminders | None = None
    ) -> None:
        """Watch the schedules of a database; ``present`` gives the moment, aware of its zone."""
        self._database = database
        self._present = present
        self._reminders = reminders
        self._ticking = asyncio.Lock()
        self._reminding = asyncio.Lock()
        self._scheduler: AsyncIOScheduler | None = None

    def start(self) -> None:
        """Start ticking inside the running loop. A clock that ticks already goes on."""
        if self._scheduler is not None:
            return
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        for work, seconds in ((self.tick, EVERY_SECONDS), (self.remind, REMINDERS_EVERY_SECONDS)):
            self._scheduler.add_job(
                work,
                "interval",
                seconds=seconds,
                next_run_time=datetime.now(UTC),
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Stop ticking; a tick under way is finished first."""
        if self._scheduler is None:
            return
        scheduler, self._scheduler = self._scheduler, None
        scheduler.pause()
        async with self._ticking, self._reminding:
            scheduler.shutdown(wait=False)
        await asyncio.sleep(0)

    async def tick(self) -> None:
        """Claim what is due now. A failure is logged with an id, and the next tick tries again."""
        async with self._ticking:
            try:
                async with self._database.write() as session:
                    claimed = await claim_due(session, self._present())
            except Exception:
                log.exception("claiming digests failed; trying again in a moment", error_id=uuid.uuid4().hex[:8])
                return
            for schedule in claimed:
                log.info("digest slot claimed", channel=schedule.channel)

    async def remind(self) -> None:
        """Send the reminders that are due now. A failure is logged with an id, and the next round tries again."""
        if self._reminders is None:
            return
        async with self._reminding:
            try:
                count = await self._reminders.round(self._present())
            except Exception:
                log.exception("reminding failed; trying again in a while", error_id=uuid.uuid4().hex[:8])
                return
        if count:
            log.info("reminders claimed", count=count)
