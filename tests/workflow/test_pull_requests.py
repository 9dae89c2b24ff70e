"""Changes that people merge, close or open again elsewhere: noted once, and told in the thread."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Change, Event, OutboxItem, Plan
from bot.workflow.changes import change_numbered
from bot.workflow.ports import Stage
from bot.workflow.pull_requests import note_closed, note_merged_elsewhere, note_open_again
from tests.workflow.office import Office


@pytest.fixture
async def office(office: Office) -> Office:
    """An office whose delivered library has one change that lies on its branch."""
    await office.in_review()
    await office.approve(1)
    await office.deliver()

    async def offered(session: AsyncSession, plan: Plan) -> None:
        session.add(Change(workspace="T1", plan_id=plan.id, number=1, review=1, branch="b", url="http://git.test/1"))

    await office.within(offered)
    return office


async def change(office: Office) -> Change:
    """Return the change as it stands."""
    async with office.database.read() as session:
        return await change_numbered(session, await office.plan(), 1)


async def happened(office: Office) -> list[tuple[str, dict[str, Any]]]:
    """Return what happened to the change."""
    kinds = {"merged", "change closed", "change open again"}
    return [(event.what, event.data) for event in await office.rows(Event) if event.what in kinds]


async def drawn(office: Office) -> dict[str, int]:
    """Return how often each message of the change was drawn."""
    rows = await office.rows(OutboxItem)
    return {row.kind: row.version for row in rows if row.kind in {"change", "closed"}}


async def closed(office: Office, by: str = "jon-of-acme", into: str = "") -> None:
    """Note that somebody closed it."""
    await office.within(lambda session, plan: note_closed(session, plan, 1, by, into=into))


async def open_again(office: Office) -> None:
    """Note that somebody opened it again."""
    await office.within(lambda session, plan: note_open_again(session, plan, 1))


async def merged(office: Office) -> None:
    """Note that main holds it."""
    await office.within(lambda session, plan: note_merged_elsewhere(session, plan, 1, "m1", "jon-of-acme"))


async def merging(office: Office, stage: Stage | None) -> None:
    """Have the plan want a run."""

    async def want(session: AsyncSession, plan: Plan) -> None:
        plan.run_stage = stage

    await office.within(want)


async def test_a_change_is_closed_once_and_opened_again_once(office: Office) -> None:
    await open_again(office)
    assert (await happened(office), await drawn(office)) == ([], {}), "it was open"

    await closed(office)
    await closed(office)
    row = await change(office)
    assert (row.closed_at is not None, row.decided_by, row.merged_into) == (True, "jon-of-acme", "")
    assert await drawn(office) == {"change": 1, "closed": 1}

    await open_again(office)
    await open_again(office)
    row = await change(office)
    assert (row.closed_at, row.decided_by, row.merged_into) == (None, "", "")
    assert await drawn(office) == {"change": 2, "closed": 2}
    assert await happened(office) == [
        ("change closed", {"number": 1, "by": "jon-of-acme", "into": ""}),
        ("change open again", {"number": 1}),
    ]


async def test_one_that_was_merged_into_another_branch_is_told_anew(office: Office) -> None:
    await closed(office)
    await closed(office, into="release")
    assert (await change(office)).merged_into == "release"
    assert [data["into"] for _, data in await happened(office)] == ["", "release"]


async def test_what_main_holds_is_neither_merged_again_nor_closed(office: Office) -> None:
    await closed(office, into="release")
    await merged(office)
    await merged(office)
    await closed(office)
    row = await change(office)
    assert (row.merged_commit, row.closed_at, row.merged_into) == ("m1", None, "")
    assert (await office.plan()).pushed_commit == "m1"
    assert [what for what, _ in await happened(office)] == ["change closed", "merged"]
    assert (await happened(office))[-1][1] == {"number": 1, "commit": "m1", "by": "jon-of-acme"}


async def test_a_merge_of_ours_is_noted_by_its_own_run(office: Office) -> None:
    await closed(office)
    before = await happened(office)
    await merging(office, Stage.MERGE)
    await merged(office)
    await closed(office, into="release")
    await open_again(office)
    assert await happened(office) == before
    await merging(office, None)
    await merged(office)
    assert (await change(office)).merged_commit == "m1"


async def test_names_from_elsewhere_are_kept_short_and_without_secrets(office: Office) -> None:
    secret = "ghp_" + "a1B2" * 9
    await closed(office, f"{'j' * 150}", into=secret)
    row = await change(office)
    assert row.decided_by == "j" * 100
    assert secret not in row.merged_into
