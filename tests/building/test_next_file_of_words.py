"""A file that is dropped once a plan made from words is delivered: built upon it, and the plan keeps its own."""

from __future__ import annotations

import pytest

from bot.store.tables import Change, DocumentRevision
from bot.workflow.builds import own_steps
from bot.workflow.changes import delivered_documents
from bot.workflow.documents import document_texts, documents_so_far
from bot.workflow.erasure import forget_person
from bot.workflow.evidence import requirement_states
from bot.workflow.exports import export_of
from bot.workflow.issues import open_tasks
from bot.workflow.planning_input import planning_input
from bot.workflow.refusals import Refused
from tests.building.test_changes import Delivery, Judges, judges, office
from tests.building.words_team import (
    CHECKLIST,
    COLOUR,
    SIGNS,
    answer_build,
    approve_and_build,
    branch_file,
    drop,
    press_both,
    say_to_build,
)
from tests.git_commands import git
from tests.workflow.conftest import database
from tests.workflow.office import ADA, JON, MARA

__all__ = ["database", "judges", "office"]

GIVEN = ".planning/given/change-1/tasks.md"
ANSWERS = ("done", "blue")
OPEN = "Print the opening hours"


async def built(office: Delivery, text: str = CHECKLIST) -> None:
    """Have a file built until people are asked to merge it."""
    await drop(office, "tasks.md", text)
    await approve_and_build(office)
    plan = await say_to_build(office, *ANSWERS)
    assert (plan.stage, plan.hold) == ("delivered", None), plan.hold_reason


async def test_a_file_is_built_beside_people_s_work_and_the_plan_s_documents_stay(
    office: Delivery, judges: Judges
) -> None:
    office.edit("README.md", "#", "By hand.\n\n#")
    main = git(office.clone, "rev-parse", "HEAD")
    async with office.database.read() as session:
        plan = await office.plan()
        before, ticked = await delivered_documents(session, plan), await own_steps(session, plan.id)
    judged = len(judges.asked)
    await drop(office, "tasks.md", CHECKLIST)

    assert (await approve_and_build(office)).hold_reason.startswith("1 ")
    plan = await say_to_build(office, *ANSWERS)

    assert (plan.stage, plan.hold) == ("delivered", None), plan.hold_reason
    assert len(judges.asked) == judged, "the service that was delivered is not built again"
    branch = "planthread/change-1"
    assert branch_file(office.clone, branch, GIVEN).count("[x]") == 2
    assert branch_file(office.clone, branch, "README.md").startswith("By hand.")
    for path in ("tasks.md", "requirements.md", "entity_specs.txt"):
        assert branch_file(office.clone, branch, f".planning/{path}") == git(
            office.clone, "show", f"{main}:.planning/{path}"
        )
    (change,) = await office.changes()
    assert (change.base_main, change.by_file) == (main, True)
    assert [step.title for step in await office.steps() if step.key.startswith("task")] == [SIGNS, COLOUR]
    async with office.database.read() as session:
        assert await delivered_documents(session, plan) == before == await documents_so_far(session, plan)
        assert await own_steps(session, plan.id) == ticked
        states = await requirement_states(session, plan)
        assert all(each.done == len(each.criteria) for each in states)
        assert "[ ]" not in (await export_of(session, plan, "tasks")).files["tasks.md"].decode()
        assert list(await document_texts(session, plan)) == [
            "imported_plan", "requirements", "entity_specs", "task_plan",
        ]  # fmt: skip

    await office.merge()

    office.pull()
    assert (office.clone / GIVEN).read_text().count("[x]") == 2
    assert (office.clone / "README.md").read_text().startswith("By hand.")
    assert (await office.changes())[0].merged_commit == git(office.clone, "rev-parse", "HEAD")


async def test_the_change_that_is_said_after_a_file_is_made_from_the_plan_s_own_documents(
    office: Delivery, judges: Judges
) -> None:
    async with office.database.read() as session:
        ticked = {step.title: step.commit for step in await own_steps(session, office.plan_id)}
    await built(office, f"{CHECKLIST}- [ ] 3. {OPEN}\n")
    assert [task.title for task in (await office.overview()).left_open] == [OPEN], "no model is there to write it"
    async with office.database.read() as session:
        heard = await planning_input(session, await office.plan())
        assert [task.title for task in await open_tasks(session, await office.plan())] == [OPEN]
    assert heard.earlier is not None
    assert heard.changes == ()
    assert all("signs" not in said.text and "as it stands" not in said.text for said in heard.messages)
    assert all("colour" not in answer.question.text for answer in heard.answers)

    content = await office.asked("add a subtitle to books")

    assert content.radius is not None
    assert content.radius.fields.new == ("Book.subtitle",)
    assert content.radius.fields.gone == ()
    assert content.since_delivery is not None or content.changes
    assert (await office.review()).documents.keys() == {"requirements", "entity_specs", "task_plan"}
    await office.approve((await office.plan()).review)
    await office.run()

    plan = await office.plan()
    assert (plan.stage, plan.hold) == ("delivered", None), plan.hold_reason
    first, second = await office.changes()
    assert (second.base_main, second.by_file) == (first.commit, False), "it is made upon the file that nobody merged"
    touched = {*content.radius.tasks.new, *content.radius.tasks.changed}
    for step in await office.steps():
        if step.key.startswith("task") and step.number not in touched:
            assert step.commit == ticked[step.title], step.title
    branch = "planthread/change-2"
    assert branch_file(office.clone, branch, GIVEN).count("[x]") == 2
    assert "subtitle" in branch_file(office.clone, branch, ".planning/entity_specs.txt")
    assert "subtitle" in branch_file(office.clone, branch, "app/models/book.py")
    async with office.database.read() as session:
        assert [task.title for task in await open_tasks(session, plan)] == [OPEN], "it is still left to people"


async def test_the_file_after_a_said_change_that_nobody_merged_is_made_upon_it(
    office: Delivery, judges: Judges
) -> None:
    await office.asked("add a subtitle to books")
    await office.approve((await office.plan()).review)
    await office.run()
    (first,) = await office.changes()
    assert first.merged_commit is None

    await built(office)
    with pytest.raises(Refused, match="nothing changed"):
        await drop(office, "tasks.md", CHECKLIST)

    _, second = await office.changes()
    assert second.base_main == first.commit
    branch = "planthread/change-2"
    assert "subtitle" in branch_file(office.clone, branch, "app/models/book.py")
    assert "[x]" in branch_file(office.clone, branch, ".planning/given/change-2/tasks.md")
    async with office.database.read() as session:
        assert "subtitle" in (await document_texts(session, await office.plan()))["entity_specs"]
    await office.merge(2)
    office.pull()
    assert "subtitle" in (office.clone / "app/models/book.py").read_text()


async def test_the_giver_is_forgotten_and_the_plan_keeps_its_own(office: Delivery, judges: Judges) -> None:
    await built(office)
    async with office.database.read() as session:
        before, ticked = await documents_so_far(session, await office.plan()), await own_steps(session, office.plan_id)
    await drop(office, "tasks.md", CHECKLIST.replace("signs", "zephyrs"), ADA)
    await approve_and_build(office, ADA)
    assert (await office.plan()).stage == "building"

    async with office.database.write() as session:
        await forget_person(session, "T1", ADA)

    plan = await office.plan()
    assert (plan.stage, plan.hold, plan.run_stage) == ("delivered", None, None)
    assert [row.text for row in await office.rows(DocumentRevision) if row.document == "imported_plan"] == [
        CHECKLIST,
        "",
    ]
    assert [bool(change.forgotten_by) for change in await office.changes()] == [False, True]
    async with office.database.read() as session:
        assert await documents_so_far(session, plan) == before
        assert await own_steps(session, plan.id) == ticked
    assert [step.title for step in await office.steps() if step.key.startswith("task")] == [SIGNS, COLOUR]
    assert "zephyrs" not in str([row.model_dump() for row in await office.rows(Change)])
    await office.asked("add a subtitle to books", JON)
    await office.approve((await office.plan()).review, person=MARA)
    await office.run()
    assert (await office.plan()).stage == "delivered"
    assert (await office.changes())[-1].base_main == (await office.changes())[0].commit


class Killed(BaseException):
    """The process is gone."""


async def test_killed_before_every_write_it_makes_each_commit_and_message_once(
    office: Delivery, judges: Judges, monkeypatch: pytest.MonkeyPatch
) -> None:
    await drop(office, "tasks.md", CHECKLIST)
    write, left, kills = office.database.write, [10**9], 0

    def counted() -> object:
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return write()

    await press_both(office)
    for run in range(200):
        left[0] = run % 6
        monkeypatch.setattr(office.database, "write", counted)
        try:
            await office.run()
        except Killed:
            kills += 1
            continue
        finally:
            monkeypatch.setattr(office.database, "write", write)
        plan = await office.plan()
        if plan.stage == "delivered":
            break
        await answer_build(office, "done" if plan.hold_reason.startswith("1 ") else "blue")

    (change,) = await office.changes()
    assert (plan.stage, kills >= 10) == ("delivered", True)
    git(office.clone, "fetch", "--quiet")
    made = git(office.clone, "log", "--format=%s", f"{change.base_main}..origin/planthread/change-1").splitlines()
    assert len(made) == len(set(made)) == 3, made
