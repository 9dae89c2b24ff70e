"""Runs programs and servers: a clean environment, a clock, one stream, and no process left behind."""

from __future__ import annotations

import contextlib
import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

__all__ = ["MINUTES", "Ended", "ServerDidNotStart", "environment_of", "free_port", "run", "serving"]

MINUTES = 60.0
KEPT_ON = (
    "LANG", "TMPDIR", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS",
    "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy",
)  # fmt: skip
"""Variables of this machine that programs may see; `UV_` and `npm_` too. Nothing that could be a secret."""


class ServerDidNotStart(Exception):  # noqa: N818 - says what happened
    """A server ended or stayed silent; the message holds what it said."""


@dataclass(frozen=True)
class Ended:
    """How a program ended; ``code`` is None where the clock ended it."""

    code: int | None
    output: str
    seconds: float

    @property
    def ok(self) -> bool:
        """Tell whether it said that all is well."""
        return self.code == 0


def environment_of(home: Path, *folders: Path, **variables: str) -> dict[str, str]:
    """Return the variables of a program: a home of its own, and PATH with these folders first."""
    kept = {name: os.environ[name] for name in KEPT_ON if name in os.environ}
    tools = {name: value for name, value in os.environ.items() if name.startswith(("UV_", "npm_", "NPM_"))}
    path = ":".join([*(str(folder) for folder in folders), "/usr/local/bin", "/usr/bin", "/bin"])
    return {"LANG": "C.UTF-8"} | kept | tools | {"PATH": path, "HOME": str(home), "NO_COLOR": "1"} | variables


def run(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str],
    *,
    seconds: float = 20 * MINUTES,
    user: str | None = None,
) -> Ended:
    """Run a program to its end, or to the end of its time; nothing of its process group is left."""
    began = time.monotonic()
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        **as_user(user),
    )
    code: int | None = None
    try:
        output, _ = process.communicate(timeout=seconds)
        code = process.returncode
    except subprocess.TimeoutExpired:
        kill_group(process.pid)
        output, _ = process.communicate()
        output += f"\nstopped after {seconds:.0f} s".encode()
    finally:
        kill_group(process.pid)
    return Ended(code, output.decode(errors="replace"), time.monotonic() - began)


def as_user(name: str | None) -> dict[str, Any]:
    """Return what makes a process run as somebody else, with that one's own group only; nothing for ourselves."""
    if name is None:
        return {}
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def kill_group(leader: int, sign: signal.Signals = signal.SIGKILL) -> None:
    """Signal a process group that may be gone already."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, sign)


@contextlib.contextmanager
def serving(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str],
    log: Path,
    ready: Callable[[], bool],
    *,
    user: str | None = None,
    stop_by: signal.Signals = signal.SIGTERM,
) -> Iterator[None]:
    """Run a server as long as the block lasts, which begins when ``ready`` says so. Raises ServerDidNotStart."""
    with log.open("wb") as stream:
        process = start_server(command, folder, environment, stream, user)
        try:
            wait_until(ready, process, log)
            yield
        finally:
            kill_group(process.pid, stop_by)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            kill_group(process.pid)
            process.wait()


def start_server(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str], stream: IO[bytes], user: str | None
) -> subprocess.Popen[bytes]:
    """Start a server in a process group of its own, its output in a file."""
    return subprocess.Popen(
        [str(word) for word in command],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=stream,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        **as_user(user),
    )


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    """Wait until a server is ready. Raises ServerDidNotStart with the end of its log."""
    end = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            raise ServerDidNotStart(log.read_text(encoding="utf-8", errors="replace")[-3000:])
        time.sleep(0.05)


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
