"""`planthread rules`: the house rules of a workspace, which every prompt that writes code carries."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.configuration import fail, settings_or_exit

__all__ = ["rules"]

rules = typer.Typer(
    no_args_is_help=True, help="House rules: what code that a model writes keeps to in a workspace. Shipped filled."
)
Workspace = Annotated[
    str, typer.Option("--workspace", help="The workspace's id; not needed where the database has one only.")
]
Terminal = Annotated[bool, typer.Option("--terminal", help="Those of plans that are made by `planthread new`.")]
RulesFile = Annotated[
    Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="House rules in Markdown.")
]


@rules.command()
def show(workspace: Workspace = "", terminal: Terminal = False) -> None:
    """Print the rules that hold now, to edit and to `set` again; who changed them last goes to standard error."""
    settings = settings_or_exit()

    from bot.cli.rules_work import shown

    text, origin = shown(settings, workspace, is_terminal=terminal)
    typer.echo(text, nl=not text.endswith("\n"))
    typer.echo(origin, err=True)


@rules.command(name="set")
def set_(
    file: RulesFile,
    workspace: Workspace = "",
    terminal: Terminal = False,
    by: Annotated[str, typer.Option("--by", help="Who changes them (default: your name on this machine).")] = "",
) -> None:
    """Keep a file as the rules from now on, as a new revision; the next build follows them. Refused while wrong."""
    settings = settings_or_exit()

    from bot.cli.rules_work import changed

    typer.echo(changed(settings, workspace, checked_text(file), by, is_terminal=terminal))


@rules.command()
def check(file: RulesFile) -> None:
    """Say what is wrong with a file of house rules, and change nothing. Leaves with 1 where an error is found."""
    checked_text(file)
    typer.echo("These house rules can be taken.", err=True)


@rules.command()
def checks() -> None:
    """List the checks that a rule may name as its own, and what each sees to."""
    from bot.workflow.house_rules import describe_checks

    for name, what in describe_checks().items():
        typer.echo(f"{name}: {what}")


@rules.command()
def history(workspace: Workspace = "", terminal: Terminal = False) -> None:
    """List the revisions, newest first: when, and by whom."""
    settings = settings_or_exit()

    from bot.cli.rules_work import revisions

    for line in revisions(settings, workspace, is_terminal=terminal):
        typer.echo(line)


def checked_text(file: Path) -> str:
    """Return the text of a file; print what is wrong with it, and leave where it has errors."""
    from bot.cli.findings import print_findings
    from bot.cli.planning_files import whole_source_of
    from bot.documents.findings import has_errors
    from bot.workflow.house_rules import judge_house_rules

    text = whole_source_of(file).text
    findings = judge_house_rules(text, str(file))
    if findings:
        print_findings(findings, 1, findings)
    if has_errors(findings):
        raise fail(["Mend the file first; the house rules are as they were."], 1)
    return text
