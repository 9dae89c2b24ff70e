"""`planthread new`: the whole conversation in a terminal, up to a delivered repository."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.configuration import fail, repository_or_exit, settings_or_exit

__all__ = ["new"]


def new(
    script: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Read what is said from a file, a reply a line.")
    ] = None,
    repository: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="An existing repository that the plan is for. Nothing in it is run."),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A PLAN.md or tasks.md that is built as it stands."),
    ] = None,
    out: Annotated[Path | None, typer.Option(file_okay=False, help="Where the repository goes.")] = None,
) -> None:
    """Describe a backend here, answer what is asked, approve, and get the repository."""
    settings = settings_or_exit()

    import asyncio

    from bot.app.conversation import terminal
    from bot.repository.errors import GitError
    from bot.starting import StartError
    from bot.store.migrate import NewerSchemaError
    from bot.terminal.scripts import ScriptError
    from bot.workflow.imports import read_given
    from bot.workflow.refusals import Refused

    if plan is not None and repository is not None:
        raise fail(["a plan that is given as a file is built in a repository of its own; leave --repository out."])
    facts = repository_or_exit(repository) if repository else None
    try:
        given = read_given(plan.name, plan.read_text(encoding="utf-8", errors="replace")) if plan else None
        code = asyncio.run(terminal(settings, script, out, facts, given))
    except Refused as refusal:
        raise fail([str(refusal)], 1) from None
    except (StartError, GitError, NewerSchemaError, ScriptError) as error:
        raise fail([str(error)], 1) from None
    raise typer.Exit(code)
