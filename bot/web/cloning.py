"""Read-only clones over smart HTTP: ``git http-backend`` for upload-pack, and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.repository.process import dies_with_parent, git_environment
from bot.web.browsing import repository_at

__all__ = ["clone_routes"]

LONGEST_REQUEST = 8 << 20
"""Bytes that a client may send: what it has and what it wants."""
SECONDS = 300.0
AT_ONCE = 8
READ_ONLY = "This address is read-only; push to a copy of your own."


def clone_routes(repositories: Path) -> list[Route]:
    """Return the routes below ``/git``."""
    cloner = Cloner(repositories)
    return [Route("/git/{name}.git/{rest:path}", cloner.answer, methods=["GET", "POST"])]


class Cloner:
    """Hands clone requests to git, a few at a time."""

    def __init__(self, repositories: Path) -> None:
        self.repositories = repositories
        self.turns = asyncio.Semaphore(AT_ONCE)

    async def answer(self, request: Request) -> Response:
        """Answer one request of git's smart protocol; pushes are 403, the old file protocol is 404."""
        name, rest = request.path_params["name"], request.path_params["rest"]
        service = request.query_params.get("service", "")
        if "git-receive-pack" in (rest, service):
            raise HTTPException(403, READ_ONLY)
        asked = (request.method, rest, service)
        if asked not in {("GET", "info/refs", "git-upload-pack"), ("POST", "git-upload-pack", "")}:
            raise HTTPException(404, "Only git's smart protocol is spoken here.")
        repository = await asyncio.to_thread(repository_at, self.repositories, name)
        environment = self.environment(request, repository.path.name, rest, service)
        return BackendResponse(repository.path, environment, await body_of(request), self.turns)

    def environment(self, request: Request, folder: str, rest: str, service: str) -> dict[str, str]:
        """Return the environment of the CGI program."""
        environment = git_environment({"http.receivepack": "false", "uploadpack.allowFilter": "true"})
        del environment["GIT_DIR"]
        return environment | {
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROJECT_ROOT": str(self.repositories.absolute()),
            "PATH_INFO": f"/{folder}/{rest}",
            "QUERY_STRING": f"service={service}" if service else "",
            "REQUEST_METHOD": request.method,
            "CONTENT_TYPE": request.headers.get("content-type", ""),
            "HTTP_CONTENT_ENCODING": request.headers.get("content-encoding", ""),
            "GIT_PROTOCOL": request.headers.get("git-protocol", "")[:100],
            "REMOTE_ADDR": request.client.host if request.client else "",
        }


async def body_of(request: Request) -> bytes:
    """Read the body of a request. Raises HTTPException 413 where it is longer than any clone needs."""
    body = bytearray()
    try:
        async for block in request.stream():
            body += block
            if len(body) > LONGEST_REQUEST:
                raise HTTPException(413, "That is more than a clone asks for.")
    except ClientDisconnect:
        raise HTTPException(400, "The request broke off.") from None
    return bytes(body)


class BackendResponse(Response):
    """What ``git http-backend`` answers, passed on as it comes. git is killed at the end, or when the time is up."""

    def __init__(self, folder: Path, environment: dict[str, str], body: bytes, turns: asyncio.Semaphore) -> None:
        super().__init__()
        self.folder = folder
        self.environment = environment | {"CONTENT_LENGTH": str(len(body))}
        self.asked = body
        self.turns = turns

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run git and send what it says."""
        async with self.turns:
            process = await asyncio.create_subprocess_exec(
                *dies_with_parent(), "git", "http-backend",
                cwd=self.folder, env=self.environment, start_new_session=True,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
            assert process.stdin is not None  # noqa: S101 - asked for above
            assert process.stdout is not None  # noqa: S101 - asked for above
            feeding = asyncio.create_task(feed(process.stdin, self.asked))
            try:
                async with asyncio.timeout(SECONDS):
                    await pass_on(process.stdout, send)
            finally:
                feeding.cancel()
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.wait()


async def pass_on(answer: asyncio.StreamReader, send: Send) -> None:
    """Send a CGI answer: its head as status and headers, then its content in blocks."""
    status, headers = read_head(await answer.readuntil(b"\r\n\r\n"))
    pairs = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    while block := await answer.read(1 << 16):
        await send({"type": "http.response.body", "body": block, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def feed(stdin: asyncio.StreamWriter, body: bytes) -> None:
    """Give a program its input."""
    with contextlib.suppress(ConnectionError):
        stdin.write(body)
        await stdin.drain()
    stdin.close()


def read_head(head: bytes) -> tuple[int, dict[str, str]]:
    """Return status and headers of a CGI answer."""
    headers = dict(line.split(": ", 1) for line in head.decode("latin-1").split("\r\n") if ": " in line)
    return int(headers.pop("Status", "200").split()[0]), headers
