"""What a digest says about the plans of a channel."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.digests.composition import Digest, ExpectedStep, Standing, compose
from bot.store.database import Database
from bot.workflow.builds import leave_open, load_steps
from bot.workflow.planning_run import block
from bot.workflow.plans import stop
from bot.workflow.stages import PlanStage, move
from tests.digests.conftest import Life, happened, the


def march(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


async def composed(database: Database, since: datetime, channel: str = "C1") -> Digest:
    async with database.read() as session:
        return await compose(session, "T1", channel, since)


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


async def test_only_commits_that_were_pushed_are_links(life: Life, database: Database) -> None:
    plan = await life.start(march(1))
    await life.review(plan, march(2))
    await life.approve(plan, march(3))
    await life.tick(plan, "task 1.1", "a1", march(3))
    await life.tick(plan, "task 1.2", "b2", march(3))
    await life.push(plan, "a1", march(3))

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
