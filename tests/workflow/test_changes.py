"""Changes to what was delivered: taken back whole, built with the evidence that still holds, and merged by people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.tasks.task_plan import TaskPlan, TaskState
from bot.slack.blocks.card import card
from bot.store.tables import Change, Event, Plan, Step
from bot.verification.evidence import Evidence
from bot.workflow.builds import leave_open, load_steps, tick
from bot.workflow.change_requests import request_changes
from bot.workflow.changes import (
    change_numbered,
    lay_out_change,
    note_base,
    note_merged,
    offer_change,
    open_change,
    unmerged_before,
)
from bot.workflow.documents import load_documents
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent
from tests.generation.samples import text
from tests.slack.running import shown
from tests.workflow.office import JON, Office, library, passed
from tests.workflow.test_reviews import OVERDUE

URL = "http://git.test/library/change"


@pytest.fixture
async def office(office: Office) -> Office:
    """An office whose library was delivered: Mara approved it."""
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    return office


async def asked(office: Office, text: str = "add pages", person: str = JON) -> int:
    """Ask for a change, have it planned, and return the number of the newest review."""
    await office.change(text, (await office.plan()).review, person)
    await office.work()
    return (await office.plan()).review


async def laid_out(office: Office, touched: Collection[str] = ()) -> None:
    """Lay out the steps of the approved change."""

    async def lay_out(session: AsyncSession, plan: Plan) -> None:
        await lay_out_change(session, plan, (await load_documents(session, plan)).task_plan, touched, "sandboxed")

    await office.within(lay_out)


async def opened(office: Office) -> Change:
    """Give the approved change its number."""
    change: Change = await office.within(open_change)
    return change


async def offered(office: Office, text: str = "add pages", *, merges_here: bool = True) -> Change:
    """Have a change asked for, approved, built and offered."""
    await office.approve(await asked(office, text))
    change = await opened(office)
    await laid_out(office)
    await office.within(
        lambda session, plan: offer_change(
            session,
            plan,
            change.id or 0,
            "m1",
            f"tip{change.number}",
            f"{URL}-{change.number}",
            merges_here=merges_here,
            generated=f"output{change.number}",
        )
    )
    return await numbered(office, change.number)


async def numbered(office: Office, number: int) -> Change:
    """Return a change of the plan."""
    async with office.database.read() as session:
        return await change_numbered(session, await office.plan(), number)


async def content(office: Office, number: int = 0) -> ReviewContent:
    """Return what a review tells, the newest without a number."""
    return ReviewContent.model_validate((await office.review(number)).content)


async def happened(office: Office, what: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the events of a kind: who, the message they came from, and what was noted."""
    return [(event.actor, event.message_key, event.data) for event in await office.rows(Event) if event.what == what]


async def merged(office: Office, change: Change) -> None:
    """Have a change merged by hand."""
    await office.within(lambda session, plan: note_merged(session, plan, change.id or 0, "merged"))


def facts(step: Step) -> tuple[str, str | None, dict[str, Any], datetime | None]:
    """Return what ticks a step, and when it did."""
    return step.state, step.commit, step.evidence, step.at


async def documents_now(session: AsyncSession, plan: Plan) -> TaskPlan:
    """Return the newest task plan."""
    return (await load_documents(session, plan)).task_plan


async def test_a_change_gets_its_number_and_branch_once(office: Office) -> None:
    await office.approve(await asked(office))
    first, again = await opened(office), await opened(office)

    assert (first.number, first.review, first.branch) == (1, 2, "planthread/change-1")
    assert again.id == first.id
    assert len(await office.rows(Change)) == 1


async def test_numbers_of_changes_go_up_in_each_plan_of_its_own(office: Office) -> None:
    await offered(office)
    second = await offered(office, "add rating")
    assert (second.number, second.review, second.branch) == (2, 3, "planthread/change-2")

    other = Office(office.database, office.planner)
    await other.in_review()
    await other.approve(1)
    await other.deliver()
    assert (await offered(other, "add shelf")).number == 1
    with pytest.raises(Refused, match=r"That change is not one of this plan's\. Look at the newest message"):
        await numbered(other, 2)


async def test_a_change_is_made_upon_the_newest_one_that_nobody_merged(office: Office) -> None:
    other = Office(office.database, office.planner)
    await other.in_review()
    await other.approve(1)
    await other.deliver()
    await offered(other, "add shelf")
    first = await offered(office)
    second = await offered(office, "add rating")
    await office.approve(await asked(office, "add shelf"))
    third = await opened(office)

    async def before(change: Change) -> int | None:
        async with office.database.read() as session:
            found = await unmerged_before(session, change)
        return found.number if found else None

    assert (await before(first), await before(second), await before(third)) == (None, 1, 2)
    await merged(office, second)
    assert await before(third) == 1
    await merged(office, first)
    assert await before(third) is None


async def test_a_change_that_was_never_offered_carries_no_other(office: Office) -> None:
    """It has a number, and nothing on its branch."""
    await office.approve(await asked(office))
    first = await opened(office)
    async with office.database.read() as session:
        later = Change(workspace="T1", plan_id=first.plan_id, number=2, review=9, branch="b")
        assert await unmerged_before(session, later) is None


async def test_what_a_change_is_made_upon_is_kept_until_it_is_fetched_anew(office: Office) -> None:
    change = await offered(office)

    async def noted(*words: str | None) -> tuple[str | None, str | None, str | None]:
        await office.within(lambda session, _: note_base(session, change.id or 0, *words))
        row = await numbered(office, 1)
        return row.base_main, row.base_generated, row.commit

    assert await noted("main1", "generated1") == ("main1", "generated1", "tip1")
    assert await noted(None, None, "tip2") == (None, None, "tip2")


async def test_what_a_change_does_not_touch_keeps_its_evidence(office: Office) -> None:
    before = {step.key: step for step in await office.steps()}
    await office.approve(await asked(office))
    card = (await office.message("card")).version
    await laid_out(office, ["2.1"])

    plan = await office.plan()
    steps = {step.key: step for step in await office.steps()}
    anew = {key for key, step in steps.items() if step.state != TaskState.DONE}
    assert (plan.stage, plan.level) == ("building", "sandboxed")
    assert anew == {"documents", "task 2.1", "phase 2"}
    assert all((steps[key].state, steps[key].commit, steps[key].evidence) == (" ", None, {}) for key in anew)
    kept = set(steps) - anew
    assert {key: facts(steps[key]) for key in kept} == {key: facts(before[key]) for key in kept}
    assert (await office.message("card")).version == card + 1
    assert [step.position for step in await office.steps()] == list(range(len(steps)))


async def test_evidence_follows_a_task_to_its_new_number_and_a_new_task_has_none(office: Office) -> None:
    office.planner.extra = {"custom": (OVERDUE,)}
    await office.approve(await asked(office, "list the overdue books"))
    await laid_out(office, [])
    plan_now = await office.within(documents_now)

    steps = {step.title: step for step in await office.steps()}
    assert [task.title for task in plan_now.tasks()] == [s.title for s in await office.steps() if s.key[:4] == "task"]
    assert (steps["Overdue books"].state, steps["Overdue books"].commit) == (TaskState.TODO, None)
    assert steps["Book: model, schemas and factory"].state == TaskState.DONE


async def test_a_box_that_was_left_open_stays_open_with_its_reason(office: Office) -> None:
    async def reopen(session: AsyncSession, plan: Plan) -> None:
        step = next(step for step in await load_steps(session, plan.id) if step.key == "task 1.1")
        await leave_open(session, plan, step, "no sandbox works here")

    await office.within(reopen)
    await office.approve(await asked(office))
    await laid_out(office, ["2.1"])

    assert [(task.number, task.open_reason) for task in (await office.overview()).left_open] == [
        ("1.1", "no sandbox works here")
    ]


async def test_laid_out_twice_it_keeps_what_was_ticked_meanwhile(office: Office) -> None:
    await office.approve(await asked(office))
    await laid_out(office, ["1.1"])

    async def build(session: AsyncSession, plan: Plan) -> None:
        step = next(step for step in await load_steps(session, plan.id) if step.key == "task 1.1")
        await tick(session, plan, step, Evidence(commit="a41f9c2", checks=(passed(),)))

    await office.within(build)
    await laid_out(office, ["1.1"])
    assert next(step.commit for step in await office.steps() if step.key == "task 1.1") == "a41f9c2"


async def test_the_build_of_a_change_counts_what_it_makes_and_nothing_goes_back(office: Office) -> None:
    delivered = await office.overview()
    assert delivered.done == len(delivered.counted) == len(delivered.tasks)
    await office.approve(await asked(office))
    await opened(office)
    await laid_out(office, ["1.1", "2.1"])

    building = await office.overview()
    assert (building.done, [task.number for task in building.counted]) == (0, ["1.1", "2.1"])
    assert building.phases[-1].counted == ()
    assert building.phases[-1].state is TaskState.DONE, "what a change leaves as it was is done"
    assert "0 of 2 tasks of this change" in shown({"blocks": card(building).blocks})

    async def build(session: AsyncSession, plan: Plan) -> None:
        step = next(step for step in await load_steps(session, plan.id) if step.key == "task 1.1")
        await tick(session, plan, step, Evidence(commit="a41f9c2", checks=(passed(),)))

    await office.within(build)
    assert (await office.overview()).done == 1


async def test_a_second_review_of_a_change_is_compared_with_what_was_delivered(office: Office) -> None:
    await asked(office)
    first = await content(office)
    assert first.since_delivery is None, "the review before is what was delivered"
    assert first.changes == ("Entities: Book gains `pages`: Optional[int]",)

    await asked(office, "add rating")

    told = await content(office)
    assert told.changes == ("Entities: Book gains `rating`: Optional[int]",)
    assert told.since_delivery == (
        "Entities: Book gains `pages`: Optional[int]",
        "Entities: Book gains `rating`: Optional[int]",
    )
    assert told.radius is not None
    assert told.radius.fields.new == ("Book.pages", "Book.rating")


async def test_what_was_asked_for_and_taken_back_leaves_nothing_different_from_what_was_delivered(
    office: Office,
) -> None:
    await asked(office)
    office.planner.extra = {"specs": library(), "risks": ("Pages may be wanted after all.",)}
    await asked(office, "no pages")
    told = await content(office)
    assert told.changes == ("Entities: Book loses `pages`",)
    assert told.since_delivery == ()
    assert told.untouched == ("Requirements", "Entities", "Task plan")
    assert told.radius is not None
    assert (told.radius.fields.new, told.radius.fields.gone) == ((), ())


async def test_a_required_field_says_in_its_review_what_existing_rows_get(office: Office) -> None:
    office.planner.extra = {"specs": with_required(library(), "shelf")}
    await asked(office, "add a shelf to each book")

    told = await content(office)
    assert told.radius is not None
    (sentence,) = told.radius.rows
    assert sentence.startswith("Existing books get an empty text as “shelf”. For another value, say “the default of")

    office.planner.extra = {"specs": library("pages")}
    await asked(office, "no shelf, but pages")
    newer = (await content(office)).radius
    assert newer is not None
    assert newer.rows == (), "an optional field stays empty"


def with_required(specs: EntitySpecs, name: str) -> EntitySpecs:
    """Return specs whose first entity has one more text, which is required."""
    first, *others = specs.entities
    wider = first.model_copy(update={"fields": (*first.fields, text(name))})
    return specs.model_copy(update={"entities": (wider, *others)})


async def test_a_change_is_asked_for_in_a_message_that_every_event_of_it_names(office: Office) -> None:
    await office.within(lambda session, plan: request_changes(session, plan, 1, "add pages", JON, "said"))
    assert await happened(office, "change requested") == [(JON, "said", {"review": 1})]
    assert (await happened(office, "stage"))[-1] == (JON, "said", {"before": "delivered", "after": "in review"})


async def test_what_says_nothing_is_no_change(office: Office) -> None:
    before = await office.events()
    for nothing in (" ", "hello", "you decide"):
        with pytest.raises(
            Refused, match=r"^Say in a sentence what should be different, such as `add pages to books`\.$"
        ):
            await office.change(nothing, 1)
    assert await office.events() == before
