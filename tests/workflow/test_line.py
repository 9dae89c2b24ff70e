"""The line of builds: who is at work, who comes next, and whose card is drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.store.tables import Plan
from bot.workflow.line import keep_places, places_of
from bot.workflow.ports import Stage
from bot.workflow.stages import Hold, PlanStage
from tests.workflow.office import Office

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def wanting(name: str, minute: int, stage: PlanStage = PlanStage.APPROVED, workspace: str = "T1") -> Plan:
    """Return a plan that was approved so many minutes after noon and wants a build."""
    return Plan(
        id=name,
        workspace=workspace,
        channel="C1",
        handle=name,
        title=name,
        stage=stage,
        starter="U1",
        run_stage=Stage.BUILD,
        created_at=NOON - timedelta(minutes=minute),
        approved_at=NOON + timedelta(minutes=minute),
    )


def test_builds_under_way_come_first_then_those_that_were_approved_first() -> None:
    line = [wanting("third", 3), wanting("second", 2), wanting("begun", 9, PlanStage.BUILDING), wanting("last", 4)]
    assert places_of(line, 1) == {"begun": 0, "second": 1, "third": 2, "last": 3}
    assert places_of(line, 2) == {"begun": 0, "second": 0, "third": 1, "last": 2}
    assert set(places_of(line, 4).values()) == {0}


def test_a_plan_without_an_approval_stands_by_when_it_began() -> None:
    early, late = wanting("early", 1), wanting("late", 2)
    early.approved_at, early.created_at = None, NOON
    assert places_of([late, early], 1) == {"early": 0, "late": 1}


def test_a_workspace_waits_for_no_other() -> None:
    line = [wanting("a", 1), wanting("b", 2), wanting("c", 3, workspace="T2"), wanting("d", 4, workspace="T2")]
    assert places_of(line, 1) == {"a": 0, "b": 1, "c": 0, "d": 1}


def test_who_plans_or_rests_stands_in_no_line() -> None:
    planning, resting = wanting("planning", 1), wanting("resting", 2)
    planning.run_stage, resting.hold = Stage.PLAN, Hold.PAUSED
    assert places_of([planning, resting, wanting("next", 3)], 1) == {"next": 0}


async def approved(office: Office, count: int) -> list[str]:
    """Bring so many plans to their approval, and return their ids in that order."""
    ids = []
    for _ in range(count):
        await office.in_review()
        await office.approve(1)
        ids.append(office.plan_id)
    return ids


async def placed(office: Office, at_once: int) -> dict[str, int]:
    """Keep the places, and return those that came of it."""
    async with office.database.write() as session:
        return await keep_places(session, at_once)


async def kept(office: Office, ids: Sequence[str]) -> list[tuple[int, int]]:
    """Return for each plan its place as it is kept, and how often its card was drawn."""
    found = []
    for office.plan_id in ids:
        found.append(((await office.plan()).place, (await office.message("card")).version))
    return found


async def test_only_the_cards_of_those_that_moved_are_drawn_again(office: Office) -> None:
    ids = await approved(office, 3)
    drawn = [version for _, version in await kept(office, ids)]

    assert await placed(office, 1) == dict(zip(ids, (0, 1, 2), strict=True))

    assert await kept(office, ids) == [(0, drawn[0]), (1, drawn[1] + 1), (2, drawn[2] + 1)]
    await placed(office, 1)
    assert await kept(office, ids) == [(0, drawn[0]), (1, drawn[1] + 1), (2, drawn[2] + 1)]
    await placed(office, 2)
    assert await kept(office, ids) == [(0, drawn[0]), (0, drawn[1] + 2), (1, drawn[2] + 2)]


async def test_who_left_the_line_has_no_place_any_more(office: Office) -> None:
    ids = await approved(office, 3)
    await placed(office, 1)
    async with office.database.write() as session:
        for plan in (await session.scalars(select(Plan))).all():
            plan.run_stage = None if plan.id == ids[1] else plan.run_stage
            plan.hold = Hold.PAUSED if plan.id == ids[2] else None

    assert await placed(office, 1) == {ids[0]: 0}
    assert [place for place, _ in await kept(office, ids)] == [0, 0, 0]


async def test_a_plan_in_review_is_in_no_line(office: Office) -> None:
    await office.in_review()
    assert await placed(office, 1) == {}
