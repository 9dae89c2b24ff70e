"""Old plans that ended lose what was said in them, and stay what they are; nothing goes before its time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.planning.built_in.planner import BuiltInPlanner
from bot.store.database import Database
from bot.store.tables import Event, Firing, InboxItem, OutboxItem, now
from bot.workflow.notices import Notice, tell_notice
from bot.workflow.retention import Purged, purge, what_would_go
from bot.workflow.runs import block
from tests.workflow.forgetting import IDEA, LATER, WORDS, documents, reviewed
from tests.workflow.office import JON, Office

SPOKEN = WORDS[:-1]
"""What only Mara said; who she is stays."""


@pytest.fixture
async def library(database: Database) -> Office:
    """Return an office whose library was delivered, with words of two people in it."""
    office = Office(database, BuiltInPlanner())  # type: ignore[arg-type]  # any planner does
    await office.start(IDEA)
    await office.say(LATER)
    await office.say("members also have a shoe size", JON)
    await reviewed(office)
    await office.approve(1)
    await office.deliver()
    return office


async def aged(office: Office, days: int) -> None:
    """Let everything that happened to the plan have happened so many days ago."""
    async with office.database.write() as session:
        await session.execute(update(Event).values(at=now() - timedelta(days=days)))


async def purged(office: Office, days: int = 90) -> Purged:
    async with office.database.write() as session:
        gone = await purge(session, now() - timedelta(days=days))
    await office.database.rewrite()
    return gone


def words_left(folder: Path) -> list[str]:
    """Return which words any file of the database still holds."""
    kept = b"".join(file.read_bytes() for file in folder.glob("plans.db*")).lower()
    return [word for word in SPOKEN if word.lower().encode() in kept]


async def test_an_old_plan_loses_its_texts_and_keeps_what_it_decided(library: Office, tmp_path: Path) -> None:
    await aged(library, 100)
    before, approvals = await documents(library), await library.approvals()
    assert words_left(tmp_path) == list(SPOKEN)

    assert (await purged(library)).plans == 1

    assert words_left(tmp_path) == []
    after = await documents(library)
    assert (after.specs, after.task_plan) == (before.specs, before.task_plan)
    kept = {event.what: event.data for event in await library.rows(Event)}
    assert kept["stage"] == {"before": "building", "after": "delivered"}
    assert kept["answered"] == {}
    assert await library.approvals() == approvals
    assert [step.commit for step in await library.steps()] != []
    assert (await library.plan()).stage == "delivered"


async def test_it_can_be_changed_afterwards(library: Office) -> None:
    await aged(library, 100)
    await purged(library)

    await library.change("books also have an edition", 1, JON)
    await library.work()

    names = {
        entity.name: {field.name for field in entity.fields} for entity in (await documents(library)).specs.entities
    }
    assert "edition" in names["Book"]
    assert {"phone_number", "shoe_size"} <= names["Member"]


async def test_a_second_purge_finds_nothing_until_something_is_said_again(library: Office) -> None:
    await aged(library, 100)
    await purged(library)
    await aged(library, 100)
    assert (await purged(library)).is_nothing

    await library.change("books also have an edition", 1, JON)
    await library.forget(JON)
    await aged(library, 100)
    assert (await purged(library)).plans == 1


async def test_what_is_young_or_open_stays(library: Office, tmp_path: Path) -> None:
    assert (await purged(library)).plans == 0
    await library.change("books also have an edition", 1, JON)
    await aged(library, 400)
    assert (await purged(library)).plans == 0
    assert words_left(tmp_path) == list(SPOKEN)


async def test_counting_changes_nothing(library: Office, tmp_path: Path) -> None:
    await aged(library, 100)
    async with library.database.read() as session:
        counted = await what_would_go(session, now() - timedelta(days=90))

    assert counted.plans == 1
    assert words_left(tmp_path) == list(SPOKEN)


async def test_handled_deliveries_sent_digests_and_slots_go_by_age(library: Office) -> None:
    old, young = now() - timedelta(days=100), now() - timedelta(days=3)
    async with library.database.write() as session:
        for name, at in (("old", old), ("young", young)):
            session.add(InboxItem(key=name, kind="message", payload={}, received_at=at, handled_at=at))
            session.add(
                OutboxItem(workspace="T1", key=f"digest/{name}", channel="C1", kind="digest", at=at, sent_version=1)
            )
            session.add(OutboxItem(workspace="T1", key=f"unsent/{name}", channel="C1", kind="digest", at=at))
            session.add(Firing(schedule_id=1, slot=at))
        session.add(InboxItem(key="waits", kind="message", payload={}, received_at=old))

    gone = await purged(library)

    assert gone == Purged(plans=0, deliveries=1, messages=1, firings=1)
    assert {row.key for row in await library.rows_of(InboxItem)} == {"young", "waits"}
    kept = {row.key for row in await library.rows_of(OutboxItem) if row.plan_id is None}
    assert kept == {"digest/young", "unsent/old", "unsent/young"}


async def test_what_was_told_of_problems_and_repositories_is_settled_without_words(library: Office) -> None:
    await library.within(lambda session, plan: block(session, plan, "zephyrous", "mauve", "task 1.1"))
    await library.within(lambda session, plan: tell_notice(session, plan, Notice.ISSUES, "whatchamacallit"))
    await aged(library, 100)
    assert (await purged(library)).plans == 1

    rows = [row for row in await library.rows(OutboxItem) if row.kind in {"problem", "notice"}]
    assert [row.subject for row in rows] == [{"settled": 1, "sentence": "", "tail": ""}] * 2
