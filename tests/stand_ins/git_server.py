"""A real git server over smart HTTP: ``git http-backend`` behind a small HTTP server, with a token for pushes."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

__all__ = ["GitHandler", "GitServer", "StandIn", "make_bare"]


def make_bare(path: Path) -> None:
    """Make a bare repository with ``main`` as its branch."""
    git = [str(shutil.which("git")), "init", "-q", "--bare", "--initial-branch=main", str(path)]
    subprocess.run(git, check=True, env={"PATH": os.environ["PATH"], "HOME": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"})


class StandIn(ThreadingHTTPServer):
    """A server on a free port of 127.0.0.1, in a thread of its own while it is entered."""

    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler], port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()


class GitServer(StandIn):
    """Serves ``<repositories>/<path>.git`` under ``/git/<path>.git`` and ``/<path>.git``.

    Anybody may read, unless ``private``; pushing takes the token, as Basic (``x-access-token``) or Bearer.
    """

    def __init__(
        self,
        repositories: Path,
        token: str,
        *,
        port: int = 0,
        private: bool = False,
        handler: type[GitHandler] | None = None,
    ) -> None:
        super().__init__(handler or GitHandler, port)
        self.repositories = repositories
        self.token = token
        self.private = private
        self.protected: set[str] = set()
        """Repositories (``acme/library``) that take no pushes: 403, as a token without write access gets."""
        self.pushes: list[str] = []
        """Repositories that were pushed to, in order."""


class GitHandler(BaseHTTPRequestHandler):
    """Answers git's requests; everything else is 404."""

    protocol_version = "HTTP/1.1"
    server: GitServer

    def do_GET(self) -> None:
        """Answer a GET."""
        self.answer_git(b"")

    def do_POST(self) -> None:
        """Answer a POST."""
        self.answer_git(self.body())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Print nothing."""

    def body(self) -> bytes:
        """Read the body of the request, chunked or counted."""
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def answer_git(self, body: bytes) -> None:
        """Answer one request of git's smart protocol."""
        parts = urlsplit(self.path)
        path = unquote(parts.path).removeprefix("/git")
        name, dot_git, rest = path.partition(".git/")
        writes = "git-receive-pack" in (rest + parts.query)
        if not dot_git or ".." in path:
            self.send_answer(404, b"Not Found\n")
        elif (writes or self.server.private) and not self.token_given():
            self.send_answer(401, b"Bad credentials\n", {"WWW-Authenticate": 'Basic realm="git"'})
        elif not (self.server.repositories / f"{name[1:]}.git").is_dir():
            self.send_answer(404, b"Repository not found\n")
        elif writes and name[1:] in self.server.protected:
            self.send_answer(403, b"Write access to repository not granted.\n")
        else:
            if writes and body:
                self.server.pushes.append(name[1:])
            self.run_backend(path, parts.query, body)

    def token_given(self) -> bool:
        """Tell whether the request carries the token."""
        return self.token_sent() == self.server.token

    def token_sent(self) -> str:
        """Return the token that the request carries, or nothing."""
        kind, _, value = self.headers.get("Authorization", "").partition(" ")
        return base64.b64decode(value).decode().partition(":")[2] if kind.lower() == "basic" else value

    def run_backend(self, path: str, query: str, body: bytes) -> None:
        """Let ``git http-backend`` answer, as a CGI program."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROJECT_ROOT": str(self.server.repositories),
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_USER": "someone",
            "REMOTE_ADDR": self.client_address[0],
        }
        run = subprocess.run(
            [str(shutil.which("git")), "http-backend"], input=body, env=environment, capture_output=True, check=False
        )
        head, _, content = run.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
        self.send_answer(int(headers.pop("Status", "200").split()[0]), content, headers)

    def send_answer(self, status: int, content: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in (headers or {"Content-Type": "text/plain"}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
