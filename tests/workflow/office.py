"""An office that plans a library: a real store, a planner with a script, and people who do one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from bot.documents.entities.entity_specs import EntityField, EntitySpecs, FieldType
from bot.documents.tasks.task_plan import TaskPlan
from bot.planning.conversation import Conversation, Interview, Proposal, Question, Slot
from bot.store.database import Database
from bot.store.tables import Approval, Event, OutboxItem, Plan, Review, Step
from bot.verification.evidence import Check, Evidence
from bot.workflow.approvals import Shown
from bot.workflow.approving import approve
from bot.workflow.builds import begin_build, deliver, load_steps, retry, tick
from bot.workflow.change_requests import request_changes
from bot.workflow.changes import lay_out_change
from bot.workflow.documents import load_documents
from bot.workflow.overview import PlanOverview, overview
from bot.workflow.planning_run import PlanningRun
from bot.workflow.plans import NewPlan, resume, start_plan, stop
from bot.workflow.ports import Stage
from bot.workflow.questions import Taken, answer_question, reply
from bot.workflow.reviews import documents_of, review_of
from bot.workflow.rounds import open_questions
from bot.workflow.taking_back import forget_change
from tests.generation.samples import entity, key, text

MARA, JON, ADA = "U0MARA", "U0JON", "U0ADA"
IDEA = "a library: books with a title and a price"
WHO = Question(
    id="who",
    text="Who may add books?",
    reason="It decides whether people need accounts.",
    options=("Everyone", "Librarians only"),
    default="Everyone",
)
LATE = Question(id="late", text="What happens when a book is late?", reason="", options=("A fee", "Nothing"))
COPIES = Question(id="copies", text="How many copies of a title are there?", reason="", default="one")


def library(*more: str) -> EntitySpecs:
    """Return a library of books; ``more`` are whole numbers that a book has too."""
    numbers = [EntityField(name=name, type=FieldType(name="int"), optional=True) for name in more]
    return EntitySpecs(entities=(entity("Book", "books", key(), text("title", minimum="1"), *numbers),))


class ScriptedPlanner:
    """Asks what it is told to, then proposes a library; a change ``add pages`` adds that field."""

    name = "scripted planner"

    def __init__(self, *questions: Question) -> None:
        self.questions: tuple[Question, ...] = questions
        self.error: Exception | None = None
        self.forgets = False
        self.meanwhile: Callable[[], Any] | None = None
        self.heard: list[Conversation] = []
        self.extra: dict[str, Any] = {}

    async def interview(self, conversation: Conversation) -> Interview:
        """Ask what was not answered yet."""
        self.heard.append(conversation)
        if self.meanwhile is not None:
            await self.meanwhile()
        if self.error is not None:
            raise self.error
        answered = set() if self.forgets else {answer.question.id for answer in conversation.answers}
        missing = tuple(question for question in self.questions if question.id not in answered)
        slots = tuple(Slot(name=one.id, known=one.id in answered) for one in self.questions)
        return Interview(title="Office library", slots=(*slots, Slot(name="things", known=True)), questions=missing)

    async def propose(self, conversation: Conversation) -> Proposal:
        """Propose the library with everything that was added."""
        added = [change.text.removeprefix("add ") for change in conversation.changes if change.text.startswith("add ")]
        decisions = tuple(f"{answer.question.text} {answer.text} ({answer.author})" for answer in conversation.answers)
        values = {
            "title": "Office library",
            "introduction": "A library for an office.",
            "specs": library(*added),
            "decisions": decisions,
        }
        return Proposal.model_validate(values | self.extra)


class Office:
    """People and the store; every deed is a unit of work of its own."""

    def __init__(self, database: Database, planner: ScriptedPlanner) -> None:
        self.database, self.planner = database, planner
        self.plan_id = ""
        self._keys = 0

    def key(self) -> str:
        """Return a key that nothing came with before."""
        self._keys += 1
        return f"key {self._keys}"

    async def within[Result](self, deed: Callable[[AsyncSession, Plan], Any]) -> Any:
        """Do something to the plan in one unit of work."""
        async with self.database.write() as session:
            return await deed(session, await session.get_one(Plan, self.plan_id))

    async def within_workspace(self, deed: Callable[[AsyncSession], Any]) -> None:
        """Do something that is about no plan in one unit of work."""
        async with self.database.write() as session:
            await deed(session)

    async def start(self, idea: str = IDEA, person: str = MARA, channel: str = "C1", workspace: str = "T1") -> Plan:
        """Start a plan; the others act on the last one that was started."""
        new = NewPlan(workspace=workspace, channel=channel, author=person, text=idea, key=self.key())
        async with self.database.write() as session:
            plan = await start_plan(session, new, self.planner.name)
        self.plan_id = plan.id
        return plan

    async def work(self) -> None:
        """Let the planner work on what the plan wants, once."""
        plan = await self.plan()
        await PlanningRun(self.database, self.planner).run(plan.id, plan.run_attempt)

    async def in_review(self) -> Review:
        """Start a plan and bring it to its first review."""
        await self.start()
        await self.work()
        return await self.review()

    async def answer(self, question: str, text: str, person: str = MARA) -> None:
        """Answer by button."""
        await self.within(lambda session, plan: answer_question(session, plan, question, text, person, self.key()))

    async def say(self, text: str, person: str = MARA) -> int:
        """Reply in the thread."""
        return (await self.reply(text, person)).answered

    async def reply(self, text: str, person: str = MARA) -> Taken:
        """Reply in the thread, and hear what came of it."""
        taken: Taken = await self.within(lambda session, plan: reply(session, plan, text, person, self.key()))
        return taken

    async def approve(self, number: int, seen: dict[str, Shown] | None = None, person: str = MARA) -> None:
        """Press the button of a review."""
        shown = seen if seen is not None else documents_of(await self.review(number))
        await self.within(lambda session, plan: approve(session, plan, number, shown, person, self.key()))

    async def change(self, text: str, number: int, person: str = MARA) -> None:
        """Ask for a change."""
        await self.within(lambda session, plan: request_changes(session, plan, number, text, person, self.key()))

    async def forget(self, person: str = MARA) -> None:
        """Press Forget it."""
        await self.within(lambda session, plan: forget_change(session, plan, person, self.key()))

    async def stop(self, person: str = MARA) -> None:
        """Press Stop."""
        await self.within(lambda session, plan: stop(session, plan, person, self.key()))

    async def resume(self, person: str = MARA) -> None:
        """Press Resume."""
        await self.within(lambda session, plan: resume(session, plan, person, self.key()))

    async def retry(self, person: str = MARA) -> None:
        """Press Retry."""
        await self.within(lambda session, plan: retry(session, plan, person, self.key()))

    async def begin_build(self) -> TaskPlan:
        """Lay out the steps of the approved plan."""

        async def begin(session: AsyncSession, plan: Plan) -> TaskPlan:
            task_plan = (await load_documents(session, plan)).task_plan
            if plan.delivered_review:
                everything = [task.number for task in task_plan.tasks()]
                await lay_out_change(session, plan, task_plan, everything, "trusted templates")
            await begin_build(session, plan, task_plan, "trusted templates")
            return task_plan

        task_plan: TaskPlan = await self.within(begin)
        return task_plan

    async def deliver(self) -> None:
        """Tick every step with evidence, and deliver."""

        async def build(session: AsyncSession, plan: Plan) -> None:
            for number, step in enumerate(await load_steps(session, plan.id)):
                await tick(session, plan, step, Evidence(commit=f"c{number:07}", checks=(passed(),)))
            await deliver(session, plan)

        await self.begin_build()
        await self.within(build)

    async def plan(self) -> Plan:
        """Return the plan as it stands."""
        async with self.database.read() as session:
            return await session.get_one(Plan, self.plan_id)

    async def overview(self) -> PlanOverview:
        """Return how the plan stands."""
        async with self.database.read() as session:
            return await overview(session, await session.get_one(Plan, self.plan_id))

    async def review(self, number: int = 0) -> Review:
        """Return a review, the newest without a number."""
        async with self.database.read() as session:
            plan = await session.get_one(Plan, self.plan_id)
            return await review_of(session, plan, number or plan.review)

    async def open_questions(self) -> list[str]:
        """Return the ids of the questions that wait for an answer."""
        async with self.database.read() as session:
            plan = await session.get_one(Plan, self.plan_id)
            return [row.question_id for row in await open_questions(session, plan)]

    async def rows[Row: SQLModel](self, table: type[Row]) -> Sequence[Row]:
        """Return the plan's rows of a table, oldest first."""
        names = table.__table__.columns  # type: ignore[attr-defined]  # SQLModel adds it to tables
        async with self.database.read() as session:
            query = select(table).where(names["plan_id"] == self.plan_id).order_by(names["id"])
            return (await session.scalars(query)).all()

    async def rows_of[Row: SQLModel](self, table: type[Row]) -> Sequence[Row]:
        """Return all rows of a table, of whatever plan."""
        async with self.database.read() as session:
            return (await session.scalars(select(table))).all()

    async def events(self) -> list[str]:
        """Return what happened, oldest first."""
        return [event.what for event in await self.rows(Event)]

    async def message(self, name: str) -> OutboxItem:
        """Return the row of a message, such as ``review/1``."""
        async with self.database.read() as session:
            query = select(OutboxItem).where(col(OutboxItem.key) == f"{self.plan_id}/{name}")
            return (await session.scalars(query)).one()

    async def approvals(self) -> list[tuple[str, int, str, bool]]:
        """Return document, revision and person of each approval, and whether it counts."""
        rows = await self.rows(Approval)
        return [(row.document, row.revision, row.person, row.voided_at is None) for row in rows]

    async def steps(self) -> Sequence[Step]:
        """Return the steps of the build."""
        async with self.database.read() as session:
            return await load_steps(session, self.plan_id)

    async def wants(self) -> tuple[Stage | None, int]:
        """Return the run that is wanted."""
        plan = await self.plan()
        return (Stage(plan.run_stage) if plan.run_stage else None, plan.run_attempt)


def passed(tests: int = 3) -> Check:
    """Return a check that passed."""
    return Check(word="pytest", passed=True, exit_code=0, collected=tests, passed_tests=tests)
