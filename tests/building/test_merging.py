"""What `Merge` merges: the commit that people were shown, and nothing that somebody pushed to its branch since."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.tables import Change, Event
from bot.verification.sandbox import Level
from bot.workflow.pull_requests import ask_reopen
from tests.building.on_github import github, kept, offered, shown
from tests.building.on_github import office as office_on_github
from tests.building.test_changes import Delivery, Judges, judges
from tests.building.test_pull_requests import pressed
from tests.git_commands import git
from tests.stand_ins.github import GitHubStandIn
from tests.workflow.office import MARA, ScriptedPlanner

__all__ = ["github", "judges", "kept", "office_on_github"]

BRANCH = "planthread/change-1"


@pytest.fixture
async def office(database: Database, judges: Judges, tmp_path: Path) -> Delivery:
    """Give an office with a library on a local remote, and one change that waits for people to merge it."""
    made = Delivery(database, ScriptedPlanner(), tmp_path, Level.SANDBOXED)
    await made.delivered()
    await offered(made)
    return made


def push_to_branch(office: Delivery, line: str = "Nobody has read this.") -> str:
    """Push a commit to the branch of the change, as anybody may who can write to the repository."""
    git(office.clone, "fetch", "--quiet")
    git(office.clone, "checkout", "--quiet", "-B", BRANCH, f"origin/{BRANCH}")
    readme = office.clone / "README.md"
    readme.write_text(f"{readme.read_text()}\n{line}\n")
    git(office.clone, "commit", "--quiet", "--all", "--message", "Pushed after it was shown")
    git(office.clone, "push", "--quiet", "origin", BRANCH)
    pushed = git(office.clone, "rev-parse", "HEAD").strip()
    git(office.clone, "checkout", "--quiet", "main")
    return pushed


def main_of(office: Delivery) -> str:
    """Return what main of the remote holds."""
    return git(office.remote, "rev-parse", "main").strip()


async def the_change(office: Delivery) -> Change:
    (change,) = await office.changes()
    return change


async def test_a_branch_that_moved_since_it_was_shown_is_not_merged(office: Delivery) -> None:
    before, seen = main_of(office), (await the_change(office)).commit
    pushed = push_to_branch(office)

    await office.merge()

    assert main_of(office) == before, "nothing that nobody has seen is on main"
    change, plan = await the_change(office), await office.plan()
    assert (change.seen, change.commit, change.merged_commit) == (seen, pushed, None)
    assert (plan.stage, plan.hold, plan.run_stage) == ("delivered", None, None)
    notice = (await office.message("notice/merge")).subject["sentence"]
    assert f"people pushed to {BRANCH} since change 1 was shown at {seen and seen[:7]}" in notice
    text, buttons = await shown(office, "change/1")
    assert f"`Merge` takes it as it is now, at `{pushed[:7]}`" in text
    assert buttons == ["Merge", "See what is new", "See what changes"]
    assert change.url.endswith(f"/compare/{change.base_main}...{pushed}")

    await office.merge()

    assert "Nobody has read this." in git(office.remote, "show", "main:README.md")
    assert (await the_change(office)).merged_commit == main_of(office)
    assert (await office.message("notice/merge")).subject["settled"] == 1


async def test_a_button_that_showed_another_commit_merges_nothing(office: Delivery) -> None:
    before, seen = main_of(office), (await the_change(office)).commit
    push_to_branch(office)
    await office.merge()
    version = (await office.message("change/1")).version

    for commit in (seen, "f" * 40):
        said = await office.merge(commit=commit or "")
        assert "nothing was merged" in said

    assert main_of(office) == before
    assert (await the_change(office)).merge_asked_at is None
    assert (await office.message("change/1")).version > version, "its message is drawn anew"


async def test_a_branch_that_moved_back_or_away_is_not_merged_either(office: Delivery) -> None:
    before = main_of(office)
    git(office.remote, "update-ref", f"refs/heads/{BRANCH}", before)

    await office.merge()

    assert main_of(office) == before
    assert (await the_change(office)).commit == before


async def test_a_deleted_branch_takes_nothing_away_from_what_was_shown(office: Delivery) -> None:
    seen = (await the_change(office)).commit
    git(office.remote, "update-ref", "-d", f"refs/heads/{BRANCH}")

    await office.merge()

    assert main_of(office) == seen


async def test_what_main_holds_already_is_merged_whatever_the_branch_got_since(office: Delivery) -> None:
    seen = (await the_change(office)).commit
    git(office.remote, "update-ref", "refs/heads/main", str(seen))
    push_to_branch(office)

    await office.merge()

    assert ((await the_change(office)).merged_commit, main_of(office)) == (seen, seen)


async def merged_into_another(office: Delivery, github: GitHubStandIn) -> str:
    """Have the pull request merged into a branch of people's own, as somebody can choose on GitHub."""
    git(office.remote, "branch", "develop", "main")
    github.pulls[0]["base"] = "develop"
    commit = github.merge_pull(1, "jon-of-acme")
    await office.watch.look()
    return commit


async def test_a_pull_request_that_went_into_another_branch_is_not_delivered(
    office_on_github: Delivery, github: GitHubStandIn
) -> None:
    office = office_on_github
    pushed = (await office.plan()).pushed_commit
    await merged_into_another(office, github)

    change = await the_change(office)
    assert (change.merged_commit, change.merged_into, change.decided_by) == (None, "develop", "jon-of-acme")
    assert (await office.plan()).pushed_commit == pushed, "main has not moved"
    assert MARA in (await office.overview()).waiting_for
    text, buttons = await shown(office, "closed/1")
    assert "was merged into `develop` by jon-of-acme, not into main" in text
    assert "doesn't count as delivered" in text
    assert "Merge `develop` into main" in text
    assert buttons == ["Open it again", "Forget it", "Open pull request"]
    assert "main doesn't have it yet" in (await shown(office, "change/1"))[0]

    written: list[None] = []
    office.database.on_commit(lambda: written.append(None))
    await office.watch.look()
    assert written == [], "it is told once"


@pytest.mark.parametrize("squashed", [False, True])
async def test_once_main_holds_the_other_branch_too_it_is_merged(
    office_on_github: Delivery, github: GitHubStandIn, squashed: bool
) -> None:
    office = office_on_github
    commit = await merged_into_another(office, github)
    if squashed:
        base = git(office.remote, "rev-parse", "main").strip()
        commit = git(
            office.remote, "-c", "user.name=Jon", "-c", "user.email=j@example.org",
            "commit-tree", f"{commit}^{{tree}}", "-p", base, "-m", "Squashed",
        ).strip()  # fmt: skip
        github.pulls[0]["merge_commit_sha"] = commit
    git(office.remote, "update-ref", "refs/heads/main", commit)

    await office.watch.look()

    change = await the_change(office)
    assert (change.merged_commit, change.closed_at, change.merged_into) == (commit, None, "")
    assert [event.data["commit"] for event in await office.rows(Event) if event.what == "merged"] == [commit]
    assert "merged after all" in (await shown(office, "closed/1"))[0]


async def test_opened_again_its_own_branch_is_proposed_for_main(
    office_on_github: Delivery, github: GitHubStandIn
) -> None:
    office = office_on_github
    await merged_into_another(office, github)

    await pressed(office, ask_reopen)

    assert [(pull["base"], pull["state"]) for pull in github.pulls] == [("develop", "closed"), ("main", "open")]
    change = await the_change(office)
    assert (change.url, change.merged_into) == (f"{github.url}/acme/library/pull/2", "")
    merge = github.merge_pull(2, "jon-of-acme")
    await office.watch.look()
    assert (await the_change(office)).merged_commit == merge
