"""`planthread fmt`: a planning file as it was read, byte for byte, or in its canonical form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.configuration import fail, format_or_exit

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
    from bot.cli.planning_files import planning_file, replace_file, whole_source_of

    data = whole_source_of(file).to_bytes()
    given = planning_file(file, format_or_exit(as_format))
    if canonical:
        from bot.documents.conversion import canonical_form

        form = canonical_form(given.format, given.text, str(file))
        if form.lost and not force:
            lines = [f"{file} says {len(form.lost)} things that the canonical form has no place for:", *form.lost]
            raise fail([*lines, "Nothing was written; --force leaves them out."], 1)
        data = form.text.encode("utf-8", "surrogateescape")
    if not write:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    replace_file(file, data)
