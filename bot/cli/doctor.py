"""`planthread doctor`: what is configured, reachable and allowed, and a trial of what the bot does in Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.configuration import Output

if TYPE_CHECKING:
    from bot.cli.doctor_lines import Line

__all__ = ["doctor"]


def doctor(
    smoke: Annotated[
        str,
        typer.Option(
            metavar="CHANNEL",
            help="Try each call that the bot makes in this channel (a name or an id); what it posts, it deletes.",
        ),
    ] = "",
    model: Annotated[
        bool, typer.Option(help="Ask the model, where there is one, a tiny question, which costs some tokens.")
    ] = True,
    slack: Annotated[
        bool, typer.Option(help="Look at Slack, which `planthread serve` needs and `planthread local` doesn't.")
    ] = True,
    output: Annotated[Output, typer.Option("--format", help="Lines, or JSON.")] = Output.TEXT,
) -> None:
    """Say what is configured, reachable and allowed, and what to do next. Leaves with 1 where something is wrong.

    What `planthread serve` can't start without is wrong too: with no token of Slack it leaves with 1.
    """
    import asyncio

    from bot.cli.doctor_lines import State, wrong
    from bot.cli.doctor_work import examine
    from bot.settings import SettingsError, load_settings

    try:
        lines = asyncio.run(examine(load_settings(), smoke=smoke, with_model=model, with_slack=slack))
    except SettingsError as error:
        lines = [wrong("settings", problem, "Correct it in the environment or in .env.") for problem in error.problems]
    show(lines, output)
    raise typer.Exit(1 if any(line.state is State.WRONG for line in lines) else 0)


def show(lines: list[Line], output: Output) -> None:
    """Print lines for people, or all at once as JSON."""
    import json

    from bot.cli.doctor_lines import State
    from bot.cli.findings import printable

    if output is Output.JSON:
        typer.echo(json.dumps([line.model_dump(mode="json") for line in lines], indent=2, ensure_ascii=False))
        return
    marks = {State.FINE: "✓", State.LEFT: "–", State.WRONG: "✗"}
    width = max(len(line.check) for line in lines)
    for line in lines:
        typer.echo(printable(f"{marks[line.state]} {line.check:<{width}}  {line.message}"))
        if line.next_step:
            typer.echo(printable(f"  {'':<{width}}  → {line.next_step}"))
