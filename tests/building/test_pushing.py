"""Pushing what was built: whatever people pushed meanwhile stays, in a merge or on a branch that they merge."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.building.failures import ChangeStuck
from bot.building.pushing import BUILD, Push
from bot.publishing.local import LocalPublisher
from bot.repository.git import MAIN, Commit, Repository
from bot.store.database import Database
from bot.verification.sandbox import Level
from bot.workflow.ports import Remote
from tests.building.test_changes import Delivery, Judges, judges
from tests.git_commands import git
from tests.workflow.office import ScriptedPlanner

__all__ = ["judges"]

MORNING = datetime(2026, 11, 20, tzinfo=UTC)


def commit(**files: str) -> Commit:
    contents = {f"{name}.txt": text.encode() for name, text in files.items()}
    return Commit(message="Work", author_name="Mara", author_email="m@example.org", date=MORNING, files=contents)


class Pushing(Push):
    """A push into a local remote in which people commit directly."""

    @property
    def there(self) -> Repository:
        """Return the remote's repository."""
        return Repository(Path(self.remote.push_url))

    async def file(self, name: str, branch: str = MAIN) -> bytes | None:
        """Return a file of a branch of the remote."""
        head = await self.there.head(branch)
        return await self.there.file(head, f"{name}.txt") if head else None


@pytest.fixture
async def push(tmp_path: Path) -> Pushing:
    """Give a push of a repository whose remote is there and empty."""
    repository = Repository(tmp_path / "plan.git")
    await repository.create()
    publisher = LocalPublisher(tmp_path / "remotes", "http://127.0.0.1:8000")
    return Pushing(publisher, repository, await publisher.create("library", "", "plan-1"))


async def test_phase_after_phase_is_pushed_as_it_is(push: Pushing) -> None:
    first = await push.repository.commit(MAIN, None, commit(a="1"))
    assert await push.build(first, None, MORNING) == first
    assert await push.build(first, None, MORNING) == first, "an earlier try got that far"
    second = await push.repository.commit(MAIN, first, commit(b="1"))
    assert await push.build(second, first, MORNING) == second
    assert await push.there.head(MAIN) == second


async def test_what_people_push_between_phases_is_merged_each_time(push: Pushing) -> None:
    first = await push.repository.commit(MAIN, None, commit(a="1"))
    await push.build(first, None, MORNING)
    await push.there.commit(MAIN, first, commit(theirs="by hand"))
    second = await push.repository.commit(MAIN, first, commit(b="1"))

    joined = await push.build(second, first, MORNING)

    assert joined != second
    assert await push.there.is_ancestor(second, joined), "every task's commit is there under its own hash"
    assert (await push.file("theirs"), await push.file("b")) == (b"by hand", b"1")
    third = await push.repository.commit(MAIN, second, commit(c="1"))
    again = await push.build(third, joined, MORNING)
    assert await push.there.is_ancestor(joined, again)
    assert (await push.file("theirs"), await push.file("c")) == (b"by hand", b"1")
    assert await push.build(third, joined, MORNING) == again, "killed before it was noted, it is found again"


async def test_lines_that_both_changed_are_left_to_people_and_retry_goes_on(push: Pushing) -> None:
    first = await push.repository.commit(MAIN, None, commit(a="1\n"))
    await push.build(first, None, MORNING)
    theirs = await push.there.commit(MAIN, first, commit(a="theirs\n"))
    second = await push.repository.commit(MAIN, first, commit(a="ours\n"))
    for _ in range(2):
        with pytest.raises(ChangeStuck, match=rf"same lines of `a\.txt`.*git merge origin/{BUILD}`.*press Retry"):
            await push.build(second, first, MORNING)
        assert await push.there.head(MAIN) == theirs
        assert await push.there.head(BUILD) == second

    settled = Commit(message="Settled", author_name="Jon", author_email="j@example.org", date=MORNING, files={})
    await push.there.git("update-ref", f"refs/heads/{MAIN}", await merged_by_hand(push.there, theirs, second, settled))
    assert await push.build(second, first, MORNING) == await push.there.head(MAIN)


async def merged_by_hand(there: Repository, one: str, other: str, words: Commit) -> str:
    """Return a merge that takes one side's files."""
    said = await there.git(
        "-c", "user.name=Jon", "-c", "user.email=j@example.org",
        "commit-tree", f"{one}^{{tree}}", "-p", one, "-p", other, "-m", words.message,
    )  # fmt: skip
    return said.out.decode().strip()


async def test_a_main_that_people_began_anew_is_never_overwritten(push: Pushing) -> None:
    theirs = await push.there.commit(MAIN, None, commit(readme="theirs"))
    first = await push.repository.commit(MAIN, None, commit(a="1"))
    with pytest.raises(ChangeStuck, match=r"shares no history .*--allow-unrelated-histories origin/planthread/build"):
        await push.build(first, None, MORNING)
    assert await push.there.head(MAIN) == theirs
    assert await push.file("a", BUILD) == b"1"


async def test_a_main_that_was_deleted_is_pushed_again(push: Pushing) -> None:
    first = await push.repository.commit(MAIN, None, commit(a="1"))
    await push.build(first, None, MORNING)
    await push.there.git("update-ref", "-d", f"refs/heads/{MAIN}")
    second = await push.repository.commit(MAIN, first, commit(b="1"))
    assert await push.build(second, first, MORNING) == second


async def test_what_people_pushed_to_the_branch_of_a_change_is_kept_until_main_has_it(push: Pushing) -> None:
    branch = "planthread/change-1"
    main = await push.repository.commit(MAIN, None, commit(a="1"))
    await push.build(main, None, MORNING)
    offered = await push.repository.commit(branch, main, commit(b="1"))
    await push.change(branch, offered, None, main)
    theirs = await push.there.commit(branch, offered, commit(fix="by hand"))
    anew = await push.repository.commit(branch, main, commit(c="1"))

    with pytest.raises(
        ChangeStuck, match=r"People pushed to planthread/change-1 .* `git merge origin/planthread/change"
    ):
        await push.change(branch, anew, offered, main)
    assert await push.there.head(branch) == theirs

    await push.there.git("update-ref", f"refs/heads/{MAIN}", theirs)
    await push.publisher.fetch(push.repository.path, push.remote, (MAIN,))
    await push.change(branch, anew, offered, theirs)
    assert await push.there.head(branch) == anew


async def test_a_build_goes_on_where_people_push_between_its_phases(
    database: Database, judges: Judges, tmp_path: Path
) -> None:
    publisher = Interrupted(tmp_path / "remotes", "http://127.0.0.1:8000")
    office = Delivery(database, ScriptedPlanner(), tmp_path, Level.SANDBOXED, publisher)
    clone = await office.delivered()

    assert (clone / "theirs.txt").read_text() == "by hand"
    history = git(clone, "rev-list", "HEAD").split()
    assert {step.commit for step in await office.steps()} <= set(history), "each tick's commit is in main"
    assert (await office.plan()).pushed_commit == history[0]
    await office.asked("add a subtitle to books")
    await office.approve((await office.plan()).review)
    await office.run()
    await office.merge()
    office.pull()
    assert (clone / "theirs.txt").exists()
    assert "subtitle" in (clone / "app/models/book.py").read_text()


BY_HAND = commit(theirs="by hand")


class Interrupted(LocalPublisher):
    """A remote to which a person pushes after the first phase."""

    pushed = False

    async def push(self, repository: Path, remote: Remote, branch: str, commit: str, expected: str | None) -> None:
        """Push, and the first time be followed by a person."""
        await super().push(repository, remote, branch, commit, expected)
        if not self.pushed:
            self.pushed, made = True, BY_HAND
            await Repository(Path(remote.push_url)).commit(branch, commit, made)
