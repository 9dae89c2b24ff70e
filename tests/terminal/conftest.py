"""A store, a planner with a fixed script, and something that works on plans until nothing is wanted any more."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, EnumSpec, FieldType
from bot.inspection.facts import RepositoryFacts
from bot.planning.conversation import (
    Conversation,
    CustomBehaviour,
    Interview,
    Planner,
    PlannerError,
    Proposal,
    Question,
    Slot,
)
from bot.store.database import Database
from bot.store.tables import Plan
from bot.terminal.conversation import Conversation as Outcome
from bot.terminal.conversation import converse
from bot.terminal.lines import Reply, Waiting
from bot.verification.evidence import Check, Evidence
from bot.workflow.builds import (
    NO_MODEL,
    StepKind,
    begin_build,
    deliver,
    leave_open,
    load_steps,
    set_pushed,
    set_remote,
    start_step,
    tick,
)
from bot.workflow.documents import load_documents
from bot.workflow.planning_run import PlanningRun, block
from bot.workflow.ports import Remote, Stage
from tests.workflow.office import LATE, WHO

COPIES = Question(id="copies", text="How many copies of a title are there?", reason="")


FEE = Question(id="fee", text="How high is the fee?", reason="The change names one.", default="1.00")


class ScriptedPlanner:
    """Asks three questions, then proposes books; a change that names pages adds that field, a fee is asked about."""

    name = "scripted planner"

    def __init__(self, questions: tuple[Question, ...] = (WHO, LATE, COPIES), custom: bool = False) -> None:
        self.questions = questions
        self.custom = custom
        self.more = 0
        """How many things there are besides books."""
        self.read: list[Conversation] = []

    async def interview(self, conversation: Conversation) -> Interview:
        self.read.append(conversation)
        if "nonsense" in conversation.messages[0].text:
            raise PlannerError("I can't make a service of that. *Name* its things, <@you>.")
        answered = {answer.question.id for answer in conversation.answers}
        has_fee = any("fee" in change.text for change in conversation.changes)
        asked = (*self.questions, FEE) if has_fee else self.questions
        missing = tuple(question for question in asked if question.id not in answered)
        slots = tuple(Slot(name=question.id, known=question.id in answered) for question in asked)
        return Interview(title="Office library", slots=slots, questions=missing)

    async def propose(self, conversation: Conversation) -> Proposal:
        fields = [
            EntityField(name="id", type=FieldType(name="UUID"), primary_key=True, auto_generated=True),
            EntityField(name="title", type=FieldType(name="str"), unique=True),
            EntityField(name="status", type=FieldType(name="BookStatus"), default="available"),
        ]
        if any("pages" in change.text for change in conversation.changes):
            fields.append(EntityField(name="pages", type=FieldType(name="int"), optional=True))
        book = Entity(name="Book", table="books", api_path="/books", fields=tuple(fields))
        others = (
            book.model_copy(
                update={"name": f"Shelf{number}", "table": f"shelf{number}s", "api_path": f"/shelf{number}s"}
            )
            for number in range(self.more)
        )
        reminder = CustomBehaviour(
            title="Reminders for late loans",
            slug="reminders",
            criterion="WHEN a loan is late, THE System SHALL remind its member.",
            done="a late loan is reminded of",
        )
        return Proposal(
            title="Office library",
            introduction="Books of an office.",
            specs=EntitySpecs(
                entities=(book, *others), enums=(EnumSpec(name="BookStatus", values=("available", "lent")),)
            ),
            decisions=tuple(
                f"{answer.question.id}: {answer.text} (you)" for answer in conversation.answers if answer.text
            ),
            assumptions=tuple(
                f"{answer.question.id} was left to me" for answer in conversation.answers if not answer.text
            ),
            unread=("quickly\x1b[2J",),
            custom=(reminder,) if self.custom else (),
        )


class Workshop:
    """Works on what plans want: the real planning stage, and a build that only tells the store of its steps."""

    def __init__(self, database: Database, planner: Planner) -> None:
        self.database = database
        self.planning = PlanningRun(database, planner)
        self.fails_at = ""

    async def drive(self) -> None:
        while True:
            async with self.database.read() as session:
                plans = (await session.scalars(select(Plan))).all()
            wishes = [plan for plan in plans if plan.run_stage and plan.hold is None]
            if not wishes:
                return
            for plan in wishes:
                run = self.planning.run if plan.run_stage == Stage.PLAN else self.build
                await run(plan.id, plan.run_attempt)

    async def build(self, plan_id: str, _attempt: int) -> None:
        async with self.database.write() as session:
            plan = await session.get_one(Plan, plan_id)
            await begin_build(session, plan, (await load_documents(session, plan)).task_plan, "trusted templates")
            steps = await load_steps(session, plan_id)
        for step in steps:
            async with self.database.write() as session:
                plan, row = await session.get_one(Plan, plan_id), await session.merge(step)
                await start_step(session, plan, row)
            async with self.database.write() as session:
                plan, row = await session.get_one(Plan, plan_id), await session.merge(step)
                if self.fails_at and row.number == self.fails_at:
                    await block(session, plan, f"{row.key} did not pass.", tail="E   assert 201 == 409\n\x1b[31mred")
                    return
                if row.key.startswith(StepKind.TASK) and row.title == "Reminders for late loans":
                    await leave_open(session, plan, row, NO_MODEL)
                    continue
                check = Check(word="pytest", passed=True, collected=4, passed_tests=4)
                await tick(session, plan, row, Evidence(commit="abcdef0123456789", checks=(check,)))
        async with self.database.write() as session:
            plan = await session.get_one(Plan, plan_id)
            remote = Remote(name="library", web_url="w", clone_url="http://127.0.0.1/git/library.git", push_url="p")
            await set_remote(session, plan, remote)
            await set_pushed(session, plan, "abcdef0123456789")
            await deliver(session, plan)


class Terminal:
    """A person at a terminal: lines to type, and everything that was written."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.planner = ScriptedPlanner()
        self.prompts: list[str] = []
        self.written: list[str] = []
        self.workshop = Workshop(database, self.planner)

    @property
    def text(self) -> str:
        return "\n".join(self.written)

    async def converse(
        self, *lines: str, shows_address: bool = False, repository: RepositoryFacts | None = None
    ) -> Outcome:
        typed = iter(lines)

        async def read_line(waiting: Waiting) -> Reply | None:
            self.prompts.append(waiting.prompt)
            line = next(typed, None)
            return None if line is None else Reply(text=line)

        return await converse(
            self.database,
            self.workshop.drive,
            self.planner.name,
            read_line,
            self.written.append,
            shows_address=shows_address,
            repository=repository,
        )


@pytest.fixture
def terminal(database: Database) -> Terminal:
    """Give a person at a terminal."""
    return Terminal(database)
