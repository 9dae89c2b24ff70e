"""Changes with something in their way: a judge that fails, no sandbox, a kill at any moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.repository.git import Repository
from bot.store.database import Database
from bot.verification.sandbox import Level
from bot.workflow.blast_radius import told
from tests.building.test_after_a_thread import LENDING
from tests.building.test_changes import Adding, Delivery, Judges, judges, office
from tests.git_commands import git
from tests.workflow.office import JON, ScriptedPlanner

__all__ = ["judges", "office"]


async def test_a_failing_judge_holds_the_change_and_pushes_nothing(office: Delivery, judges: Judges) -> None:
    judges.fail = "mypy"
    await office.asked("add a subtitle to books")
    await office.approve((await office.plan()).review)
    await office.run()
    plan = await office.plan()
    assert (plan.stage, plan.hold) == ("building", "blocked")
    assert "mypy" in plan.hold_reason
    assert "planthread/change-1" not in await Repository(office.remote).branches()


async def test_without_a_sandbox_edited_code_is_not_run(database: Database, judges: Judges, tmp_path: Path) -> None:
    office = Delivery(database, ScriptedPlanner(), tmp_path, Level.TRUSTED_ONLY)
    await office.delivered()
    office.edit("app/models/book.py", "\n    price:", "\n    # By hand.\n    price:")
    judges.asked.clear()
    await office.asked("add a subtitle to books")
    await office.approve((await office.plan()).review)
    await office.run()

    assert judges.asked == []
    view = await office.overview()
    assert view.stage == "delivered"
    assert view.left_open
    assert all("sandbox" in task.open_reason for task in view.left_open)
    assert "planthread/change-1" in await Repository(office.remote).branches()


async def test_cut_off_before_it_made_anything_it_says_as_much_as_at_once(
    office: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = await office.asked("add a subtitle to books")
    await office.approve((await office.plan()).review)

    async def killed(*_: object) -> dict[str, str]:
        raise KeyboardInterrupt

    plan = await office.plan()
    with monkeypatch.context() as first:
        first.setattr(office.publisher, "fetch", killed)
        with pytest.raises(KeyboardInterrupt):
            await office.builder.run(plan.id, plan.run_attempt)
    await office.run()

    git(office.clone, "fetch", "--quiet")
    said = git(office.clone, "log", "-1", "--format=%b", "origin/planthread/change-1")
    assert content.radius is not None
    assert content.radius.finished
    assert f"It touches {told(content.radius)}." in " ".join(said.split())


async def test_killed_and_run_again_it_makes_the_same_commits(
    office: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.asked("add a subtitle to books")
    await office.approve((await office.plan()).review)
    propose = office.publisher.propose
    seen: list[str] = []

    async def killed(_remote: object, change: object) -> str:
        seen.append(str(await Repository(office.remote).head("planthread/change-1")))
        raise KeyboardInterrupt

    monkeypatch.setattr(office.publisher, "propose", killed)
    with pytest.raises(KeyboardInterrupt):
        await office.run()
    office.edit("README.md", "#", "Pushed meanwhile.\n\n#")
    monkeypatch.setattr(office.publisher, "propose", propose)
    await office.run()

    (change,) = await office.changes()
    assert [change.commit] == seen
    assert (await office.plan()).stage == "delivered"


async def test_what_a_model_wrote_before_a_kill_is_kept_and_asked_for_once(
    office: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.planning = Adding(LENDING)
    await office.change("let people lend a book", (await office.plan()).review, JON)
    await office.run()
    await office.approve((await office.plan()).review, person=JON)
    propose = office.publisher.propose

    async def killed(_remote: object, _change: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(office.publisher, "propose", killed)
    with pytest.raises(KeyboardInterrupt):
        await office.run()
    pushed = await Repository(office.remote).head("planthread/change-1")
    monkeypatch.setattr(office.publisher, "propose", propose)
    await office.run()

    (change,) = await office.changes()
    assert (office.writer.asked, change.commit) == (["Lend a book"], pushed)
    git(office.clone, "fetch", "--quiet")
    branch = "origin/planthread/change-1"
    assert git(office.clone, "show", f"{branch}:app/services/lend_book.py") == "router = None"
    assert "lend_book" in git(office.clone, "show", f"{branch}:app/api/router.py")
    assert "lend_book" in git(office.clone, "show", "origin/generated:app/api/router.py")
    tasks = git(office.clone, "show", f"{branch}:.planning/tasks.md")
    assert "- [-]" not in tasks
    assert "- [ ]" not in tasks
