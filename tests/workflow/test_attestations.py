"""Which phases of a build have ended: its own, and those that were closed."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Plan
from bot.verification.evidence import Evidence
from bot.workflow.attestations import ended_phases
from bot.workflow.builds import load_steps, tick
from tests.workflow.office import Office, passed


async def building(office: Office, *keys: str) -> None:
    """Begin a build, and tick these steps of it."""

    async def work(session: AsyncSession, plan: Plan) -> None:
        for step in await load_steps(session, plan.id):
            if step.key in keys:
                await tick(session, plan, step, Evidence(commit="c1", checks=(passed(),)))

    await office.in_review()
    await office.approve(1)
    await office.begin_build()
    await office.within(work)


async def test_a_phase_has_ended_with_its_own_commit_and_no_other_plans_do(office: Office) -> None:
    await building(office, "phase 1", "phase 2", "task 3.1")
    first = office.plan_id
    await building(office, "phase 4")
    async with office.database.read() as session:
        assert await ended_phases(session, await office.plan()) == {4}
        assert await ended_phases(session, await session.get_one(Plan, first)) == {1, 2}
