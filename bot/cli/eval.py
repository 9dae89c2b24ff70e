"""`planthread eval`: scores a planner against the briefs in evals/."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.configuration import USAGE, fail, settings_or_exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.evaluation.results import Measured, Result
    from bot.evaluation.run import Counter
    from bot.planning.conversation import Planner

__all__ = ["evaluate"]


class PlannerKind(StrEnum):
    """Which planner is scored."""

    BUILT_IN = "built-in"
    MODEL = "model"


def evaluate(
    kind: Annotated[
        PlannerKind, typer.Option("--planner", help="The built-in one, or a live model: that costs tokens.")
    ] = PlannerKind.BUILT_IN,
    record_it: Annotated[
        bool, typer.Option("--record", help="Keep the numbers, dated, under results/ of the briefs' folder.")
    ] = False,
    briefs: Annotated[Path, typer.Option(file_okay=False, help="The folder of the briefs.")] = Path("evals"),
    missed: Annotated[
        bool, typer.Option("--missed", help="Name what was missed in briefs that planners are tuned on.")
    ] = False,
) -> None:
    """Score a planner: what it finds of what a good plan holds, what it asks, and what it guesses silently.

    Briefs that are held out are reported on their own, and only as numbers.
    """
    import asyncio
    from datetime import UTC, datetime

    from bot.evaluation.briefs import BriefError, read_briefs
    from bot.evaluation.results import record
    from bot.evaluation.run import measure

    try:
        found = read_briefs(briefs)
    except BriefError as error:
        raise fail([str(error)], USAGE) from None
    planner = planner_or_exit(kind)
    today = datetime.now(UTC).date()
    result = asyncio.run(measure(found, kind.value, planner, today, lambda one: told(one, missed=missed)))
    print_totals(result)
    if record_it:
        typer.echo(f"\nKept in {record(result, briefs / 'results')}; `make docs` puts it into evals/README.md.")


def planner_or_exit(kind: PlannerKind) -> Callable[[Counter], Planner]:
    """Return what makes a planner of the kind, or leave with what is missing for a model."""
    if kind is PlannerKind.BUILT_IN:
        from bot.planning.built_in.planner import BuiltInPlanner

        return lambda _: BuiltInPlanner()
    settings = settings_or_exit()
    key = settings.openai_api_key
    if key is None:
        raise fail(["a model needs OPENAI_API_KEY; set it, or score the built-in planner (--planner built-in)."])

    from bot.language_model.openai_model import OpenAIModel
    from bot.planning.model.planner import ModelPlanner

    def made(counter: Counter) -> Planner:
        return ModelPlanner(
            OpenAIModel(
                api_key=key.get_secret_value(),
                base_url=settings.openai_base_url,
                model=settings.planthread_model,
                on_usage=counter,
            )
        )

    return made


async def told(one: Measured, *, missed: bool) -> None:
    """Print one brief in a line, and what was missed in it where that may be seen."""
    score = one.score
    typer.echo(
        f"{one.group}/{one.file}: {score.entities} entities, {score.fields} fields, {score.relations} relations, "
        f"{score.rules} rules, {score.extra} unwanted; {score.questions} questions, {score.silent} silent"
    )
    if missed and one.group != "held_out":
        for line in score.missed:
            typer.echo(f"  {line}")


def print_totals(result: Result) -> None:
    """Print the sums of each group of briefs."""
    from bot.evaluation.results import rows_of

    for group in dict.fromkeys(one.group for one in result.briefs):
        typer.echo(f"\n{group} ({result.planner})")
        for label, value in rows_of(result.of_group(group)):
            typer.echo(f"  {label:<34} {value}")
