"""Two hundred people press a button at the same moment, from several processes' connections: nothing is lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AsyncExitStack

from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.approvals import Shown
from bot.workflow.approving import approve
from bot.workflow.refusals import Refused
from bot.workflow.reviews import documents_of
from tests.workflow.office import Office

PLANS, PEOPLE, PROCESSES = 10, 20, 5


async def test_two_hundred_approvals_at_once_lose_nothing_and_meet_no_lock(office: Office, database: Database) -> None:
    shown: dict[str, dict[str, Shown]] = {}
    people = [f"U{number:03}" for number in range(PEOPLE)]
    for _ in range(PLANS):
        await office.start()
        for person in people:
            await office.say("books have a title", person)
        await office.work()
        shown[office.plan_id] = documents_of(await office.review())
    refusals: list[str] = []

    async def press(store: Database, plan_id: str, person: str) -> str | None:
        try:
            async with store.write() as session:
                plan = await session.get_one(Plan, plan_id)
                await approve(session, plan, plan.review, shown[plan_id], person, f"{plan_id} {person}")
        except Refused as refusal:
            refusals.append(str(refusal))
            return None
        return plan_id

    async with AsyncExitStack() as opened:
        stores = [Database(database.url) for _ in range(PROCESSES)]
        for store in stores:
            opened.push_async_callback(store.close)
        presses = [(plan_id, person) for person in people for plan_id in shown]
        outcomes = await asyncio.gather(
            *(press(stores[number % PROCESSES], *pressed) for number, pressed in enumerate(presses))
        )

    assert Counter(plan_id for plan_id in outcomes if plan_id) == dict.fromkeys(shown, 1)
    assert len(refusals) == PLANS * (PEOPLE - 1)
    assert all("approved it already" in refusal for refusal in refusals)
    for plan_id in shown:
        office.plan_id = plan_id
        approvals = await office.approvals()
        assert len(approvals) == 3
        assert len({person for _, _, person, _ in approvals}) == 1, "one person's three documents"
        assert (await office.events()).count("approved") == 1
