"""Changes to what was delivered: taken back whole, built with the evidence that still holds, and merged by people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.tasks.task_plan import TaskPlan, TaskState
from bot.planning.conversation import PlannerError
from bot.slack.blocks.card import card
from bot.store.database import Database
from bot.store.tables import Change, Event, Plan, Step
from bot.verification.evidence import Evidence
from bot.workflow.builds import leave_open, load_steps, set_pushed, tick
from bot.workflow.change_requests import request_changes
from bot.workflow.changes import (
    ask_merge,
    asked_merge,
    change_numbered,
    delivered_documents,
    forget_change,
    lay_out_change,
    note_base,
    note_merged,
    offer_change,
    open_change,
    unmerged_before,
)
from bot.workflow.channel_settings import change_settings
from bot.workflow.documents import load_documents
from bot.workflow.people import keep_person
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent, documents_of
from bot.workflow.stages import Hold
from tests.generation.samples import text
from tests.slack.running import shown
from tests.workflow.office import ADA, COPIES, JON, LATE, MARA, Office, ScriptedPlanner, library, passed
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


async def pressed_merge(office: Office, number: int = 1, person: str = MARA, key: str = "press") -> str:
    """Press Merge, and return what the person hears."""
    said: str = await office.within(lambda session, plan: ask_merge(session, plan, number, person, key, f"tip{number}"))
    return said


async def content(office: Office, number: int = 0) -> ReviewContent:
    """Return what a review tells, the newest without a number."""
    return ReviewContent.model_validate((await office.review(number)).content)


async def happened(office: Office, what: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the events of a kind: who, the message they came from, and what was noted."""
    return [(event.actor, event.message_key, event.data) for event in await office.rows(Event) if event.what == what]


async def prints(office: Office, number: int) -> dict[str, str]:
    """Return the fingerprints that a review showed."""
    return {name: what.fingerprint for name, what in documents_of(await office.review(number)).items()}


def first_words(office: Office) -> str:
    """Return the idea, as planners heard it first."""
    return office.planner.heard[0].messages[0].text


async def merged(office: Office, change: Change) -> None:
    """Have a change merged by hand."""
    await office.within(lambda session, plan: note_merged(session, plan, change.id or 0, "merged"))


def facts(step: Step) -> tuple[str, str | None, dict[str, Any], datetime | None]:
    """Return what ticks a step, and when it did."""
    return step.state, step.commit, step.evidence, step.at


async def documents_now(session: AsyncSession, plan: Plan) -> TaskPlan:
    """Return the newest task plan."""
    return (await load_documents(session, plan)).task_plan


async def test_before_a_delivery_there_is_no_change_to_forget(database: Database) -> None:
    office = Office(database, ScriptedPlanner())
    await office.in_review()
    with pytest.raises(Refused, match=r"\*Office library\* has no change that could be forgotten; it is in review"):
        await office.forget()
    assert "change forgotten" not in await office.events()


async def test_a_change_that_is_approved_or_was_never_asked_for_is_not_forgotten(office: Office) -> None:
    with pytest.raises(Refused, match="no change that could be forgotten; it is delivered"):
        await office.forget()
    await office.approve(await asked(office))
    with pytest.raises(Refused, match="no change that could be forgotten; it is approved"):
        await office.forget()
    await laid_out(office)
    with pytest.raises(Refused, match="no change that could be forgotten; it is building"):
        await office.forget()


async def test_what_is_forgotten_leaves_the_plan_word_for_word_as_it_was_delivered(office: Office) -> None:
    delivered = await prints(office, 1)
    office.planner.extra = {"title": "Office bookshop"}
    await asked(office)
    assert await prints(office, 2) != delivered

    said = await office.within(lambda session, plan: forget_change(session, plan, ADA, "press"))

    plan = await office.plan()
    assert said == "Forgotten: *Office library* stays as it was delivered."
    assert (plan.stage, plan.title, plan.run_stage, plan.hold) == ("delivered", "Office library", None, None)
    assert (plan.review, plan.delivered_review) == (3, 3)
    assert await prints(office, 3) == delivered
    async with office.database.read() as session:
        assert (await load_documents(session, plan)).specs == library()
        assert (await delivered_documents(session, plan)).specs == library()
    told = await content(office)
    assert (told.changes, told.radius, told.voided) == ((), None, ())
    assert told.proposal is not None
    assert told.proposal.title == "Office library"
    assert await happened(office, "change forgotten") == [(ADA, "press", {})]
    assert (await happened(office, "stage"))[-1] == (ADA, "press", {"before": "in review", "after": "delivered"})


async def test_every_review_of_a_forgotten_change_says_who_took_it_back(office: Office) -> None:
    await asked(office)
    await asked(office, "add rating")
    before = [(await office.message(f"review/{number}")).version for number in (1, 2, 3)]
    card = (await office.message("card")).version

    await office.forget(ADA)

    assert [(await content(office, number)).forgotten_by for number in (1, 2, 3)] == ["", ADA, ADA]
    after = [(await office.message(f"review/{number}")).version for number in (1, 2, 3)]
    assert after == [before[0], before[1] + 1, before[2] + 1]
    assert (await office.message("card")).version == card + 1
    assert (await content(office, 3)).changes, "what it was about can still be read"


async def test_planners_hear_no_more_of_it_and_still_all_that_was_delivered(office: Office) -> None:
    await offered(office, "add pages")
    await asked(office, "add rating")
    await asked(office, "add weight")
    await office.forget()

    review = await asked(office, "add shelf")

    assert [change.text for change in office.planner.heard[-1].changes] == ["add pages", "add shelf"]
    assert [message.text for message in office.planner.heard[-1].messages] == [first_words(office)]
    told = await content(office, review)
    assert told.heard_changes == 2
    assert told.radius is not None
    assert (told.radius.fields.new, told.radius.fields.gone) == (("Book.shelf",), ())


async def test_what_the_change_before_it_did_is_not_told_again(office: Office) -> None:
    """The delivered review then is one of a change itself: of what it touched, and whose approvals it voided."""
    await offered(office)
    delivered = await content(office)
    assert delivered.changes
    assert delivered.radius
    assert delivered.voided
    await asked(office, "add rating")
    await office.forget()

    told = await content(office)
    assert (told.changes, told.radius, told.voided, told.heard_changes) == ((), None, (), 1)
    assert (await office.plan()).delivered_review == 4


async def test_a_planner_that_is_still_at_it_comes_too_late(office: Office) -> None:
    await office.change("add pages", 1)
    attempt = (await office.plan()).run_attempt
    office.planner.meanwhile = office.forget
    await office.work()

    plan = await office.plan()
    assert (plan.stage, plan.review, plan.run_stage, plan.run_attempt) == ("delivered", 2, None, attempt + 1)


async def test_its_open_questions_are_withdrawn_in_their_message_too(office: Office) -> None:
    office.planner.questions = (COPIES, LATE)
    await asked(office, "count the copies")
    assert (await office.plan()).stage == "gathering"
    version = (await office.message("questions/1")).version

    await office.forget()

    assert await office.open_questions() == []
    assert (await office.message("questions/1")).version == version + 1
    assert (await office.overview()).stage == "delivered"
    with pytest.raises(Refused):
        await office.answer("copies", "two")


async def test_a_change_that_could_not_be_planned_is_forgotten_with_its_problem(office: Office) -> None:
    office.planner.error = PlannerError("Say it in other words.")
    await asked(office, "do magic")
    plan = await office.plan()
    assert plan.hold == Hold.BLOCKED

    await office.within(lambda session, plan: forget_change(session, plan, JON, "press"))

    assert (await office.plan()).hold is None
    assert (await office.message(f"problem/{plan.run_attempt}")).subject["settled"] == 1
    assert await happened(office, "resume") == [(JON, "press", {"hold": "", "reason": ""})]


async def test_approvals_of_a_forgotten_change_count_no_more_and_its_button_says_so(office: Office) -> None:
    two = ApprovalPolicy(needed=2)
    await office.within_workspace(lambda session: change_settings(session, "T1", "C1", two, None, MARA, "view/1"))
    review = await asked(office)
    await office.approve(review, person=JON)
    await office.forget()

    assert [one for one in await office.approvals() if one[3]] == []
    with pytest.raises(Refused, match=r"^It is approved already: \*Office library\* is delivered\.$"):
        await office.approve(review, person=MARA)


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


async def test_an_offered_change_says_where_it_lies_and_the_plan_is_delivered_again(office: Office) -> None:
    first_delivery = (await office.plan()).delivered_at
    change = await offered(office)

    plan = await office.plan()
    assert (plan.stage, plan.delivered_review, plan.run_stage) == ("delivered", 2, None)
    assert first_delivery is not None
    assert plan.delivered_at is not None
    assert plan.delivered_at > first_delivery
    assert (change.merge, change.commit, change.url, change.merges_here) == ("m1", "tip1", f"{URL}-1", True)
    assert change.generated == "output1"
    message = await office.message("change/1")
    assert (message.kind, message.subject, message.version) == ("change", {"change": 1}, 1)
    assert await happened(office, "change offered") == [
        ("planthread", "", {"number": 1, "commit": "tip1", "url": f"{URL}-1"})
    ]
    async with office.database.read() as session:
        assert (await delivered_documents(session, plan)).specs == library("pages")


async def test_a_change_that_lies_there_is_known_to_the_card_until_it_is_merged(office: Office) -> None:
    assert (await office.overview()).change is None
    change = await offered(office)
    there = (await office.overview()).change
    assert there is not None
    assert (there.number, there.url, there.merges_here, there.is_closed) == (1, f"{URL}-1", True, False)
    await merged(office, change)
    assert (await office.overview()).change is None


async def test_who_may_approve_has_a_change_merged(office: Office) -> None:
    await offered(office)

    assert await pressed_merge(office, person=JON) == "Change 1 is being merged."

    change, plan = await numbered(office, 1), await office.plan()
    assert change.merged_by == JON
    assert change.merge_asked_at is not None
    assert change.merge_asked_at.microsecond == 0, "it stands in a commit, whose time has seconds"
    assert (datetime.now(UTC) - change.merge_asked_at).total_seconds() < 60
    assert plan.run_stage == Stage.MERGE
    assert await happened(office, "merge asked") == [(JON, "press", {"number": 1, "commit": "tip1"})]
    async with office.database.read() as session:
        asked_for = await asked_merge(session, plan)
    assert asked_for is not None
    assert asked_for.id == change.id


async def test_a_merge_is_refused_with_what_stands_in_its_way(office: Office) -> None:
    await office.approve(await asked(office))
    await opened(office)
    await laid_out(office)
    with pytest.raises(Refused, match=f"^<@{MARA}> or <@{JON}> can merge this change: who may approve the plan"):
        await pressed_merge(office, person=ADA)
    with pytest.raises(Refused, match=r"is busy right now \(building\)\. Press `Merge` again when that is done"):
        await pressed_merge(office)
    with pytest.raises(Refused, match="not one of this plan's"):
        await pressed_merge(office, 7)
    assert "merge asked" not in await office.events()


async def test_an_offered_change_is_merged_once_and_one_at_a_time(office: Office) -> None:
    change = await offered(office)
    await pressed_merge(office)
    with pytest.raises(Refused, match=r"is busy right now \(delivered\)"):
        await pressed_merge(office, person=JON)

    await merged(office, change)
    with pytest.raises(Refused, match=r"^Change 1 is merged already\.$"):
        await pressed_merge(office)
    assert len(await happened(office, "merge asked")) == 1


async def test_a_change_without_an_address_is_not_there_to_merge_yet(office: Office) -> None:
    await office.approve(await asked(office))
    await opened(office)

    async def rest(_: AsyncSession, plan: Plan) -> None:
        plan.run_stage = None

    await office.within(rest)
    with pytest.raises(Refused, match=r"is busy right now \(approved\)"):
        await pressed_merge(office)


async def test_where_nobody_is_left_who_may_approve_nobody_merges(office: Office) -> None:
    await offered(office)

    async def both_are_guests(session: AsyncSession) -> None:
        for person in (MARA, JON):
            await keep_person(session, "T1", person, guest=True)

    await office.within_workspace(both_are_guests)
    with pytest.raises(Refused, match=r"^Nobody here can merge this change"):
        await pressed_merge(office)


async def test_the_merge_that_is_worked_on_is_the_last_one_asked_for_that_is_not_done(office: Office) -> None:
    first, second = await offered(office), await offered(office, "add rating")

    async def worked_on() -> int | None:
        async with office.database.read() as session:
            found = await asked_merge(session, await office.plan())
        return found.number if found else None

    async def asked_at(change: Change, minute: int) -> None:
        async def ask(session: AsyncSession, _: Plan) -> None:
            row = await session.get_one(Change, change.id)
            row.merge_asked_at = datetime(2026, 11, 20, 9, minute, tzinfo=UTC)

        await office.within(ask)

    assert await worked_on() is None
    await asked_at(first, 1)
    await asked_at(second, 2)
    assert await worked_on() == 2
    await asked_at(first, 3)
    assert await worked_on() == 1
    await merged(office, first)
    assert await worked_on() == 2
    other = Office(office.database, office.planner)
    await other.start()
    async with office.database.read() as session:
        assert await asked_merge(session, await other.plan()) is None


async def test_a_merged_change_names_who_had_it_merged_and_what_main_holds(office: Office) -> None:
    change = await offered(office)
    await pressed_merge(office, person=JON)
    version, card = (await office.message("change/1")).version, (await office.message("card")).version

    await office.within(lambda session, plan: note_merged(session, plan, change.id or 0, "c0ffee"))

    plan = await office.plan()
    assert (plan.stage, plan.run_stage, plan.pushed_commit) == ("delivered", None, "c0ffee")
    assert (await numbered(office, 1)).merged_commit == "c0ffee"
    message = await office.message("change/1")
    assert (message.version, message.subject) == (version + 1, {"change": 1})
    assert (await office.message("card")).version == card + 1
    assert await happened(office, "merged") == [(JON, "", {"number": 1, "commit": "c0ffee"})]


async def test_a_change_that_people_merged_elsewhere_is_nobodys_here(office: Office) -> None:
    change = await offered(office, merges_here=False)
    assert not change.merges_here
    await office.within(lambda session, plan: set_pushed(session, plan, "c0ffee"))
    await merged(office, change)
    assert await happened(office, "merged") == [("planthread", "", {"number": 1, "commit": "merged"})]


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
