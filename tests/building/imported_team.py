"""A team that has imported plans built: a real store, a real sandbox, real repositories, a model behind a socket."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from bot.building.build_run import BuildFolders, BuildRun
from bot.building.edited_files import EditedFiles
from bot.building.imported_task import ImportedTasks
from bot.building.merge_run import MergeRun
from bot.language_model.openai_model import OpenAIModel
from bot.planning.imported.task_writer import ImportedTaskWriter
from bot.publishing.local import LocalPublisher
from bot.repository.git import Repository
from bot.store.database import Database
from bot.store.tables import Change, OutboxItem, Plan, Step
from bot.verification.sandbox import Sandbox
from bot.workflow.approving import approve
from bot.workflow.builds import load_steps, retry, skip
from bot.workflow.changes import ask_merge, change_numbered
from bot.workflow.checkpoints import Checkpoint, answer_checkpoint, answer_in_words, open_checkpoint
from bot.workflow.imports import build_approved, read_given, revise_imported_plan, start_imported_plan
from bot.workflow.model_calls import KeptAnswers, running
from bot.workflow.plans import Beginning
from bot.workflow.ports import Stage
from bot.workflow.reviews import documents_of, review_of
from tests.stand_ins.model import ModelStandIn

__all__ = ["MARA", "Team"]

MARA = "U0MARA"


class Team:
    """People and a builder; every deed is a unit of work of its own."""

    def __init__(
        self, database: Database, folder: Path, cache: Path, sandbox: Sandbox, model: ModelStandIn | None = None
    ) -> None:
        self.database, self.folder, self.cache, self.sandbox, self.model = database, folder, cache, sandbox, model
        self.plan_id = ""
        self._keys = 0

    def key(self) -> str:
        """Return a key that nothing came with before."""
        self._keys += 1
        return f"key {self._keys}"

    def builder(self) -> BuildRun:
        """Return a builder as a new process would have it."""
        tasks = None
        if self.model is not None:
            asked = OpenAIModel(api_key=self.model.key, base_url=self.model.url, model="scripted-model")
            tasks = ImportedTasks(ImportedTaskWriter(KeptAnswers(asked, self.database)))
        folders = BuildFolders(
            repositories=self.folder / "repositories", work=self.folder / "work", cache=self.cache / "environments"
        )
        return BuildRun(self.database, folders, self.publisher, self.sandbox, None, imported_tasks=tasks)

    async def give(self, file: str, text: str, person: str = MARA) -> Plan:
        """Give a file that is to be built."""
        given = read_given(file, text)
        new = Beginning(workspace="T1", channel="C1", author=person, key=self.key())
        async with self.database.write() as session:
            plan = await start_imported_plan(session, new, given)
        self.plan_id = plan.id
        return plan

    async def give_newer(self, file: str, text: str, person: str = MARA) -> None:
        """Give a newer version of the file, or the next one, as a drop in the thread does."""
        given = read_given(file, text)
        there = await EditedFiles(self.folder / "repositories", self.publisher).there(await self.plan())
        async with self.database.write() as session:
            await revise_imported_plan(session, await self.row(session), given, person, self.key(), there)

    async def merge(self, number: int) -> Plan:
        """Press Merge at a change, and have it merged."""
        async with self.database.write() as session:
            plan = await self.row(session)
            change = await change_numbered(session, plan, number)
            await ask_merge(session, plan, number, MARA, self.key(), change.commit or "")
        plan = await self.plan()
        await MergeRun(self.database, self.folder / "repositories", self.publisher).run(plan.id, plan.run_attempt)
        return await self.plan()

    async def change(self, number: int) -> Change:
        """Return a change as it is now."""
        async with self.database.read() as session:
            return await change_numbered(session, await session.get_one(Plan, self.plan_id), number)

    @property
    def publisher(self) -> LocalPublisher:
        """Return what pushes to the remotes of this machine."""
        return LocalPublisher(self.folder / "remotes", "http://127.0.0.1")

    async def approve(self, person: str = MARA) -> None:
        """Approve the newest review."""
        async with self.database.write() as session:
            plan = await self.row(session)
            shown = documents_of(await review_of(session, plan, plan.review))
            await approve(session, plan, plan.review, shown, person, self.key())

    async def build(self, person: str = MARA) -> None:
        """Press Build."""
        async with self.database.write() as session:
            plan = await self.row(session)
            shown = documents_of(await review_of(session, plan, plan.review))
            await build_approved(session, plan, plan.review, shown, person, self.key())

    async def work(self, builder: BuildRun | None = None) -> Plan:
        """Let the builder work until the plan wants nothing, or waits."""
        run = builder or self.builder()
        while (plan := await self.plan()).run_stage == Stage.BUILD and plan.hold is None:
            with running(plan.id, Stage.BUILD, plan.run_attempt):
                await run.run(plan.id, plan.run_attempt)
        return plan

    async def answer(self, text: str, person: str = MARA, *, addressed: bool = False) -> str:
        """Answer the open checkpoint in words."""
        async with self.database.write() as session:
            plan = await self.row(session)
            found = await answer_in_words(session, plan, text, addressed=addressed)
            assert found is not None
            return await answer_checkpoint(session, plan, *found, person, self.key())

    async def asked(self) -> Checkpoint:
        """Return the open checkpoint."""
        async with self.database.read() as session:
            point = await open_checkpoint(session, await session.get_one(Plan, self.plan_id))
        assert point is not None
        return point

    async def retry(self) -> None:
        """Press Retry."""
        async with self.database.write() as session:
            await retry(session, await self.row(session), MARA, self.key())

    async def skip(self, step: str) -> None:
        """Press Skip."""
        async with self.database.write() as session:
            await skip(session, await self.row(session), step, MARA, self.key())

    async def plan(self) -> Plan:
        """Return the plan as it is now."""
        async with self.database.read() as session:
            return await session.get_one(Plan, self.plan_id)

    async def steps(self) -> dict[str, Step]:
        """Return the steps by their keys."""
        async with self.database.read() as session:
            return {step.key: step for step in await load_steps(session, self.plan_id)}

    async def messages(self) -> list[str]:
        """Return the kinds of our messages, in the order in which they are to be sent."""
        async with self.database.read() as session:
            query = select(OutboxItem).where(col(OutboxItem.plan_id) == self.plan_id).order_by(col(OutboxItem.id))
            return [item.kind for item in (await session.scalars(query)).all()]

    @property
    def repository(self) -> Repository:
        """Return the repository in which the plan is built."""
        return Repository(self.folder / "repositories" / f"{self.plan_id}.git")

    async def tree(self) -> dict[str, str]:
        """Return the texts of the main branch."""
        head = await self.repository.head("main")
        files = await self.repository.read_tree(head or "")
        return {path: content.decode() for path, content in files.items()}

    async def row(self, session: object) -> Plan:
        """Return the plan to change."""
        return await session.get_one(Plan, self.plan_id)  # type: ignore[attr-defined,no-any-return]
