"""Telling the evidence of tasks beside their commits, a few at a time; nothing waits for it and nothing fails by it."""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.building.rests import Rests
from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.attestations import begin_attestations, due_attestations, keep_attestations
from bot.workflow.builds import remote_of
from bot.workflow.ports import Publisher, PublishingError, RemoteBusyError

__all__ = ["Attestations"]

MOST_A_MINUTE = 30
"""Of all plans together: a remote takes about eighty requests that make something in a minute."""
BUSY_SECONDS = 300.0
REST_SECONDS = 6 * 3600.0
"""How long a repository that refused is left alone."""


class Attestations:
    """Compares the commits of ticked tasks with what was told of them."""

    def __init__(self, database: Database, publisher: Publisher) -> None:
        """Tell by this publisher."""
        self._database = database
        self._publisher = publisher
        self._rests = Rests()
        self._minute = 0.0
        self._left = MOST_A_MINUTE
        self.page_of: Callable[[str], str] = lambda _plan_id: ""
        """Returns the address of a plan's evidence by its id, where others than this machine reach it."""

    async def look_at(self, plan: Plan) -> None:
        """Tell what is due of one plan. Raises PublishingError where the remote refuses; it is tried again later."""
        most = self._allowance()
        if not most or self._rests.holds(plan.id) or not self._publisher.attests(remote_of(plan)):
            return
        async with self._database.read() as session:
            due = await due_attestations(session, await session.get_one(Plan, plan.id), most)
        if not due:
            return
        async with self._database.write() as session:
            await begin_attestations(session, plan, due)
        told = []
        try:
            for commit, words in due.items():
                self._left -= 1
                await self._publisher.attest(remote_of(plan), commit, words, self.page_of(plan.id))
                told.append(commit)
        except PublishingError as refusal:
            is_busy = isinstance(refusal, RemoteBusyError)
            self._rests.begin(plan.id, BUSY_SECONDS if is_busy else REST_SECONDS)
            raise
        finally:
            async with self._database.write() as session:
                await keep_attestations(session, plan, told)

    def _allowance(self) -> int:
        """Return how many may still be told in this minute."""
        if time.monotonic() >= self._minute + 60.0:
            self._minute, self._left = time.monotonic(), MOST_A_MINUTE
        return self._left
