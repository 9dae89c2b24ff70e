"""The command line: one file a command, imported lazily, and the only place that turns errors into exit codes.

Exit codes: 0 fine, 1 findings of severity error or a failure, 2 wrong usage or settings.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
import uuid
from typing import NoReturn

import typer

from bot.cli.build import build
from bot.cli.convert import convert
from bot.cli.db import db
from bot.cli.doctor import doctor
from bot.cli.eval import evaluate
from bot.cli.fmt import fmt
from bot.cli.inspect import inspect
from bot.cli.lint import lint
from bot.cli.local import local
from bot.cli.manifest import manifest
from bot.cli.new import new
from bot.cli.prompts import prompts
from bot.cli.rules import rules
from bot.cli.serve import serve
from bot.cli.setup import setup
from bot.cli.show import show
from bot.cli.tick import tick

__all__ = ["app", "main"]

INTERRUPTED = 130
"""What shells expect of a program that Ctrl-C ended."""

NO_OUTPUT = frozenset({errno.ENOSPC, errno.EPIPE, errno.EIO})
"""What goes wrong when nobody can take what is printed."""

app = typer.Typer(
    name="planthread",
    help="Turns a conversation into a working FastAPI backend: planned in a thread, approved by people, built with "
    "evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def root(
    version: bool = typer.Option(False, "--version", help="Show the version and stop."),
) -> None:
    """Hold the options that belong to no command."""
    if version:
        from bot import __version__

        typer.echo(f"planthread {__version__}")
        raise typer.Exit


app.command()(local)
app.command()(serve)
app.command()(new)
app.command()(build)
app.command()(lint)
app.command()(show)
app.command()(fmt)
app.command()(tick)
app.command()(convert)
app.command("eval")(evaluate)
app.command()(inspect)
app.add_typer(rules, name="rules")
app.command()(doctor)
app.add_typer(db, name="db")
app.add_typer(prompts, name="prompts")
app.command()(manifest)
app.command()(setup)


def main() -> None:
    """Run the command of the command line's arguments, and leave with its exit code."""
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in NO_OUTPUT:
            leave_without_output(error)
        number = uuid.uuid4().hex[:8]
        logging.getLogger("planthread").exception("unexpected error %s", number)
        typer.echo(
            f"planthread: something unexpected went wrong; report it with the lines above, error {number}.", err=True
        )
        sys.exit(1)


def leave_without_output(error: OSError) -> NoReturn:
    """Leave with one sentence where what is printed can't be written; what is left of it goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    typer.echo(f"planthread: the output can't be written: {error.strerror}.", err=True)
    sys.exit(1)
