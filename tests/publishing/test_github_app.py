"""A GitHub App over real HTTP: it signs, its tokens are renewed, pushes use them, and every refusal is a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.publishing.github import GitHubPublisher
from bot.publishing.github_rights import Rights, rights_of, to_push
from bot.publishing.github_tokens import AppTokens
from bot.repository.git import MAIN, Commit, Repository
from bot.workflow.ports import Proposed, PublishingError, Reported
from tests.stand_ins.github import GitHubStandIn

MORNING = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def pem(key: rsa.RSAPrivateKey) -> str:
    form = serialization.PrivateFormat.TraditionalOpenSSL
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


@pytest.fixture
def github(tmp_path: Path, key: rsa.RSAPrivateKey) -> Iterator[GitHubStandIn]:
    with GitHubStandIn(tmp_path / "github", "no token was given yet") as running:
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        running.app.key = key.public_key().public_bytes(serialization.Encoding.PEM, form)
        yield running


def publisher(github: GitHubStandIn, pem: str, owner: str | None = "acme", app: str = "12") -> GitHubPublisher:
    return GitHubPublisher(AppTokens(app, pem, owner, github.url), owner, github.url, github.url)


@pytest.mark.parametrize("owner", ["acme", None])
async def test_an_app_creates_and_pushes_with_a_token_of_its_installation(
    github: GitHubStandIn, pem: str, owner: str | None, tmp_path: Path
) -> None:
    port = publisher(github, pem.replace("\n", "\\n"), owner)
    remote = await port.create("library", "Books", "plan-1")
    assert remote.name == "acme/library"
    plan = Repository(tmp_path / "plan.git")
    await plan.create()
    files = {"a": b"1"}
    one = Commit(message="One", author_name="Mara", author_email="m@example.org", date=MORNING, files=files)
    first = await plan.commit(MAIN, None, one)
    await port.push(plan.path, remote, MAIN, first, None)
    assert await port.head(remote, MAIN) == first
    assert await port.fetch(plan.path, remote, (MAIN,)) == {MAIN: first}
    given = github.app.given
    assert await port.head(remote, MAIN) == first
    assert await port.fetch(plan.path, remote, (MAIN,)) == {MAIN: first}
    assert github.app.given == given, "each token does for its hour"


async def test_each_token_is_for_one_repository_and_what_a_step_needs(
    github: GitHubStandIn, pem: str, tmp_path: Path
) -> None:
    port = publisher(github, pem)
    remote = await port.create("library", "Books", "plan-1")
    await port.grant(remote, ("octocat", "acme/backend"))
    await port.label(remote, ("planthread",))
    plan = Repository(tmp_path / "plan.git")
    await plan.create()
    one = Commit(message="One", author_name="Mara", author_email="m@example.org", date=MORNING, files={"a": b"1"})
    first = await plan.commit(MAIN, None, one)
    for branch in (MAIN, "planthread/change-1"):
        await port.push(plan.path, remote, branch, first, None)
    await port.fetch(plan.path, remote, (MAIN,))
    await port.attest(remote, first, "1 test passes", "")
    url = await port.propose(remote, Proposed(branch="planthread/change-1", commit=first, title="Change 1", body=""))
    await port.standing(remote, url)
    await port.report(remote, Reported(key="1", title="Write it", body=""), was_tried=False)

    asked = list(github.app.rights.values())
    wide = [rights["permissions"] for rights in asked if "repositories" not in rights]
    assert wide == [{"metadata": "read"}, {"administration": "write"}], (
        "to look for a name, and to make what isn't there"
    )
    narrow = [rights for rights in asked if "repositories" in rights]
    assert {name for rights in narrow for name in rights["repositories"]} == {"library"}
    assert [rights["permissions"] for rights in narrow] == [
        {"administration": "write"},
        {"administration": "write", "members": "read"},
        {"metadata": "read"},
        {"contents": "write", "workflows": "write"},
        {"contents": "read"},
        {"statuses": "write"},
        {"pull_requests": "write"},
        {"pull_requests": "read"},
        {"issues": "write"},
    ]


async def test_what_the_app_was_not_granted_is_not_asked_for(github: GitHubStandIn, pem: str, tmp_path: Path) -> None:
    github.app.granted = {"administration": "write", "contents": "read", "metadata": "read"}
    port = publisher(github, pem)
    remote = await port.create("library", "", "plan-1")
    with pytest.raises(PublishingError, match=r"may not set commit statuses .* \(commit statuses: write\)"):
        await port.attest(remote, "f" * 40, "1 test passes", "")
    assert github.app.rights[f"ghs_number{github.app.given}"] == {
        "repositories": ["library"], "permissions": {"metadata": "read"}
    }  # fmt: skip
    plan = Repository(tmp_path / "plan.git")
    await plan.create()
    await port.fetch(plan.path, remote, (MAIN,))
    assert github.app.rights[f"ghs_number{github.app.given}"]["permissions"] == {"contents": "read"}


async def test_a_repository_that_the_app_does_not_see_any_more_is_said(github: GitHubStandIn, pem: str) -> None:
    port = publisher(github, pem)
    remote = await port.create("library", "", "plan-1")
    github.known.clear()
    with pytest.raises(PublishingError, match=r"library isn't there any more, or the GitHub App may not"):
        await port.head(remote, MAIN)


def test_an_installation_that_tells_nothing_is_asked_for_all_of_it() -> None:
    wanted = to_push("acme/library")
    assert wanted.granted(None) == wanted
    assert wanted.granted({"contents": "read", "workflows": {}}).permissions == (("contents", "read"),)
    assert rights_of("GET", "/repos/acme/library") == rights_of("GET", "/users/acme") == Rights()


async def test_a_token_is_renewed_before_its_end(github: GitHubStandIn, pem: str) -> None:
    github.app.token_seconds = 240
    port = publisher(github, pem)
    await port.create("library", "", "plan-1")
    before = github.app.given
    await port.create("library", "", "plan-1")
    assert github.app.given > before, "four minutes are too few for a push"


async def test_a_token_that_github_takes_back_is_renewed_once(github: GitHubStandIn, pem: str) -> None:
    port = publisher(github, pem)
    await port.create("library", "", "plan-1")
    given = github.app.given
    github.app.rights.clear()
    assert (await port.create("library", "", "plan-1")).name == "acme/library"
    assert github.app.given == given + 1


async def test_each_owner_has_an_installation_of_its_own(github: GitHubStandIn, pem: str) -> None:
    github.organisations = ("acme", "globex")
    github.app.installed = {"acme": "Organization", "globex": "Organization"}
    port = publisher(github, pem)
    theirs = await port.create("library", "", "plan-1", "globex")
    ours = await port.create("library", "", "plan-2")
    assert (theirs.name, ours.name) == ("globex/library", "acme/library")
    assert await port.head(theirs, MAIN) is None
    asked = [path for _, path, _ in github.requests if path.endswith("/installation")]
    assert asked == ["/users/globex/installation", "/users/acme/installation"], "each was looked up once"
    with pytest.raises(PublishingError, match=r"isn't installed for initech\. .* correct the owner \(`/plan settings`"):
        await port.create("library", "", "plan-3", "initech")


async def test_refusals_of_an_app_say_what_to_do(github: GitHubStandIn, pem: str) -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.TraditionalOpenSSL
    strange = other.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()
    for wrong in (publisher(github, strange), publisher(github, pem, app="13")):
        with pytest.raises(PublishingError, match="doesn't accept the App's signature; check GITHUB_APP_ID"):
            await wrong.create("library", "", "plan-1")
    with pytest.raises(PublishingError, match=r"isn't installed for globex\. Install it there"):
        await publisher(github, pem, "globex").create("library", "", "plan-1")
    for broken in ("no key", pem[:200], pem.replace("RSA", "DSA")):
        with pytest.raises(PublishingError, match="GITHUB_APP_PRIVATE_KEY can't be used") as refused:
            await publisher(github, broken).create("library", "", "plan-1")
        assert pem[40:60] not in str(refused.value)


async def test_where_an_app_can_not_create_is_told(github: GitHubStandIn, pem: str) -> None:
    github.app.installed = {"mara": "User"}
    with pytest.raises(PublishingError, match=r"organisations only, and mara is none; set GITHUB_OWNER"):
        await publisher(github, pem, None).create("library", "", "plan-1")
    for places in ({}, {"acme": "Organization", "globex": "Organization"}):
        github.app.installed = places
        with pytest.raises(PublishingError, match=rf"is installed in {len(places)} places; set GITHUB_OWNER"):
            await publisher(github, pem, None).create("library", "", "plan-1")
    away = AppTokens("12", pem, None, "http://127.0.0.1:9")
    with pytest.raises(PublishingError, match=r"can't be reached at http://127\.0\.0\.1:9"):
        await GitHubPublisher(away, None, "http://127.0.0.1:9", "http://127.0.0.1:9").create("library", "", "plan-1")
