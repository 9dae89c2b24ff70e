"""Somebody asks to be forgotten: what was theirs beside plans goes, and what belongs to others stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from bot.store.tables import (
    ChannelSettings,
    DigestSchedule,
    Firing,
    HomeTab,
    InboxItem,
    OutboxItem,
    Person,
    Plan,
    Reminder,
    ReminderRest,
    now,
)
from bot.workflow.approving import approvers
from bot.workflow.channel_settings import change_settings, settings_of
from bot.workflow.people import keep_person
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.refusals import Refused
from tests.workflow.forgetting import forget
from tests.workflow.office import ADA, JON, MARA, Office


async def test_who_was_the_only_approver_leaves_nobody_and_not_everybody(office: Office) -> None:
    await office.in_review()

    async def only_mara(session: AsyncSession, plan: Plan) -> None:
        await change_settings(session, "T1", "C1", ApprovalPolicy(people=(MARA,)), None, ADA, "k1")

    await office.within(only_mara)
    await forget(office)

    async with office.database.read() as session:
        plan = await office.plan()
        assert await approvers(session, plan) == []
        decided = await settings_of(session, "T1", "C1")
        row = await session.get_one(ChannelSettings, ("T1", "C1"))
    assert decided.policy.is_named
    assert MARA not in str(row.approval)
    with pytest.raises(Refused, match="Nobody who may approve"):
        await office.approve(1, person=JON)


async def test_other_approvers_and_members_of_groups_stay(office: Office) -> None:
    await office.start()
    policy = ApprovalPolicy(people=(MARA, JON), groups={"S1": (MARA, ADA)})

    async def decide(session: AsyncSession, plan: Plan) -> None:
        await change_settings(session, "T1", "C1", policy, None, ADA, "k1")

    await office.within(decide)
    await forget(office)

    async with office.database.read() as session:
        decided = await settings_of(session, "T1", "C1")
    assert (decided.policy.people, decided.policy.groups, decided.revision) == ((JON,), {"S1": (ADA,)}, 2)


async def test_the_bot_draws_its_messages_again(office: Office) -> None:
    await office.in_review()

    async def posted(session: AsyncSession, plan: Plan) -> None:
        for name in ("card", "review/1"):
            row = await office.message(name)
            row.message, row.sent_version = "1.0", row.version
            await session.merge(row)

    await office.within(posted)
    await forget(office)

    for name in ("card", "review/1"):
        row = await office.message(name)
        assert row.version > row.sent_version, name


async def test_failed_deliveries_and_lookups_go_and_waiting_deliveries_stay(office: Office, tmp_path: Path) -> None:
    async def kept(session: AsyncSession) -> None:
        said = {"event": {"user": MARA, "text": "zephyrous"}}
        session.add(InboxItem(key="a", kind="message", payload=said, handled_at=now(), error="1234"))
        session.add(InboxItem(key="b", kind="message", payload={"event": {"user": MARA, "text": "hello"}}))
        session.add(InboxItem(key="c", kind="message", payload={"event": {"user": JON}}, handled_at=now(), error="5"))
        await keep_person(session, "T1", MARA, guest=False)

    await office.within_workspace(kept)
    await forget(office)

    rows = {row.key: row.payload for row in await office.rows_of(InboxItem)}
    assert rows == {"a": {}, "b": {"event": {"user": MARA, "text": "hello"}}, "c": {"event": {"user": JON}}}
    assert await office.rows_of(Person) == []


async def test_their_own_digest_ends_and_that_of_a_channel_goes_on(office: Office) -> None:
    def daily(number: int, where: str) -> DigestSchedule:
        return DigestSchedule(id=number, workspace="T1", channel=where, hour=9, minute=0, time_zone="UTC", set_by=MARA)

    async def kept(session: AsyncSession) -> None:
        session.add_all([daily(1, MARA), daily(2, "C1")])
        session.add_all([Firing(schedule_id=1, slot=now()), Firing(schedule_id=2, slot=now())])
        session.add(OutboxItem(workspace="T1", key="digest/1", channel=MARA, kind="digest"))

    await office.within_workspace(kept)
    erased = await forget(office)

    assert [(row.channel, row.set_by) for row in await office.rows_of(DigestSchedule)] == [("C1", erased.tombstone)]
    assert [row.schedule_id for row in await office.rows_of(Firing)] == [2]
    assert await office.rows_of(OutboxItem) == []


async def test_their_home_tab_and_what_they_were_reminded_of_go_and_others_keep_theirs(office: Office) -> None:
    await office.start()

    def of(person: str) -> list[SQLModel]:
        about: dict[str, Any] = {"workspace": "T1", "plan_id": office.plan_id, "wait": 1, "person": person}
        tab = HomeTab(workspace="T1", person=person)
        return [tab, Reminder(step=0, **about), ReminderRest(until=now(), **about)]

    async def kept(session: AsyncSession) -> None:
        session.add_all([*of(MARA), *of(JON)])

    await office.within_workspace(kept)
    await forget(office)

    assert [row.person for row in await office.rows_of(HomeTab)] == [JON]
    assert [row.person for row in await office.rows_of(Reminder)] == [JON]
    assert [row.person for row in await office.rows_of(ReminderRest)] == [JON]


async def test_the_same_person_of_another_workspace_is_untouched(office: Office) -> None:
    await office.start(workspace="T2")
    other = office.plan_id
    await office.start()

    erased = await forget(office)

    office.plan_id = other
    assert erased.plans == 1
    assert (await office.plan()).starter == MARA


async def test_plans_that_are_cancelled_are_told_oldest_first(office: Office) -> None:
    for idea in ("zephyrous quokkas", "a harbour", "mauve hats"):
        await office.start(idea)
    assert (await forget(office)).cancelled == ("zephyrous-quokkas", "harbour", "mauve-hats")
