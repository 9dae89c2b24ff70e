"""What a build tells the plan: its steps, the evidence that ticks them, a problem, the delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.tasks.task_plan import TaskPlan, TaskState
from bot.store.tables import Change, Plan, Step, now
from bot.verification.evidence import Evidence
from bot.workflow.budget import grant_more
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.messages import MessageKind, announce, refresh_card, skippable_steps
from bot.workflow.ports import Remote, Stage
from bot.workflow.refusals import Refused
from bot.workflow.runs import release, want_run
from bot.workflow.stages import Hold, PlanStage, move

__all__ = [
    "NO_MODEL",
    "StepKind",
    "begin_build",
    "begin_steps",
    "deliver",
    "every_step",
    "first_step",
    "is_of_file",
    "keep_work",
    "leave_open",
    "load_steps",
    "own_steps",
    "remote_of",
    "retry",
    "set_pushed",
    "set_remote",
    "skip",
    "start_step",
    "steps_by",
    "steps_in",
    "steps_of",
    "tick",
]


NO_MODEL = "no model is configured that could write it"
"""Why a task that no template builds is left open where nobody is asked to write it."""


class StepKind(StrEnum):
    """The kinds of commit that a build makes, in the order documents, then per phase its tasks and its end."""

    DOCUMENTS = "documents"
    TASK = "task"
    PHASE = "phase"

    @classmethod
    def of(cls, step: Step) -> StepKind:
        """Return which kind of commit a step makes."""
        return cls(step.key.partition(" ")[0])


async def begin_build(session: AsyncSession, plan: Plan, task_plan: TaskPlan, level: str) -> None:
    """Lay out the steps of an approved plan; a build that was begun before keeps its own."""
    await begin_steps(session, plan, steps_of(plan, task_plan), level)


async def begin_steps(session: AsyncSession, plan: Plan, steps: Sequence[Step], level: str) -> None:
    """Begin a build with these steps, unless it was begun before."""
    if plan.stage == PlanStage.BUILDING:
        return
    move(session, plan, PlanStage.BUILDING, PLANTHREAD)
    plan.level = level
    session.add_all(steps)
    await session.flush()
    await refresh_card(session, plan)


def steps_of(plan: Plan, task_plan: TaskPlan) -> list[Step]:
    """Return the steps of a build in their order, nothing done yet."""
    rows = [(StepKind.DOCUMENTS, 0, "", "Planning documents")]
    for phase in task_plan.phases:
        rows += [(StepKind.TASK, phase.number, task.number, task.title) for task in phase.tasks]
        rows.append((StepKind.PHASE, phase.number, str(phase.number), phase.name))
    return steps_in(plan, rows)


def steps_in(plan: Plan, rows: Sequence[tuple[StepKind, int, str, str]]) -> list[Step]:
    """Return steps of these kinds, phases, numbers and titles, nothing done yet."""
    return [
        Step(
            workspace=plan.workspace,
            plan_id=plan.id,
            key=f"{kind} {number}".strip(),
            position=position,
            phase=phase_number,
            number=number,
            title=title,
            state=TaskState.TODO,
        )
        for position, (kind, phase_number, number, title) in enumerate(rows)
    ]


async def load_steps(session: AsyncSession, plan_id: str) -> Sequence[Step]:
    """Return the steps of the newest build in order: the plan's own, or those of a file that came later."""
    return await steps_by(session, plan_id, by_file=await is_of_file(session, plan_id))


async def first_step(session: AsyncSession, plan_id: str) -> Step:
    """Return the step that the newest build begins with."""
    return (await session.scalars(steps_query(plan_id, by_file=await is_of_file(session, plan_id)).limit(1))).one()


async def own_steps(session: AsyncSession, plan_id: str) -> Sequence[Step]:
    """Return the steps that build a plan's own documents, in order, whatever file was built since."""
    return await steps_by(session, plan_id, by_file=False)


async def every_step(session: AsyncSession, plan_id: str) -> Sequence[Step]:
    """Return a plan's own steps, then those of the newest file that came later."""
    return [*await own_steps(session, plan_id), *await steps_by(session, plan_id, by_file=True)]


async def steps_by(session: AsyncSession, plan_id: str, *, by_file: bool) -> Sequence[Step]:
    """Return the steps of one kind in order."""
    return (await session.scalars(steps_query(plan_id, by_file=by_file))).all()


def steps_query(plan_id: str, *, by_file: bool) -> Select[Step]:
    """Return the question for the steps of one kind in order."""
    query = select(Step).where(col(Step.plan_id) == plan_id, col(Step.by_file).is_(by_file))
    return query.order_by(col(Step.position))


async def is_of_file(session: AsyncSession, plan_id: str) -> bool:
    """Tell whether the newest change came as a file in a plan that was made from words."""
    query = select(col(Change.by_file)).where(col(Change.plan_id) == plan_id, col(Change.forgotten_by) == "")
    return bool(await session.scalar(query.order_by(col(Change.number).desc()).limit(1)))


async def start_step(session: AsyncSession, plan: Plan, step: Step) -> None:
    """Mark a step as in progress."""
    step.state = TaskState.DOING
    await refresh_card(session, plan)


async def tick(session: AsyncSession, plan: Plan, step: Step, evidence: Evidence) -> None:
    """Tick a step. Raises ValueError for evidence without a commit, without a check, or with one that did not pass.

    The planning documents were checked before they were approved; their commit alone ticks them.
    """
    checked = bool(evidence.checks) or step.key == StepKind.DOCUMENTS
    if not evidence.commit or not checked or not all(check.passed for check in evidence.checks):
        raise ValueError(f"{step.key} has no evidence that could tick it")
    plan.failures = 0
    step.state = TaskState.DONE
    step.commit = evidence.commit
    step.evidence = evidence.model_dump(mode="json")
    step.at = now()
    record(session, plan, PLANTHREAD, "ticked", step=step.key, commit=evidence.commit, tests=evidence.tests)
    await refresh_card(session, plan)


async def keep_work(session: AsyncSession, plan: Plan, step: Step, commit: str | None, kept: Mapping[str, Any]) -> None:
    """Keep what was done of a step that a person has yet to confirm; nothing is ticked by it."""
    step.commit = commit or step.commit
    step.evidence = dict(kept)
    record(session, plan, PLANTHREAD, "written", step=step.key, commit=commit or "")
    await refresh_card(session, plan)


async def leave_open(session: AsyncSession, plan: Plan, step: Step, why: str, actor: str = PLANTHREAD) -> None:
    """Leave a task's box open, in progress, with the reason; the build goes on without it."""
    step.state = TaskState.DOING
    step.evidence = {"open": why}
    step.at = now()
    record(session, plan, actor, "left open", step=step.key, reason=why)
    await refresh_card(session, plan)


async def retry(session: AsyncSession, plan: Plan, person: str, key: str) -> None:
    """Try again what is blocked, with a larger allowance where its end is why. Raises Refused when nothing is."""
    if plan.hold != Hold.BLOCKED:
        raise Refused(f"*{plan.title}* isn't blocked; there is nothing to retry.")
    await grant_more(session, plan, person, key)
    await release(session, plan, person, key)
    want_run(plan, Stage(plan.run_stage) if plan.run_stage else Stage.PLAN)
    await refresh_card(session, plan)


async def skip(session: AsyncSession, plan: Plan, step_key: str, person: str, key: str) -> None:
    """Leave a blocked step open and go on with the others. Raises Refused when it isn't what blocks the plan."""
    step = next((step for step in await load_steps(session, plan.id) if step.key == step_key), None)
    blocks = plan.hold == Hold.BLOCKED and step_key in await skippable_steps(session, plan)
    if not blocks or step is None or step.state == TaskState.DONE:
        raise Refused(f"*{plan.title}* isn't blocked by that any more; there is nothing to skip.")
    await leave_open(session, plan, step, "a person skipped it", person)
    await retry(session, plan, person, key)


def remote_of(plan: Plan) -> Remote:
    """Return where the repository of a plan is."""
    return Remote(name=plan.remote_name, web_url=plan.web_url, clone_url=plan.clone_url, push_url=plan.push_url)


async def set_remote(session: AsyncSession, plan: Plan, remote: Remote) -> None:
    """Keep where the repository is."""
    plan.remote_name, plan.web_url = remote.name, remote.web_url
    plan.clone_url, plan.push_url = remote.clone_url, remote.push_url
    record(session, plan, PLANTHREAD, "repository", url=remote.web_url)
    await refresh_card(session, plan)


async def set_pushed(session: AsyncSession, plan: Plan, commit: str, built: str = "") -> None:
    """Keep what the remote's main holds: the last commit of a build, or its merge (of ``built``) with people's work."""
    plan.pushed_commit = commit
    merged = {"built": built} if built and built != commit else {}
    record(session, plan, PLANTHREAD, "pushed", commit=commit, **merged)
    await refresh_card(session, plan)


async def deliver(session: AsyncSession, plan: Plan) -> None:
    """Say that the repository is delivered."""
    move(session, plan, PlanStage.DELIVERED, PLANTHREAD)
    plan.delivered_at = now()
    plan.delivered_review = plan.review
    plan.run_stage = None
    await announce(session, plan, MessageKind.DELIVERED)
    await refresh_card(session, plan)
