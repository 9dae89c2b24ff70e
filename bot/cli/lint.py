"""`planthread lint`: an honest reading of planning files, alone and across the documents of a tree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.configuration import Output, fail, format_or_exit

__all__ = ["lint"]

NAMED = 3
"""How many of the files that were passed by are named."""


def lint(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Planning files, or folders with them.")],
    as_format: Annotated[
        str, typer.Option("--as", metavar="FORMAT", help="Read every file as this format, such as tasks or plan.")
    ] = "",
    output: Annotated[Output, typer.Option("--format", help="How findings are printed.")] = Output.TEXT,
    every: Annotated[bool, typer.Option("--all", help="Print every finding, however many are of one kind.")] = False,
) -> None:
    """Read planning files and say what is wrong or was not understood. Leaves with 1 where an error is found."""
    from bot.checks.alike import fold_alike
    from bot.checks.lint import lint_documents
    from bot.cli.findings import as_json, print_findings, printable
    from bot.cli.planning_files import find_files
    from bot.documents.findings import has_errors

    found = find_files(paths, format_or_exit(as_format))
    documents = {str(path): (file.format, file.text) for path, file in found.planning.items()}
    findings = lint_documents(documents, {str(path): text for path, text in found.packages.items()})
    if output is Output.JSON:
        typer.echo(as_json(findings))
    else:
        print_findings(findings, len(found), findings if every else fold_alike(findings))
        if found.passed_by:
            typer.echo(printable(passed_by(found.passed_by)), err=True)
    if found.problems:
        raise fail([printable(problem) for problem in (*found.problems, *found.unread)])
    if found.unread:
        raise fail([printable(problem) for problem in found.unread], 1)
    raise typer.Exit(1 if has_errors(findings) else 0)


def passed_by(paths: list[Path]) -> str:
    """Return the sentence about files that nothing told the format of."""
    names = ", ".join(str(path) for path in paths[:NAMED])
    more = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
    files = "1 other text file was" if len(paths) == 1 else f"{len(paths)} other text files were"
    return f"{files} passed by, as no plan by name or first line ({names}{more}); name one to have it read."
