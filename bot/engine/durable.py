"""The DBOS adapter: two workflows, one queue partitioned by plan, ids only.

DBOS keeps its own database beside the plans. It may be deleted at any time: the reconciler enqueues again what the
plans want, and each stage finds in the store what is done already.
"""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy
from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.workflow.ports import RunStatus, Stage

__all__ = ["DurableEngine", "Runner"]

APPLICATION_VERSION = "1"
"""Raised by hand when a workflow changes its steps: runs that wait for an older one are forgotten, and asked for anew.

DBOS's own default, a fingerprint of the code, would have them begin anew at each deploy.
"""
UNFINISHED = ("ENQUEUED", "PENDING", "DELAYED")
"""What DBOS calls a run that it still has to do."""
QUEUE = "stages"
MOST_RUNS = 4
"""How many plans are worked on at once; further ones wait in the queue."""

END_SECONDS = 5
"""How long a stop waits until it is written down that runs have ended."""

Runner = Callable[[str, int], Awaitable[None]]
"""Runs a stage of a plan: ``(plan id, attempt)``."""

_runners: dict[str, Runner] = {}
"""What the registered workflows call. DBOS registers workflows once per process, so this is module state."""
_begun: set[str] = set()
"""The plans of which this process began runs; without any, a stop has nothing to wait for."""


@DBOS.workflow(name="stage")
async def stage_workflow(stage: str, plan_id: str, attempt: int) -> None:
    """Run one stage of a plan as one durable step."""
    await stage_step(stage, plan_id, attempt)


@DBOS.step(name="stage")
async def stage_step(stage: str, plan_id: str, attempt: int) -> None:
    """Call the runner; it writes its facts to the store as it goes, so that running it again repeats nothing."""
    _begun.add(plan_id)
    await _runners[stage](plan_id, attempt)


class DurableEngine:
    """Runs stages durably on DBOS over a SQLite file of its own."""

    def __init__(self, url: str, runners: dict[Stage, Runner]) -> None:
        """Prepare the engine over a database's URL, such as ``sqlite:///engine.db``; nothing runs before `launch`."""
        self._url = url
        _runners.clear()
        _runners.update({str(stage): runner for stage, runner in runners.items()})

    async def launch(self) -> None:
        """Start DBOS inside the running loop; it resumes at once what a killed process left.

        Raises SQLAlchemyError where its database can't be opened.
        """
        engine = sqlite_engine(self._url)
        with engine.connect() as connection:  # DBOS would tell of it by pages of its own
            connection.exec_driver_sql("PRAGMA schema_version")
        DBOS(
            config=DBOSConfig(
                name="planthread",
                system_database_url=self._url,
                system_database_engine=engine,
                application_version=APPLICATION_VERSION,
                executor_id="planthread",
                log_level="WARNING",
            )
        )
        DBOS.launch()
        await forget_older_versions()
        await DBOS.register_queue_async(
            QUEUE,
            global_concurrency=MOST_RUNS,
            partition_concurrency=1,
            polling_interval_sec=0.2,
            on_conflict="always_update",
        )

    async def enqueue(self, stage: Stage, plan_id: str, attempt: int) -> None:
        """Start a run; the same (stage, plan, attempt) enqueued twice runs once."""
        with SetWorkflowID(run_id(stage, plan_id, attempt)), SetEnqueueOptions(queue_partition_key=plan_id):
            await DBOS.enqueue_workflow_async(QUEUE, stage_workflow, str(stage), plan_id, attempt)

    async def status(self, stage: Stage, plan_id: str, attempt: int) -> RunStatus:
        """Return what is known of a run."""
        found = await DBOS.get_workflow_status_async(run_id(stage, plan_id, attempt))
        if found is None:
            return RunStatus.UNKNOWN
        if found.status in UNFINISHED:
            return RunStatus.RUNNING
        return RunStatus.DONE if found.status == "SUCCESS" else RunStatus.FAILED

    async def cancel(self, stage: Stage, plan_id: str, attempt: int) -> None:
        """Stop a run at its next boundary."""
        await DBOS.cancel_workflow_async(run_id(stage, plan_id, attempt))

    async def close(self) -> None:
        """Stop the engine; a run that is under way is taken up again at the next launch.

        Its threads wait for this loop, so it is stopped beside it. It takes the loop's threads along: what is still to
        be stopped gets new ones.
        """
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1) as beside:
            end = functools.partial(DBOS.destroy, workflow_completion_timeout_sec=END_SECONDS if _begun else 0)
            await loop.run_in_executor(beside, end)
        loop.set_default_executor(ThreadPoolExecutor())


async def forget_older_versions() -> None:
    """Forget the runs of an older version of the application: DBOS would keep them waiting for it for ever.

    The reconciler finds them unknown, and starts what is still wanted under this version.
    """
    waiting = await DBOS.list_workflows_async(status=list(UNFINISHED), load_input=False, load_output=False)
    stranded = [run.workflow_id for run in waiting if run.app_version != APPLICATION_VERSION]
    if stranded:
        await DBOS.delete_workflows_async(stranded)


def run_id(stage: Stage, plan_id: str, attempt: int) -> str:
    """Return the workflow id of a run."""
    return f"{plan_id}:{stage}:{attempt}"


def sqlite_engine(url: str) -> sqlalchemy.Engine:
    """Return an engine of our own: a write-ahead log, and the function that SQLite lacks before 3.42."""
    engine = sqlalchemy.create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = "IMMEDIATE"
        connection.create_function("unixepoch", -1, lambda *_arguments: time.time())
        for pragma in ("journal_mode=WAL", "busy_timeout=30000", "foreign_keys=ON", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
