"""Opening an issue for each task that is left to people, and closing it once the task is done."""

from __future__ import annotations

import time

from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.builds import remote_of
from bot.workflow.issues import OpenTask, begin_issue, closable_issues, keep_issue, note_closed_issue, open_tasks
from bot.workflow.ports import Publisher, PublishingError

__all__ = ["Issues"]

REST_SECONDS = 1800.0
"""How long a repository that refused issues is left alone."""


class Issues:
    """Compares the tasks that are left open with the issues that are there; a refusal holds nothing up."""

    def __init__(self, database: Database, publisher: Publisher) -> None:
        """Report by this publisher."""
        self._database = database
        self._publisher = publisher
        self._refused: dict[str, float] = {}

    async def look_at(self, plan: Plan) -> None:
        """Open and close what is due. Raises PublishingError where the remote refuses; it is tried again later."""
        if self._refused.get(plan.id, 0.0) > time.monotonic():
            return
        async with self._database.read() as session:
            row = await session.get_one(Plan, plan.id)
            due, done = await open_tasks(session, row), await closable_issues(session, row)
        try:
            for task in due:
                await self._open(plan, task)
            for key, url, words in done:
                await self._publisher.close_report(remote_of(plan), url, words)
                async with self._database.write() as session:
                    await note_closed_issue(session, await session.get_one(Plan, plan.id), key)
        except PublishingError:
            self._refused[plan.id] = time.monotonic() + REST_SECONDS
            raise
        self._refused.pop(plan.id, None)

    async def _open(self, plan: Plan, task: OpenTask) -> None:
        """Open one issue; killed in between, the next try finds it by its key."""
        if not task.was_tried:
            async with self._database.write() as session:
                await begin_issue(session, plan, task)
        url = await self._publisher.report(remote_of(plan), task.report, was_tried=task.was_tried)
        async with self._database.write() as session:
            await keep_issue(session, await session.get_one(Plan, plan.id), task, url)
