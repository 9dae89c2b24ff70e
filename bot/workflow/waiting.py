"""Waiting for a planner that takes its time: said on the card, and after a while with a way out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.planning.built_in.planner import BuiltInPlanner
from bot.store.database import Database
from bot.store.tables import OutboxItem, Plan, now
from bot.workflow.events import record
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.runs import release, want_run
from bot.workflow.stages import Hold
from bot.workflow.work_loop import WorkLoop

__all__ = ["ASKED_AFTER", "BUILT_IN", "Waiting", "ask_again", "is_waiting", "use_built_in"]

BUILT_IN = BuiltInPlanner.name
LOOKED_AFTER = timedelta(seconds=60)
"""From then on the card says how long it has been."""
ASKED_AFTER = timedelta(seconds=180)
"""From then on people are offered a way out."""
EVERY_SECONDS = 5.0
TOO_LATE = "That is over: *{title}* is {stage}. Look at the newest message in its thread."


class Waiting:
    """Looks at the plans that wait for a planner; what it says of them is derived from the plans alone."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = now) -> None:
        """Watch the plans of a database."""
        self._database = database
        self._clock = clock
        self._told: dict[tuple[str, int], int] = {}

    async def run(self) -> None:
        """Look every few seconds until cancelled."""
        await WorkLoop("looking at what waits", lambda: EVERY_SECONDS).run(self.look)

    async def look(self) -> None:
        """Have cards drawn anew once a minute, offer a way out where it is time, and settle offers that are over."""
        moment = self._clock()
        async with self._database.read() as session:
            query = select(Plan).where(
                col(Plan.run_stage) == Stage.PLAN,
                col(Plan.hold).is_(None),
                col(Plan.run_since) <= moment - LOOKED_AFTER,
            )
            slow = [plan for plan in await session.scalars(query) if plan.run_since is not None]
            offers = [(item.id, item.plan_id) for item in await open_offers(session) if item.plan_id]
        minutes = {(plan.id, plan.run_attempt): int((moment - since(plan)).total_seconds() // 60) for plan in slow}
        due = [key for key, minute in minutes.items() if self._told.get(key) != minute]
        self._told = minutes
        for plan_id, attempt in due:
            async with self._database.write() as session:
                plan = await session.get(Plan, plan_id)
                if plan is not None and is_waiting(plan, attempt):
                    await self._tell(session, plan, moment)
        for item_id, plan_id in offers:
            await self._settle(item_id, plan_id)

    async def _tell(self, session: AsyncSession, plan: Plan, moment: datetime) -> None:
        await refresh_card(session, plan)
        if moment - since(plan) < ASKED_AFTER or plan.planner == BUILT_IN:
            return
        name = str(plan.run_attempt)
        known = await session.scalar(
            select(col(OutboxItem.id)).where(col(OutboxItem.key) == f"{plan.id}/{MessageKind.WAITING}/{name}")
        )
        if known is None:
            await announce(session, plan, MessageKind.WAITING, name, attempt=plan.run_attempt)

    async def _settle(self, item_id: int | None, plan_id: str) -> None:
        """Take an offer back whose attempt has ended."""
        async with self._database.write() as session:
            item, plan = await session.get(OutboxItem, item_id), await session.get(Plan, plan_id)
            if item is None or plan is None or is_waiting(plan, item.subject["attempt"]):
                return
            item.subject = {**item.subject, "settled": 1}
            item.version += 1


async def open_offers(session: AsyncSession) -> list[OutboxItem]:
    """Return the offers that people can still take."""
    is_open = col(OutboxItem.subject)["settled"].as_integer().is_(None)
    query = select(OutboxItem).where(col(OutboxItem.kind) == MessageKind.WAITING, is_open)
    return list((await session.scalars(query)).all())


def is_waiting(plan: Plan, attempt: int) -> bool:
    """Tell whether a plan still waits for this attempt of its planner."""
    return plan.run_stage == Stage.PLAN and plan.run_attempt == attempt and plan.hold is None


def since(plan: Plan) -> datetime:
    """Return since when a plan waits."""
    return plan.run_since or plan.created_at


async def ask_again(session: AsyncSession, plan: Plan, attempt: int, person: str, key: str) -> None:
    """Have the planner asked once more; an answer to the attempt before changes nothing. Raises Refused when late."""
    if not is_waiting(plan, attempt):
        raise Refused(TOO_LATE.format(title=plan.title, stage=plan.stage))
    record(session, plan, person, "asked again", key, attempt=attempt)
    want_run(plan, Stage.PLAN)
    await refresh_card(session, plan)


async def use_built_in(session: AsyncSession, plan: Plan, attempt: int, person: str, key: str) -> None:
    """Have the built-in planner go on with a plan, for good; what a model still answers changes nothing.

    Raises Refused where the plan waits for no planner any more.
    """
    blocked = plan.hold == Hold.BLOCKED and plan.run_stage == Stage.PLAN and plan.run_attempt == attempt
    if plan.planner == BUILT_IN or not (blocked or is_waiting(plan, attempt)):
        raise Refused(TOO_LATE.format(title=plan.title, stage=plan.stage))
    if blocked:
        await release(session, plan, person, key)
    record(session, plan, person, "planner changed", key, before=plan.planner, after=BUILT_IN)
    plan.planner = BUILT_IN
    want_run(plan, Stage.PLAN)
    await refresh_card(session, plan)
