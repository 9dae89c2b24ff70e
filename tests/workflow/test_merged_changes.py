"""A change that lies on its branch: it is offered, merged once, and by whom the thread allows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Change, Plan
from bot.workflow.builds import set_pushed
from bot.workflow.changes import ask_merge, asked_merge, delivered_documents, note_merged
from bot.workflow.people import keep_person
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from tests.workflow.office import ADA, JON, MARA, Office, library
from tests.workflow.test_changes import URL, asked, happened, laid_out, merged, numbered, offered, office, opened

__all__ = ["office"]


async def pressed_merge(office: Office, number: int = 1, person: str = MARA, key: str = "press") -> str:
    """Press Merge, and return what the person hears."""
    said: str = await office.within(lambda session, plan: ask_merge(session, plan, number, person, key, f"tip{number}"))
    return said


async def test_an_offered_change_says_where_it_lies_and_the_plan_is_delivered_again(office: Office) -> None:
    first_delivery = (await office.plan()).delivered_at
    change = await offered(office)

    plan = await office.plan()
    assert (plan.stage, plan.delivered_review, plan.run_stage) == ("delivered", 2, None)
    assert first_delivery is not None
    assert plan.delivered_at is not None
    assert plan.delivered_at > first_delivery
    assert (change.merge, change.commit, change.url, change.merges_here) == ("m1", "tip1", f"{URL}-1", True)
    assert change.generated == "output1"
    message = await office.message("change/1")
    assert (message.kind, message.subject, message.version) == ("change", {"change": 1}, 1)
    assert await happened(office, "change offered") == [
        ("planthread", "", {"number": 1, "commit": "tip1", "url": f"{URL}-1"})
    ]
    async with office.database.read() as session:
        assert (await delivered_documents(session, plan)).specs == library("pages")


async def test_a_change_that_lies_there_is_known_to_the_card_until_it_is_merged(office: Office) -> None:
    assert (await office.overview()).change is None
    change = await offered(office)
    there = (await office.overview()).change
    assert there is not None
    assert (there.number, there.url, there.merges_here, there.is_closed) == (1, f"{URL}-1", True, False)
    await merged(office, change)
    assert (await office.overview()).change is None


async def test_who_may_approve_has_a_change_merged(office: Office) -> None:
    await offered(office)

    told = await pressed_merge(office, person=JON)
    assert told == "Asked for: its message here says when change 1 is merged.", "what stays true once it is"

    change, plan = await numbered(office, 1), await office.plan()
    assert change.merged_by == JON
    assert change.merge_asked_at is not None
    assert change.merge_asked_at.microsecond == 0, "it stands in a commit, whose time has seconds"
    assert (datetime.now(UTC) - change.merge_asked_at).total_seconds() < 60
    assert plan.run_stage == Stage.MERGE
    assert await happened(office, "merge asked") == [(JON, "press", {"number": 1, "commit": "tip1"})]
    async with office.database.read() as session:
        asked_for = await asked_merge(session, plan)
    assert asked_for is not None
    assert asked_for.id == change.id


async def test_a_merge_is_refused_with_what_stands_in_its_way(office: Office) -> None:
    await office.approve(await asked(office))
    await opened(office)
    await laid_out(office)
    with pytest.raises(Refused, match=f"^<@{MARA}> or <@{JON}> can merge this change: who may approve the plan"):
        await pressed_merge(office, person=ADA)
    with pytest.raises(Refused, match=r"is busy right now \(building\)\. Press `Merge` again when that is done"):
        await pressed_merge(office)
    with pytest.raises(Refused, match="not one of this plan's"):
        await pressed_merge(office, 7)
    assert "merge asked" not in await office.events()


async def test_an_offered_change_is_merged_once_and_one_at_a_time(office: Office) -> None:
    change = await offered(office)
    await pressed_merge(office)
    with pytest.raises(Refused, match=r"is busy right now \(delivered\)"):
        await pressed_merge(office, person=JON)

    await merged(office, change)
    with pytest.raises(Refused, match=r"^Change 1 is merged already\.$"):
        await pressed_merge(office)
    assert len(await happened(office, "merge asked")) == 1


async def test_a_change_without_an_address_is_not_there_to_merge_yet(office: Office) -> None:
    await office.approve(await asked(office))
    await opened(office)

    async def rest(_: AsyncSession, plan: Plan) -> None:
        plan.run_stage = None

    await office.within(rest)
    with pytest.raises(Refused, match=r"is busy right now \(approved\)"):
        await pressed_merge(office)


async def test_where_nobody_is_left_who_may_approve_nobody_merges(office: Office) -> None:
    await offered(office)

    async def both_are_guests(session: AsyncSession) -> None:
        for person in (MARA, JON):
            await keep_person(session, "T1", person, guest=True)

    await office.within_workspace(both_are_guests)
    with pytest.raises(Refused, match=r"^Nobody here can merge this change"):
        await pressed_merge(office)


async def test_the_merge_that_is_worked_on_is_the_last_one_asked_for_that_is_not_done(office: Office) -> None:
    first, second = await offered(office), await offered(office, "add rating")

    async def worked_on() -> int | None:
        async with office.database.read() as session:
            found = await asked_merge(session, await office.plan())
        return found.number if found else None

    async def asked_at(change: Change, minute: int) -> None:
        async def ask(session: AsyncSession, _: Plan) -> None:
            row = await session.get_one(Change, change.id)
            row.merge_asked_at = datetime(2026, 11, 20, 9, minute, tzinfo=UTC)

        await office.within(ask)

    assert await worked_on() is None
    await asked_at(first, 1)
    await asked_at(second, 2)
    assert await worked_on() == 2
    await asked_at(first, 3)
    assert await worked_on() == 1
    await merged(office, first)
    assert await worked_on() == 2
    other = Office(office.database, office.planner)
    await other.start()
    async with office.database.read() as session:
        assert await asked_merge(session, await other.plan()) is None


async def test_a_merged_change_names_who_had_it_merged_and_what_main_holds(office: Office) -> None:
    change = await offered(office)
    await pressed_merge(office, person=JON)
    version, card = (await office.message("change/1")).version, (await office.message("card")).version

    await office.within(lambda session, plan: note_merged(session, plan, change.id or 0, "c0ffee"))

    plan = await office.plan()
    assert (plan.stage, plan.run_stage, plan.pushed_commit) == ("delivered", None, "c0ffee")
    assert (await numbered(office, 1)).merged_commit == "c0ffee"
    message = await office.message("change/1")
    assert (message.version, message.subject) == (version + 1, {"change": 1})
    assert (await office.message("card")).version == card + 1
    assert await happened(office, "merged") == [(JON, "", {"number": 1, "commit": "c0ffee"})]


async def test_a_change_that_people_merged_elsewhere_is_nobodys_here(office: Office) -> None:
    change = await offered(office, merges_here=False)
    assert not change.merges_here
    await office.within(lambda session, plan: set_pushed(session, plan, "c0ffee"))
    await merged(office, change)
    assert await happened(office, "merged") == [("planthread", "", {"number": 1, "commit": "merged"})]
