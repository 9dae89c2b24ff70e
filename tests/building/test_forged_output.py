"""Whose code a change is judged upon: pure output that people put in the place of ours is theirs, whatever it says."""

from __future__ import annotations

from pathlib import Path

from bot.building.record import RECORD, digest_of, read_record
from bot.store.database import Database
from bot.verification.sandbox import Level, Trust
from tests.building.test_changes import Delivery, Judges, judges
from tests.git_commands import git
from tests.workflow.office import ScriptedPlanner

__all__ = ["judges"]


async def test_without_a_sandbox_forged_pure_output_is_not_run(
    database: Database, judges: Judges, tmp_path: Path
) -> None:
    office = Delivery(database, ScriptedPlanner(), tmp_path, Level.TRUSTED_ONLY)
    await office.delivered()
    git(office.clone, "checkout", "--quiet", "generated")
    place = office.clone / "app" / "main.py"
    place.write_text(f"# By hand.\n{place.read_text()}")
    files = git(office.clone, "ls-files").splitlines()
    digest = digest_of({path: (office.clone / path).read_bytes() for path in files})
    record = office.clone / RECORD
    record.write_bytes(read_record(record.read_bytes()).model_copy(update={"digest": digest}).text())
    git(office.clone, "commit", "--quiet", "--all", "--message", "Generate anew")
    git(office.clone, "push", "--quiet", "origin", "generated", "generated:main", "--force")
    judges.asked.clear()
    await office.asked("add a subtitle to books")
    await office.approve((await office.plan()).review)
    await office.run()

    assert judges.asked == []
    assert all("sandbox" in task.open_reason for task in (await office.overview()).left_open)


async def test_without_a_sandbox_change_after_change_is_judged_while_all_is_ours(
    database: Database, judges: Judges, tmp_path: Path
) -> None:
    office = Delivery(database, ScriptedPlanner(), tmp_path, Level.TRUSTED_ONLY)
    await office.delivered()
    for number, words in enumerate(("add a subtitle to books", "add a motto to books"), 1):
        judges.asked.clear()
        await office.asked(words)
        await office.approve((await office.plan()).review)
        await office.run()
        assert [trust for _, trust, _ in judges.asked] == [Trust.TEMPLATES]
        assert not (await office.overview()).left_open
        await office.merge(number)
