"""`planthread inspect`: what an existing repository is made with, and where it contradicts itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.configuration import Output, repository_or_exit

__all__ = ["inspect"]


def inspect(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder of a repository. Nothing in it is run.")],
    output: Annotated[Output, typer.Option("--format", help="A table, or JSON.")] = Output.TEXT,
    plan: Annotated[
        Path | None, typer.Option("--plan", exists=True, dir_okay=False, help="Check a plan for this repository, too.")
    ] = None,
) -> None:
    """Read what a repository is made with, each fact with the lines that show it.

    Leaves with 1 where a plan that was given does not keep to it.
    """
    import json

    from bot.checks import check_against_repository
    from bot.cli.findings import finding_line, printable
    from bot.cli.planning_files import whole_source_of
    from bot.documents.findings import has_errors

    facts = repository_or_exit(path)
    findings = list(facts.findings)
    if plan is not None:
        lines = [(line.number, line.text) for line in whole_source_of(plan).lines]
        findings += check_against_repository(lines, facts.ways, str(plan))
    if output is Output.JSON:
        shown = facts.model_copy(update={"findings": tuple(findings)}).model_dump(mode="json")
        typer.echo(json.dumps(shown, indent=2, ensure_ascii=False))
    else:
        width = max((len(fact.name) for fact in facts.facts), default=0)
        for fact in facts.facts:
            typer.echo(printable(f"{fact.name:<{width}}  {fact.value}  [{', '.join(fact.evidence[:2])}]"))
        for line in (*map(finding_line, findings), *map(printable, facts.left_out)):
            typer.echo(line, err=True)
    raise typer.Exit(1 if has_errors(findings) else 0)
