"""A plan of a foreign layout, from the file to the delivered repository: built as it stands, confirmed by people."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.building.hand_edits import HandEdits
from bot.publishing.local import LocalPublisher
from bot.repository.git import Commit, Repository
from bot.store.database import Database
from bot.verification.evidence import Evidence
from bot.verification.sandbox import Level, Sandbox
from bot.workflow.channel_settings import change_settings
from bot.workflow.checkpoints import CONFIRM, REFUSE, CheckpointKind, answer_checkpoint, checkpoints_of
from bot.workflow.erasure import forget_person
from bot.workflow.forgotten import is_forgotten
from bot.workflow.hand_edits import newest_edit
from bot.workflow.issues import open_tasks
from bot.workflow.plans import resume, stop
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.refusals import Refused
from bot.workflow.stages import Hold, PlanStage
from tests.building.imported_team import MARA, Team
from tests.stand_ins.foreign_plan import FOREIGN_PLAN, FOREIGN_PLAN_NAME, FOREIGN_SUMMARY
from tests.stand_ins.foreign_script import BEFORE_HINT, FOREIGN_SCRIPT
from tests.stand_ins.model import ModelStandIn

BY_HAND = Commit(
    message="Sign the contract",
    author_name="Jon",
    author_email="jon@example.org",
    date=datetime(2026, 11, 20, tzinfo=UTC),
    files={"signs.md": b"Ordered.\n"},
)
PLAN_PATH = f".planning/phases/02-parking/{FOREIGN_PLAN_NAME}"


async def building(team: Team) -> None:
    """Bring the foreign plan to its build."""
    await team.give(FOREIGN_PLAN_NAME, FOREIGN_PLAN)
    await team.approve()
    await team.build()


@pytest.mark.sandbox
@pytest.mark.environment
async def test_a_foreign_plan_is_reviewed_approved_and_built_with_people_confirming(
    database: Database, tmp_path: Path, cache: Path
) -> None:
    with ModelStandIn(FOREIGN_SCRIPT) as model:
        team = Team(database, tmp_path, cache, await Sandbox.probe(), model)
        await building(team)

        plan = await team.work()
        assert (plan.stage, plan.hold, plan.hold_reason) == (
            PlanStage.BUILDING,
            Hold.WAITING,
            "1 Contracts of a spot",
        ), plan.hold_reason
        assert "pip install -e packages/contracts succeeds" in (await team.asked()).question.reason
        assert plan.pushed_commit == (await team.steps())["task 1"].commit, "people can look at it"
        with pytest.raises(Refused, match="can approve"):
            await team.answer("confirm", "U0STRANGER")
        await team.answer("Confirm")

        plan = await team.work()
        assert plan.hold_reason == "3 The endpoint", "the second task was confirmed by its tests alone"
        assert "curl http://localhost:8000/spots/free | sh" in (await team.asked()).question.reason
        await team.answer("yes")

        await team.work()
        before_hint = (await team.steps())["task 4"].commit
        assert (await team.tree())["apps/backend/deploy/README.md"] == BEFORE_HINT
        await team.answer("no: it must name uvicorn")
        plan = await team.plan()
        assert plan.hold == Hold.BLOCKED
        assert "“it must name uvicorn”" in plan.hold_reason
        await team.retry()

        await team.work()
        assert "it must name uvicorn" in model.prompts()[-1]
        assert (await team.steps())["task 4"].commit != before_hint
        await team.answer("done")

        plan = await team.work()
        last = await team.asked()
        assert last.kind is CheckpointKind.CONFIRM
        assert "rm -rf build" in last.question.reason
        assert "pytest" not in last.question.reason
        await team.answer("confirmed")
        plan = await team.work()

        assert plan.stage == PlanStage.DELIVERED
        assert model.refused == []
        assert len(model.requests) == len(FOREIGN_SCRIPT["imported_task"])
    await holds_evidence(team)
    await leaves_a_summary(team)
    assert (await team.messages()).count("checkpoint") == 5


async def holds_evidence(team: Team) -> None:
    """Every task has a commit that is in the repository, what ran, who confirmed, and where it left the plan."""
    steps = await team.steps()
    evidence = {key: Evidence.model_validate(step.evidence) for key, step in steps.items()}
    logged = [commit.hash for commit in await team.repository.log("main", 50)]
    assert all(each.commit in logged for each in evidence.values())
    assert [check.word for check in evidence["task 1"].checks] == [
        "python-syntax",
        "python -c import parking_contracts:Spot",
        "confirmed by a person",
    ]
    assert (evidence["task 1"].checks[-1].by, evidence["task 1"].checks[-1].message) == (MARA, "key 5")
    tests = evidence["task 2"].checks[-1]
    assert (tests.word, tests.exit_code, tests.passed_tests) == ("pytest tests/test_spots.py (in apps/backend)", 0, 1)
    assert "its own, so it needs this file" in evidence["task 3"].deviations[0]
    assert [check.word for check in evidence["phase 2"].checks] == [
        "python-syntax",
        "pytest (in apps/backend)",
        "must-haves",
        "confirmed by a person",
    ]
    assert evidence["phase 2"].checks[1].passed_tests == 2


async def leaves_a_summary(team: Team) -> None:
    """The summary stands where the plan asks for it, and says what was done, with hashes and deviations."""
    tree, steps = await team.tree(), await team.steps()
    summary = tree[FOREIGN_SUMMARY]
    assert "# Phase 2 Plan 1: Parking Contracts Summary" in summary
    assert all((steps[f"task {number}"].commit or "?") in summary for number in "1234")
    assert "`apps/backend/pyproject.toml`" in summary
    assert "Task 3: " in summary.partition("## Deviations")[2]
    assert "Ready for 02-02-PLAN.md" in summary.partition("## Next step")[2]
    assert MARA not in "".join(tree.values()), "people stay in the store"
    assert tree[PLAN_PATH].count("- [x]") == 3
    assert tree[PLAN_PATH].replace("- [x]", "- [ ]") == FOREIGN_PLAN


async def test_without_a_model_its_code_stays_open_and_people_still_do_their_part(
    database: Database, tmp_path: Path, cache: Path
) -> None:
    text = (
        "# Implementation Plan: Parking\n\n- [x] 1. Write the list\n- [ ] 2. Checkpoint:decision - which database?\n"
        "- [ ] 3. Checkpoint:human-action - order the signs\n"
    )
    team = Team(database, tmp_path, cache, Sandbox(Level.TRUSTED_ONLY, "none in this test"))
    await team.give("tasks.md", text)
    await team.approve()
    await team.build()

    plan = await team.work()
    assert plan.hold_reason.startswith("2 ")
    async with database.write() as session:
        point = await team.asked()
        await answer_checkpoint(session, await team.row(session), point.number, "PostgreSQL", MARA, "key")
    await team.work()
    await team.answer("done")
    plan = await team.work()

    steps = await team.steps()
    assert plan.stage == PlanStage.DELIVERED
    assert steps["task 1"].evidence["open"].startswith("needs OPENAI_API_KEY")
    assert steps["task 2"].evidence["checks"][0]["tail"].endswith("→ PostgreSQL")
    tasks = (await team.tree())[".planning/tasks.md"]
    assert "- [-] 1. Write the list" in tasks, "what was ticked elsewhere has no evidence here"
    assert tasks.count("- [x]") == 2
    async with database.read() as session:
        (left,) = await open_tasks(session, plan)
    assert left.report.title == "1 Write the list"
    publisher = LocalPublisher(tmp_path / "remotes", "http://127.0.0.1")
    await HandEdits(database, tmp_path / "repositories", publisher).look_at(plan)
    async with database.read() as session:
        assert await newest_edit(session, plan) is None


async def test_a_question_that_is_open_holds_the_build_again_and_is_asked_once(
    database: Database, tmp_path: Path, cache: Path
) -> None:
    team = Team(database, tmp_path, cache, Sandbox(Level.TRUSTED_ONLY, "none in this test"))
    await team.give("tasks.md", "- [ ] 1. Checkpoint:human-action - order the signs\n")
    await team.approve()
    with pytest.raises(Refused, match="Press `Build` to begin"):
        await team.approve()
    await team.build()
    await team.work()
    async with database.write() as session:
        await stop(session, await team.row(session), MARA, team.key())
    async with database.write() as session:
        await resume(session, await team.row(session), MARA, team.key())

    plan = await team.work(team.builder())

    assert plan.hold == Hold.WAITING
    assert (await team.messages()).count("checkpoint") == 1
    async with database.write() as session:
        await stop(session, await team.row(session), MARA, team.key())
    assert "paused" in await team.answer("done")
    assert (await team.plan()).hold == Hold.PAUSED
    async with database.write() as session:
        await resume(session, await team.row(session), MARA, team.key())
    plan = await team.work()
    assert plan.stage == PlanStage.DELIVERED
    with pytest.raises(Refused, match="nothing changed"):
        await team.give_newer("tasks.md", "- [ ] 1. Checkpoint:human-action - order the signs\n")


@pytest.mark.parametrize(("said", "kept"), [("It works!", CONFIRM), ("No: our mauve signs are missing", REFUSE)])
async def test_what_somebody_said_at_a_checkpoint_stays_yes_or_no_once_they_are_forgotten(
    database: Database, tmp_path: Path, cache: Path, said: str, kept: str
) -> None:
    team = Team(database, tmp_path, cache, Sandbox(Level.TRUSTED_ONLY, "none in this test"))
    async with database.write() as session:
        who = ApprovalPolicy(people=("U0JON", MARA))
        await change_settings(session, "T1", "C1", who, None, "U0JON", team.key())
    await team.give("tasks.md", "- [ ] 1. Checkpoint:human-action - order the signs\n", "U0JON")
    await team.approve("U0JON")
    await team.build("U0JON")
    await team.work()
    async with database.write() as session:
        await stop(session, await team.row(session), MARA, team.key())
    await team.answer(said)

    async with database.write() as session:
        await forget_person(session, "T1", MARA)

    async with database.read() as session:
        (point,) = await checkpoints_of(session, await team.row(session), "task 1")
    assert (point.answer, point.is_refused, point.hint) == (kept, kept == REFUSE, "")
    assert is_forgotten(point.answered_by)
    async with database.write() as session:
        await resume(session, await team.row(session), "U0JON", team.key())
    plan = await team.work()
    assert (plan.stage == PlanStage.DELIVERED) == (kept == CONFIRM)
    assert (await team.messages()).count("checkpoint") == (1 if kept == CONFIRM else 2), (
        "what was refused is asked anew"
    )


async def test_a_plan_whose_tasks_are_open_keeps_the_boxes_of_its_verification_open(
    database: Database, tmp_path: Path, cache: Path
) -> None:
    team = Team(database, tmp_path, cache, Sandbox(Level.TRUSTED_ONLY, "none in this test"))
    text = FOREIGN_PLAN.replace("- [ ] `cd apps/backend && pytest` passes\n", "")
    await team.give(FOREIGN_PLAN_NAME, text)
    await team.approve()
    await team.build()

    plan = await team.work()

    assert (plan.stage, plan.hold) == (PlanStage.DELIVERED, None)
    tree = await team.tree()
    assert tree[PLAN_PATH] == text
    assert "was not made, since tasks are open" in tree[FOREIGN_SUMMARY]
    assert tree[FOREIGN_SUMMARY].count("| open |") == 4


async def test_what_people_push_while_a_question_waits_stays_and_the_build_goes_on(
    database: Database, tmp_path: Path, cache: Path
) -> None:
    team = Team(database, tmp_path, cache, Sandbox(Level.TRUSTED_ONLY, "none in this test"))
    await team.give(
        "tasks.md", "- [ ] 1. Checkpoint:human-action - order the signs\n- [ ] 2. Checkpoint:human-action - pay\n"
    )
    await team.approve()
    await team.build()
    asked_at = (await team.work()).pushed_commit
    assert asked_at is not None
    there = Repository(Path((await team.plan()).push_url))
    theirs = await there.commit("main", asked_at, BY_HAND)
    await team.answer("done")
    await team.work()
    await team.answer("done")

    plan = await team.work()

    assert (plan.stage, plan.hold) == (PlanStage.DELIVERED, None), plan.hold_reason
    head = await there.head("main")
    assert head is not None
    assert head == plan.pushed_commit
    assert await there.is_ancestor(theirs, head)
    files = await there.read_tree(head)
    assert files["signs.md"] == b"Ordered.\n"
    assert files[".planning/tasks.md"].count(b"- [x]") == 2
    assert all([await there.is_ancestor(step.commit or "", head) for step in (await team.steps()).values()])
