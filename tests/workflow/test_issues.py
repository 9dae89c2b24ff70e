"""Tasks that are left to people: what the issue of each says, and when it is there, wanted, or done with."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Change, Effect, Event, Plan, Step
from bot.verification.evidence import Evidence
from bot.workflow.builds import leave_open, load_steps, tick
from bot.workflow.issues import (
    OpenTask,
    begin_issue,
    closable_issues,
    issues_of,
    keep_issue,
    note_closed_issue,
    open_tasks,
)
from bot.workflow.stages import Hold
from tests.workflow.office import Office, passed

URL = "http://git.test/library/issues/1"
TITLE = "Book: repository and service"


async def step_of(session: AsyncSession, plan: Plan, key: str = "task 3.2") -> Step:
    """Return a step of the plan."""
    return next(step for step in await load_steps(session, plan.id) if step.key == key)


@pytest.fixture
async def office(office: Office) -> Office:
    """An office whose library was delivered, with one task left to people, and the end of its phase with it."""
    await office.in_review()
    await office.approve(1)
    await office.deliver()

    async def leave(session: AsyncSession, plan: Plan) -> None:
        await leave_open(session, plan, await step_of(session, plan), "nobody could write it")
        await leave_open(session, plan, await step_of(session, plan, "phase 3"), "a task is open")

    await office.within(leave)
    return office


async def left(office: Office) -> list[OpenTask]:
    """Return the tasks that have no issue yet."""
    async with office.database.read() as session:
        return await open_tasks(session, await office.plan())


async def links(office: Office) -> dict[str, str]:
    """Return where the issues are, by the tasks' titles."""
    async with office.database.read() as session:
        return await issues_of(session, await office.plan())


async def closable(office: Office) -> list[tuple[str, str, str]]:
    """Return the issues that can be closed."""
    async with office.database.read() as session:
        return await closable_issues(session, await office.plan())


async def opened(office: Office) -> str:
    """Open the issue of the task that is left; return the key of its effect."""
    (task,) = await left(office)
    await office.within(lambda session, plan: begin_issue(session, plan, task))
    await office.within(lambda session, plan: keep_issue(session, plan, task, URL))
    return task.key


async def test_an_issue_says_what_is_to_be_done_and_how_it_comes_to_an_end(office: Office) -> None:
    (task,) = await left(office)

    assert (task.title, task.was_tried) == (TITLE, False)
    assert task.report.key == task.key
    assert task.report.title == f"3.2 {TITLE}"
    parts = task.report.body.split("\n\n")
    assert parts[0] == "This task of the plan was left open: nobody could write it."
    assert parts[1] == (
        "- Refuse what does not exist and references to nothing with typed errors\n"
        "- Change exactly the fields that were sent"
    )
    assert parts[2].startswith("Files: `app/repositories/book.py`, `app/services/book.py`, `")
    assert parts[3] == "Requirements: 1.1, 1.2, 1.3, 1.4, 1.6, 1.7, 1.8"
    assert parts[4].endswith("When a change of the plan builds and checks it, this issue is closed.")
    assert len(parts) == 5


async def test_a_task_without_requirements_has_no_empty_line_for_them(office: Office) -> None:
    async def leave(session: AsyncSession, plan: Plan) -> None:
        await leave_open(session, plan, await step_of(session, plan, "task 1.1"), "too large")

    await office.within(leave)
    first, second = await left(office)
    assert [first.report.title, second.report.title] == [
        "1.1 Project files, pinned dependencies and lock",
        f"3.2 {TITLE}",
    ]
    assert "Requirements:" not in first.report.body
    assert "\n\n\n" not in first.report.body
    assert first.key != second.key


async def test_nothing_is_reported_before_the_delivery(office: Office) -> None:
    async def building(session: AsyncSession, plan: Plan) -> None:
        plan.stage = "building"

    await office.within(building)
    assert await left(office) == []


async def test_one_that_was_begun_is_looked_for_and_one_that_is_there_not_opened_again(office: Office) -> None:
    (task,) = await left(office)
    await office.within(lambda session, plan: begin_issue(session, plan, task))
    await office.within(lambda session, plan: begin_issue(session, plan, task))

    (again,) = await left(office)
    assert (again.key, again.was_tried) == (task.key, True)
    (effect,) = [row for row in await office.rows_of(Effect) if row.key == task.key]
    assert (effect.workspace, effect.plan_id, effect.intent) == ("T1", office.plan_id, {"title": f"3.2 {TITLE}"})
    assert await links(office) == {}

    await office.within(lambda session, plan: keep_issue(session, plan, task, URL))
    assert await left(office) == []
    assert await links(office) == {TITLE: URL}
    event = (await office.rows(Event))[-1]
    assert (event.actor, event.what, event.data) == ("planthread", "issue opened", {"title": TITLE, "url": URL})


async def test_issues_of_another_plan_are_none_of_its_own(office: Office) -> None:
    await opened(office)
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    assert await links(office) == {}
    assert await closable(office) == []


async def test_the_message_that_tells_of_the_task_is_drawn_again(office: Office) -> None:
    before = (await office.message("delivered")).version
    await opened(office)
    assert (await office.message("delivered")).version == before + 1

    async def changes(session: AsyncSession, plan: Plan) -> None:
        for number, url in ((1, URL), (2, URL), (3, "")):
            row = Change(workspace="T1", plan_id=plan.id, number=number, review=1, branch="b", url=url)
            row.merged_commit = "m1"
            session.add(row)
        await leave_open(session, plan, await step_of(session, plan, "task 1.1"), "too large")

    await office.within(changes)
    await opened(office)
    assert (await office.message("change/2")).subject == {"change": 2}
    assert (await office.message("delivered")).version == before + 1


async def test_an_issue_is_closed_when_its_task_is_done(office: Office) -> None:
    key = await opened(office)
    assert await closable(office) == []

    async def done(session: AsyncSession, plan: Plan) -> None:
        await tick(session, plan, await step_of(session, plan), Evidence(commit="c9", checks=(passed(),)))

    await office.within(done)
    assert await closable(office) == [(key, URL, "Done in c9.")]

    await office.within(lambda session, plan: note_closed_issue(session, plan, key))
    assert await closable(office) == []
    event = (await office.rows(Event))[-1]
    assert (event.actor, event.what, event.data) == ("planthread", "issue closed", {"url": URL})
    assert await links(office) == {TITLE: URL}, "people still find it"


async def test_nothing_is_closed_while_the_plan_is_busy(office: Office) -> None:
    await opened(office)

    async def gone(session: AsyncSession, plan: Plan) -> None:
        await session.delete(await step_of(session, plan))
        plan.hold = Hold.BLOCKED

    await office.within(gone)
    assert await closable(office) == []

    async def free(session: AsyncSession, plan: Plan) -> None:
        plan.hold = None

    await office.within(free)
    assert [words for _, _, words in await closable(office)] == ["The plan has no such task any more."]
