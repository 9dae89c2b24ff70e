"""Somebody who gave a plan as a file asks to be forgotten: the file goes from the database, and a tombstone stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.planning.imported.plan import ImportedKind
from bot.slack.rendering import render_item
from bot.store.database import Database
from bot.store.tables import OutboxItem, Plan, PlanQuestion, Step
from bot.workflow.approvals import missing
from bot.workflow.approving import approve, approvers
from bot.workflow.erasure import Erased, forget_person
from bot.workflow.imports import imported_plan_of, read_given, revise_imported_plan, start_imported_plan
from bot.workflow.plans import Beginning, plan_by_id
from bot.workflow.reviews import documents_of, review_of
from bot.workflow.scrubbing import REMOVED
from tests.workflow.office import JON, MARA

TASKS = """# Plan: The zephyrous counter

- [ ] 1. Count every quokka
  - Count in the file count.py, in a mauve way
- [ ] 2. Print the whatchamacallit
"""
NEWER = """# Plan: The counter

- [ ] 1. Count things
- [ ] 2. Print the sum
- [ ] 3. Say goodbye
"""
WORDS = ("zephyrous", "quokka", "mauve", "whatchamacallit", MARA)
"""What only Mara ever wrote, and who she is."""


async def given(database: Database, text: str = TASKS) -> Plan:
    """Have Mara give a file that is to be built as it stands; its title is the plan's from then on."""
    async with database.write() as session:
        new = Beginning(workspace="T1", channel="C1", author=MARA, key="key 1")
        plan = await start_imported_plan(session, new, read_given("tasks.md", text))
        plan.title, plan.handle = "The counter", "the-counter"
        return plan


async def given_newer(database: Database, plan: Plan, person: str, text: str, key: str) -> None:
    """Have somebody give a newer version."""
    async with database.write() as session:
        row = await plan_by_id(session, plan.id, "T1", change=True)
        await revise_imported_plan(session, row, read_given("tasks.md", text), person, key)


async def forgotten(database: Database, person: str = MARA) -> Erased:
    """Forget a person, in the file itself too."""
    async with database.write() as session:
        erased = await forget_person(session, "T1", person)
    await database.rewrite()
    return erased


def words_left(folder: Path) -> list[str]:
    """Return which of Mara's words any file of the database still holds."""
    kept = b"".join(file.read_bytes() for file in folder.glob("plans.db*")).lower()
    return [word for word in WORDS if word.lower().encode() in kept]


async def test_before_anybody_forgets_all_of_it_is_there(database: Database, tmp_path: Path) -> None:
    await given(database)
    await database.rewrite()
    assert words_left(tmp_path) == list(WORDS)


async def test_a_plan_that_was_to_be_built_is_cancelled_and_nothing_of_the_file_stays(
    database: Database, tmp_path: Path
) -> None:
    plan = await given(database)
    await given_newer(database, plan, MARA, f"{TASKS}- [ ] 3. Praise each quokka\n", "key 2")
    erased = await forgotten(database)
    assert erased.cancelled == ("the-counter",)
    assert words_left(tmp_path) == []
    async with database.read() as session:
        row = await plan_by_id(session, plan.id, "T1")
        assert (row.stage, row.title) == ("cancelled", "Forgotten plan")
        kept = await imported_plan_of(session, row)
    assert [(task.number, task.title, task.kind) for task in kept.tasks] == [
        (number, REMOVED, ImportedKind.CODE) for number in ("1", "2", "3")
    ]


async def test_a_version_of_somebody_else_stays_with_its_approval(database: Database, tmp_path: Path) -> None:
    plan = await given(database)
    await given_newer(database, plan, JON, NEWER, "key 2")
    async with database.write() as session:
        row = await plan_by_id(session, plan.id, "T1", change=True)
        seen = documents_of(await review_of(session, row, 2))
        await approve(session, row, 2, seen, JON, "key 3")
    assert (await forgotten(database)).cancelled == ()
    assert words_left(tmp_path) == []
    async with database.read() as session:
        row = await plan_by_id(session, plan.id, "T1")
        assert row.stage == "in review"
        assert [task.title for task in (await imported_plan_of(session, row)).tasks] == [
            "Count things", "Print the sum", "Say goodbye",
        ]  # fmt: skip
        assert await missing(session, row, await approvers(session, row)) == 0


@pytest.mark.parametrize("person", [MARA, JON])
async def test_what_was_delivered_keeps_ticks_and_commits(database: Database, tmp_path: Path, person: str) -> None:
    plan = await given(database)
    async with database.write() as session:
        row = await plan_by_id(session, plan.id, "T1", change=True)
        seen = documents_of(await review_of(session, row, 1))
        await approve(session, row, 1, seen, MARA, "key 2")
        row.stage, row.delivered_review = "delivered", 1
        name = "checkpoint/task 2/decision/1"
        options = ["Print the whatchamacallit", "Leave it"]
        asked = {"id": name, "text": "in a mauve way", "reason": "", "options": options}
        session.add_all(
            [
                Step(
                    workspace="T1", plan_id=plan.id, key="task 1", position=1, phase=1, number="1",
                    title="Count every quokka", state="done", commit="a" * 40,
                    evidence={"checks": [], "open": "Count in the file count.py, in a mauve way"},
                ),
                PlanQuestion(
                    workspace="T1", plan_id=plan.id, question_id=name, round=1, position=1, question=asked,
                    answer=options[0], answered_by=JON,
                ),
            ]
        )  # fmt: skip
    await forgotten(database, person)
    if person == JON:
        assert {"zephyrous", "quokka", MARA} <= set(words_left(tmp_path)), "the file was never his"
        return
    assert words_left(tmp_path) == []
    async with database.read() as session:
        step = (await session.scalars(select(Step))).one()
        assert (step.state, step.commit, step.title) == ("done", "a" * 40, REMOVED)
        row = await plan_by_id(session, plan.id, "T1")
        assert (row.stage, row.title) == ("delivered", "The counter")
        shown = select(OutboxItem).where(col(OutboxItem.plan_id) == plan.id)
        for item in (await session.scalars(shown)).all():
            assert await render_item(session, item, row) is not None, item.kind
