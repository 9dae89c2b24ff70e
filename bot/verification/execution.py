"""Runs one command to its end: a clock, a bounded output, and no process left behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

from bot.documents.frozen import Frozen

__all__ = ["KEPT_BYTES", "Execution", "execute"]

KEPT_BYTES = 200_000
"""How much of the end of an output is kept."""
GRACE_SECONDS = 1.0
"""How long the output may stay open after the command has ended (a child of its own may hold it)."""


class Execution(Frozen):
    """How a command ended. ``exit_code`` is None where the clock ended it; ``output`` is the end of both streams."""

    exit_code: int | None
    output: str
    seconds: float
    timed_out: bool = False
    dropped_bytes: int = 0


async def execute(
    command: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    seconds: float,
    inherited: Sequence[int] = (),
) -> Execution:
    """Run a command in a process group of its own, and kill the group at its end, at the limit, or on cancellation.

    ``inherited`` are open file descriptors that the command gets under the same numbers; no others.
    """
    started = time.monotonic()
    reading, writing = os.pipe()  # of our own: asyncio's would hold the wait until every child lets go of it
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env=dict(environment),
            umask=0o022,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=writing,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            pass_fds=inherited,
        )
    except BaseException:
        os.close(reading)
        raise
    finally:
        os.close(writing)
    timed_out = False
    end = OutputEnd()
    async with end.following(reading):
        try:
            await asyncio.wait_for(process.wait(), seconds)
        except TimeoutError:
            timed_out = True
        finally:
            kill_group(process.pid)
            await process.wait()
    return Execution(
        exit_code=None if timed_out else process.returncode,
        output=end.text(),
        seconds=time.monotonic() - started,
        timed_out=timed_out,
        dropped_bytes=end.dropped,
    )


class OutputEnd:
    """The last bytes of an output, whatever its length."""

    def __init__(self) -> None:
        self.kept = bytearray()
        self.dropped = 0

    @contextlib.asynccontextmanager
    async def following(self, reading: int) -> AsyncIterator[None]:
        """Read a pipe while the block runs, and a little longer, until it is closed at the other end."""
        stream = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(reading, "rb", buffering=0)
        )
        pump = asyncio.create_task(self.fill(stream))
        try:
            yield
            await asyncio.wait({pump}, timeout=GRACE_SECONDS)
        finally:
            pump.cancel()
            transport.close()

    async def fill(self, stream: asyncio.StreamReader) -> None:
        """Read to the end of the stream, keeping the last bytes."""
        while block := await stream.read(1 << 16):
            self.kept += block
            excess = len(self.kept) - KEPT_BYTES
            if excess > 0:
                del self.kept[:excess]
                self.dropped += excess

    def text(self) -> str:
        """Return what was kept, as text."""
        return self.kept.decode(errors="replace")


def kill_group(leader: int) -> None:
    """Kill every process of a group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
