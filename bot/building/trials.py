"""`Try it`: a delivered service runs for a while on this machine, with a few rows in it, and nothing of it is kept.

A trial belongs to this process: after a restart people press again. What may run follows the same rules as its judges
(see `bot.verification.sandbox`): where no sandbox works, only a tree that this bot wrote and pushed alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import aiohttp
import structlog
from sqlalchemy import select
from sqlmodel import col

from bot.building.checking import write_files
from bot.building.memory_folder import socket_folder
from bot.documents.frozen import Frozen
from bot.documents.tasks.task_plan import TaskKind
from bot.repository.errors import GitError
from bot.repository.git import Repository
from bot.store.database import Database
from bot.store.tables import Change, Plan
from bot.verification.environments import EnvironmentNotReady, prepare_environment
from bot.verification.sandbox import NotRun, Sandbox, Trust
from bot.verification.serving import HOST, listening, serve_tree
from bot.workflow.builds import own_steps, remote_of
from bot.workflow.changes import delivered_documents
from bot.workflow.documents import is_imported
from bot.workflow.ports import Publisher, PublishingError

__all__ = ["Trial", "TrialState", "Trials"]

MAIN = "main"
MINUTES = 20
MOST = 3
"""How many services run at a time; one more ends the one that has run longest."""
READY = f"http://{HOST}/health/ready"
ASKED_EVERY = 0.2
TAIL = 2_000
"""Characters of a service's last words that people are shown."""

log = structlog.get_logger(__name__)


class TrialState(StrEnum):
    """How far a trial is."""

    STARTING = "starting"
    READY = "ready"
    ENDED = "ended"


class Trial(Frozen):
    """A trial as it stands: ``address`` is that of the service once it is ready, ``sentence`` says why it ended."""

    state: TrialState
    commit: str = ""
    address: str = ""
    until: datetime
    sentence: str = ""
    tail: str = ""


@dataclass
class Running:
    """A trial under way, its task, and the folder that holds its socket and its copy of the tree."""

    place: Path
    until: datetime
    commit: str = ""
    port: int = 0
    state: TrialState = TrialState.STARTING
    sentence: str = ""
    tail: str = ""
    task: asyncio.Task[None] | None = field(default=None)

    @property
    def socket(self) -> Path:
        """Return where the service listens."""
        return self.place / "s"

    def told(self) -> Trial:
        """Return what people are told."""
        address = f"http://127.0.0.1:{self.port}" if self.state is TrialState.READY else ""
        return Trial(
            state=self.state,
            commit=self.commit,
            address=address,
            until=self.until,
            sentence=self.sentence,
            tail=self.tail,
        )


class Trials:
    """The delivered services that run on this machine now, one a plan."""

    def __init__(
        self, database: Database, repositories: Path, cache: Path, publisher: Publisher, sandbox: Sandbox
    ) -> None:
        """Take plans' bare repositories from a folder, and environments from the cache."""
        self._database = database
        self._repositories = repositories
        self._cache = cache
        self._publisher = publisher
        self._sandbox = sandbox
        self._running: dict[str, Running] = {}
        self._looking = asyncio.Lock()

    async def look(self, plan: Plan, *, again: bool = False) -> Trial:
        """Return the trial of a delivered plan; it is started where none runs, or ``again`` from the newest commit.

        One that runs starts anew by itself where the main branch has moved on, such as after a merge. One that ended
        stays as it ended until it is asked for again.
        """
        async with self._looking:
            known = self._running.get(plan.id)
            if known is not None and not again and not await self._is_behind(plan, known):
                return known.told()
            await self._end(plan.id)
            if len(self._running) >= MOST:
                await self._end(min(self._running, key=lambda one: self._running[one].until))
            begun = Running(
                place=await asyncio.to_thread(socket_folder, "pt-"),
                until=datetime.now(UTC) + timedelta(minutes=MINUTES),
            )
            self._running[plan.id] = begun
            begun.task = asyncio.create_task(self._run(plan, begun))
            return begun.told()

    def socket_of(self, plan_id: str) -> Path | None:
        """Return the socket of a plan's service; None unless it is ready."""
        known = self._running.get(plan_id)
        return known.socket if known is not None and known.state is TrialState.READY else None

    async def close(self) -> None:
        """End all trials, and leave nothing of them."""
        async with self._looking:
            for plan_id in list(self._running):
                await self._end(plan_id)

    async def _is_behind(self, plan: Plan, known: Running) -> bool:
        """Tell whether the main branch has moved on since a service was started that runs now."""
        if known.state is not TrialState.READY:
            return False
        try:
            main = await self._publisher.head(remote_of(plan), MAIN)
        except PublishingError:
            return False
        return main not in {None, known.commit}

    async def _end(self, plan_id: str) -> None:
        known = self._running.pop(plan_id, None)
        if known is None or known.task is None:
            return
        known.task.cancel()
        await asyncio.gather(known.task, return_exceptions=True)
        await asyncio.to_thread(shutil.rmtree, known.place, ignore_errors=True)

    async def _run(self, plan: Plan, begun: Running) -> None:
        """Run a trial to its end, and say why it ended."""
        try:
            await self._serve(plan, begun)
        except PublishingError as refusal:
            begun.sentence = refusal.said  # no build waits here
        except (GitError, EnvironmentNotReady, NotRun) as refusal:
            begun.sentence = str(refusal)
        except Exception:
            log.exception("a service could not be tried", plan=plan.id)
            begun.sentence = "The service could not be started; the bot's log says why."
        finally:
            begun.state = TrialState.ENDED
            await asyncio.to_thread(shutil.rmtree, begun.place, ignore_errors=True)

    async def _serve(self, plan: Plan, begun: Running) -> None:
        """Serve what people have on their main branch.

        Raises PublishingError, GitError, EnvironmentNotReady and NotRun, each with what to do.
        """
        repository = Repository(self._repositories / f"{plan.id}.git")
        await repository.create()
        there = await self._publisher.fetch(repository.path, remote_of(plan), (MAIN,))
        if MAIN not in there:
            raise PublishingError(f"{plan.remote_name} has no branch main any more. Push it again, then try again.")
        begun.commit = there[MAIN]
        trust = await self.trust(plan, begun.commit)
        tree = await repository.read_tree(begun.commit)
        if not {"pyproject.toml", "uv.lock"} <= tree.keys():
            raise NotRun("Its main branch has no pyproject.toml and uv.lock any more, so nothing here can start it.")
        environment = await prepare_environment(tree["pyproject.toml"], tree["uv.lock"], self._cache)
        folder = begun.place / "tree"
        await asyncio.to_thread(write_files, tree, folder)
        with listening(begun.socket) as opened:
            async with loopback(begun.socket) as begun.port:
                watching = asyncio.create_task(until_ready(begun))
                try:
                    ended = await serve_tree(folder, environment, self._sandbox, trust, opened, MINUTES * 60.0)
                finally:
                    watching.cancel()
                    await asyncio.gather(watching, return_exceptions=True)
        begun.sentence = f"It ran for {MINUTES} minutes." if ended.timed_out else "The service ended by itself."
        begun.tail = "" if ended.timed_out else ended.output[-TAIL:]

    async def trust(self, plan: Plan, commit: str) -> Trust:
        """Tell whose code a commit is: ours alone where a build made it, and no model or person had a hand in it.

        What git alone says isn't asked: people may have pushed a branch that looks like ours. That this bot pushed it
        says too little: while a plan is built, what people push is merged with what was built.
        """
        async with self._database.read() as session:
            merged = await session.scalar(
                select(col(Change.id)).where(col(Change.plan_id) == plan.id, col(Change.merged_commit).is_not(None))
            )
            if await is_imported(session, plan):
                return Trust.FOREIGN
            task_plan = (await delivered_documents(session, plan)).task_plan
            built = {step.commit for step in await own_steps(session, plan.id)}
        has_custom = any(task.kind is TaskKind.CUSTOM for task in task_plan.tasks())
        is_ours = commit in built and commit == plan.pushed_commit
        return Trust.TEMPLATES if is_ours and merged is None and not has_custom else Trust.FOREIGN


async def until_ready(begun: Running) -> None:
    """Ask the service until it says that it is ready."""
    async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(begun.socket))) as client:
        while True:
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                async with client.get(READY, timeout=aiohttp.ClientTimeout(5)) as answer:
                    if answer.status == 200:
                        begun.state = TrialState.READY
                        return
            await asyncio.sleep(ASKED_EVERY)


@contextlib.asynccontextmanager
async def loopback(path: Path) -> AsyncIterator[int]:
    """Let a free port of this machine's loopback lead to a socket; give its number."""
    server = await asyncio.start_server(lambda reader, writer: pass_on(reader, writer, path), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: Path) -> None:
    """Carry one connection to the socket and back, until either side ends."""
    with contextlib.suppress(OSError):
        there_reader, there_writer = await asyncio.open_unix_connection(path)
        ways = (pump(reader, there_writer), pump(there_reader, writer))
        await asyncio.gather(*ways, return_exceptions=True)
    writer.close()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry bytes one way to their end."""
    try:
        while block := await reader.read(1 << 16):
            writer.write(block)
            await writer.drain()
    finally:
        writer.close()
