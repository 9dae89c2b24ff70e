"""GitHub over real HTTP: creation, finding again, pushing, and a sentence for every refusal."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.publishing.github import GitHubPublisher
from bot.repository.git import Commit, Repository
from bot.workflow.ports import Proposed, Publisher, PublishingError, RemoteBusyError
from tests.stand_ins.github import GitHubStandIn
from tests.stand_ins.github_answers import problem, refused

WORKFLOW_REFUSED = (
    "refusing to allow a Personal Access Token to create or update workflow "
    ".github/workflows/ci.yml without workflow scope"
)  # fmt: skip
"""What GitHub says to a token without that right; marks of code left out, which a shell would run."""
TOKEN = "ghp_thetokenthatnobodymaysee"
MORNING = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def github(tmp_path: Path) -> Iterator[GitHubStandIn]:
    with GitHubStandIn(tmp_path / "github", TOKEN) as running:
        yield running


@pytest.fixture
async def plan(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "plan.git")
    await made.create()
    return made


def publisher(github: GitHubStandIn, owner: str | None = "acme", token: str = TOKEN) -> GitHubPublisher:
    return GitHubPublisher(token, owner, github.url, github.url)


def commit(message: str) -> Commit:
    return Commit(
        message=message, author_name="Mara", author_email="m@example.org", date=MORNING, files={"a": message.encode()}
    )


async def test_a_repository_is_created_private_in_the_organisation_and_found_again(github: GitHubStandIn) -> None:
    port: Publisher = publisher(github)
    remote = await port.create("library", "Books\nthat people borrow", "plan-1")
    assert (remote.name, remote.web_url) == ("acme/library", f"{github.url}/acme/library")
    assert port.commit_url(remote, "abc") == f"{github.url}/acme/library/commit/abc"
    assert await port.create("library", "Other words", "plan-1") == remote
    assert await publisher(github).create("library", "After a restart", "plan-1") == remote
    created = [asked for method, path, asked in github.requests if (method, path) == ("POST", "/orgs/acme/repos")]
    description = "Books that people borrow · planthread:plan-1"
    assert created == [{"name": "library", "description": description, "private": True, "auto_init": False}]


async def test_without_an_owner_it_is_the_token_s_own_user(github: GitHubStandIn) -> None:
    assert (await publisher(github, None).create("library", "", "plan-1")).name == "planthread-bot/library"
    assert (await publisher(github, "planthread-bot").create("parking", "", "plan-2")).name == "planthread-bot/parking"
    assert [path for method, path, _ in github.requests if method == "POST"] == ["/user/repos", "/user/repos"]


async def test_the_owner_whom_a_channel_names_comes_before_the_configured_one(github: GitHubStandIn) -> None:
    github.organisations = ("acme", "globex")
    port = publisher(github)
    assert (await port.create("library", "", "plan-1", "globex")).name == "globex/library"
    assert (await port.create("library", "", "plan-2")).name == "acme/library"
    assert (await port.create("parking", "", "plan-3", "planthread-bot")).name == "planthread-bot/parking"
    with pytest.raises(PublishingError, match=r"no user or organisation called initech; correct the owner in `/plan"):
        await port.create("library", "", "plan-4", "initech")
    assert sorted(github.known) == ["acme/library", "globex/library", "planthread-bot/parking"]


async def test_a_long_description_keeps_the_marker(github: GitHubStandIn) -> None:
    await publisher(github).create("library", "long " * 200, "plan-1")
    description = str(github.known["acme/library"]["description"])
    assert len(description) <= 350
    assert description.endswith("… · planthread:plan-1")


async def test_commits_are_pushed_and_people_s_pushes_stay(github: GitHubStandIn, plan: Repository) -> None:
    port = publisher(github)
    remote = await port.create("library", "", "plan-1")
    first = await plan.commit("main", None, commit("One"))
    await port.push(plan.path, remote, "main", first, None)
    await port.push(plan.path, remote, "main", first, None)
    there = Repository(github.repositories / "acme/library.git")
    assert await there.head("main") == first
    theirs = await there.commit("main", first, commit("By hand"))
    second = await plan.commit("main", first, commit("Two"))
    with pytest.raises(PublishingError, match="Someone pushed to main meanwhile") as refused_push:
        await port.push(plan.path, remote, "main", second, first)
    assert TOKEN not in str(refused_push.value)
    assert await there.head("main") == theirs


async def test_what_people_pushed_is_fetched(github: GitHubStandIn, plan: Repository) -> None:
    port = publisher(github)
    remote = await port.create("library", "", "plan-1")
    assert await port.fetch(plan.path, remote, ("main", "generated")) == {}
    first = await plan.commit("main", None, commit("One"))
    await port.push(plan.path, remote, "main", first, None)
    theirs = await Repository(github.repositories / "acme/library.git").commit("main", first, commit("By hand"))

    assert await port.fetch(plan.path, remote, ("main", "generated")) == {"main": theirs}
    assert await plan.contains(theirs)
    assert await plan.head("main") == first, "no branch of ours moves"
    with pytest.raises(PublishingError, match="GITHUB_TOKEN") as refused_fetch:
        await publisher(github, token="ghp_another").fetch(plan.path, remote, ("main",))
    assert "ghp_another" not in str(refused_fetch.value)


async def test_a_change_becomes_one_pull_request(github: GitHubStandIn, plan: Repository) -> None:
    port = publisher(github)
    remote = await port.create("library", "", "plan-1")
    first = await plan.commit("main", None, commit("One"))
    second = await plan.commit("planthread/change-1", first, commit("Two"))
    change = Proposed(branch="planthread/change-1", commit=second, title="Change 1 of Library", body="It touches …")
    with pytest.raises(PublishingError, match=r"No pull request for planthread/change-1 could be opened"):
        await port.propose(remote, change)
    await port.push(plan.path, remote, "main", first, None)
    await port.push(plan.path, remote, "planthread/change-1", second, None)

    address = f"{github.url}/acme/library/pull/1"
    assert [await port.propose(remote, change), await port.propose(remote, change)] == [address, address]
    (made,) = github.pulls
    assert (made["title"], made["head"], made["base"]) == ("Change 1 of Library", "planthread/change-1", "main")

    github.prepare("POST", "/repos/acme/library/pulls", 403, problem("Resource not accessible by integration"))
    with pytest.raises(PublishingError, match="pull requests: write"):
        await port.propose(remote, change)


async def test_a_taken_name_asks_for_another(github: GitHubStandIn) -> None:
    await publisher(github).create("library", "", "plan-1")
    with pytest.raises(PublishingError, match=r"library is taken in acme.* use library-2"):
        await publisher(github).create("library", "", "plan-2")


async def test_a_repository_that_appears_meanwhile_is_looked_at_again(github: GitHubStandIn) -> None:
    await publisher(github).create("library", "", "plan-1")
    taken = refused("name", "name already exists on this account")
    for marker, outcome in (("plan-1", "fine"), ("plan-2", "taken")):
        github.prepare("GET", "/repos/acme/library", 404, problem("Not Found"))
        github.prepare("POST", "/orgs/acme/repos", 422, taken)
        if outcome == "fine":
            assert (await publisher(github).create("library", "", marker)).name == "acme/library"
        else:
            with pytest.raises(PublishingError, match="is taken"):
                await publisher(github).create("library", "", marker)


async def test_a_bad_token_is_told_apart(github: GitHubStandIn, plan: Repository) -> None:
    with pytest.raises(PublishingError, match="GitHub doesn't accept the token; give a new GITHUB_TOKEN") as refusal:
        await publisher(github, token="ghp_wrong").create("library", "", "plan-1")
    assert "ghp_wrong" not in str(refusal.value)
    remote = await publisher(github).create("library", "", "plan-1")
    first = await plan.commit("main", None, commit("One"))
    with pytest.raises(PublishingError, match="doesn't accept the token for acme/library"):
        await publisher(github, token="ghp_wrong").push(plan.path, remote, "main", first, None)


async def test_missing_rights_are_named(github: GitHubStandIn, plan: Repository) -> None:
    github.closed_organisations.add("acme")
    with pytest.raises(PublishingError, match=r"may not create repositories in acme .*administration: write"):
        await publisher(github).create("library", "", "plan-1")
    github.closed_organisations.clear()
    remote = await publisher(github).create("library", "", "plan-1")
    github.protected.add("acme/library")
    first = await plan.commit("main", None, commit("One"))
    with pytest.raises(PublishingError, match="may not write to acme/library"):
        await publisher(github).push(plan.path, remote, "main", first, None)


async def test_owners_that_don_t_fit_are_named(github: GitHubStandIn) -> None:
    with pytest.raises(PublishingError, match="no user or organisation called nobody"):
        await publisher(github, "nobody").create("library", "", "plan-1")
    github.prepare("GET", "/users/jon", 200, {"login": "jon", "type": "User"})
    with pytest.raises(PublishingError, match="belongs to planthread-bot and can't create repositories for jon"):
        await publisher(github, "jon").create("library", "", "plan-1")


async def test_limits_sign_on_and_github_s_own_failures_say_when_to_try_again(github: GitHubStandIn) -> None:
    port = publisher(github)
    await port.place()
    github.limit_rate("GET", "/repos/acme/library")
    with pytest.raises(PublishingError, match=r"limit of requests is reached; press Retry in (29|30) minutes"):
        await port.create("library", "", "plan-1")
    github.prepare("POST", "/orgs/acme/repos", 429, problem("Slow down"), {"Retry-After": "5"})
    with pytest.raises(PublishingError, match="press Retry in 1 minute"):
        await port.create("library", "", "plan-1")
    sso = problem("Resource protected by organization SAML enforcement.")
    github.prepare(
        "POST", "/orgs/acme/repos", 403, sso, {"X-GitHub-SSO": "required; url=https://github.com/orgs/acme/sso"}
    )
    with pytest.raises(PublishingError, match="single sign-on"):
        await port.create("library", "", "plan-1")
    github.prepare("POST", "/orgs/acme/repos", 502, "not an object")
    with pytest.raises(PublishingError, match="problem of its own"):
        await port.create("library", "", "plan-1")
    github.prepare("POST", "/orgs/acme/repos", 422, refused("name", "name is reserved"))
    with pytest.raises(PublishingError, match=r"acme/library can't be created: GitHub says .*name is reserved"):
        await port.create("library", "", "plan-1")
    assert (await port.create("library", "", "plan-1")).name == "acme/library"


async def test_no_network_is_a_sentence_too(plan: Repository, github: GitHubStandIn) -> None:
    remote = await publisher(github).create("library", "", "plan-1")
    away = GitHubPublisher(TOKEN, None, "http://127.0.0.1:9", "http://127.0.0.1:9")
    with pytest.raises(PublishingError, match=r"can't be reached at http://127.0.0.1:9"):
        await away.create("library", "", "plan-1")
    first = await plan.commit("main", None, commit("One"))
    nowhere = remote.model_copy(update={"push_url": "http://127.0.0.1:9/acme/library.git"})
    with pytest.raises(PublishingError, match="can't be reached for the push"):
        await away.push(plan.path, nowhere, "main", first, None)
    gone = remote.model_copy(update={"push_url": f"{github.url}/acme/gone.git"})
    with pytest.raises(PublishingError, match="isn't there any more"):
        await away.push(plan.path, gone, "main", first, None)
    with pytest.raises(PublishingError, match="The push to acme/library failed"):
        await away.push(plan.path, remote, "main", "f" * 40, None)


async def test_a_protected_branch_and_other_refusals_are_told(github: GitHubStandIn, plan: Repository) -> None:
    port = publisher(github)
    remote = await port.create("library", "", "plan-1")
    hook = github.repositories / "acme/library.git/hooks/update"
    hook.parent.mkdir(exist_ok=True)
    first = await plan.commit("main", None, commit("One"))
    for words, sentence in (
        ("GH006: Protected branch", "protects main"),
        (WORKFLOW_REFUSED, r"\.github/workflows\); give it the right to \(workflows: write"),
        ("no", "refused the push to acme/library"),
    ):
        hook.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 1\n")
        hook.chmod(0o755)
        with pytest.raises(PublishingError, match=sentence):
            await port.push(plan.path, remote, "main", first, None)


async def test_the_stand_in_runs_as_a_program_and_remembers_its_repositories(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tests.stand_ins.github", "--repositories", str(tmp_path), "--token", TOKEN]
    for _ in range(2):
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as program:
            try:
                assert program.stdout is not None
                url = program.stdout.readline().strip()
                remote = await GitHubPublisher(TOKEN, None, url, url).create("library", "", "plan-1")
                assert remote.clone_url == f"{url}/planthread-bot/library.git"
            finally:
                program.terminate()


async def test_whom_the_channel_named_is_given_access_and_asked_twice_it_is_the_same(github: GitHubStandIn) -> None:
    port = publisher(github)
    remote = await port.create("library", "", "plan-1")
    for _ in range(2):
        await port.grant(remote, ("octocat", "acme/backend"))
    given = [(path, asked) for method, path, asked in github.requests if method == "PUT"]
    places = ["/repos/acme/library/collaborators/octocat", "/orgs/acme/teams/backend/repos/acme/library"]
    assert given == [(path, {"permission": "push"}) for path in places] * 2


async def test_somebody_whom_github_does_not_know_is_named_with_where_to_correct_it(github: GitHubStandIn) -> None:
    port = publisher(github)
    remote = await port.create("library", "", "plan-1")
    for name in ("nobody-at-all", "acme/no-team"):
        with pytest.raises(PublishingError, match=rf"can't give {name} access to acme/library.*`/plan settings`"):
            await port.grant(remote, (name,))
    github.prepare("PUT", "/repos/acme/library/collaborators/octocat", 403, problem("Must have admin rights"))
    with pytest.raises(PublishingError, match=r"may not give octocat access.*administration: write"):
        await port.grant(remote, ("octocat",))


async def test_topics_are_added_to_those_that_people_gave(github: GitHubStandIn) -> None:
    port = publisher(github)
    remote = await port.create("library", "", "plan-1")
    github.known["acme/library"]["topics"] = ["books"]
    for _ in range(2):
        await port.label(remote, ["fastapi", "planthread"])
    given = [asked for method, _, asked in github.requests if method == "PUT"]
    assert given == [{"names": ["books", "fastapi", "planthread"]}]


async def test_evidence_stands_beside_a_commit(github: GitHubStandIn, plan: Repository) -> None:
    port = publisher(github)
    remote = await port.create("library", "", "plan-1")
    first = await plan.commit("main", None, commit("One"))
    with pytest.raises(RemoteBusyError, match="doesn't hold"):
        await port.attest(remote, first, "2.1: 5 checks pass", "")
    await port.push(plan.path, remote, "main", first, None)
    await port.attest(remote, first, "2.1: 5 checks, 31 tests pass\n" + "x" * 200, "https://plans.example.org/p")
    await port.attest(remote, first, "2.1: 5 checks pass", "")
    with_page, without = [said for _, said in github.statuses]
    assert (with_page["state"], with_page["context"]) == ("success", "planthread")
    assert with_page["target_url"] == "https://plans.example.org/p"
    assert with_page["description"].startswith("2.1: 5 checks, 31 tests pass x")
    assert len(with_page["description"]) == 140
    assert "target_url" not in without
    github.prepare("POST", f"/repos/acme/library/statuses/{first}", 403, problem("Resource not accessible"))
    with pytest.raises(PublishingError, match=r"may not set commit statuses .* \(commit statuses: write\)"):
        await port.attest(remote, first, "2.1: 5 checks pass", "")
