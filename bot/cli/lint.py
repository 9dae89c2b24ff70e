"""`planthread lint`: an honest reading of planning files, alone and across the documents of a tree."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.configuration import format_or_exit

__all__ = ["lint"]


class Output(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


def lint(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Planning files, or folders with them.")],
    as_format: Annotated[
        str, typer.Option("--as", metavar="FORMAT", help="Read every file as this format, such as tasks or plan.")
    ] = "",
    output: Annotated[Output, typer.Option("--format", help="How findings are printed.")] = Output.TEXT,
) -> None:
    """Read planning files and say what is wrong or was not understood. Leaves with 1 where an error is found."""
    from bot.checks.lint import lint_documents
    from bot.cli.findings import as_json, print_findings
    from bot.cli.planning_files import find_files
    from bot.documents.findings import has_errors

    found = find_files(paths, format_or_exit(as_format))
    documents = {str(path): (file.format, file.text) for path, file in found.planning.items()}
    findings = lint_documents(documents, {str(path): text for path, text in found.packages.items()})
    if output is Output.JSON:
        typer.echo(as_json(findings))
    else:
        print_findings(findings, len(found))
        if found.passed_by:
            typer.echo(passed_by(found.passed_by), err=True)
    raise typer.Exit(1 if has_errors(findings) else 0)


def passed_by(count: int) -> str:
    """Return the sentence about files that nothing told the format of."""
    files = "1 other text file of the folder was" if count == 1 else f"{count} other text files of the folders were"
    return f"{files} passed by, for want of a known name or first line; name one to have it read."
