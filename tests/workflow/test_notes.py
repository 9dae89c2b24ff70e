"""What people say while nothing asks them: kept for the next task that a model writes, or a hint, once."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import ConversationMessage, Event, Plan
from bot.verification.evidence import Evidence
from bot.workflow.builds import load_steps, tick
from bot.workflow.notes import hint_once, note, notes_of
from tests.workflow.office import JON, MARA, Office, passed
from tests.workflow.test_reviews import OVERDUE


async def hinted(office: Office, person: str = MARA) -> bool:
    """Tell whether somebody hears a hint now."""
    said: bool = await office.within(lambda session, plan: hint_once(session, plan, person, office.key()))
    return said


async def noted(office: Office, text: str = "mind the gap", person: str = JON) -> str:
    """Say something; return the number of the task that is written with it."""
    number: str = await office.within(lambda session, plan: note(session, plan, text, person, office.key()))
    return number


@pytest.fixture
async def overdue(office: Office) -> Office:
    """An office whose approved library has one task that a model writes."""
    office.planner.extra = {"custom": (OVERDUE,)}
    await office.in_review()
    await office.approve(1)
    return office


async def test_each_person_hears_a_hint_once_for_each_review_and_stage(office: Office) -> None:
    await office.in_review()
    assert [await hinted(office), await hinted(office), await hinted(office, JON)] == [True, False, True]
    await office.change("add pages", 1)
    await office.work()
    assert [await hinted(office), await hinted(office)] == [True, False]
    await office.approve(2)
    assert [await hinted(office), await hinted(office)] == [True, False]


async def test_a_hint_in_one_plan_is_none_in_another(office: Office) -> None:
    await office.in_review()
    assert await hinted(office)
    await office.in_review()
    assert await hinted(office)


async def test_what_is_said_is_kept_for_the_task_that_a_model_writes_until_it_is_done(overdue: Office) -> None:
    number = await noted(overdue)
    title = next(task.title for task in (await overdue.begin_build()).tasks() if task.number == number)
    assert title == OVERDUE.title
    said = (await overdue.rows(ConversationMessage))[-1]
    assert (said.author, said.text, said.kind) == (JON, "mind the gap", "note")
    (event,) = [event for event in await overdue.rows(Event) if event.what == "noted"]
    assert (event.actor, event.message_key) == (JON, said.key)
    assert await noted(overdue) == number

    async def done(session: AsyncSession, plan: Plan) -> None:
        step = next(step for step in await load_steps(session, plan.id) if step.number == number)
        await tick(session, plan, step, Evidence(commit="c1", checks=(passed(),)))

    await overdue.within(done)
    assert await noted(overdue) == ""
    async with overdue.database.read() as session:
        assert await notes_of(session, await overdue.plan()) == ("mind the gap",) * 3


async def test_where_templates_write_everything_no_task_uses_it(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    assert await noted(office) == ""
    await office.begin_build()
    assert await noted(office) == ""
