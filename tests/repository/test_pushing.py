"""Pushes over smart HTTP with a token: what arrives, what is refused, and that the token shows nowhere."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.repository.errors import GitError, Refusal, RemoteMoved, RemoteRefused, UnknownRevision
from bot.repository.git import Commit, Repository
from bot.repository.pushing import token_configuration
from tests.stand_ins.git_server import GitServer, make_bare

TOKEN = "ghp_ofpushesthatnobodymayseeanywhere"
"""Of these tests alone: they look at the argument lists of all processes, and others run beside them."""
MORNING = datetime(2026, 11, 20, tzinfo=UTC)


def commit(message: str, content: bytes = b"1") -> Commit:
    return Commit(message=message, author_name="Mara", author_email="m@example.org", date=MORNING, files={"a": content})


@pytest.fixture
async def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "plan.git")
    await made.create()
    return made


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GitServer]:
    make_bare(tmp_path / "remotes/acme/library.git")
    with GitServer(tmp_path / "remotes", TOKEN, private=True) as running:
        yield running


@pytest.fixture
def remote(tmp_path: Path, server: GitServer) -> Repository:
    return Repository(tmp_path / "remotes/acme/library.git")


@pytest.fixture
def url(server: GitServer) -> str:
    return f"{server.url}/acme/library.git"


async def test_commits_arrive_and_pushing_again_is_fine(repository: Repository, remote: Repository, url: str) -> None:
    first = await repository.commit("main", None, commit("One"))
    await repository.push(url, "main", first, None, TOKEN)
    assert await remote.head("main") == first
    second = await repository.commit("main", first, commit("Two", b"2"))
    await repository.push(url, "main", second, first, TOKEN)
    assert await remote.head("main") == second
    await repository.push(url, "main", second, first, TOKEN)
    await repository.push(url, "main", second, second, TOKEN)
    await repository.push(url, "main", first, None, TOKEN)
    assert await remote.head("main") == second


async def test_a_large_push_goes_in_chunks(repository: Repository, remote: Repository, url: str) -> None:
    noise = b"".join(hex(number * number).encode() * 3 for number in range(400_000))
    first = await repository.commit("main", None, commit("Large", noise))
    await repository.push(url, "main", first, None, TOKEN)
    assert await remote.file(first, "a") == noise


async def test_what_people_pushed_is_never_overwritten(
    repository: Repository, remote: Repository, url: str, tmp_path: Path
) -> None:
    first = await repository.commit("main", None, commit("One"))
    await repository.push(url, "main", first, None, TOKEN)
    theirs = await remote.commit("main", first, commit("By hand", b"hand"))
    ours = await repository.commit("main", first, commit("Two", b"2"))
    with pytest.raises(RemoteMoved, match="nothing was overwritten"):
        await repository.push(url, "main", ours, first, TOKEN)
    fresh = await repository.commit("fresh", None, commit("Another root"))
    with pytest.raises(RemoteMoved):
        await repository.push(url, "main", fresh, None, TOKEN)
    assert await remote.head("main") == theirs


async def test_a_wrong_or_missing_token_is_refused(repository: Repository, remote: Repository, url: str) -> None:
    first = await repository.commit("main", None, commit("One"))
    for token in (None, "wrong"):
        with pytest.raises(RemoteRefused, match="token") as refused:
            await repository.push(url, "main", first, None, token)
        assert refused.value.refusal is Refusal.CREDENTIALS
    assert await remote.head("main") is None


async def test_each_refusal_has_its_kind(repository: Repository, server: GitServer, url: str, tmp_path: Path) -> None:
    first = await repository.commit("main", None, commit("One"))

    async def refusal(address: str) -> Refusal:
        with pytest.raises(RemoteRefused) as refused:
            await repository.push(address, "main", first, None, TOKEN)
        assert TOKEN not in str(refused.value)
        return refused.value.refusal

    assert await refusal(f"{server.url}/acme/none.git") is Refusal.NOT_FOUND
    assert await refusal(str(tmp_path / "nowhere.git")) is Refusal.NOT_FOUND
    server.protected.add("acme/library")
    assert await refusal(url) is Refusal.PERMISSION
    assert await refusal("http://127.0.0.1:9/acme/library.git") is Refusal.UNREACHABLE
    assert await refusal("http://example.invalid/library.git") is Refusal.CREDENTIALS
    assert await refusal("https://mara:secret@127.0.0.1:9/library.git") is Refusal.CREDENTIALS
    assert await refusal("ext::sh -c touch% /tmp/never") is Refusal.OTHER
    assert await refusal("ssh://127.0.0.1:9/library.git") is Refusal.OTHER


async def test_a_hook_s_refusal_is_told(repository: Repository, remote: Repository, url: str) -> None:
    hook = remote.path / "hooks/update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'GH006: Protected branch update failed' >&2\nexit 1\n")
    hook.chmod(0o755)
    first = await repository.commit("main", None, commit("One"))
    with pytest.raises(RemoteRefused) as refused:
        await repository.push(url, "main", first, None, TOKEN)
    assert refused.value.refusal is Refusal.PROTECTED
    hook.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(RemoteRefused, match="remote rejected"):
        await repository.push(url, "main", first, None, TOKEN)


async def test_only_commits_that_are_here_are_pushed(repository: Repository, url: str) -> None:
    with pytest.raises(UnknownRevision):
        await repository.push(url, "main", "f" * 40, None, TOKEN)
    first = await repository.commit("main", None, commit("One"))
    with pytest.raises(GitError):
        await repository.push(url, "--mirror", first, None, TOKEN)
    with pytest.raises(UnknownRevision):
        await repository.push(url, "main", first, "not a hash", TOKEN)


async def test_the_token_is_in_no_argument_list_and_in_no_file(
    repository: Repository, remote: Repository, url: str, tmp_path: Path
) -> None:
    secrets = {TOKEN.encode(), base64.b64encode(f"x-access-token:{TOKEN}".encode())}
    hook = remote.path / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nsleep 1\n")
    hook.chmod(0o755)
    own = repository.path / "hooks/pre-push"
    own.parent.mkdir()
    own.write_text(f"#!/bin/sh\nenv > {tmp_path / 'stolen'}\n")
    own.chmod(0o755)
    first = await repository.commit("main", None, commit("One"))
    push = asyncio.create_task(repository.push(url, "main", first, None, TOKEN))
    seen: set[bytes] = set()
    while not push.done():
        seen |= command_lines()
        await asyncio.sleep(0.01)
    await push
    assert any(b"git\0push\0" in line for line in seen)
    assert any(b"remote-http" in line for line in seen)
    assert not [line for line in seen for secret in secrets if secret in line]
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in written for secret in secrets if secret in path.read_bytes()]
    assert not (tmp_path / "stolen").exists()


def test_a_token_goes_to_its_own_host_only() -> None:
    (setting,) = token_configuration("https://github.com/acme/library.git", TOKEN)
    assert setting == "http.https://github.com/.extraHeader"
    assert token_configuration("/srv/library.git", TOKEN) == {}
    assert token_configuration("https://github.com/acme/library.git", None) == {}


def command_lines() -> set[bytes]:
    """Return the argument lists of all processes."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.add(path.read_bytes())
        except OSError:
            continue
    return found
