"""A store, and plans that are moved through their real life at moments of our choosing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from bot.documents.tasks.task_plan import Phase, Task, TaskPlan
from bot.planning.conversation import Interview, Question
from bot.store.database import Database
from bot.store.tables import ConversationMessage, Event, OutboxItem, Plan, Review, Step
from bot.verification.evidence import Check, Evidence
from bot.workflow.builds import begin_build, deliver, load_steps, set_pushed, set_remote, tick
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.plans import NewPlan, start_plan
from bot.workflow.ports import Remote
from bot.workflow.questions import ask
from bot.workflow.stages import PlanStage, move

TASKS = TaskPlan(
    title="Library",
    phases=(
        Phase(
            number=1,
            name="Foundation",
            slug="foundation",
            goal="It starts",
            tasks=(Task(number="1.1", title="Project"), Task(number="1.2", title="Settings")),
        ),
        Phase(number=2, name="Books", slug="books", goal="Books", tasks=(Task(number="2.1", title="Book model"),)),
    ),
)


class Life:
    """Moves plans of one workspace through their life; each deed happens at the moment given."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def start(self, at: datetime, text: str = "a library: books", channel: str = "C1", person: str = "U1") -> str:
        async with self.database.write() as session:
            new = NewPlan(workspace="T1", channel=channel, author=person, text=text, key=f"k{text}{channel}")
            plan = await start_plan(session, new, "built-in planner")
            await happened(session, plan, at)
            return plan.id

    async def ask(self, plan_id: str, at: datetime) -> None:
        async with self.database.write() as session:
            plan = await the(session, plan_id)
            question = Question(id="who", text="Who may add books?", reason="accounts")
            await ask(session, plan, Interview(title="Library", slots=(), questions=(question,)))
            plan.run_stage = None
            await happened(session, plan, at)

    async def review(self, plan_id: str, at: datetime) -> None:
        async with self.database.write() as session:
            plan = await the(session, plan_id)
            plan.review, plan.run_stage = 1, None
            session.add(Review(workspace="T1", plan_id=plan.id, number=1, documents={}, content={}, at=at))
            move(session, plan, PlanStage.IN_REVIEW, PLANTHREAD)
            record(session, plan, PLANTHREAD, "review", number=1)
            await happened(session, plan, at)

    async def approve(self, plan_id: str, at: datetime, person: str = "U2") -> None:
        async with self.database.write() as session:
            plan = await the(session, plan_id)
            move(session, plan, PlanStage.APPROVED, person)
            record(session, plan, person, "approved", review=1)
            await begin_build(session, plan, TASKS, "trusted templates")
            await happened(session, plan, at)

    async def tick(self, plan_id: str, key: str, commit: str, at: datetime) -> None:
        async with self.database.write() as session:
            plan = await the(session, plan_id)
            step = next(step for step in await load_steps(session, plan_id) if step.key == key)
            check = Check(word="pytest", passed=True, collected=3, passed_tests=3)
            await tick(session, plan, step, Evidence(commit=commit, checks=(check,)))
            await happened(session, plan, at)

    async def push(self, plan_id: str, commit: str, at: datetime, merge: str = "") -> None:
        async with self.database.write() as session:
            plan = await the(session, plan_id)
            remote = Remote(name="library", web_url="http://git.test/library/", clone_url="c", push_url="p")
            await set_remote(session, plan, remote)
            await set_pushed(session, plan, merge or commit, commit)
            await happened(session, plan, at)

    async def deliver(self, plan_id: str, at: datetime) -> None:
        async with self.database.write() as session:
            plan = await the(session, plan_id)
            await deliver(session, plan)
            await happened(session, plan, at)


async def the(session: AsyncSession, plan_id: str) -> Plan:
    """Return a plan that is there."""
    plan = await session.get(Plan, plan_id)
    assert plan is not None
    return plan


async def happened(session: AsyncSession, plan: Plan, at: datetime) -> None:
    """Give what was just done its moment: such events, ticks and words are later than any of a test's moments."""
    await session.flush()
    for table in (Event, Step, ConversationMessage):
        moment = col(table.at)
        fresh = moment > datetime.fromisoformat("2026-06-01T00:00Z")
        await session.execute(update(table).where(col(table.plan_id) == plan.id, fresh).values(at=at))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the plans are kept."""
    return tmp_path / "plans.db"


@pytest.fixture
def life(database: Database) -> Life:
    """Give somebody who moves plans through their life."""
    return Life(database)


async def digests(database: Database) -> list[OutboxItem]:
    """Return the digests that are to be sent, oldest first."""
    async with database.read() as session:
        query = select(OutboxItem).where(OutboxItem.kind == "digest").order_by(col(OutboxItem.id))
        return list((await session.scalars(query)).all())
