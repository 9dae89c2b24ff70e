"""Publishing by the REST of a GitHub that nobody here wrote.

What npm's `emulate` lacks stays with the stand-in of `tests/stand_ins/github.py`: git itself (nothing can be pushed or
fetched, so commits are made by its contents), commit statuses, access for teams, organisations by their names at
``/users/…`` (so the owner is the token's user), tokens that are refused (it takes any), and the refusal of a second
pull request for a branch (it opens another).
"""

from __future__ import annotations

import base64
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.publishing.github import GitHubPublisher
from bot.repository.git import MAIN
from bot.workflow.ports import Proposed, PublishingError, Remote, Reported
from tests.emulated.emulator import emulator

pytestmark = [pytest.mark.emulated, pytest.mark.timeout(900)]

TOKEN = "ghp_emulated"
SEEDS = {
    "tokens": {TOKEN: {"login": "mara", "scopes": ["repo"]}},
    "github": {"users": [{"login": "mara"}, {"login": "octocat"}]},
}
BRANCH = "planthread/change-1"


class Emulated:
    """The emulator's address, and what people do there by themselves."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.publisher = GitHubPublisher(TOKEN, None, url, url)

    def ask(self, method: str, path: str, **asked: str) -> Any:
        """Make one call as the token's user."""
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        body = json.dumps(asked).encode() if asked else None
        request = urllib.request.Request(f"{self.url}{path}", data=body, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)

    def commit(self, remote: Remote, branch: str, file: str) -> str:
        """Commit a file; return the commit."""
        content = base64.b64encode(file.encode()).decode()
        asked = {"message": f"Add {file}", "content": content, "branch": branch}
        return str(self.ask("PUT", f"/repos/{remote.name}/contents/{file}", **asked)["commit"]["sha"])

    async def changed(self, remote: Remote) -> Proposed:
        """Give main a commit, and a branch upon it another."""
        first = self.commit(remote, MAIN, "README.md")
        assert await self.publisher.head(remote, MAIN) == first
        self.ask("POST", f"/repos/{remote.name}/git/refs", ref=f"refs/heads/{BRANCH}", sha=first)
        commit = self.commit(remote, BRANCH, "books.py")
        return Proposed(branch=BRANCH, commit=commit, title="Change 1 of Library", body="It touches books.")


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Emulated]:
    running = emulator(tmp_path, "github", SEEDS, "/rate_limit").start()
    try:
        yield Emulated(running.probe.removesuffix("/rate_limit"))
    finally:
        running.stop()


async def test_a_repository_is_made_private_once_and_opened_to_people(there: Emulated) -> None:
    remote = await there.publisher.create("library", "Books\nthat people borrow", "plan-1")
    assert await GitHubPublisher(TOKEN, None, there.url, there.url).create("library", "", "plan-1") == remote
    found = there.ask("GET", f"/repos/{remote.name}")
    assert (remote.name, found["private"]) == ("mara/library", True)
    assert found["description"] == "Books that people borrow · planthread:plan-1"
    assert await there.publisher.head(remote, MAIN) is None
    with pytest.raises(PublishingError, match="the name library is taken in mara"):
        await there.publisher.create("library", "", "plan-2")

    for _ in range(2):
        await there.publisher.label(remote, ["fastapi", "planthread"])
    assert there.ask("GET", f"/repos/{remote.name}/topics")["names"] == ["fastapi", "planthread"]
    with pytest.raises(PublishingError, match="may not set commit statuses"):
        await there.publisher.attest(remote, "a" * 40, "2.1: 1 check passes", "")

    for _ in range(2):
        await there.publisher.grant(remote, ["octocat"])
    names = [person["login"] for person in there.ask("GET", f"/repos/{remote.name}/collaborators")]
    assert names.count("octocat") == 1
    with pytest.raises(PublishingError, match="can't give nobody-at-all access to mara/library"):
        await there.publisher.grant(remote, ["nobody-at-all"])


async def test_a_change_is_one_pull_request_that_people_close_open_again_and_merge(there: Emulated) -> None:
    remote = await there.publisher.create("library", "", "plan-1")
    change = await there.changed(remote)
    url = await there.publisher.propose(remote, change)
    assert await there.publisher.rest(remote.name).open_pull_request(remote.name, BRANCH) == url
    pull = f"/repos/{remote.name}/pulls/{url.rpartition('/')[2]}"
    (listed,) = there.ask("GET", f"/repos/{remote.name}/pulls?state=all")
    assert (listed["title"], listed["head"]["ref"], listed["base"]["ref"]) == (change.title, BRANCH, MAIN)
    assert await standing(there, remote, url) == "open"

    there.ask("PATCH", pull, state="closed")
    assert await standing(there, remote, url) == "closed"
    assert await there.publisher.reopen(remote, change, url) == url
    assert await standing(there, remote, url) == "open"

    merged = there.ask("PUT", f"{pull}/merge", merge_method="merge")["sha"]
    found = await there.publisher.standing(remote, url)
    assert found is not None
    assert (found.state, found.commit) == ("merged", merged)
    assert await there.publisher.head(remote, MAIN) == merged


async def standing(there: Emulated, remote: Remote, url: str) -> str:
    found = await there.publisher.standing(remote, url)
    assert found is not None
    return found.state


async def test_a_task_that_is_left_to_people_has_one_issue_until_it_is_done(there: Emulated) -> None:
    remote = await there.publisher.create("library", "", "plan-1")
    task = Reported(key="issue/plan-1/1", title="2.1 Lend a book", body="Tell @everybody.")
    url = await there.publisher.report(remote, task, was_tried=False)
    assert await there.publisher.report(remote, task, was_tried=True) == url
    (issue,) = there.ask("GET", f"/repos/{remote.name}/issues?state=all")
    assert (issue["title"], [label["name"] for label in issue["labels"]]) == (task.title, ["planthread"])
    assert "@everybody" not in issue["body"]

    for _ in range(2):
        await there.publisher.close_report(remote, url, "Done in abc.")
    address = f"/repos/{remote.name}/issues/{issue['number']}"
    assert there.ask("GET", address)["state"] == "closed"
    assert [comment["body"] for comment in there.ask("GET", f"{address}/comments")] == ["Done in abc."]
