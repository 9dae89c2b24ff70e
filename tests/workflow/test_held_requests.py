"""What was asked for where the bot isn't: kept for a week, three of a person, and begun in that order."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.store.tables import ConversationMessage, HeldRequest, OutboxItem, Plan, now
from bot.workflow.held_requests import KEPT_FOR, MOST_HELD, begin_held, hold_request, send_again
from bot.workflow.plans import NewPlan
from tests.workflow.office import JON, MARA, Office

SECRET = "ghp_" + "a1B2" * 9


async def asked(
    office: Office, text: str, person: str = MARA, channel: str = "C9", workspace: str = "T1", key: str = ""
) -> bool:
    """Ask for a plan where the bot isn't; tell whether it is kept."""
    new = NewPlan(workspace=workspace, channel=channel, author=person, text=text, key=key or office.key())
    async with office.database.write() as session:
        return await hold_request(session, new)


async def begun(office: Office, channel: str = "C9", workspace: str = "T1") -> int:
    """Invite the bot; return how many plans begin."""
    async with office.database.write() as session:
        return await begin_held(session, workspace, channel, "scripted planner")


async def aged(office: Office, text: str, age: timedelta) -> None:
    """Let a request be so old."""
    async with office.database.write() as session:
        await session.execute(update(HeldRequest).where(col(HeldRequest.text) == text).values(at=now() - age))


async def plans(office: Office) -> list[Plan]:
    """Return every plan, oldest first."""
    async with office.database.read() as session:
        return list((await session.scalars(select(Plan).order_by(col(Plan.created_at)))).all())


async def test_it_begins_where_and_by_whom_it_was_asked_for(office: Office) -> None:
    assert await asked(office, "  a library of books  ", key="message/C9/1.0")
    assert await asked(office, "a ticket desk", JON)

    assert await begun(office) == 2

    first, second = await plans(office)
    assert [(plan.workspace, plan.channel, plan.starter, plan.planner) for plan in (first, second)] == [
        ("T1", "C9", MARA, "scripted planner"),
        ("T1", "C9", JON, "scripted planner"),
    ]
    messages = {row.plan_id: (row.text, row.key) for row in await office.rows_of(ConversationMessage)}
    assert messages[first.id] == ("a library of books", "message/C9/1.0")
    assert await office.rows_of(HeldRequest) == []
    assert await begun(office) == 0


async def test_other_channels_and_workspaces_wait_on(office: Office) -> None:
    await asked(office, "a library")
    await asked(office, "a clinic", channel="C8")
    await asked(office, "a harbour", workspace="T2")

    assert await begun(office) == 1

    assert [row.text for row in await office.rows_of(HeldRequest)] == ["a clinic", "a harbour"]
    assert await begun(office, "C8") == 1
    assert await begun(office, workspace="T2") == 1


async def test_a_person_has_three_in_a_channel_and_others_theirs(office: Office) -> None:
    assert MOST_HELD == 3
    assert [await asked(office, f"a library of {number} shelves") for number in range(4)] == [True, True, True, False]
    assert await asked(office, "a clinic", JON)
    assert await asked(office, "a clinic", channel="C8")
    assert await asked(office, "a clinic", workspace="T2")
    assert len(await office.rows_of(HeldRequest)) == 6


async def test_nothing_and_a_greeting_are_not_kept(office: Office) -> None:
    assert not await asked(office, "  \n")
    assert not await asked(office, "hello!")
    assert await office.rows_of(HeldRequest) == []


async def test_secrets_are_not_kept(office: Office) -> None:
    await asked(office, f"a library with the token {SECRET}")
    (row,) = await office.rows_of(HeldRequest)
    assert row.text.startswith("a library with the token")
    assert SECRET not in row.text


async def test_what_nobody_invited_the_bot_for_in_a_week_goes(office: Office) -> None:
    assert timedelta(days=7) == KEPT_FOR
    await asked(office, "a library")
    await asked(office, "a clinic")
    await aged(office, "a library", KEPT_FOR + timedelta(minutes=1))
    await aged(office, "a clinic", KEPT_FOR - timedelta(hours=1))

    assert await asked(office, "a harbour", JON)
    assert [row.text for row in await office.rows_of(HeldRequest)] == ["a clinic", "a harbour"]

    await aged(office, "a clinic", KEPT_FOR + timedelta(minutes=1))
    assert await begun(office) == 1
    assert [plan.handle for plan in await plans(office)] == ["harbour"]
    assert await office.rows_of(HeldRequest) == []


async def test_what_no_plan_can_begin_with_holds_up_nobody_elses(office: Office) -> None:
    async def earlier(session: AsyncSession) -> None:
        session.add(HeldRequest(workspace="T1", channel="C9", person=MARA, text="thanks", key="k"))

    await office.within_workspace(earlier)
    await asked(office, "a clinic", JON)

    assert await begun(office) == 1
    assert [plan.starter for plan in await plans(office)] == [JON]
    assert await office.rows_of(HeldRequest) == []


async def test_only_messages_that_were_refused_for_absence_are_sent_again(office: Office) -> None:
    rows = {
        "absent": ("T1", "C9", "not_in_channel"),
        "unknown": ("T1", "C9", "channel_not_found"),
        "archived": ("T1", "C9", "is_archived"),
        "fine": ("T1", "C9", ""),
        "elsewhere": ("T1", "C8", "not_in_channel"),
        "others": ("T2", "C9", "not_in_channel"),
    }

    async def refused(session: AsyncSession) -> None:
        for key, (workspace, channel, error) in rows.items():
            session.add(OutboxItem(workspace=workspace, key=key, channel=channel, kind="card", error=error, version=4))
        await session.flush()
        await send_again(session, "T1", "C9")

    await office.within_workspace(refused)
    after = {row.key: (row.version, row.error) for row in await office.rows_of(OutboxItem)}
    assert after == {
        key: (5, "") if key in {"absent", "unknown"} else (4, error) for key, (_, _, error) in rows.items()
    }
