"""The local remote: one repository a plan, found again, and pushed to without overwriting."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.publishing.local import LocalPublisher
from bot.repository.git import Commit, Repository
from bot.workflow.ports import Publisher, PublishingError, Remote

MORNING = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def publisher(tmp_path: Path) -> LocalPublisher:
    return LocalPublisher(tmp_path / "repositories", "http://127.0.0.1:3000/")


@pytest.fixture
async def plan(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "plan.git")
    await made.create()
    return made


def commit(message: str) -> Commit:
    return Commit(
        message=message, author_name="Mara", author_email="m@example.org", date=MORNING, files={"a": message.encode()}
    )


async def test_it_is_a_publisher_with_addresses_below_the_public_one(publisher: LocalPublisher, tmp_path: Path) -> None:
    port: Publisher = publisher
    remote = await port.create("library", "An office\nlibrary", "plan-1")
    assert remote == Remote(
        name="library",
        web_url="http://127.0.0.1:3000/repositories/library",
        clone_url="http://127.0.0.1:3000/git/library.git",
        push_url=str(tmp_path / "repositories/library.git"),
    )
    assert port.commit_url(remote, "abc") == "http://127.0.0.1:3000/repositories/library/commit/abc"
    assert (tmp_path / "repositories/library.git/description").read_text() == "An office library\n"


async def test_an_earlier_try_is_found_and_another_plan_gets_a_number(publisher: LocalPublisher) -> None:
    assert (await publisher.create("library", "", "plan-1")).name == "library"
    assert (await publisher.create("library", "", "plan-1")).name == "library"
    assert (await publisher.create("Library", "", "plan-2")).name == "Library-2"
    assert (await publisher.create("library", "", "plan-3")).name == "library-3"
    assert (await publisher.create("renamed", "", "plan-2")).name == "Library-2"


async def test_plans_that_ask_at_the_same_time_get_repositories_of_their_own(publisher: LocalPublisher) -> None:
    remotes = await asyncio.gather(*(publisher.create("library", "", f"plan-{number % 4}") for number in range(8)))
    names = [remote.name for remote in remotes]
    assert sorted(set(names)) == ["library", "library-2", "library-3", "library-4"]
    assert names[:4] == names[4:]
    assert not list(publisher.folder.glob(".creating-*"))


async def test_names_that_lead_elsewhere_are_refused(publisher: LocalPublisher) -> None:
    for name in ("", "../x", "a/b", ".x", "x.git", "a b", "x" * 101, "-x", "a..b", "x\n"):
        with pytest.raises(PublishingError, match="reply with one"):
            await publisher.create(name, "", "plan-1")
    assert not publisher.folder.exists()


async def test_pushing_twice_is_fine_and_people_s_pushes_stay(publisher: LocalPublisher, plan: Repository) -> None:
    remote = await publisher.create("library", "", "plan-1")
    first = await plan.commit("main", None, commit("One"))
    await publisher.push(plan.path, remote, "main", first, None)
    await publisher.push(plan.path, remote, "main", first, None)
    there = Repository(Path(remote.push_url))
    assert await there.head("main") == first
    theirs = await there.commit("main", first, commit("By hand"))
    second = await plan.commit("main", first, commit("Two"))
    with pytest.raises(PublishingError, match="library: Someone pushed to main"):
        await publisher.push(plan.path, remote, "main", second, first)
    assert await there.head("main") == theirs


async def test_a_remote_that_went_away_is_a_sentence(
    publisher: LocalPublisher, plan: Repository, tmp_path: Path
) -> None:
    remote = await publisher.create("library", "", "plan-1")
    first = await plan.commit("main", None, commit("One"))
    (tmp_path / "repositories").rename(tmp_path / "away")
    with pytest.raises(PublishingError, match="couldn't be written"):
        await publisher.push(plan.path, remote, "main", first, None)


async def test_repositories_that_were_moved_are_found_where_they_lie(
    publisher: LocalPublisher, plan: Repository, tmp_path: Path
) -> None:
    remote = await publisher.create("library", "", "plan-1")
    first = await plan.commit("main", None, commit("One"))
    await publisher.push(plan.path, remote, "main", first, None)
    (tmp_path / "repositories").rename(tmp_path / "restored")
    moved = LocalPublisher(tmp_path / "restored", publisher.public_url)

    second = await plan.commit("main", first, commit("Two"))
    await moved.push(plan.path, remote, "main", second, first)

    assert await moved.head(remote, "main") == second
    assert await moved.fetch(plan.path, remote, ["main"]) == {"main": second}
    assert not (tmp_path / "repositories").exists()
