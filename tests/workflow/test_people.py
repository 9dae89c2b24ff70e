"""Who left the workspace is waited for by nobody, and somebody else can act."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Person, Plan
from bot.workflow.channel_settings import change_settings
from bot.workflow.people import able_to_act, gone_among, keep_person
from bot.workflow.plans import add_message
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.refusals import Refused
from tests.workflow.office import ADA, COPIES, JON, MARA, Office, ScriptedPlanner


async def left(office: Office, *people: str, guest: bool = False) -> None:
    async with office.database.write() as session:
        for person in people:
            await keep_person(session, "T1", person, guest=guest, gone=True)


async def note(session: AsyncSession, plan: Plan, person: str) -> None:
    await add_message(session, plan, person, "books have pages", f"message/C1/{person}")


async def test_who_left_is_known_of_those_who_are_asked_about_alone(office: Office) -> None:
    await left(office, MARA, JON)
    async with office.database.read() as session:
        assert await gone_among(session, "T1", [MARA, ADA]) == {MARA}
        assert await gone_among(session, "T2", [MARA]) == set()
        assert await gone_among(session, "T1", []) == set()


async def test_somebody_who_came_back_has_not_left_and_keeps_a_known_zone(office: Office) -> None:
    async with office.database.write() as session:
        await keep_person(session, "T1", MARA, guest=False, gone=True, time_zone="Europe/Berlin")
        await keep_person(session, "T1", MARA, guest=False)
        row = (await session.scalars(select(Person))).one()
        assert (row.gone, row.time_zone) == (False, "Europe/Berlin")


async def test_questions_of_a_starter_who_left_wait_for_members_who_took_part(
    office: Office, planner: ScriptedPlanner
) -> None:
    planner.questions = (COPIES,)
    await office.start()
    await office.within(lambda session, plan: note(session, plan, ADA))
    await office.within(lambda session, plan: note(session, plan, JON))
    await office.work()
    assert (await office.overview()).waiting_for == (MARA,)
    await left(office, MARA)
    assert (await office.overview()).waiting_for == (ADA, JON)
    async with office.database.write() as session:
        await keep_person(session, "T1", ADA, guest=True)
    assert (await office.overview()).waiting_for == (JON,)
    await left(office, JON)
    assert (await office.overview()).waiting_for == (ADA,), "a guest answers where nobody else is left"
    await left(office, ADA, guest=True)
    assert (await office.overview()).waiting_for == ()
    async with office.database.read() as session:
        assert await able_to_act(session, await office.plan()) == []


async def test_a_plan_on_hold_waits_for_somebody_else_than_a_starter_who_left(office: Office) -> None:
    await office.start()
    await office.within(lambda session, plan: note(session, plan, JON))
    await office.stop()
    await left(office, MARA)
    assert (await office.overview()).waiting_for == (JON,)


async def test_who_left_approves_nothing_and_the_others_are_named(office: Office) -> None:
    async with office.database.write() as session:
        await change_settings(session, "T1", "C1", ApprovalPolicy(people=(JON, ADA)), None, MARA, "view/1")
    await office.in_review()
    await left(office, JON)
    assert (await office.overview()).waiting_for == (ADA,)
    with pytest.raises(Refused, match=f"<@{ADA}> can approve"):
        await office.approve(1, person=JON)
    await left(office, ADA)
    with pytest.raises(Refused, match="Nobody who may approve plans of this channel is left"):
        await office.approve(1, person=ADA)
