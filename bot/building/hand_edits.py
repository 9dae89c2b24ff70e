"""Looking at the planning files of delivered repositories: what people pushed there by hand is told in the thread."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.documents.redaction import redact
from bot.documents.tasks.task_plan import TaskState
from bot.repository.git import MAIN, Repository
from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.builds import StepKind, own_steps, remote_of
from bot.workflow.changes import delivered_documents
from bot.workflow.documents import is_imported
from bot.workflow.hand_edits import is_news, newest_edit, note_edit, takes_no_change
from bot.workflow.planning_edits import ENTITY_SPECS, REQUIREMENTS, TASKS, PlanningEdit, planning_edit
from bot.workflow.ports import Publisher

__all__ = ["HandEdits"]

FOLDER = ".planning"
LARGEST = 1024 * 1024
"""Bytes of a file that is read."""
MOST_AUTHORS = 3
LONGEST_NAME = 60


class HandEdits:
    """Compares the planning files of main with what was delivered, when main has moved."""

    def __init__(self, database: Database, repositories: Path, publisher: Publisher) -> None:
        """Look by this publisher, and fetch into these bare repositories."""
        self._database = database
        self._repositories = repositories
        self._publisher = publisher
        self._seen: dict[str, tuple[str, int]] = {}

    def keep(self, plans: set[str]) -> None:
        """Drop what is known of other plans than these."""
        self._seen = {plan_id: seen for plan_id, seen in self._seen.items() if plan_id in plans}

    async def look_at(self, plan: Plan) -> None:
        """Note what differs on main; nothing is read where neither main nor the plan has moved.

        Raises PublishingError and GitError.
        """
        async with self._database.read() as session:
            if await takes_no_change(session, await session.get_one(Plan, plan.id)):
                return
            if await is_imported(session, plan):  # its file is changed by dropping a newer one
                return
        remote = remote_of(plan)
        main = await self._publisher.head(remote, MAIN)
        seen = (main or "", plan.delivered_review)
        if main is None or self._seen.get(plan.id) == seen:
            return
        repository = Repository(self._repositories / f"{plan.id}.git")
        await repository.create()
        fetched = (await self._publisher.fetch(repository.path, remote, (MAIN,))).get(MAIN)
        if fetched is None:
            return
        edit = await self._edit(plan, repository, fetched)
        async with self._database.read() as session:
            news = is_news(await newest_edit(session, plan), edit)
        if news:
            by = await authors(repository, plan.pushed_commit, fetched)
            async with self._database.write() as session:
                await note_edit(session, await session.get_one(Plan, plan.id), edit, by, fetched)
        self._seen[plan.id] = (fetched, plan.delivered_review)

    async def _edit(self, plan: Plan, repository: Repository, main: str) -> PlanningEdit | None:
        async with self._database.read() as session:
            documents = await delivered_documents(session, plan)
            steps = await own_steps(session, plan.id)
        states = {step.number: TaskState(step.state) for step in steps if StepKind.of(step) is StepKind.TASK}
        files = {name: await text_of(repository, main, name) for name in (ENTITY_SPECS, REQUIREMENTS, TASKS)}
        there = {name: text for name, text in files.items() if text is not None}
        return await asyncio.to_thread(planning_edit, documents, states, there)


async def text_of(repository: Repository, commit: str, name: str) -> str | None:
    """Return a planning file without secrets; None where it is gone, or no text that anybody writes by hand."""
    content = await repository.file(commit, f"{FOLDER}/{name}")
    if content is None or len(content) > LARGEST:
        return None
    return redact(content.decode("utf-8", "replace"))


async def authors(repository: Repository, since: str | None, main: str) -> str:
    """Return who edited planning files since a commit, newest first, by the names that their commits carry."""
    known = since is not None and await repository.contains(since)
    said = await repository.git(
        "log", "--max-count=50", "--no-merges", "--format=%an", *([f"^{since}"] if known else []), main, "--", FOLDER
    )
    names = dict.fromkeys(name.strip()[:LONGEST_NAME] for name in said.out.decode(errors="replace").splitlines())
    return ", ".join([name for name in names if name][:MOST_AUTHORS])
