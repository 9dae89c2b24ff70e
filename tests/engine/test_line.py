"""Builds wait in line: so many of a workspace at once, who began or was approved first comes first, cards say so."""

from __future__ import annotations

from datetime import timedelta

import pytest
import structlog
from sqlalchemy import select
from sqlmodel import col

from bot.documents.naming import ordinal
from bot.engine.reconciler import Reconciler
from bot.slack.blocks.card import card
from bot.store.database import Database
from bot.store.tables import OutboxItem, Plan, now
from bot.workflow.overview import overview
from bot.workflow.ports import RunStatus, Stage
from tests.slack.running import shown


class EngineOnPaper:
    """Takes note of what it is to run, and runs nothing."""

    def __init__(self) -> None:
        self.running: list[str] = []

    async def enqueue(self, stage: Stage, plan_id: str, attempt: int) -> None:
        """Note a run."""
        self.running.append(plan_id)

    async def status(self, stage: Stage, plan_id: str, attempt: int) -> RunStatus:
        """Tell whether it was noted."""
        return RunStatus.RUNNING if plan_id in self.running else RunStatus.UNKNOWN

    async def cancel(self, stage: Stage, plan_id: str, attempt: int) -> None:
        """Forget a run."""
        self.running.remove(plan_id)


async def approved(database: Database, *names: str, workspace: str = "T1") -> None:
    """Keep plans that were approved one after another and want to be built."""
    async with database.write() as session:
        for number, name in enumerate(names):
            session.add(
                Plan(
                    id=name, workspace=workspace, channel="C1", handle=name, title=name.title(), stage="approved",
                    starter="U1", run_stage=Stage.BUILD, run_attempt=1,
                    approved_at=now() + timedelta(minutes=number),
                )
            )  # fmt: skip


async def ended(database: Database, engine: EngineOnPaper, name: str) -> None:
    """Let a build be over."""
    engine.running.remove(name)
    async with database.write() as session:
        (await session.get_one(Plan, name)).run_stage = None


async def places(database: Database) -> dict[str, int]:
    async with database.read() as session:
        return {plan.id: plan.place for plan in await session.scalars(select(Plan).order_by(col(Plan.id)))}


async def test_two_build_and_the_others_wait_in_the_order_of_approval(database: Database) -> None:
    await approved(database, "ada", "bea", "cleo", "dora")
    engine = EngineOnPaper()
    reconciler = Reconciler(database, engine)

    await reconciler.reconcile()

    assert engine.running == ["ada", "bea"]
    assert await places(database) == {"ada": 0, "bea": 0, "cleo": 1, "dora": 2}

    await ended(database, engine, "ada")
    await reconciler.reconcile()

    assert engine.running == ["bea", "cleo"]
    assert await places(database) == {"ada": 0, "bea": 0, "cleo": 0, "dora": 1}


async def test_what_a_start_takes_up_again_is_told_once(database: Database) -> None:
    await approved(database, "ada")
    reconciler = Reconciler(database, EngineOnPaper())

    with structlog.testing.capture_logs() as logs:
        await reconciler.reconcile()
        await approved(database, "bea")
        await reconciler.reconcile()

    assert [(one["event"], one["plan"], one["stage"]) for one in logs] == [("a run is taken up again", "ada", "build")]


async def test_who_has_begun_goes_on_before_those_that_were_approved_earlier(database: Database) -> None:
    await approved(database, "ada", "bea")
    async with database.write() as session:
        (await session.get_one(Plan, "bea")).stage = "building"
    engine = EngineOnPaper()

    await Reconciler(database, engine, builds_at_once=1).reconcile()

    assert engine.running == ["bea"]
    assert await places(database) == {"ada": 1, "bea": 0}


async def test_planning_waits_for_no_build_and_each_workspace_has_its_own_line(database: Database) -> None:
    await approved(database, "ada", "bea")
    await approved(database, "elsewhere", workspace="T2")
    async with database.write() as session:
        session.add(
            Plan(
                id="new", workspace="T1", channel="C1", handle="new", title="New", stage="gathering", starter="U1",
                run_stage=Stage.PLAN, run_attempt=1,
            )
        )  # fmt: skip
    engine = EngineOnPaper()

    await Reconciler(database, engine, builds_at_once=1).reconcile()

    assert sorted(engine.running) == ["ada", "elsewhere", "new"]


async def test_who_is_paused_leaves_the_line(database: Database) -> None:
    await approved(database, "ada", "bea", "cleo")
    engine = EngineOnPaper()
    reconciler = Reconciler(database, engine, builds_at_once=1)
    await reconciler.reconcile()
    async with database.write() as session:
        (await session.get_one(Plan, "bea")).hold = "paused"

    await reconciler.reconcile()

    assert await places(database) == {"ada": 0, "bea": 0, "cleo": 1}


async def test_cards_say_the_place_and_are_drawn_again_only_when_somebody_moved(database: Database) -> None:
    await approved(database, "ada", "bea", "cleo")
    engine = EngineOnPaper()
    reconciler = Reconciler(database, engine, builds_at_once=1)
    await reconciler.reconcile()
    assert "waiting for its turn: 2nd in the line of builds" in await card_of(database, "cleo")
    assert "in the line" not in await card_of(database, "ada")
    before = await versions(database)

    await reconciler.reconcile()
    assert await versions(database) == before

    await ended(database, engine, "ada")
    await reconciler.reconcile()
    assert "1st in the line of builds" in await card_of(database, "cleo")
    assert {name for name, version in (await versions(database)).items() if version > before.get(name, 0)} == {
        "bea/card",
        "cleo/card",
    }


async def card_of(database: Database, name: str) -> str:
    """Return what a plan's card shows."""
    async with database.read() as session:
        view = await overview(session, await session.get_one(Plan, name))
    return shown({"blocks": card(view).blocks})


async def versions(database: Database) -> dict[str, int]:
    async with database.read() as session:
        return {item.key: item.version for item in await session.scalars(select(OutboxItem))}


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (23, "23rd")]
)
def test_places_are_said_as_people_say_them(number: int, said: str) -> None:
    assert ordinal(number) == said
