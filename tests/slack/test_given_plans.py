"""A dropped checklist is built as it stands: two gates, checkpoints by button and by word, through the real app."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.app.serving import background
from bot.building.build_run import BuildFolders, BuildRun
from bot.publishing.local import LocalPublisher
from bot.slack.home import home_of, opened_plan
from bot.store.database import Database
from bot.store.tables import Approval, MessageEdit, Plan, PlanQuestion, Step
from bot.verification.sandbox import Level, Sandbox
from bot.workflow.ports import Stage
from tests.local_workspace.driving import PATIENCE_SECONDS, Json, PersonAtWork
from tests.slack.at_work import rows, started, told
from tests.slack.running import RunningBot, buttons_of, press, shown
from tests.stand_ins.foreign_plan import FOREIGN_PLAN, FOREIGN_PLAN_NAME, FOREIGN_SUMMARY
from tests.workflow.office import Office, ScriptedPlanner

TASKS = (
    b"# Implementation Plan: Parking\n\n- [x] 1. Write the list\n- [ ] 2. Checkpoint:human-action - order the signs\n"
    b"- [ ] 3. Checkpoint:human-verify - look at the list <!channel> *now*\n"
)
NEWER = TASKS + b"- [ ] 4. Paint the lines\n"


@pytest.fixture
async def building(bot: RunningBot, database: Database, tmp_path: Path) -> AsyncIterator[RunningBot]:
    """Give the bot with a builder that has no model and no sandbox, beside it."""
    folders = BuildFolders(repositories=tmp_path / "r", work=tmp_path / "w", cache=tmp_path / "c")
    publisher = LocalPublisher(tmp_path / "remotes", "http://127.0.0.1")
    builder = BuildRun(database, folders, publisher, Sandbox(Level.TRUSTED_ONLY, "none in this test"), None)
    async with background(build_at_once(database, builder)):
        yield bot


async def build_at_once(database: Database, builder: BuildRun) -> None:
    """Let the builder work on whatever is wanted."""
    awake = asyncio.Event()
    database.on_commit(awake.set)
    while True:
        awake.clear()
        async with database.read() as session:
            query = select(Plan).where(col(Plan.run_stage) == Stage.BUILD, col(Plan.hold).is_(None))
            wanted = [(plan.id, plan.run_attempt) for plan in (await session.scalars(query)).all()]
        for plan_id, attempt in wanted:
            await builder.run(plan_id, attempt)
        await awake.wait()


async def message_with(bot: RunningBot, person: PersonAtWork, words: str, button: str = "") -> Json:
    """Wait for a message of the newest plan's thread that says these words, and has this button."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            for message in await bot.thread(person) if await bot.plans() else []:
                if (
                    not message["only_for"]
                    and words in shown(message)
                    and (not button or button in buttons_of(message))
                ):
                    return message
            await asyncio.sleep(0.02)


async def in_review(bot: RunningBot, mara: PersonAtWork) -> Plan:
    """Drop the checklist, and wait for its review."""
    await mara.drop({"tasks.md": TASKS}, "@planthread")
    return await bot.settled("in review")


async def test_other_words_of_the_message_with_the_file_change_nothing(bot: RunningBot, mara: PersonAtWork) -> None:
    message = await mara.drop({"tasks.md": TASKS}, "@planthread")
    plan = await bot.settled("in review")
    edit = {"channel": "general", "ts": message["ts"], "text": "@planthread a library: books with a title"}
    assert (await mara.do("messages/edit", **edit))["ok"]
    await told(mara, "is built as its file says", plan.thread or "")
    assert not await rows(bot, MessageEdit)
    (after,) = await bot.plans()
    assert (after.stage, after.run_stage, after.review) == ("in review", None, 1)


async def test_a_dropped_checklist_goes_through_both_gates_and_both_checkpoints(
    building: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    plan = await in_review(building, mara)
    review = await message_with(building, mara, "for review", "Approve")
    assert "built as `tasks.md` says" in shown(review)
    assert "ticked elsewhere, no evidence here" in shown(review)
    assert "a person acts" in shown(review)
    assert "&lt;!channel&gt;" in shown(review)
    assert "Build" not in buttons_of(review)
    await press(mara, review, "Approve")
    approved = await message_with(building, mara, "presses `Build` to begin", "Build")
    async with building.database.read() as session:
        home = await home_of(session, plan.workspace, plan.starter)
        opened = await opened_plan(session, await session.get_one(Plan, plan.id), plan.channel, plan.starter)
    assert [wait.plan.id for wait in home.waiting] == [plan.id]
    assert buttons_of({"blocks": opened})["Build"]["value"] == buttons_of(approved)["Build"]["value"]
    await press(jon, approved, "Build")
    await told(jon, "can approve this plan", plan.thread or "")
    await mara.say("build", thread_ts=plan.thread)

    asked = await message_with(building, mara, "order the signs", "Confirm")
    assert "waits for an answer" in shown((await building.thread(mara))[0])
    async with building.database.read() as session:
        home = await home_of(session, plan.workspace, plan.starter)
    assert [wait.plan.id for wait in home.waiting] == [plan.id]
    alone = (await mara.plan("show"))["message"]
    assert list(buttons_of(asked)) == ["Confirm", "It isn't right"]
    await press(mara, alone, "Confirm")
    looked = await message_with(building, mara, "look at the list &lt;!channel&gt;", "It isn't right")
    await mara.say("no: the second row is missing", thread_ts=plan.thread)
    problem = await message_with(building, mara, "“the second row is missing”", "Skip")
    assert buttons_of(await message_with(building, mara, "the second row is missing")) is not None
    await press(mara, looked, "Confirm")
    await told(mara, "answered that already", plan.thread or "")
    await press(mara, problem, "Skip")

    await building.settled("delivered")
    steps = {step.key: step for step in await rows(building, Step)}
    assert steps["task 1"].evidence["open"].startswith("needs OPENAI_API_KEY")
    confirmed = steps["task 2"].evidence["checks"][0]
    assert (confirmed["word"], confirmed["by"]) == ("confirmed by a person", "U0MARA")
    assert confirmed["message"].startswith("action/")
    assert steps["task 3"].evidence["open"] == "a person skipped it"
    assert [row.answer for row in await rows(building, PlanQuestion)] == ["Confirm", "no: the second row is missing"]
    card = shown((await building.thread(mara))[0])
    assert "delivered, 1 open" in card, "what a person skipped"
    assert "1 of 2 tasks · 1 more that nothing here can write" in card


async def test_a_newer_version_is_a_new_revision_that_voids_the_approval(
    building: RunningBot, mara: PersonAtWork
) -> None:
    plan = await in_review(building, mara)
    review = await message_with(building, mara, "for review", "Approve")
    await press(mara, review, "Approve")
    old = await message_with(building, mara, "for review", "Build")
    await mara.drop({"tasks.md": NEWER}, thread_ts=plan.thread)

    newer = await message_with(building, mara, "review 2", "Approve")
    assert "1 task new" in shown(newer)
    assert "counts no more" in shown(newer)
    await press(mara, old, "Build")
    await told(mara, "You were looking at review 1", plan.thread or "")
    assert [row.voided_at is None for row in await rows(building, Approval)] == [False]
    await mara.drop({"tasks.md": NEWER.replace(b"[ ] 4", b"[x] 4")}, thread_ts=plan.thread)
    await told(mara, "nothing changed", plan.thread or "")
    await mara.say("why 2.1", thread_ts=plan.thread)
    await told(mara, "is built as its file says", plan.thread or "")


async def test_two_plans_at_once_are_not_guessed_between(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.drop({"a-PLAN.md": b"<tasks><task><name>A</name></task></tasks>", "tasks.md": TASKS}, "@planthread")

    await told(mara, "I build one at a time")
    assert await bot.plans() == []


async def test_the_review_of_a_foreign_plan_says_what_runs_and_what_a_person_confirms(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    await mara.drop({FOREIGN_PLAN_NAME: FOREIGN_PLAN.encode()}, "@planthread")
    await bot.settled("in review")

    words = shown(await message_with(bot, mara, "for review", "Approve"))

    assert "*3 The endpoint*" in words
    assert "runs: `pytest tests/test_main.py (in apps/backend)`" in words
    assert "a person confirms: curl http://localhost:8000/spots/free | sh" in words
    assert "a person confirms: `rm -rf build &amp;&amp; pip install -e .` works" in words
    assert f"It writes `{FOREIGN_SUMMARY}`" in words


async def test_a_file_in_the_thread_of_a_delivered_plan_of_words_is_reviewed_beside_its_documents(
    bot: RunningBot, planner: ScriptedPlanner, database: Database, mara: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    await mara.say("approve", thread_ts=thread)
    await bot.settled("approved")
    office = Office(database, planner)
    office.plan_id = (await bot.plans())[0].id
    await office.deliver()

    await mara.drop({"tasks.md": TASKS}, "@planthread", thread_ts=thread)

    review = await message_with(bot, mara, "review 2", "Approve")
    assert "built as `tasks.md` says" in shown(review)
    assert "on a branch beside main" in shown(review)
    assert "what changed" not in shown(review).lower()
    await press(mara, review, "Approve")
    await press(mara, await message_with(bot, mara, "presses `Build` to begin", "Forget it"), "Build")
    await bot.settled("approved")
    assert [row.document for row in await rows(bot, Approval)][-1] == "imported_plan"


async def test_the_next_file_after_a_delivery_is_reviewed_built_on_a_branch_and_offered(
    building: RunningBot, mara: PersonAtWork
) -> None:
    await mara.drop({"tasks.md": b"- [ ] 1. Checkpoint:human-action - order the signs\n"}, "@planthread")
    plan = await building.settled("in review")
    await press(mara, await message_with(building, mara, "for review", "Approve"), "Approve")
    await press(mara, await message_with(building, mara, "presses `Build` to begin", "Build"), "Build")
    await press(mara, await message_with(building, mara, "order the signs", "Confirm"), "Confirm")
    await building.settled("delivered")
    grown = b"- [ ] 1. Checkpoint:human-action - order the signs\n- [ ] 2. Checkpoint:human-action - hang them up\n"

    await mara.drop({"tasks.md": grown}, "@planthread", thread_ts=plan.thread)

    review = await message_with(building, mara, "review 2", "Forget it")
    assert "on a branch beside main" in shown(review)
    await press(mara, review, "Approve")
    await press(mara, await message_with(building, mara, "presses `Build` to begin", "Forget it"), "Build")
    await press(mara, await message_with(building, mara, "hang them up", "Confirm"), "Confirm")
    await message_with(building, mara, "planthread/change-1", "Merge")
    await building.settled("delivered")
    assert [row.answer for row in await rows(building, PlanQuestion)] == ["Confirm", "Confirm"]
