"""A changed house rule is in the prompts of the next build: the way from the store to what a model is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.building import build_run
from bot.building.build_run import BuildFolders, BuildRun, OneBuild
from bot.building.custom_task import CustomTasks, LeftOpen, request_of
from bot.documents.tasks.task_plan import TaskKind
from bot.planning.conversation import CustomBehaviour
from bot.planning.model.custom_task import CustomTaskRequest, prompt_of
from bot.planning.shipped_rules import shipped_house_rules
from bot.publishing.local import LocalPublisher
from bot.store.database import Database
from bot.verification.sandbox import Level, Sandbox
from bot.workflow.house_rules import change_house_rules
from bot.workflow.notes import note
from tests.workflow.office import Office, ScriptedPlanner

REMINDERS = CustomBehaviour(
    title="Reminders",
    slug="reminders",
    criterion="WHEN a book is new, THE System SHALL list it for a week.",
    done="new books are listed",
)


class Listener(CustomTasks):
    """Keeps what a model would be asked, and writes nothing."""

    def __init__(self) -> None:
        self.asked: list[CustomTaskRequest] = []

    async def build(
        self, inputs: Any, task: Any, built: Any, tree: Any, workshop: Any, house_rules: Any, notes: Any = ()
    ) -> LeftOpen:
        self.asked.append(request_of(inputs, task, tree, house_rules, "", notes))
        return LeftOpen("nobody writes here")


async def ask_about_the_custom_task(build: OneBuild, office: Office) -> None:
    (task,) = (task for task in build.inputs.task_plan.tasks() if task.kind is TaskKind.CUSTOM)
    step = next(step for step in await office.steps() if step.number == task.number)
    await build._custom(step, task)


async def test_the_rules_of_the_workspace_when_a_run_begins_are_in_its_prompts(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner = ScriptedPlanner()
    planner.extra = {"custom": (REMINDERS,)}
    office = Office(database, planner)
    review = await office.in_review()
    await office.approve(review.number)

    async def no_environment(*_: object) -> None:
        return None

    monkeypatch.setattr(build_run, "prepare_environment", no_environment)
    listener = Listener()
    folders = BuildFolders(repositories=tmp_path / "r", work=tmp_path / "w", cache=tmp_path / "c")
    publisher = LocalPublisher(tmp_path / "remotes", "http://127.0.0.1")
    run = BuildRun(database, folders, publisher, Sandbox(Level.TRUSTED_ONLY, "none in this test"), listener)
    attempt = (await office.plan()).run_attempt

    await ask_about_the_custom_task(await run._begin(office.plan_id, attempt), office)
    await office.within(lambda session, plan: note(session, plan, "a week is seven working days", "U0JON", "k1"))
    await office.within_workspace(
        lambda session: change_house_rules(session, "T1", "- H1: Speak of loans, never of lendings\n", "U1")
    )
    await ask_about_the_custom_task(await run._begin(office.plan_id, attempt), office)

    before, after = (prompt_of(request) for request in listener.asked)
    assert all(f"- {line}\n" in before for line in shipped_house_rules().lines())
    assert "What people said while it was built" not in before
    assert "a week is seven working days" in after
    assert "- H1: Speak of loans, never of lendings\n" in after
    assert not any(line in after for line in shipped_house_rules().lines())
