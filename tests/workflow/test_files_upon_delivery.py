"""A file in the thread of a delivered plan that was made from words: when it is taken, and what stays as it was."""

from __future__ import annotations

import pytest

from bot.building.imported_build import imported_rows
from bot.store.tables import Plan
from bot.workflow.approvals import shown_now
from bot.workflow.builds import own_steps, steps_in
from bot.workflow.documents import document_texts, documents_so_far
from bot.workflow.exports import export_of
from bot.workflow.going_back import asked_back, go_back
from bot.workflow.imports import begin_imported_change, read_given, revise_imported_plan
from bot.workflow.planning_input import planning_input
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent, is_delivered
from bot.workflow.runs import block, want_run
from tests.workflow.office import JON, Office

FILE = "- [ ] 1. Order the signs\n- [ ] 2. Hang them up\n"
MORE = """- [ ] 5. Opening day
  - Goal: The doors open
  - [ ] 5.1 Order the signs
    - By phone
    - Verify: `ruff check`
    - Done when: They are ordered
"""


@pytest.fixture
async def delivered(office: Office) -> Office:
    """Return an office whose library is delivered."""
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    return office


async def drop(office: Office, text: str = FILE, name: str = "tasks.md") -> None:
    """Drop a file in the thread."""
    given = read_given(name, text)
    await office.within(lambda session, plan: revise_imported_plan(session, plan, given, JON, office.key()))


async def test_before_a_delivery_no_file_is_built(office: Office) -> None:
    await office.in_review()

    with pytest.raises(Refused, match="once it is delivered"):
        await drop(office)


async def test_a_file_that_is_dropped_twice_changes_nothing(delivered: Office) -> None:
    await drop(delivered)

    with pytest.raises(Refused, match="nothing changed"):
        await drop(delivered, FILE.replace("[ ]", "[x]"))

    assert (await delivered.plan()).review == 2
    assert (await delivered.review()).documents.keys() == {"imported_plan"}


async def test_only_the_file_is_approved_and_nothing_is_built_before_build_is_pressed(delivered: Office) -> None:
    await drop(delivered)
    before = await delivered.approvals()

    await delivered.approve(2)

    assert [row for row in await delivered.approvals() if row not in before] == [("imported_plan", 1, "U0MARA", True)]
    assert (await delivered.plan()).stage == "in review"


async def test_a_file_waits_for_the_change_that_is_in_review_and_words_for_the_file(delivered: Office) -> None:
    await delivered.change("add pages", 1)
    with pytest.raises(Refused, match="is in review"):
        await drop(delivered)
    await delivered.work()
    with pytest.raises(Refused, match="`Forget it`"):
        await drop(delivered)
    await delivered.forget()

    await drop(delivered)

    plan = await delivered.plan()
    with pytest.raises(Refused, match="is of a file"):
        await delivered.change("add pages", plan.review)
    assert (plan.stage, plan.run_stage) == ("in review", None)


async def test_no_planner_hears_of_a_file(delivered: Office) -> None:
    await drop(delivered)

    async with delivered.database.read() as session:
        heard = await planning_input(session, await delivered.plan())
    assert heard.earlier is not None
    assert heard.earlier.proposal.title == "Office library"
    assert heard.changes == ()
    assert len(heard.messages) == 1


async def test_a_file_that_is_taken_back_leaves_the_plan_as_it_was(delivered: Office) -> None:
    async with delivered.database.read() as session:
        before, ticked = (
            await documents_so_far(session, await delivered.plan()),
            await own_steps(session, delivered.plan_id),
        )
    await drop(delivered)

    await delivered.forget()

    plan = await delivered.plan()
    assert plan.stage == "delivered"
    async with delivered.database.read() as session:
        assert await documents_so_far(session, plan) == before
        assert await own_steps(session, plan.id) == ticked == await delivered.steps()
    await delivered.change("add pages", plan.review)
    await delivered.work()
    review = await delivered.review()
    content = ReviewContent.model_validate(review.content)
    assert content.radius is not None
    assert content.radius.fields.new == ("Book.pages",)
    await delivered.forget()
    await drop(delivered)
    assert (await delivered.plan()).stage == "in review", "what was taken back can be given again"


async def test_undo_takes_a_file_back_and_goes_back_to_no_earlier_version(delivered: Office) -> None:
    undo = asked_back("undo")
    assert undo is not None
    await drop(delivered)
    await drop(delivered, FILE + "- [ ] 3. Paint them\n")
    with pytest.raises(Refused, match="is of a file"):
        await delivered.within(lambda session, plan: go_back(session, plan, undo, JON, delivered.key()))
    await delivered.forget()
    await drop(delivered)

    said = await delivered.within(lambda session, plan: go_back(session, plan, undo, JON, delivered.key()))

    assert said.startswith("Forgotten")
    assert (await delivered.plan()).stage == "delivered"


async def test_the_review_of_a_file_is_not_what_was_delivered(delivered: Office) -> None:
    await drop(delivered)

    async with delivered.database.read() as session:
        plan = await delivered.plan()
        current = await shown_now(session, plan)
        assert current.keys() == {"imported_plan"}
        assert not await is_delivered(session, plan, current)
        assert next(iter(await document_texts(session, plan))) == "imported_plan"


async def test_the_plan_s_own_tasks_with_one_more_keep_their_evidence(delivered: Office) -> None:
    async with delivered.database.read() as session:
        own = (await export_of(session, await delivered.plan(), "tasks")).files["tasks.md"].decode()
        ticked = {step.title: step.commit for step in await own_steps(session, delivered.plan_id)}
    with pytest.raises(Refused, match="These are the tasks"):
        await drop(delivered, own)
    more = own.replace("\n## ", f"\n{MORE}\n## ", 1)

    await drop(delivered, more)

    given = read_given("tasks.md", more).plan

    async def begin(session: object, plan: Plan) -> None:
        await begin_imported_change(session, plan, steps_in(plan, imported_rows(given)), "trusted")  # type: ignore[arg-type]

    await delivered.approve(2)
    await delivered.within(lambda _, plan: approved(plan))
    await delivered.within(begin)
    steps = [step for step in await delivered.steps() if step.key.startswith("task")]
    assert {step.title: step.commit for step in steps} == {
        **{step.title: ticked[step.title] for step in steps if step.title in ticked},
        "Order the signs": None,
    }
    assert len(steps) > 5
    async with delivered.database.read() as session:
        assert {step.title: step.commit for step in await own_steps(session, delivered.plan_id)} == ticked


async def approved(plan: Plan) -> None:
    """Let a plan be approved."""
    plan.stage = "approved"


async def test_a_merge_that_is_blocked_says_what_is_in_the_way_of_a_file(delivered: Office) -> None:
    async def stuck(session: object, plan: Plan) -> None:
        want_run(plan, Stage.MERGE)
        await block(session, plan, "people changed the same lines of app.py. Push main, then press Retry.")  # type: ignore[arg-type]

    await delivered.within(stuck)

    with pytest.raises(Refused, match=r"Its merge is blocked: .* press Retry\. Once that is done, drop the file again"):
        await drop(delivered)

    plan = await delivered.plan()
    assert (plan.stage, plan.hold) == ("delivered", "blocked")
