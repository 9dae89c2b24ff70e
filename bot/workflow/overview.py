"""How a plan stands, for the card, for `/plan status` and for digests: one reading of the store, no text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.documents.tasks.task_plan import TaskState
from bot.planning.conversation import Question
from bot.store.tables import Change, ConversationMessage, Plan, PlanQuestion, Step, now
from bot.workflow.approving import approvers, waiting_approvers
from bot.workflow.asked import asked_first
from bot.workflow.budget import usage_of
from bot.workflow.builds import NO_MODEL, StepKind, load_steps
from bot.workflow.changes import steps_before
from bot.workflow.documents import is_imported
from bot.workflow.forgotten import not_forgotten
from bot.workflow.issues import issues_of
from bot.workflow.people import able_to_act
from bot.workflow.rounds import open_questions
from bot.workflow.stages import Hold, PlanStage

__all__ = ["OfferedChange", "PhaseProgress", "PlanOverview", "TaskProgress", "overview"]


class TaskProgress(Frozen):
    """One task as people see it."""

    number: str
    title: str
    state: TaskState
    commit: str = ""
    tests: int = 0
    open_reason: str = ""
    checks: tuple[str, ...] = ()
    """What passed on the commit."""
    seconds: int = 0
    """How long its checks took."""
    issue: str = ""
    """Where people look at it, where it was left to them."""
    is_kept: bool = False
    """Whether a change that is being built leaves it as it was delivered."""


class PhaseProgress(Frozen):
    """One phase: how many of its tasks are done."""

    number: int
    name: str
    tasks: tuple[TaskProgress, ...]

    @property
    def counted(self) -> tuple[TaskProgress, ...]:
        """Return the tasks that are counted: of a change that is being built, those that it makes anew."""
        return tuple(task for task in self.tasks if not task.is_kept)

    @property
    def done(self) -> int:
        """Return how many of the tasks that are counted are done."""
        return sum(task.state is TaskState.DONE for task in self.counted)

    @property
    def state(self) -> TaskState:
        """Return the derived state of the phase."""
        if self.done == len(self.counted):
            return TaskState.DONE
        return TaskState.DOING if any(task.state is not TaskState.TODO for task in self.counted) else TaskState.TODO


class OfferedChange(Frozen):
    """The newest change, where it lies on its branch and nobody has merged it."""

    number: int
    url: str
    merges_here: bool
    """Whether it is merged here, by a button; else where its pull request is."""
    commit: str
    """Its last commit as it is shown: what the button merges."""
    is_closed: bool = False
    """Whether people closed its pull request without merging."""


class PlanOverview(Frozen):
    """Everything that a card or a status shows."""

    id: str
    handle: str
    title: str
    channel: str
    thread: str | None
    stage: PlanStage
    hold: str | None
    hold_reason: str
    hold_by: str
    starter: str
    planner: str
    level: str
    slots_known: int
    slots_total: int
    planning: bool
    open_questions: int
    review: int
    waiting_for: tuple[str, ...]
    phases: tuple[PhaseProgress, ...]
    web_url: str
    clone_url: str
    created_at: datetime
    approved_at: datetime | None
    delivered_at: datetime | None
    remote_name: str = ""
    """The name of its repository; empty before there is one."""
    slots_missing: str = ""
    """What isn't known yet, in words."""
    came_up: int = 0
    """How many open questions came up from what was said since the first ones, before there is a review."""
    place: int = 0
    """Its place in the line of builds; 0 while it is its turn."""
    messages: int = 0
    """How many messages a planner is given."""
    waited: int = 0
    """Seconds since its planner was asked; 0 where it isn't."""
    run_stage: str | None = None
    attempt: int = 0
    model_try: int = 0
    model_tries: int = 0
    is_given: bool = False
    """Whether it is built as a file says, without documents of ours."""
    asked: str = ""
    """What it began with, in a line or two; empty where the thread itself says it."""
    change: OfferedChange | None = None
    """What waits to be merged."""
    usage: str = ""
    """What its model calls used, in words; empty where it made none."""

    @property
    def tasks(self) -> tuple[TaskProgress, ...]:
        """Return every task, in order."""
        return tuple(task for phase in self.phases for task in phase.tasks)

    @property
    def counted(self) -> tuple[TaskProgress, ...]:
        """Return the tasks that are counted: of a change that is being built, those that it makes anew."""
        return tuple(task for phase in self.phases for task in phase.counted)

    @property
    def done(self) -> int:
        """Return how many of the tasks that are counted are done."""
        return sum(phase.done for phase in self.phases)

    @property
    def tests(self) -> int:
        """Return how many tests passed in the newest whole run (the largest count of one task)."""
        return max((task.tests for task in self.tasks), default=0)

    @property
    def now(self) -> TaskProgress | None:
        """Return the task that is being built."""
        started = [task for task in self.tasks if task.state is TaskState.DOING and not task.open_reason]
        return started[0] if started else None

    @property
    def last(self) -> TaskProgress | None:
        """Return the task that was finished last."""
        finished = [task for task in self.tasks if task.state is TaskState.DONE]
        return finished[-1] if finished else None

    @property
    def left_open(self) -> tuple[TaskProgress, ...]:
        """Return the tasks that were left to people."""
        return tuple(task for task in self.tasks if task.open_reason)

    @property
    def failed_open(self) -> tuple[TaskProgress, ...]:
        """Return the tasks that were left to people though somebody could have written them."""
        return tuple(task for task in self.left_open if NO_MODEL not in task.open_reason)

    @property
    def buildable(self) -> tuple[TaskProgress, ...]:
        """Return the tasks that are counted without those that nothing here can write."""
        return tuple(task for task in self.counted if NO_MODEL not in task.open_reason)

    @property
    def unwritten(self) -> tuple[TaskProgress, ...]:
        """Return the tasks that are open because no model is there to write them."""
        return tuple(task for task in self.tasks if NO_MODEL in task.open_reason)


async def overview(session: AsyncSession, plan: Plan) -> PlanOverview:
    """Read how a plan stands."""
    steps = await load_steps(session, plan.id)
    questions = await open_questions(session, plan) if plan.stage == PlanStage.GATHERING else []
    change = await offered_change(session, plan) if plan.stage == PlanStage.DELIVERED else None
    return PlanOverview(
        id=plan.id,
        handle=plan.handle,
        title=plan.title,
        channel=plan.channel,
        thread=plan.thread,
        stage=PlanStage(plan.stage),
        hold=plan.hold,
        hold_reason=plan.hold_reason,
        hold_by=plan.hold_by,
        starter=plan.starter,
        planner=plan.planner,
        level=plan.level,
        slots_known=plan.slots_known,
        slots_total=plan.slots_total,
        slots_missing=plan.slots_missing,
        planning=plan.run_stage == "plan" and plan.hold is None,
        open_questions=len(questions),
        came_up=sum(map(came_up, questions)) if plan.review == 0 else 0,
        review=plan.review,
        waiting_for=not_forgotten(await waiting_for(session, plan, asked=bool(questions), merges=change is not None)),
        phases=tuple(phases_of(steps, await issues_of(session, plan), await kept_titles(session, plan, steps))),
        web_url=plan.web_url,
        clone_url=plan.clone_url,
        created_at=plan.created_at,
        approved_at=plan.approved_at,
        delivered_at=plan.delivered_at,
        remote_name=plan.remote_name,
        place=plan.place,
        messages=await count_messages(session, plan),
        waited=waited(plan),
        run_stage=plan.run_stage,
        attempt=plan.run_attempt,
        model_try=plan.model_try,
        model_tries=plan.model_tries,
        is_given=await is_imported(session, plan),
        asked=begun.words if (begun := await asked_first(session, plan)) else "",
        change=change,
        usage=(await usage_of(session, plan.id)).told(),
    )


def came_up(row: PlanQuestion) -> bool:
    """Tell whether a question came up later than the first ones, and not from two different answers to one of them."""
    return row.round > 1 and not Question.model_validate(row.question).sides


async def count_messages(session: AsyncSession, plan: Plan) -> int:
    """Return how many messages a planner is given."""
    query = select(func.count()).where(
        col(ConversationMessage.plan_id) == plan.id, col(ConversationMessage.kind).in_(("request", "message", "change"))
    )
    return await session.scalar(query) or 0


def waited(plan: Plan) -> int:
    """Return for how many seconds a plan has waited for its planner."""
    if plan.run_stage != "plan" or plan.hold is not None or plan.run_since is None:
        return 0
    return max(0, int((now() - plan.run_since).total_seconds()))


async def waiting_for(session: AsyncSession, plan: Plan, *, asked: bool, merges: bool) -> list[str]:
    """Return the people without whom the plan rests: it has open questions, or a change that lies there."""
    if plan.hold == Hold.WAITING:
        return await approvers(session, plan)
    if plan.hold is not None or (plan.stage == PlanStage.GATHERING and asked):
        return await able_to_act(session, plan)
    if plan.stage == PlanStage.IN_REVIEW and plan.run_stage is None:
        return await waiting_approvers(session, plan)
    if merges and plan.run_stage is None:
        return await approvers(session, plan)
    return []


async def offered_change(session: AsyncSession, plan: Plan) -> OfferedChange | None:
    """Return the newest change, where it lies there for people to merge it, or to decide what becomes of it."""
    query = select(Change).where(col(Change.plan_id) == plan.id).order_by(col(Change.number).desc()).limit(1)
    newest = (await session.scalars(query)).first()
    if newest is None or not newest.url or newest.merged_commit is not None or newest.forgotten_by:
        return None
    return OfferedChange(
        number=newest.number,
        url=newest.url,
        merges_here=newest.merges_here,
        commit=newest.commit or "",
        is_closed=newest.closed_at is not None,
    )


async def kept_titles(session: AsyncSession, plan: Plan, steps: Sequence[Step]) -> frozenset[str]:
    """Return the titles of the tasks that a change which is being built leaves as they were; it counts the others.

    Otherwise progress would go back at the moment in which a delivered plan begins to build its change.
    """
    if plan.stage != PlanStage.BUILDING or plan.delivered_at is None:
        return frozenset()
    query = select(Change).where(col(Change.plan_id) == plan.id, col(Change.review) == plan.review)
    change = (await session.scalars(query)).first()
    before = {evidence_in(step) for step in steps_before(change)} if change else set()
    return frozenset(step.title for step in steps if step.state != TaskState.TODO and evidence_in(step) in before)


def evidence_in(step: Step) -> tuple[str, str, str, str, str]:
    """Return what a step is, and what ticked it or left it open."""
    reason = (step.evidence or {}).get("open", "")
    return StepKind.of(step), step.title, step.state, step.commit or "", reason


def phases_of(rows: Sequence[Step], issues: Mapping[str, str], kept: Collection[str] = ()) -> list[PhaseProgress]:
    """Return the phases of a build with the state of their tasks; ``issues`` are addresses by the tasks' titles.

    ``kept`` are the titles of tasks that a change leaves as they were.
    """
    names = {row.phase: row.title for row in rows if StepKind.of(row) is StepKind.PHASE}
    return [
        PhaseProgress(
            number=number,
            name=name,
            tasks=tuple(
                task_of(row, issues, kept) for row in rows if row.phase == number and StepKind.of(row) is StepKind.TASK
            ),
        )
        for number, name in names.items()
    ]


def task_of(step: Step, issues: Mapping[str, str], kept: Collection[str] = ()) -> TaskProgress:
    """Return a step as people see it."""
    evidence = step.evidence or {}
    return TaskProgress(
        number=step.number,
        title=step.title,
        state=TaskState(step.state),
        commit=step.commit or "",
        tests=sum(check["passed_tests"] for check in evidence.get("checks", [])),
        open_reason=evidence.get("open", ""),
        checks=tuple(str(check["word"]) for check in evidence.get("checks", []) if check["passed"]),
        seconds=round(sum(check.get("seconds", 0.0) for check in evidence.get("checks", []))),
        issue=issues.get(step.title, "") if evidence.get("open") else "",
        is_kept=step.title in kept,
    )
