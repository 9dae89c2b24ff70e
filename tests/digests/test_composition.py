"""What a digest says about the plans of a channel."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.digests.composition import Digest, compose
from bot.digests.standing import ExpectedStep, Standing
from bot.store.database import Database
from bot.store.tables import Change, ModelUsage, Review
from bot.workflow.builds import leave_open, load_steps, start_step
from bot.workflow.channel_settings import change_settings
from bot.workflow.events import record
from bot.workflow.planning_run import block
from bot.workflow.plans import add_message, stop
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.reviews import ReviewContent
from bot.workflow.stages import PlanStage, move
from tests.digests.conftest import Life, happened, the


def march(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


async def composed(database: Database, since: datetime, channel: str = "C1", person: str = "") -> Digest:
    async with database.read() as session:
        return await compose(session, "T1", channel, since, person)


async def test_a_channel_without_plans_has_nothing_to_say(database: Database) -> None:
    digest = await composed(database, march(1))

    assert digest.empty
    assert digest.plans == ()


async def test_a_building_plan_tells_what_was_finished_since_and_what_is_next(life: Life, database: Database) -> None:
    plan = await life.start(march(1))
    await life.review(plan, march(2))
    await life.approve(plan, march(3))
    await life.tick(plan, "documents", "d0", march(3))
    await life.tick(plan, "task 1.1", "a1", march(3))
    await life.push(plan, "a1", march(3))
    await life.tick(plan, "task 1.2", "b2", march(5))

    news = (await composed(database, march(4))).plans[0]

    assert news.standing is Standing.BUILDING
    assert (news.percent, news.tasks_done, news.tasks_total) == (66, 2, 3)
    assert [(task.number, task.title, task.commit, task.tests) for task in news.finished] == [
        ("1.2", "Settings", "b2", 3)
    ]
    assert news.finished[0].at == march(5)
    assert news.next.step is ExpectedStep.BUILD
    assert news.next.detail == "2.1 Book model"
    assert news.approved_by == ("U2",)
    assert news.waiting_for == ()


@pytest.mark.parametrize("merge", ["", "m9"], ids=["as it was built", "merged with what people pushed"])
async def test_only_commits_that_were_pushed_are_links(life: Life, database: Database, merge: str) -> None:
    plan = await life.start(march(1))
    await life.review(plan, march(2))
    await life.approve(plan, march(3))
    await life.tick(plan, "task 1.1", "a1", march(3))
    await life.tick(plan, "task 1.2", "b2", march(3))
    await life.push(plan, "a1", march(3), merge)

    links = [task.link for task in (await composed(database, march(2))).plans[0].finished]

    assert links == ["http://git.test/library/commit/a1", ""]


async def test_people_are_waited_for_since_they_were_asked(life: Life, database: Database) -> None:
    asked = await life.start(march(1), "parking lots")
    await life.ask(asked, march(2))
    shown = await life.start(march(1), "badge printer")
    await life.review(shown, march(3))
    held = await life.start(march(1), "rooms")
    async with database.write() as session:
        plan = await the(session, held)
        await block(session, plan, "The model is out of budget. Raise it, then press `Retry`.")
        await happened(session, plan, march(4))

    digest = await composed(database, march(8))

    assert digest.counts.waiting == 3
    assert not digest.empty
    told = {news.handle: (news.waiting_for, news.waiting_since, news.next.step) for news in digest.plans}
    assert told == {
        "parking-lots": (("U1",), march(2), ExpectedStep.ANSWER),
        "badge-printer": (("U1",), march(3), ExpectedStep.APPROVE),
        "rooms": (("U1",), march(4), ExpectedStep.HELP),
    }
    assert next(news for news in digest.plans if news.handle == "rooms").next.detail.startswith("The model is out")


async def test_a_paused_plan_alone_is_no_news_but_the_pause_is(life: Life, database: Database) -> None:
    plan_id = await life.start(march(1))
    async with database.write() as session:
        plan = await the(session, plan_id)
        await stop(session, plan, "U1", "k")
        await happened(session, plan, march(4))

    told, silent = await composed(database, march(3)), await composed(database, march(5))

    assert not told.empty
    assert told.plans[0].next.step is ExpectedStep.RESUME
    assert silent.empty
    assert silent.counts.paused == 1


async def test_a_plan_is_closed_news_once(life: Life, database: Database) -> None:
    plan_id = await life.start(march(1))
    await life.review(plan_id, march(2))
    await life.approve(plan_id, march(3))
    async with database.write() as session:
        plan = await the(session, plan_id)
        step = next(step for step in await load_steps(session, plan_id) if step.key == "task 1.1")
        await leave_open(session, plan, step, "no model is configured")
        await happened(session, plan, march(3))
    await life.deliver(plan_id, march(6))
    dropped = await life.start(march(1), "parking")
    async with database.write() as session:
        plan = await the(session, dropped)
        move(session, plan, PlanStage.CANCELLED, "U1")
        await happened(session, plan, march(6))

    told, later = await composed(database, march(5)), await composed(database, march(7))

    assert [(news.standing, news.next.step) for news in told.plans] == [
        (Standing.DELIVERED, ExpectedStep.NOTHING),
        (Standing.CANCELLED, ExpectedStep.NOTHING),
    ]
    assert told.plans[0].left_open == 1
    assert told.plans[0].approved_by == ("U2",)
    assert (told.counts.delivered, told.counts.cancelled) == (1, 1)
    assert later.plans == ()


async def test_a_plan_that_the_planner_works_on_waits_for_nobody(life: Life, database: Database) -> None:
    await life.start(march(1))
    await life.start(march(1), "elsewhere", channel="C2")

    digest = await composed(database, march(8))

    assert [news.handle for news in digest.plans] == ["library"]
    assert digest.plans[0].standing is Standing.PLANNING
    assert digest.plans[0].next.step is ExpectedStep.REVIEW
    assert digest.plans[0].waiting_since is None


async def test_tokens_running_tasks_and_changed_requirements_are_told_since_the_digest_before(
    life: Life, database: Database
) -> None:
    plan_id = await life.start(march(1))
    await life.review(plan_id, march(2))
    await life.approve(plan_id, march(3))
    async with database.write() as session:
        for day, tokens in ((2, 700), (5, 1_000)):
            session.add(
                ModelUsage(
                    workspace="T1", plan_id=plan_id, decision="d", model="m",
                    input_tokens=tokens, output_tokens=11, at=march(day),
                )
            )  # fmt: skip
        told = ReviewContent(changes=("Requirements: 2.1 is new", "Entities: Book has pages"))
        content = told.model_dump(mode="json")
        session.add(Review(workspace="T1", plan_id=plan_id, number=2, documents={}, content=content, at=march(5)))
        step = next(step for step in await load_steps(session, plan_id) if step.key == "task 1.1")
        await start_step(session, await the(session, plan_id), step)

    news = (await composed(database, march(4))).plans[0]
    assert (news.tokens, news.requirements, news.running) == (1_011, ("2.1 is new",), "1.1 Project")
    later = (await composed(database, march(6))).plans[0]
    assert (later.tokens, later.requirements) == (0, ())


async def test_a_delivered_plan_with_a_change_to_merge_waits_until_it_is_merged(life: Life, database: Database) -> None:
    plan_id = await life.start(march(1))
    await life.review(plan_id, march(2))
    await life.approve(plan_id, march(3))
    await life.deliver(plan_id, march(4))
    change = Change(workspace="T1", plan_id=plan_id, number=1, review=1, branch="b", url="u", merges_here=True)
    async with database.write() as session:
        session.add(change)
        record(session, await the(session, plan_id), "planthread", "change offered", number=1)
        await happened(session, await the(session, plan_id), march(5))

    news = (await composed(database, march(9))).plans[0]
    assert (news.standing, news.next.step) == (Standing.WAITING, ExpectedStep.MERGE)
    assert (news.waiting_for, news.waiting_since) == (("U1",), march(5))
    async with database.write() as session:
        (await session.get_one(Change, change.id)).merged_commit = "c"
    assert (await composed(database, march(9))).plans == ()


async def test_a_merged_change_is_named_with_the_words_it_was_asked_for(life: Life, database: Database) -> None:
    plan_id = await life.start(march(1))
    await life.review(plan_id, march(2))
    await life.approve(plan_id, march(3))
    await life.deliver(plan_id, march(4))
    async with database.write() as session:
        plan = await the(session, plan_id)
        await add_message(session, plan, "U2", "add pages to books", "k", kind="change")
        for number, heard in ((2, 0), (3, 1)):
            content = ReviewContent(heard_changes=heard).model_dump(mode="json")
            session.add(
                Review(workspace="T1", plan_id=plan_id, number=number, documents={}, content=content, at=march(4))
            )
        for number, before in ((1, {"review": 2}), (2, {})):
            change = Change(
                workspace="T1", plan_id=plan_id, number=number, review=3, branch=f"b{number}", before=before
            )
            change.merged_commit = "c"
            session.add(change)
            record(session, plan, "U1", "merged", number=number, commit="c")
        await happened(session, plan, march(6))

    news = (await composed(database, march(5))).plans[0]
    assert news.merged == ("change 1 (“add pages to books”)", "change 2")
    assert (await composed(database, march(7))).plans == ()


async def test_a_personal_digest_holds_what_concerns_its_person_in_any_channel_what_waits_for_them_first(
    life: Life, database: Database
) -> None:
    mine = await life.start(march(1), "parking lots", channel="C2")
    await life.ask(await life.start(march(1), "badge printer", channel="C3"), march(2))
    others = await life.start(march(1), "rooms", channel="C4", person="U7")
    wrote_in = await life.start(march(1), "lunches", channel="C5", person="U7")
    await life.start(march(1), "elsewhere", channel="C6", person="U7")
    async with database.write() as session:
        await add_message(session, await the(session, wrote_in), "U1", "soup too", "k")
        await change_settings(session, "T1", "C4", ApprovalPolicy(people=("U1",)), None, "U7", "k")

    told = await composed(database, march(4), channel="U1", person="U1")
    assert [news.handle for news in told.plans] == ["badge-printer", "parking-lots", "lunches"]
    assert told.person == "U1"
    assert told.plans[1].id == mine

    await life.review(others, march(4))
    told = await composed(database, march(4), channel="U1", person="U1")
    assert [news.handle for news in told.plans[:2]] == ["badge-printer", "rooms"], "it waits for whom the channel names"
    assert (await composed(database, march(4), channel="U8", person="U8")).empty
