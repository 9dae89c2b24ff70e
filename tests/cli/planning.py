"""What the tests of the planning commands share: a runner, samples, and a terminal to print on."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli import app

__all__ = ["SAMPLES", "on_a_terminal", "plain", "planthread"]

SAMPLES = Path(__file__).parent.parent / "documents" / "samples"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def planthread(*arguments: object) -> Result:
    """Run a command in this process, its output a pipe."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def on_a_terminal(*arguments: object) -> tuple[int, str]:
    """Run a command with a terminal of 100 columns as its output; return its exit code and what it showed."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"COLUMNS": "100", "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "bot.cli", *(str(argument) for argument in arguments)]
    running = subprocess.Popen(command, stdout=theirs, stderr=subprocess.STDOUT, env=environment)
    os.close(theirs)
    shown = b""
    while piece := piece_of(ours):
        shown += piece
    os.close(ours)
    return running.wait(timeout=60), shown.decode()


def piece_of(terminal: int) -> bytes:
    """Return what a terminal shows next; nothing when its program is gone."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


def plain(shown: str) -> str:
    """Return what a terminal shows without its colours."""
    return COLOURS.sub("", shown).replace("\r\n", "\n")
