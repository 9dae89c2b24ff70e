"""A GitHub App over real HTTP: it signs, its tokens are renewed, pushes use them, and every refusal is a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.publishing.github import GitHubPublisher
from bot.publishing.github_tokens import AppTokens
from bot.repository.git import MAIN, Commit, Repository
from bot.workflow.ports import PublishingError
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
        running.app_key = key.public_key().public_bytes(serialization.Encoding.PEM, form)
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
    assert github.given == 1, "one token does for all of it"


async def test_a_token_is_renewed_before_its_end(github: GitHubStandIn, pem: str) -> None:
    github.token_seconds = 240
    port = publisher(github, pem)
    await port.create("library", "", "plan-1")
    before = github.given
    await port.create("library", "", "plan-1")
    assert github.given > before, "four minutes are too few for a push"


async def test_a_token_that_github_takes_back_is_renewed_once(github: GitHubStandIn, pem: str) -> None:
    port = publisher(github, pem)
    await port.create("library", "", "plan-1")
    github.token = "ghs_another"
    assert (await port.create("library", "", "plan-1")).name == "acme/library"
    assert github.given == 2


async def test_each_owner_has_an_installation_of_its_own(github: GitHubStandIn, pem: str) -> None:
    github.organisations = ("acme", "globex")
    github.installed = {"acme": "Organization", "globex": "Organization"}
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
    github.installed = {"mara": "User"}
    with pytest.raises(PublishingError, match=r"organisations only, and mara is none; set GITHUB_OWNER"):
        await publisher(github, pem, None).create("library", "", "plan-1")
    for places in ({}, {"acme": "Organization", "globex": "Organization"}):
        github.installed = places
        with pytest.raises(PublishingError, match=rf"is installed in {len(places)} places; set GITHUB_OWNER"):
            await publisher(github, pem, None).create("library", "", "plan-1")
    away = AppTokens("12", pem, None, "http://127.0.0.1:9")
    with pytest.raises(PublishingError, match=r"can't be reached at http://127\.0\.0\.1:9"):
        await GitHubPublisher(away, None, "http://127.0.0.1:9", "http://127.0.0.1:9").create("library", "", "plan-1")
