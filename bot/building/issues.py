"""Opening an issue for each task that is left to people, and closing it once the task is done."""

from __future__ import annotations

from bot.building.rests import Rests
from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.builds import remote_of
from bot.workflow.issues import OpenTask, begin_issue, closable_issues, keep_issue, note_closed_issue, open_tasks
from bot.workflow.notices import Notice, is_told, settle_notice, tell_notice, without_retry
from bot.workflow.ports import Publisher, PublishingError, RemoteBusyError

__all__ = ["Issues"]

REST_SECONDS = 1800.0
"""How long a repository that refused issues is left alone."""


class Issues:
    """Compares the tasks that are left open with the issues that are there; a refusal is told, and holds nothing up."""

    def __init__(self, database: Database, publisher: Publisher) -> None:
        """Report by this publisher."""
        self._database = database
        self._publisher = publisher
        self._rests = Rests()

    async def look_at(self, plan: Plan) -> None:
        """Open and close what is due. Raises PublishingError where the remote refuses; it is tried again later."""
        if self._rests.holds(plan.id):
            return
        async with self._database.read() as session:
            row = await session.get_one(Plan, plan.id)
            due, done = await open_tasks(session, row), await closable_issues(session, row)
            was_refused = await is_told(session, row, Notice.ISSUES)
        try:
            for task in due:
                await self._open(plan, task)
            for key, url, words in done:
                await self._publisher.close_report(remote_of(plan), url, words)
                async with self._database.write() as session:
                    await note_closed_issue(session, await session.get_one(Plan, plan.id), key)
        except PublishingError as refusal:
            self._rests.begin(plan.id, REST_SECONDS)
            await self._tell(plan, refusal)
            raise
        self._rests.end(plan.id)
        if was_refused:
            async with self._database.write() as session:
                words = "the tasks that are left to people have their issues now."
                await settle_notice(session, await session.get_one(Plan, plan.id), Notice.ISSUES, words)

    async def _tell(self, plan: Plan, refusal: PublishingError) -> None:
        """Tell the thread of what people can mend."""
        if isinstance(refusal, RemoteBusyError):
            return
        sentence = f"the issues of {plan.remote_name} can't be kept. {without_retry(refusal)}"
        async with self._database.write() as session:
            await tell_notice(session, await session.get_one(Plan, plan.id), Notice.ISSUES, sentence)

    async def _open(self, plan: Plan, task: OpenTask) -> None:
        """Open one issue; killed in between, the next try finds it by its key."""
        if not task.was_tried:
            async with self._database.write() as session:
                await begin_issue(session, plan, task)
        url = await self._publisher.report(remote_of(plan), task.report, was_tried=task.was_tried)
        async with self._database.write() as session:
            await keep_issue(session, await session.get_one(Plan, plan.id), task, url)
