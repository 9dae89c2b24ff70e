"""The evidence of tasks, told beside their commits where the remote can show it: once a commit, in a few words.

That a commit's evidence is told is an effect (`bot.store.tables.Effect`): its key is the plan and the commit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.tasks.task_plan import TaskState
from bot.store.tables import Effect, Plan, Step
from bot.verification.evidence import Evidence
from bot.workflow.builds import StepKind, is_of_file
from bot.workflow.stages import PlanStage

__all__ = ["ATTESTATION", "begin_attestations", "due_attestations", "keep_attestations"]

ATTESTATION = "evidence"
"""How the keys of these effects begin."""


async def due_attestations(session: AsyncSession, plan: Plan, most: int) -> Mapping[str, str]:
    """Return what is to be told of each commit of a task that lies on the remote, at most so many.

    While a plan is built, those are the commits of the phases that have ended: each is pushed at its end.
    """
    told = await told_commits(session, plan)
    query = select(col(Step.commit), col(Step.phase)).where(
        col(Step.plan_id) == plan.id, col(Step.state) == TaskState.DONE, col(Step.key).startswith(StepKind.TASK)
    )
    if plan.stage == PlanStage.BUILDING:
        query = query.where(col(Step.by_file).is_(await is_of_file(session, plan.id)))
    rows = (await session.execute(query.order_by(col(Step.position)))).all()
    if plan.stage == PlanStage.BUILDING:
        ended = await ended_phases(session, plan)
        rows = [row for row in rows if row.phase in ended]
    commits = list(dict.fromkeys(row.commit for row in rows if row.commit and row.commit not in told))
    if not commits:
        return {}
    chosen = commits[:most]
    steps = (
        await session.scalars(
            select(Step)
            .where(col(Step.plan_id) == plan.id, col(Step.commit).in_(chosen), col(Step.key).startswith(StepKind.TASK))
            .order_by(col(Step.position))
        )
    ).all()
    return {commit: words_of([step for step in steps if step.commit == commit]) for commit in chosen}


async def told_commits(session: AsyncSession, plan: Plan) -> set[str]:
    """Return the commits of which was told."""
    query = select(Effect).where(col(Effect.plan_id) == plan.id, col(Effect.key).startswith(f"{ATTESTATION}/"))
    return {row.key.rpartition("/")[2] for row in (await session.scalars(query)).all() if row.result is not None}


async def ended_phases(session: AsyncSession, plan: Plan) -> set[int]:
    """Return the numbers of the phases that a build has closed."""
    query = select(col(Step.phase)).where(
        col(Step.plan_id) == plan.id,
        col(Step.by_file).is_(await is_of_file(session, plan.id)),
        col(Step.state) == TaskState.DONE,
        col(Step.key).startswith(StepKind.PHASE),
    )
    return set((await session.scalars(query)).all())


def words_of(steps: Sequence[Step]) -> str:
    """Return what ticked tasks of one commit: ``2.1: 5 checks, 31 tests pass``."""
    evidence = [Evidence.model_validate(step.evidence) for step in steps]
    numbers = ", ".join(step.number for step in steps)
    checks, tests = evidence[0].checks, evidence[0].tests
    counted = [f"{len(checks)} check{'' if len(checks) == 1 else 's'}"]
    if tests:
        counted.append(f"{tests} test{'' if tests == 1 else 's'}")
    verb = "passes" if len(counted) == 1 and len(checks) == 1 else "pass"
    by_people = ", confirmed by a person" if any(check.by for check in checks) else ""
    return f"{numbers}: {', '.join(counted)} {verb}{by_people}"


async def begin_attestations(session: AsyncSession, plan: Plan, due: Mapping[str, str]) -> None:
    """Keep what is about to be told."""
    for commit, words in due.items():
        row = Effect(key=key_of(plan, commit), workspace=plan.workspace, plan_id=plan.id, intent={"words": words})
        await session.merge(row)


async def keep_attestations(session: AsyncSession, plan: Plan, commits: Sequence[str]) -> None:
    """Keep that it is told."""
    for commit in commits:
        (await session.get_one(Effect, key_of(plan, commit))).result = {"told": True}


def key_of(plan: Plan, commit: str) -> str:
    """Return the key of the effect of a commit's evidence."""
    return f"{ATTESTATION}/{plan.id}/{commit}"
