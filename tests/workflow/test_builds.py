"""Builds: a box is ticked by a commit and passed checks, by nothing else; how a plan stands follows from its rows."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.tasks.task_plan import TaskState
from bot.store.tables import Event, Plan, Step
from bot.verification.evidence import Check, Evidence
from bot.workflow.builds import (
    deliver,
    leave_open,
    load_steps,
    remote_of,
    retry,
    set_pushed,
    set_remote,
    skip,
    start_step,
    tick,
)
from bot.workflow.notes import give_hint, notes_of
from bot.workflow.ports import Remote, Stage
from bot.workflow.refusals import Refused
from bot.workflow.runs import block, wanted
from bot.workflow.stages import ForbiddenMoveError
from tests.workflow.office import JON, MARA, WHO, Office, passed

FAILED = Check(word="pytest", passed=False, exit_code=1, tail="assert 201 == 409")
NOT_RUN = Check(word="pytest", passed=False, not_run_reason="no sandbox")
REMOTE = Remote(
    name="library", web_url="http://git.test/library/", clone_url="http://git.test/library.git", push_url="p"
)


@pytest.fixture
async def building(office: Office) -> Office:
    """An office whose library is being built."""
    await office.in_review()
    await office.approve(1)
    await office.begin_build()
    return office


async def tick_step(office: Office, key: str, evidence: Evidence) -> None:
    async def tick_it(session: AsyncSession, plan: Plan) -> None:
        await tick(session, plan, await step_of(session, plan, key), evidence)

    await office.within(tick_it)


async def step_of(session: AsyncSession, plan: Plan, key: str) -> Step:
    return next(step for step in await load_steps(session, plan.id) if step.key == key)


async def test_the_steps_are_the_documents_then_each_phase_with_its_tasks_and_its_end(building: Office) -> None:
    keys = [step.key for step in await building.steps()]
    assert keys[:2] == ["documents", "task 1.1"]
    assert keys[-1].startswith("phase ")
    first = (await building.steps())[0]
    assert (first.title, first.phase, first.number, first.position) == ("Planning documents", 0, "", 0)
    assert len(set(keys)) == len(keys)
    plan = await building.plan()
    assert (plan.stage, plan.level) == ("building", "trusted templates")

    await building.begin_build()
    assert [step.key for step in await building.steps()] == keys


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(commit="", checks=(passed(),)),
        Evidence(commit="a41f9c2"),
        Evidence(commit="a41f9c2", checks=(FAILED,)),
        Evidence(commit="a41f9c2", checks=(passed(), FAILED)),
        Evidence(commit="a41f9c2", checks=(passed(), NOT_RUN)),
    ],
    ids=["no commit", "no check", "failed", "one failed", "one not run"],
)
@pytest.mark.parametrize("key", ["task 1.1", "phase 1"])
async def test_nothing_is_ticked_without_a_commit_and_passed_checks(
    building: Office, key: str, evidence: Evidence
) -> None:
    with pytest.raises(ValueError, match=f"{key} has no evidence"):
        await tick_step(building, key, evidence)
    assert {step.state for step in await building.steps()} == {" "}


async def test_evidence_ticks_one_box_and_is_kept(building: Office) -> None:
    async def failed_before(_: AsyncSession, plan: Plan) -> None:
        plan.failures = 2

    await building.within(failed_before)
    evidence = Evidence(commit="a41f9c2" * 5, checks=(passed(3), passed(28)))
    await tick_step(building, "task 1.1", evidence)

    done = next(step for step in await building.steps() if step.key == "task 1.1")
    assert (done.state, done.commit) == (TaskState.DONE, evidence.commit)
    assert Evidence.model_validate(done.evidence) == evidence
    assert sum(step.state == TaskState.DONE for step in await building.steps()) == 1
    assert (await building.plan()).failures == 0, "what comes now may fail as often as anything"
    event = (await building.rows(Event))[-1]
    assert event.data == {"step": "task 1.1", "commit": evidence.commit, "tests": 31}


async def test_a_box_that_is_left_open_tells_when_and_why(building: Office) -> None:
    async def leave(session: AsyncSession, plan: Plan) -> None:
        await leave_open(session, plan, await step_of(session, plan, "task 1.1"), "no sandbox works here")

    await building.within(leave)
    step = next(step for step in await building.steps() if step.key == "task 1.1")
    event = (await building.rows(Event))[-1]
    assert (step.state, step.commit) == (TaskState.DOING, None)
    assert step.at is not None
    assert (event.actor, event.what) == ("planthread", "left open")
    assert event.data == {"step": "task 1.1", "reason": "no sandbox works here"}


async def test_the_documents_are_ticked_by_their_commit(building: Office) -> None:
    await tick_step(building, "documents", Evidence(commit="a41f9c2"))
    assert (await building.steps())[0].state == TaskState.DONE


async def test_a_card_shows_how_far_the_build_is(building: Office) -> None:
    await tick_step(building, "task 1.1", Evidence(commit="a41f9c2", checks=(passed(31),)))

    async def go_on(session: AsyncSession, plan: Plan) -> None:
        tasks = [step for step in await load_steps(session, plan.id) if step.key.startswith("task")]
        await start_step(session, plan, tasks[1])
        await leave_open(session, plan, tasks[2], "no model is configured")

    await building.within(go_on)
    view = await building.overview()
    assert view.last is not None
    assert view.now is not None
    assert (view.last.number, view.last.commit, view.last.tests) == ("1.1", "a41f9c2", 31)
    assert view.now.number == view.tasks[1].number
    assert [(task.number, task.open_reason) for task in view.left_open] == [
        (view.tasks[2].number, "no model is configured")
    ]
    assert (view.done, view.tests, view.planning, view.waiting_for) == (1, 31, False, ())
    assert view.phases[0].state is TaskState.DOING
    assert view.phases[-1].state is TaskState.TODO
    assert (await building.message("card")).version > 4


async def test_a_phase_is_done_when_all_its_tasks_are(building: Office) -> None:
    for task in (await building.overview()).phases[0].tasks:
        await tick_step(building, f"task {task.number}", Evidence(commit="a41f9c2", checks=(passed(),)))
    first = (await building.overview()).phases[0]
    assert (first.state, first.done) == (TaskState.DONE, len(first.tasks))


async def test_a_delivered_plan_wants_nothing_more(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    plan = await office.plan()
    assert (plan.stage, plan.run_stage) == ("delivered", None)
    assert plan.delivered_at is not None
    assert (await office.message("delivered")).version == 1
    view = await office.overview()
    assert view.done == len(view.tasks)
    with pytest.raises(ForbiddenMoveError):
        await office.within(deliver)


async def test_where_the_repository_is_and_what_it_holds_is_kept(building: Office) -> None:
    async def publish(session: AsyncSession, plan: Plan) -> None:
        await set_remote(session, plan, REMOTE)
        await set_pushed(session, plan, "a41f9c2")

    await building.within(publish)
    plan = await building.plan()
    assert (plan.web_url, plan.clone_url, plan.pushed_commit) == (REMOTE.web_url, REMOTE.clone_url, "a41f9c2")
    told = [(event.actor, event.what, event.data) for event in await building.rows(Event)][-2:]
    assert told == [
        ("planthread", "repository", {"url": REMOTE.web_url}),
        ("planthread", "pushed", {"commit": "a41f9c2"}),
    ]
    assert remote_of(plan) == REMOTE
    assert (await building.overview()).web_url == REMOTE.web_url


async def test_a_problem_waits_for_a_person_who_retries(building: Office) -> None:
    await building.within(
        lambda session, plan: block(session, plan, "2.1 failed.", tail="x" * 5000 + "token xoxb-1234567890-abcdef")
    )
    plan = await building.plan()
    assert (plan.stage, plan.hold, plan.hold_reason) == ("building", "blocked", "2.1 failed.")
    assert (await building.overview()).waiting_for == (MARA,)
    problem = await building.message(f"problem/{plan.run_attempt}")
    assert len(problem.subject["tail"]) == 2500
    assert problem.subject["tail"].endswith("token [redacted Slack token]")
    async with building.database.read() as session:
        assert await wanted(session, plan.id, Stage.BUILD, plan.run_attempt) is None

    await building.within(lambda session, plan: retry(session, plan, JON, "k"))
    plan = await building.plan()
    assert (plan.hold, plan.run_stage, plan.run_attempt) == (None, "build", 3)
    event = (await building.rows(Event))[-1]
    assert (event.actor, event.what, event.message_key) == (JON, "resume", "k")
    with pytest.raises(Refused, match="isn't blocked"):
        await building.within(lambda session, plan: retry(session, plan, JON, "k2"))


async def test_only_the_step_that_blocks_can_be_skipped_and_the_build_goes_on(building: Office) -> None:
    async def skip_step(key: str, person: str = JON) -> None:
        await building.within(lambda session, plan: skip(session, plan, key, person, "k"))

    with pytest.raises(Refused, match="nothing to skip"):
        await skip_step("task 1.1")
    await building.within(lambda session, plan: block(session, plan, "1.2 failed.", skippable="task 1.2"))
    for key in ("documents", "task 1.1", "nonsense"):
        with pytest.raises(Refused, match="nothing to skip"):
            await skip_step(key)

    await skip_step("task 1.2")
    plan = await building.plan()
    assert (plan.hold, plan.run_stage, plan.run_attempt) == (None, "build", 3)
    assert [(task.number, task.open_reason) for task in (await building.overview()).left_open] == [
        ("1.2", "a person skipped it")
    ]
    left, resumed = (await building.rows(Event))[-2:]
    assert (left.actor, left.what) == (JON, "left open")
    assert (resumed.actor, resumed.what, resumed.message_key) == (JON, "resume", "k")
    with pytest.raises(Refused, match="nothing to skip"):
        await skip_step("task 1.2")


async def test_what_a_settled_problem_or_another_plans_offered_can_not_be_skipped(building: Office) -> None:
    async def blocked(office: Office, key: str) -> None:
        await office.within(lambda session, plan: block(session, plan, "It failed.", skippable=key))

    await blocked(building, "task 1.1")
    await building.within(lambda session, plan: retry(session, plan, JON, "k1"))
    other = Office(building.database, building.planner)
    await other.in_review()
    await other.approve(1)
    await other.begin_build()
    await blocked(other, "task 1.3")
    await blocked(building, "task 1.2")
    for key in ("task 1.1", "task 1.3"):
        with pytest.raises(Refused, match="nothing to skip"):
            await building.within(partial(skip, step_key=key, person=JON, key="k2"))

    await other.within(lambda session, plan: skip(session, plan, "task 1.3", JON, "k3"))
    assert (await building.overview()).left_open == ()
    assert [task.number for task in (await other.overview()).left_open] == ["1.3"]
    assert (await building.plan()).hold == "blocked"


async def test_a_step_that_was_ticked_meanwhile_is_not_skipped(building: Office) -> None:
    await building.within(lambda session, plan: block(session, plan, "1.2 failed.", skippable="task 1.2"))
    await tick_step(building, "task 1.2", Evidence(commit="a41f9c2", checks=(passed(),)))
    with pytest.raises(Refused, match="nothing to skip"):
        await building.within(lambda session, plan: skip(session, plan, "task 1.2", JON, "k"))


async def test_before_a_build_a_card_counts_nothing(office: Office) -> None:
    await office.in_review()
    view = await office.overview()
    assert (view.tests, view.now, view.last, view.tasks, view.done) == (0, None, None, (), 0)

    await office.approve(1)
    await office.begin_build()
    view = await office.overview()
    assert {(task.commit, task.tests, task.open_reason) for task in view.tasks} == {("", 0, "")}
    assert (view.now, view.last) == (None, None)


async def test_only_the_problems_of_the_plan_itself_are_settled_and_once(building: Office) -> None:
    other = Office(building.database, building.planner)
    await other.start()
    for office in (building, other):
        await office.within(lambda session, plan: block(session, plan, "It failed."))
    first, theirs = [f"problem/{(await one.plan()).run_attempt}" for one in (building, other)]
    await building.within(lambda session, plan: retry(session, plan, JON, "k1"))
    await building.within(lambda session, plan: block(session, plan, "It failed again."))
    await building.within(lambda session, plan: retry(session, plan, JON, "k2"))

    settled = await building.message(first)
    assert (settled.subject["settled"], settled.version) == (1, 2)
    untouched = [await other.message(theirs), await building.message("card"), await building.message("review/1")]
    assert ["settled" in message.subject for message in untouched] == [False, False, False]
    assert untouched[0].version == 1


async def test_stopping_settles_a_problem_too(building: Office) -> None:
    await building.within(lambda session, plan: block(session, plan, "2.1 failed."))
    attempt = (await building.plan()).run_attempt
    await building.stop()
    assert (await building.message(f"problem/{attempt}")).subject["settled"] == 1
    assert (await building.plan()).hold == "paused"


async def test_who_is_waited_for_follows_from_stage_and_hold(office: Office) -> None:
    office.planner.questions = (WHO,)
    await office.start()
    assert (await office.overview()).waiting_for == ()
    assert (await office.overview()).planning
    await office.work()
    assert ((await office.overview()).waiting_for, (await office.overview()).open_questions) == ((MARA,), 1)
    await office.answer("who", "Everyone", JON)
    await office.work()
    assert (await office.overview()).waiting_for == (MARA, JON)
    await office.stop()
    assert (await office.overview()).waiting_for == (MARA,)
    await office.resume()
    await office.approve(1)
    assert (await office.overview()).waiting_for == ()


async def test_a_hint_is_kept_for_the_step_that_failed_and_it_is_tried_again(building: Office) -> None:
    async def hint(step: str, text: str = "it must be 409", person: str = JON) -> str:
        said = []

        async def give(session: AsyncSession, plan: Plan) -> None:
            said.append(await give_hint(session, plan, step, text, person, "k"))

        await building.within(give)
        return said[0]

    with pytest.raises(Refused, match="isn't blocked by that any more"):
        await hint("task 1.2")
    await building.within(lambda session, plan: block(session, plan, "1.2 failed.", skippable="task 1.2"))
    with pytest.raises(Refused, match="isn't blocked by that any more"):
        await hint("task 1.1")
    with pytest.raises(Refused, match="needs words"):
        await hint("task 1.2", "  ")
    assert (await building.plan()).hold == "blocked"

    assert "tried again with your hint, 1.2" in await hint("task 1.2")
    plan = await building.plan()
    assert (plan.hold, plan.run_stage) == (None, "build")
    async with building.database.read() as session:
        assert await notes_of(session, plan) == ("it must be 409",)
    with pytest.raises(Refused, match="isn't blocked by that any more"):
        await hint("task 1.2", "and UTC")
