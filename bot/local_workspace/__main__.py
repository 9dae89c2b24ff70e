"""``python -m bot.local_workspace``: the local workspace as a program of its own."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from bot.local_workspace.delivery import Timing
from bot.local_workspace.directory import ALL_SCOPES
from bot.local_workspace.server import WorkspaceServer, is_loopback, listening_socket
from bot.local_workspace.workspace import Options, Workspace


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    line = argparse.ArgumentParser(
        prog="python -m bot.local_workspace", description="A stand-in for Slack, to use Planthread without an account."
    )
    line.add_argument("--data", type=Path, required=True, help="folder that holds workspace.db")
    line.add_argument("--port", type=int, default=3000, help="0 takes a free one (default: 3000)")
    line.add_argument("--host", default="127.0.0.1", help="an address of this machine only (default: 127.0.0.1)")
    line.add_argument("--bot-token", default="xoxb-local", help="the token that the Web API takes")
    line.add_argument("--app-token", default="xapp-local", help="the token that opens Socket Mode")
    line.add_argument(
        "--request-url",
        default="",
        help="deliver by signed HTTP to this address, such as http://127.0.0.1:3001/slack/events, not by Socket Mode",
    )
    line.add_argument(
        "--signing-secret", default=Options.signing_secret, help="what requests over HTTP are signed with"
    )
    line.add_argument("--commands", default="/plan", help="slash commands, separated by commas (default: /plan)")
    line.add_argument("--scopes", default=",".join(ALL_SCOPES), help="scopes that the app was given (default: all)")
    line.add_argument(
        "--seconds", type=float, default=3.0, help="how long an acknowledgement may take, and a trigger_id is good for"
    )
    line.add_argument(
        "--again",
        type=pauses,
        default=Timing.again,
        help="seconds before each repetition of an event (default: 0,60,300)",
    )
    return line


def pauses(text: str) -> tuple[float, ...]:
    """Read the pauses between deliveries of one event."""
    return tuple(float(pause) for pause in text.split(",") if pause.strip())


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or Ctrl+C. Returns the exit code: 0 stopped, 1 port or folder refused, 2 usage."""
    line = parser()
    given = line.parse_args(arguments)
    if not is_loopback(given.host):
        line.error(
            "--host must be an address of this machine, such as 127.0.0.1: whoever reaches the page can act as anyone"
        )
    try:
        given.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"{given.data} can't be made ({error.strerror}); choose another folder with --data.", file=sys.stderr)  # noqa: T201
        return 1
    try:
        bound = listening_socket(given.host, given.port)
    except OSError as error:
        print(f"Port {given.port} can't be used ({error.strerror}); choose another with --port.", file=sys.stderr)  # noqa: T201
        return 1
    host = f"[{given.host}]" if ":" in given.host else given.host
    options = Options(
        data=given.data,
        address=f"http://{host}:{bound.getsockname()[1]}",
        bot_token=given.bot_token,
        app_token=given.app_token,
        commands=tuple(name for name in given.commands.split(",") if name),
        scopes=tuple(name for name in given.scopes.split(",") if name),
        timing=Timing(acknowledgement=given.seconds, again=given.again, trigger=given.seconds),
        request_url=given.request_url,
        signing_secret=given.signing_secret,
    )
    # Uvicorn raises the signal that stopped it once more, after a clean stop: let that one pass.
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, lambda *_: None)
    WorkspaceServer(Workspace(options), announce=True).run(sockets=[bound])
    return 0


if __name__ == "__main__":
    sys.exit(main())
