"""One run of the local product: the workspace and the bot as two children, one address, orderly start and stop."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Mapping
from pathlib import Path

import typer

from bot.cli.supervisor import Child, ChildError

__all__ = ["LocalRun", "bot_environment", "free_port", "running_address"]

RECORD = "local.json"
"""What runs where, for people and tests: addresses and process ids."""

LAST_PORT = 65535
STEP = 2
"""A run takes two ports, one for the workspace and one for the bot."""


def free_port(host: str, first: int) -> int:
    """Return the first port from ``first`` upwards that nobody listens on. Raises ChildError where all are taken.

    It goes in steps of `STEP`: a second run that starts in the same moment never takes the bot's port of the first,
    on which nobody listens before its workspace has answered.
    """
    for port in range(first, LAST_PORT + 1, STEP):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((host, port))
            except PermissionError:
                raise ChildError(f"port {port} needs a privileged user; choose one above 1024 with --port", 2) from None
            except (OverflowError, socket.gaierror):
                raise ChildError(f"--host {host} is no address of this machine", 2) from None
            except OSError:
                continue
            return port
    raise ChildError(f"no port from {first} upwards can be used on {host}; choose another --port or --host", 1)


def reachable(host: str) -> str:
    """Return a listening address ready for a URL."""
    return f"[{host}]" if ":" in host else host


def bot_environment(
    base: Mapping[str, str], folder: Path, host: str, workspace: str, bot_port: int, bot: str
) -> dict[str, str]:
    """Return the bot's environment: the caller's, with the local workspace in Slack's place and files in ``folder``.

    Keys of models and GitHub pass through. Slack's own credentials never do: SLACK_CLIENT_ID alone would switch
    Bolt to OAuth.
    """
    environment = {name: value for name, value in base.items() if not name.startswith("SLACK_")}
    return environment | {
        "SLACK_API_URL": f"{workspace}/api/",
        "SLACK_BOT_TOKEN": "xoxb-local",
        "SLACK_APP_TOKEN": "xapp-local",
        "PLANTHREAD_DATA": str(folder),
        "PLANTHREAD_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'plans.db'}",
        "PLANTHREAD_ENGINE_URL": f"sqlite:///{folder / 'engine.db'}",
        "PLANTHREAD_HOST": host,
        "PLANTHREAD_PORT": str(bot_port),
        "PLANTHREAD_PUBLIC_URL": bot,
    }


def running_address(folder: Path) -> str | None:
    """Return the address that the run on a data folder wrote down, or None."""
    try:
        return str(json.loads((folder / RECORD).read_text(encoding="utf-8"))["workspace"]["address"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


class LocalRun:
    """Starts workspace and bot, keeps them running, and stops them on Ctrl-C, SIGTERM, or when the terminal closes."""

    def __init__(self, folder: Path, host: str, port: int, environment: Mapping[str, str], opens: bool) -> None:
        """Keep what was asked for; nothing starts before `run`."""
        self.folder = folder
        self.host = host
        self.port = port
        self.environment = environment
        self.opens = opens
        self.stopped = asyncio.Event()
        self.children: list[Child] = []

    async def run(self) -> int:
        """Run until told to stop, and return the exit code."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stopped.set)
        try:
            workspace, bot = self.prepare()
            return await self.supervise(workspace, bot)
        except ChildError as error:
            typer.echo(f"planthread: {error}", err=True)
            return error.code
        finally:
            for child in reversed(self.children):
                await child.stop()
            (self.folder / RECORD).unlink(missing_ok=True)
            if self.stopped.is_set():
                self.say_goodbye()

    def say_goodbye(self) -> None:
        """Say that all has stopped, where somebody can still read it."""
        with contextlib.suppress(OSError):
            typer.echo(f"Stopped. Everything is kept in {self.folder}")

    def prepare(self) -> tuple[Child, Child]:
        """Choose ports and describe both children, the workspace first."""
        port = free_port(self.host, self.port)
        if port != self.port:
            typer.echo(f"Port {self.port} is taken; {port} it is.", err=True)
        bot_port = free_port(self.host, port + 1)
        name = reachable(self.host)
        page, pages = f"http://{name}:{port}", f"http://{name}:{bot_port}"
        serving = [sys.executable, "-m", "bot.local_workspace", "--port", str(port), "--host", self.host]
        workspace = self.child(
            "workspace",
            [*serving, "--data", str(self.folder / "workspace")],
            dict(self.environment),
            f"{page}/",
        )
        bot = self.child(
            "bot",
            [sys.executable, "-m", "bot.cli", "serve"],
            bot_environment(self.environment, self.folder, self.host, page, bot_port, pages),
            f"{pages}/readyz",
        )
        self.children = [workspace, bot]
        return workspace, bot

    def child(self, name: str, command: list[str], environment: dict[str, str], probe: str) -> Child:
        """Describe one child; the log of an earlier run is kept beside the new one."""
        log = self.folder / "logs" / f"{name}.log"
        log.parent.mkdir(exist_ok=True)
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        return Child(name, command, environment, log, probe, self.record, lambda said: typer.echo(said, err=True))

    async def supervise(self, workspace: Child, bot: Child) -> int:
        """Start both in order, announce the address, and wait for the end."""
        running = [asyncio.create_task(workspace.keep_running())]
        stopping = asyncio.create_task(self.stopped.wait())
        try:
            if not await self.until_ready(workspace, [*running, stopping]):
                return 0
            running.append(asyncio.create_task(bot.keep_running()))
            if not await self.until_ready(bot, [*running, stopping]):
                return 0
            self.announce(workspace)
            await first_of([*running, stopping])
        finally:
            for child in reversed(self.children):
                await child.stop()
            for task in [*running, stopping]:
                task.cancel()
            await asyncio.gather(*running, stopping, return_exceptions=True)
        return 0

    async def until_ready(self, child: Child, others: list[asyncio.Task[None] | asyncio.Task[bool]]) -> bool:
        """Wait for a child's first answer; False where the run is stopped first. Raises ChildError."""
        ready = asyncio.create_task(child.ready())
        try:
            await first_of([ready, *others])
            return not self.stopped.is_set()
        finally:
            ready.cancel()
            await asyncio.gather(ready, return_exceptions=True)

    def announce(self, workspace: Child) -> None:
        """Print the one address, and open it where somebody sits before a browser."""
        page = workspace.probe
        typer.echo(f"Planthread is ready: {page}\nCtrl-C stops it. Everything is kept in {self.folder}")
        sys.stdout.flush()
        if not self.opens:
            return
        try:
            webbrowser.open(page)
        except webbrowser.Error as error:
            typer.echo(f"No browser could be opened ({error}); the address above works in any.", err=True)

    def record(self) -> None:
        """Write down what runs where, in one step, so that readers never see half of it."""
        facts: dict[str, object] = {"pid": os.getpid(), "data": str(self.folder)}
        for child in self.children:
            address = child.probe.removesuffix("/readyz").rstrip("/")
            facts[child.name] = {"pid": child.pid, "address": address, "log": str(child.log)}
        draft = self.folder / f"{RECORD}.new"
        draft.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
        draft.replace(self.folder / RECORD)


async def first_of(tasks: list[asyncio.Task[None] | asyncio.Task[bool]]) -> None:
    """Wait until one of the tasks ends, and raise what it raised."""
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()
