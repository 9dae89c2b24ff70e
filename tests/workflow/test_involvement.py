"""Which plans concern a person: their own, those they took part in, and those that they may have to decide."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.store.tables import Approval, Change, Plan, now
from bot.workflow.channel_settings import change_settings
from bot.workflow.involvement import awaiting_merge, channels_of, concerns, is_concerned
from bot.workflow.people import keep_person
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.stages import Hold, PlanStage
from tests.workflow.office import ADA, JON, LATE, MARA, WHO, Office


async def concerned(office: Office, person: str, workspace: str = "T1") -> set[str]:
    """Return the ids of the plans that concern a person."""
    async with office.database.read() as session:
        query = select(col(Plan.id)).where(await concerns(session, workspace, person))
        return set((await session.scalars(query)).all())


async def may_see(office: Office, person: str) -> bool:
    """Tell whether the plan concerns a person."""
    async with office.database.read() as session:
        return await is_concerned(session, await office.plan(), person)


async def named(office: Office, policy: ApprovalPolicy, channel: str = "C1") -> None:
    """Let a channel name who approves."""

    async def decide(session: AsyncSession) -> None:
        await change_settings(session, "T1", channel, policy, None, MARA, office.key())

    await office.within_workspace(decide)


async def become(office: Office, change: Callable[[Plan], None]) -> None:
    """Have the plan be otherwise."""

    async def do(session: AsyncSession, plan: Plan) -> None:
        change(plan)

    await office.within(do)


async def test_who_began_wrote_answered_or_approved_is_concerned_and_nobody_else(office: Office) -> None:
    office.planner.questions = (WHO, LATE)
    await office.start()
    await office.work()
    own = office.plan_id
    assert await concerned(office, MARA) == {own}
    assert await concerned(office, JON) == set()

    await office.answer("who", "Everyone", JON)
    assert await concerned(office, JON) == {own}
    assert await concerned(office, ADA) == set()
    await office.say("a fee of one euro", ADA)
    assert await concerned(office, ADA) == {own}

    async def approved(session: AsyncSession, plan: Plan) -> None:
        session.add(
            Approval(workspace="T1", plan_id=plan.id, document="requirements", revision=1, fingerprint="", person="U9")
        )

    await office.within(approved)
    assert await concerned(office, "U9") == {own}


async def test_a_plan_of_another_workspace_is_none_of_theirs(office: Office) -> None:
    await office.start(workspace="T2")
    assert await concerned(office, MARA) == set()
    assert await concerned(office, MARA, "T2") == {office.plan_id}


async def test_a_named_approver_is_concerned_while_a_plan_is_theirs_to_decide(office: Office) -> None:
    await named(office, ApprovalPolicy(people=(ADA,)))
    await office.start()
    assert await concerned(office, ADA) == set()
    await office.work()
    assert await concerned(office, ADA) == {office.plan_id}
    assert await concerned(office, JON) == set()

    await office.approve(1, person=ADA)
    await become(office, lambda plan: setattr(plan, "hold", Hold.WAITING))
    await named(office, ApprovalPolicy(groups={"S1": (JON, ADA)}))
    assert await concerned(office, JON) == {office.plan_id}
    await become(office, lambda plan: setattr(plan, "hold", None))
    assert await concerned(office, JON) == set()
    assert await concerned(office, ADA) == {office.plan_id}, "who approved once took part"


async def test_settings_name_nobody_for_other_channels_and_workspaces(office: Office) -> None:
    await named(office, ApprovalPolicy(people=(ADA,)), channel="C2")
    await office.in_review()
    assert await concerned(office, ADA) == set()
    await office.start(channel="C2", workspace="T2")
    await office.work()
    assert await concerned(office, ADA, "T2") == set()


@pytest.mark.parametrize(
    ("merges_here", "merged", "waits"), [(True, None, True), (False, None, False), (True, "m1", False)]
)
async def test_a_change_that_is_merged_in_the_thread_waits_for_who_may(
    office: Office, merged: str | None, *, merges_here: bool, waits: bool
) -> None:
    await named(office, ApprovalPolicy(people=(ADA,)))
    await office.start()

    async def offered(session: AsyncSession, plan: Plan) -> None:
        plan.stage = PlanStage.DELIVERED
        change = Change(workspace="T1", plan_id=plan.id, number=1, review=1, branch="b", url="http://git.test/1")
        change.merges_here, change.merged_commit = merges_here, merged
        session.add(change)

    await office.within(offered)
    assert await concerned(office, ADA) == ({office.plan_id} if waits else set())
    async with office.database.read() as session:
        found = set((await session.scalars(select(col(Plan.id)).where(awaiting_merge()))).all())
    assert found == ({office.plan_id} if waits else set())

    await become(office, lambda plan: setattr(plan, "stage", PlanStage.BUILDING))
    assert await concerned(office, ADA) == set()


async def test_the_channels_of_a_persons_plans_each_once_in_order(office: Office) -> None:
    for channel in ("C3", "C1", "C3", "C2"):
        await office.start(channel=channel, person=JON if channel == "C2" else MARA)
    async with office.database.read() as session:
        assert await channels_of(session, "T1", MARA) == ["C1", "C3"]
        assert await channels_of(session, "T1", JON) == ["C2"]
        assert await channels_of(session, "T2", MARA) == []


async def test_one_plan_concerns_whom_it_waits_for_too(office: Office) -> None:
    office.planner.questions = (WHO,)
    await office.start()
    await office.work()
    other = office.plan_id
    await office.start(person=JON)
    assert await may_see(office, JON)
    assert not await may_see(office, MARA)
    assert not await may_see(office, ADA)

    office.plan_id = other
    assert await may_see(office, MARA)
    assert not await may_see(office, JON)


async def test_a_plan_is_seen_by_a_named_approver_only_while_it_waits_for_them(office: Office) -> None:
    await named(office, ApprovalPolicy(people=(ADA,)))
    await office.in_review()
    assert await may_see(office, ADA)
    await become(office, lambda plan: setattr(plan, "stage", PlanStage.APPROVED))
    assert not await may_see(office, ADA)


async def test_whom_a_change_waits_for_may_see_it_wherever_it_is_merged(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    await named(office, ApprovalPolicy(people=(ADA,)))
    assert not await may_see(office, ADA)

    async def offered(session: AsyncSession, plan: Plan) -> None:
        session.add(Change(workspace="T1", plan_id=plan.id, number=1, review=1, branch="b", url="http://git.test/1"))
        await keep_person(session, "T1", ADA, guest=False)
        plan.delivered_at = now()

    await office.within(offered)
    assert await concerned(office, ADA) == set(), "it is merged at its pull request"
    assert await may_see(office, ADA), "yet it waits for who may approve"
