"""`planthread fmt`: a planning file as it was read, byte for byte, or in its canonical form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.configuration import fail, format_or_exit

if TYPE_CHECKING:
    from bot.cli.planning_files import PlanningFile

__all__ = ["fmt"]


def fmt(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A planning file.")],
    canonical: Annotated[
        bool, typer.Option("--canonical", help="Write it anew in the one form that Planthread itself writes.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", "-w", help="Change the file instead of printing it.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write it anew even where something has no place in the canonical form.")
    ] = False,
    as_format: Annotated[str, typer.Option("--as", metavar="FORMAT", help="Read it as this format.")] = "",
) -> None:
    """Print a planning file: the same bytes, or with --canonical in the form that Planthread itself writes."""
    from bot.cli.planning_files import replace_file, whole_planning_file

    given = whole_planning_file(file, format_or_exit(as_format))
    data = canonical_bytes(given, force) if canonical else given.source.to_bytes()
    if not write:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    replace_file(file, data)


def canonical_bytes(given: PlanningFile, force: bool) -> bytes:
    """Return a file in its canonical form. Leaves with sentences where something would get lost."""
    from bot.cli.findings import printable
    from bot.documents.conversion import ConversionRefused, canonical_form

    try:
        form = canonical_form(given.format, given.text, str(given.path))
    except ConversionRefused as refusal:
        raise fail([printable(str(refusal))], 1) from None
    if form.lost and not force:
        lost = "".join(f"\n  {printable(sentence)}" for sentence in form.lost)
        head = f"the canonical form of {given.path} would leave this out or change it:{lost}"
        raise fail([head, "Nothing was written; --force goes ahead."], 1)
    return form.text.encode("utf-8", "surrogateescape")
