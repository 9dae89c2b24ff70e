"""`planthread show`: what a planning file says, as an outline for people or as JSON for programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.configuration import Output, format_or_exit

if TYPE_CHECKING:
    from bot.documents.outlines import Outline

__all__ = ["show"]

STEP = "  "
COLOURS = {"x": "green", "-": "yellow", " ": "default", "~": "yellow"}


def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A planning file.")],
    as_format: Annotated[str, typer.Option("--as", metavar="FORMAT", help="Read it as this format.")] = "",
    output: Annotated[Output, typer.Option("--format", help="An outline, or the whole model.")] = Output.TEXT,
) -> None:
    """Show what a planning file says: its things in order, with boxes as read and what their parts say of them.

    Leaves with 1 where nothing of its format was found.
    """
    from bot.cli.findings import counted, printable
    from bot.cli.planning_files import planning_file
    from bot.documents.outlines import outline_of
    from bot.documents.readers import is_empty, model_json, read_document

    given = planning_file(file, format_or_exit(as_format))
    reading = read_document(given.format, given.text, str(file))
    if output is Output.JSON:
        typer.echo(model_json(reading.model))
    else:
        print_outline(outline_of(reading))
    if reading.findings:
        typer.echo(printable(f"{counted(reading.findings, 1)} planthread lint {file} says which."), err=True)
    raise typer.Exit(1 if is_empty(reading) else 0)


def print_outline(outline: Outline) -> None:
    """Print an outline: in colour on a terminal, plainly in a pipe."""
    from bot.cli.findings import printable

    if not sys.stdout.isatty():
        typer.echo(printable(outline.title))
        for line in outline.lines:
            box = f"[{line.mark}] " if line.mark is not None else ""
            note = f"  ({line.note})" if line.note else ""
            typer.echo(printable(f"{STEP * line.depth}{box}{line.text}{note}"))
        return

    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    console.print(Text(printable(outline.title), style="bold"))
    for line in outline.lines:
        text = Text(STEP * line.depth)
        if line.mark is not None:
            text.append(f"[{line.mark}] ", style=COLOURS.get(line.mark.lower(), "red"))
        text.append(printable(line.text), style="bold" if not line.depth else "")
        if line.note:
            text.append(f"  {printable(line.note)}", style="dim")
        console.print(text, soft_wrap=True)
