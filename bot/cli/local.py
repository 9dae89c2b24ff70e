"""`planthread local`: the whole product on this machine, with a stand-in for Slack and its page."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.configuration import fail, settings_or_exit

__all__ = ["local"]


def local(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the page is; a taken port moves on.")] = 3000,
    data: Annotated[
        Path | None, typer.Option(file_okay=False, help="Where everything is kept (default: .planthread/local).")
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen on, of this machine only.")] = "127.0.0.1",
    no_open: Annotated[bool, typer.Option("--no-open", help="Don't open the browser.")] = False,
) -> None:
    """Start everything on this machine: no account, no key, no network. Ctrl-C stops it; nothing is lost."""
    settings = settings_or_exit()
    folder = (data or settings.data / "local").expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "local.lock").touch()
    except OSError as error:
        raise fail([f"{folder} can't be written ({error.strerror}); choose another folder with --data."]) from None

    import asyncio

    from filelock import FileLock, Timeout

    from bot.cli.local_run import LocalRun, running_address

    opens = not no_open and has_browser(os.environ, sys.platform)
    try:
        with FileLock(folder / "local.lock", timeout=0):
            code = asyncio.run(LocalRun(folder, host, port, os.environ, opens).run())
    except Timeout:
        where = running_address(folder) or "another process"
        raise fail([f"it already runs on {folder}: {where}. Stop that one, or choose another --data."], 1) from None
    raise typer.Exit(code)


def has_browser(environment: Mapping[str, str], system: str) -> bool:
    """Tell whether a person sits before this machine: a display, and no continuous integration."""
    if environment.get("CI"):
        return False
    if system.startswith("linux"):
        return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
    return not environment.get("SSH_CONNECTION")
