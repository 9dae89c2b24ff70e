"""`planthread new --plan`: a file is reviewed, approved, built, and confirmed at checkpoints, in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from bot.building.build_run import BuildFolders, BuildRun
from bot.cli import app
from bot.publishing.local import LocalPublisher
from bot.store.database import Database
from bot.store.tables import Plan, Step
from bot.terminal.conversation import Conversation, converse
from bot.terminal.lines import Reply, Waiting
from bot.verification.sandbox import Level, Sandbox
from bot.workflow.imports import read_given
from bot.workflow.ports import Stage

TASKS = """\
# Implementation Plan: Parking

- [ ] 1. Checkpoint:human-action - order the signs \x1b[31m
- [ ] 2. Checkpoint:human-verify - look at them
"""
DECISION = """\
<tasks><task type="checkpoint:decision"><decision>Which database?</decision><options>
<option id="a"><name>SQLite</name></option><option id="b"><name>PostgreSQL</name></option></options></task></tasks>
"""


async def talk(database: Database, tmp_path: Path, name: str, text: str, *lines: str) -> tuple[Conversation, str]:
    """Hold a conversation about a file; return how it ended and everything that was written."""
    folders = BuildFolders(repositories=tmp_path / "r", work=tmp_path / "w", cache=tmp_path / "c")
    publisher = LocalPublisher(tmp_path / "remotes", "http://127.0.0.1")
    builder = BuildRun(database, folders, publisher, Sandbox(Level.TRUSTED_ONLY, "none in this test"), None)
    typed, written = iter(lines), list[str]()

    async def drive() -> None:
        while True:
            async with database.read() as session:
                plan = (await session.scalars(select(Plan))).one()
            if plan.run_stage != Stage.BUILD or plan.hold is not None:
                return
            await builder.run(plan.id, plan.run_attempt)

    async def read_line(_: Waiting) -> Reply | None:
        line = next(typed, None)
        return None if line is None else Reply(text=line)

    outcome = await converse(database, drive, "none", read_line, written.append, given=read_given(name, text))
    return outcome, "\n".join(written)


async def test_a_file_goes_from_its_review_to_the_delivery(database: Database, tmp_path: Path) -> None:
    lines = ("show", "build", "approve", "build", "hm", "confirm", "yes")
    outcome, text = await talk(database, tmp_path, "tasks.md", TASKS, *lines)

    assert outcome.code == 0, text
    assert "built as tasks.md says" in text
    assert "(a person: human-action)" in text
    assert "▸ Plan as given, revision 1" in text
    assert "is not approved yet" in text
    assert text.count("✋ Please") == 2
    assert "Type `confirm`, or `no: …` with what is wrong." in text
    assert "\x1b" not in text
    assert "2 of 2 tasks" in text


async def test_a_decision_is_taken_by_number_and_a_refusal_blocks(database: Database, tmp_path: Path) -> None:
    outcome, text = await talk(database, tmp_path, "01-PLAN.md", DECISION, "approve", "build", "2")
    assert outcome.code == 0, text
    async with database.read() as session:
        step = (await session.scalars(select(Step).where(Step.key == "task 1"))).one()
    assert step.evidence["checks"][0]["word"] == "decided by a person"
    assert step.evidence["checks"][0]["tail"].endswith("→ PostgreSQL")


async def test_a_refusal_blocks_with_its_reason(database: Database, tmp_path: Path) -> None:
    outcome, text = await talk(database, tmp_path, "tasks.md", TASKS, "approve", "build", "no: they are too small")

    assert outcome.code == 1
    assert "“they are too small”" in text
    assert "It stops here, because it needs help" in text


@pytest.mark.parametrize(
    ("name", "text", "says"), [("notes.md", "Hello", "no PLAN.md and no tasks.md"), ("tasks.md", "# None", "no task")]
)
def test_a_file_that_is_no_plan_is_said(name: str, text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)

    result = CliRunner().invoke(
        app, ["new", "--plan", str(tmp_path / name)], env={"PLANTHREAD_DATA": str(tmp_path / "data")}
    )

    assert result.exit_code == 1
    assert says in result.output
