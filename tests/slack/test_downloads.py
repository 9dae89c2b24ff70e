"""The bot's token goes to Slack's file hosts and the configured Slack only; what comes back is bounded."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

from bot.slack.application import create_client
from bot.slack.downloads import Downloads, NotFetched

TOKEN = "xoxb-secret"


class Host:
    """A server that answers every path in one way, and records what it is asked with."""

    def __init__(self, status: int = 200, body: bytes = b"- [ ] 1. Begin", kind: str = "text/plain") -> None:
        self.status, self.body, self.kind = status, body, kind
        self.location = ""
        self.asked: list[tuple[str, str]] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        self.asked.append((request.path, request.headers.get("authorization", "")))
        if request.path.startswith("/api/"):
            return web.json_response({"ok": False, "error": "missing_scope", "needed": "files:read"})
        if self.location:
            return web.Response(status=302, headers={"location": self.location})
        return web.Response(status=self.status, body=self.body, content_type=self.kind)


@contextlib.asynccontextmanager
async def serving(host: Host) -> AsyncIterator[URL]:
    """Serve a host on a port of this machine."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", host.answer)
    async with TestServer(app) as server:
        yield server.make_url("/")


async def fetched(slack: URL, address: str, **more: object) -> bytes:
    """Fetch a file by its address, as a bot of that Slack."""
    client = create_client(TOKEN, f"{slack}api/")
    return await Downloads(client).fetch({"id": "F1", "name": "tasks.md", "url_private_download": address, **more})


async def test_the_configured_slack_gets_the_token() -> None:
    slack = Host()
    async with serving(slack) as address:
        assert await fetched(address, f"{address}files/F1/tasks.md") == b"- [ ] 1. Begin"
    assert slack.asked == [("/files/F1/tasks.md", f"Bearer {TOKEN}")]


async def test_another_host_gets_nothing_at_all() -> None:
    slack, other = Host(), Host()
    async with serving(slack) as ours, serving(other) as theirs:
        for address in (
            f"{theirs}files/tasks.md",
            f"http://files.slack.com@127.0.0.1:{theirs.port}/tasks.md",
            f"http://127.0.0.1:{ours.port}@127.0.0.1:{theirs.port}/tasks.md",
            f"http://localhost:{theirs.port}/tasks.md",
        ):
            with pytest.raises(NotFetched):
                await fetched(ours, address)
    assert other.asked == []
    assert {path for path, _ in slack.asked} == {"/api/files.info"}


async def test_a_redirect_to_another_host_is_not_followed() -> None:
    slack, other = Host(), Host()
    async with serving(slack) as ours, serving(other) as theirs:
        slack.location = f"{theirs}tasks.md"
        with pytest.raises(NotFetched):
            await fetched(ours, f"{ours}files/tasks.md")
    assert other.asked == []


async def test_redirects_on_the_same_host_end() -> None:
    slack = Host()
    async with serving(slack) as ours:
        slack.location = "/round"
        with pytest.raises(NotFetched):
            await fetched(ours, f"{ours}files/tasks.md")
    assert [path for path, _ in slack.asked if path == "/round"] == ["/round"] * 3


@pytest.mark.parametrize(
    "address",
    [
        "http://files.slack.com/tasks.md",
        "https://files.slack.com.evil.example/tasks.md",
        "https://evil.example/files.slack.com",
        "https://files.slack.com:8443/tasks.md",
        "https://user@files.slack.com/tasks.md",
        "https://evilslack-files.com/tasks.md",
        "https://slack.com/tasks.md",
        "ftp://files.slack.com/tasks.md",
        "file:///etc/passwd",
        "//files.slack.com",
        "",
    ],
)
def test_addresses_that_are_not_slack_s_file_hosts(address: str) -> None:
    downloads = Downloads(create_client(TOKEN, "https://slack.com/api/"))
    allowed = downloads._is_allowed(URL(address))
    assert allowed is (address == "https://slack.com/tasks.md")


@pytest.mark.parametrize("host", ["files.slack.com", "slack-files.com", "t1.slack-files.com", "FILES.slack.com"])
def test_slack_s_file_hosts(host: str) -> None:
    assert Downloads(create_client(TOKEN, "http://127.0.0.1:3000/api/"))._is_allowed(URL(f"https://{host}/x"))


def test_a_slack_beyond_this_machine_must_be_https() -> None:
    downloads = Downloads(create_client(TOKEN, "http://slack.example/api/"))
    assert not downloads._is_allowed(URL("http://slack.example/files/F1"))


async def test_a_page_to_sign_in_is_no_file_and_the_reason_is_asked_for() -> None:
    async with serving(Host(body=b"<html>", kind="text/html")) as slack:
        with pytest.raises(NotFetched, match="lacks the scope `files:read`"):
            await fetched(slack, f"{slack}files/tasks.md")


async def test_what_is_too_large_is_not_read_to_its_end() -> None:
    async with serving(Host(body=bytes(256 * 1024 + 1))) as slack:
        with pytest.raises(NotFetched, match="larger than 256 kB"):
            await fetched(slack, f"{slack}files/tasks.md", size=5)
        with pytest.raises(NotFetched, match="larger than 256 kB"):
            await fetched(slack, f"{slack}files/tasks.md", size=256 * 1024 + 1)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"mode": "tombstone"}, "keeps this file no more"),
        ({"mode": "hidden_by_limit"}, "keeps this file no more"),
        ({"mode": "external", "is_external": True}, "only a link to a file"),
        ({"file_access": "check_file_info"}, "lacks the scope"),
        ({"url_private_download": "", "mode": ""}, "lacks the scope"),
    ],
)
async def test_files_that_slack_does_not_keep_or_tell(more: dict[str, object], sentence: str) -> None:
    async with serving(Host()) as slack:
        downloads = Downloads(create_client(TOKEN, f"{slack}api/"))
        file = {"id": "F1", "name": "tasks.md", "url_private_download": f"{slack}files/tasks.md"}
        with pytest.raises(NotFetched, match=sentence):
            await downloads.fetch(file | more)


async def test_a_host_that_can_t_be_reached_is_a_sentence() -> None:
    async with serving(Host()) as slack:
        gone = str(slack)
    with pytest.raises(NotFetched, match="could not be reached"):
        await fetched(URL(gone), f"{gone}files/tasks.md")
