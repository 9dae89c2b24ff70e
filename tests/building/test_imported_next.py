"""A file that comes after a delivery: reviewed and approved like the first, built on a branch beside people's work."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.repository.git import Commit, Repository
from bot.store.database import Database
from bot.store.tables import DocumentRevision
from bot.verification.sandbox import Level, Sandbox
from bot.workflow.documents import latest_revisions
from bot.workflow.erasure import forget_person
from bot.workflow.imports import imported_plan_of
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent, review_of
from bot.workflow.scrubbed_imports import given_by
from bot.workflow.stages import Hold, PlanStage
from bot.workflow.taking_back import forget_change
from tests.building.imported_team import MARA, Team
from tests.stand_ins.foreign_script import answer
from tests.stand_ins.model import ModelStandIn

FIRST = "- [ ] 1. Checkpoint:human-action - order the signs\n"
NEXT = (
    "- [ ] 1. Checkpoint:human-action - order the signs\n"
    "- [ ] 2. Checkpoint:human-action - hang them up\n"
    "- [ ] 3. Checkpoint:decision - which colour?\n"
)
BY_HAND = Commit(
    message="Count the spots",
    author_name="Jon",
    author_email="jon@example.org",
    date=datetime(2026, 11, 20, tzinfo=UTC),
    files={"app/spots.py": b"SPOTS = 12\n", "by-hand.md": b"Ours.\n"},
)


@pytest.fixture
def team(database: Database, tmp_path: Path, cache: Path) -> Team:
    """Give a team without a model."""
    return Team(database, tmp_path, cache, Sandbox(Level.TRUSTED_ONLY, "none in this test"))


async def deliver_first(team: Team) -> Repository:
    """Have the first file delivered; return the remote, in which Jon has edited main since."""
    await team.give("tasks.md", FIRST)
    await team.approve()
    await team.build()
    await team.work()
    await team.answer("done")
    plan = await team.work()
    assert plan.stage == PlanStage.DELIVERED, plan.hold_reason
    there = Repository(Path(plan.push_url))
    await there.commit("main", plan.pushed_commit, BY_HAND)
    return there


async def begin(team: Team, file: str, text: str) -> None:
    """Have the next file approved and its build begun."""
    await team.give_newer(file, text)
    await team.approve()
    await team.build()


async def test_the_next_file_is_built_on_a_branch_and_merged_by_people(team: Team) -> None:
    there = await deliver_first(team)
    main = await there.head("main")
    before = (await team.steps())["task 1"]
    await begin(team, "tasks.md", NEXT)

    plan = await team.work()

    assert (plan.stage, plan.hold, plan.hold_reason[:2]) == (PlanStage.BUILDING, Hold.WAITING, "2 "), plan.hold_reason
    assert await there.head("main") == main
    assert await there.head("planthread/change-1") == (await team.change(1)).commit, "people can look at it"
    await team.answer("done")
    await team.work(team.builder())
    await team.answer("blue", addressed=True)
    plan = await team.work()
    assert (plan.stage, plan.hold) == (PlanStage.DELIVERED, None), plan.hold_reason
    assert await there.head("main") == main, "main moves by people's deed only"
    steps = await team.steps()
    assert (steps["task 1"].commit, steps["task 1"].evidence) == (before.commit, before.evidence)
    assert steps["task 3"].evidence["checks"][0]["tail"].endswith("→ blue")
    change = await team.change(1)
    assert change.base_main == main
    assert (await team.messages()).count("change") == 1

    plan = await team.merge(1)

    head = await there.head("main")
    assert (head, plan.stage) == (plan.pushed_commit, PlanStage.DELIVERED)
    assert head is not None
    files = await there.read_tree(head)
    assert files["app/spots.py"] == b"SPOTS = 12\n"
    assert files[".planning/tasks.md"] == NEXT.replace("[ ]", "[x]").encode()
    assert all([await there.is_ancestor(step.commit or "", head) for step in steps.values()])


async def test_a_question_of_the_next_file_is_not_answered_by_that_of_the_first(team: Team) -> None:
    await deliver_first(team)
    await begin(team, "tasks.md", "- [ ] 1. Checkpoint:human-action - pay for the signs\n")

    plan = await team.work()

    assert (plan.stage, plan.hold) == (PlanStage.BUILDING, Hold.WAITING)
    assert "pay for the signs" in (await team.asked()).question.text
    assert (await team.messages()).count("checkpoint") == 2
    await team.answer("done")
    assert (await team.work()).stage == PlanStage.DELIVERED


async def test_what_people_push_to_the_branch_while_a_question_waits_stays(team: Team) -> None:
    there = await deliver_first(team)
    await begin(team, "tasks.md", NEXT)
    await team.work()
    branch = "planthread/change-1"
    files = {"theirs.md": b"Here.\n"}
    theirs = await there.commit(branch, await there.head(branch), BY_HAND.model_copy(update={"files": files}))
    await team.answer("done")
    await team.work()
    await team.answer("blue", addressed=True)

    plan = await team.work()

    assert (plan.stage, plan.hold) == (PlanStage.DELIVERED, None), plan.hold_reason
    tip = (await team.change(1)).commit
    assert tip == await there.head(branch)
    assert await there.is_ancestor(theirs, tip or "")
    assert await there.file(tip or "", "theirs.md") == b"Here.\n"


async def test_a_run_that_is_killed_before_it_notes_its_push_makes_the_same_commits(team: Team) -> None:
    there = await deliver_first(team)
    await begin(team, "tasks.md", NEXT)
    await team.work()
    pushed = (await team.change(1)).commit
    async with team.database.write() as session:
        change = await session.merge(await team.change(1))
        change.commit = None
    await team.answer("done")
    await team.work(team.builder())
    await team.answer("blue", addressed=True)

    plan = await team.work(team.builder())

    assert (plan.stage, plan.hold) == (PlanStage.DELIVERED, None), plan.hold_reason
    tip = (await team.change(1)).commit or ""
    assert tip == await there.head("planthread/change-1")
    assert await there.is_ancestor(pushed or "", tip)
    merges = [each for each in await there.log(tip, 50) if len(each.parents) > 1]
    assert merges == []


async def test_the_file_after_one_that_nobody_merged_is_made_upon_it(team: Team) -> None:
    there = await deliver_first(team)
    await begin(team, "02-01-PLAN.md", plan_of("pay"))
    await team.work()
    await team.answer("done")
    assert (await team.work()).stage == PlanStage.DELIVERED
    await begin(team, "02-02-PLAN.md", plan_of("hang"))
    await team.work()
    await team.answer("done")

    plan = await team.work()

    assert plan.stage == PlanStage.DELIVERED, plan.hold_reason
    first, second = await team.change(1), await team.change(2)
    assert second.base_main == first.commit
    tree = await there.paths(second.commit or "")
    assert {".planning/tasks.md", "by-hand.md"} <= set(tree)
    assert [path.rpartition("/")[2] for path in tree if path.endswith("PLAN.md")] == ["02-01-PLAN.md", "02-02-PLAN.md"]


def plan_of(action: str) -> str:
    """Return a PLAN.md with something for a person to do."""
    return (
        f"<objective>\n{action.title()} them\n</objective>\n<tasks>\n"
        f'<task type="checkpoint:human-action"><action>{action} them</action></task>\n</tasks>\n'
    )


async def test_the_review_says_which_files_are_there_and_which_people_edited(team: Team) -> None:
    await deliver_first(team)
    text = (
        "- [ ] 1. Count\n  - Files: `app/spots.py`, `.planning-notes/x.md`, `app/new.py`\n"
        "  - Verify: `pytest tests/test_spots.py`\n"
    )

    await team.give_newer("tasks.md", text)

    async with team.database.read() as session:
        plan = await team.row(session)
        content = ReviewContent.model_validate((await review_of(session, plan, plan.review)).content)
    assert content.files_there == ("app/spots.py",)
    assert content.files_edited == ("app/spots.py",)


async def test_a_file_that_is_not_approved_can_be_forgotten(team: Team) -> None:
    await deliver_first(team)
    await team.give_newer("tasks.md", NEXT)
    async with team.database.write() as session:
        said = await forget_change(session, await team.row(session), MARA, team.key())

    assert said.startswith("Forgotten")
    async with team.database.read() as session:
        plan = await team.row(session)
        assert plan.stage == PlanStage.DELIVERED
        assert (await imported_plan_of(session, plan)).text == FIRST
        assert (await latest_revisions(session, plan))["imported_plan"].revision == 3
        assert [row.revision for row in await given_by(session, plan, MARA)] == [1, 2, 3]
    with pytest.raises(Refused, match="nothing changed"):
        await team.give_newer("tasks.md", FIRST)
    await begin(team, "tasks.md", NEXT)
    assert (await team.work()).hold == Hold.WAITING


async def test_who_gave_the_next_file_is_forgotten_with_it_and_what_was_delivered_stays(team: Team) -> None:
    await deliver_first(team)
    await team.give_newer("tasks.md", NEXT, "U0JON")

    async with team.database.write() as session:
        await forget_person(session, "T1", "U0JON")

    async with team.database.read() as session:
        plan = await team.row(session)
        assert (plan.stage, plan.hold) == (PlanStage.DELIVERED, None)
        assert (await imported_plan_of(session, plan)).text == FIRST
        revisions = (await session.scalars(select(DocumentRevision).order_by(col(DocumentRevision.revision)))).all()
    assert [row.text for row in revisions] == [FIRST, "", FIRST]


@pytest.mark.sandbox
@pytest.mark.environment
async def test_code_is_written_upon_what_people_edited_and_told_what_the_repository_is_made_with(
    database: Database, tmp_path: Path, cache: Path
) -> None:
    test = "from app.free import FREE\n\n\ndef test_free() -> None:\n    assert FREE == 10\n"
    files = {"app/free.py": "from app.spots import SPOTS\n\nFREE = SPOTS - 2\n", "tests/test_free.py": test}
    script = {"imported_task": [answer(files)]}
    text = (
        "- [ ] 1. Free spots\n  - Files: `app/free.py`, `tests/test_free.py`\n  - Verify: `pytest tests/test_free.py`\n"
    )
    with ModelStandIn(script) as model:
        team = Team(database, tmp_path, cache, await Sandbox.probe(), model)
        there = await deliver_first(team)
        await begin(team, "tasks.md", text)

        plan = await team.work()

        assert (plan.stage, plan.hold) == (PlanStage.DELIVERED, None), plan.hold_reason
        assert "SPOTS = 12" in model.prompts()[-1]
        assert "What the repository is made with" in model.prompts()[-1]
        assert "repository: " in model.prompts()[-1]
    step = (await team.steps())["task 1"]
    assert [check["word"] for check in step.evidence["checks"]] == ["python-syntax", "pytest tests/test_free.py"]
    assert await there.is_ancestor(step.commit or "", (await team.change(1)).commit or "")


class Killed(BaseException):
    """The process is gone."""


async def test_a_build_that_is_killed_before_every_write_makes_each_commit_and_message_once(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = await deliver_first(team)
    await begin(team, "tasks.md", NEXT)
    write, left = team.database.write, [0]

    def counted() -> object:
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return write()

    kills = 0
    for run in range(200):
        left[0] = run % 6
        monkeypatch.setattr(team.database, "write", counted)
        try:
            plan = await team.work(team.builder())
        except Killed:
            kills += 1
            continue
        finally:
            monkeypatch.undo()
        if plan.stage == PlanStage.DELIVERED:
            break
        await team.answer("done" if "hang" in (await team.asked()).question.text else "blue", addressed=True)

    change = await team.change(1)
    assert (await team.plan()).stage == PlanStage.DELIVERED
    assert kills >= 10
    assert await there.head("planthread/change-1") == change.commit
    made = []
    for commit in await there.log(change.commit or "", 50):
        if commit.hash == change.base_main:
            break
        made.append(commit.subject)
    assert len(made) == len(set(made)) == 3
    messages = await team.messages()
    assert (messages.count("checkpoint"), messages.count("change")) == (3, 1)
