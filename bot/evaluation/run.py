"""Measures a planner against briefs, one conversation after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import date

from bot.evaluation.briefs import Brief
from bot.evaluation.person import talk_about
from bot.evaluation.results import Measured, Result
from bot.evaluation.scores import score
from bot.language_model.port import Usage
from bot.planning.conversation import Planner

__all__ = ["Counter", "measure"]


class Counter:
    """Counts the tokens of requests; it is what a model reports its usage to."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.input_tokens = self.output_tokens = 0

    async def __call__(self, usage: Usage) -> None:
        """Add the tokens of one request."""
        self.input_tokens += usage.input_tokens
        self.output_tokens += usage.output_tokens


async def measure(
    briefs: Iterable[Brief],
    kind: str,
    planner: Callable[[Counter], Planner],
    today: date,
    told: Callable[[Measured], Awaitable[None]],
) -> Result:
    """Talk with a new planner about each brief and score it; ``told`` hears of each as soon as it is measured.

    ``kind`` is ``built-in`` or ``model``. What a planner can't do is part of its score; anything else is raised.
    """
    measured: list[Measured] = []
    name = ""
    for brief in briefs:
        counter = Counter()
        one = planner(counter)
        name = one.name
        talk = await talk_about(brief, one)
        numbers = score(brief, talk, input_tokens=counter.input_tokens, output_tokens=counter.output_tokens)
        measured.append(Measured(file=brief.file, group=brief.group, title=brief.title, score=numbers))
        await told(measured[-1])
    return Result(planner=name, kind=kind, date=today, briefs=tuple(measured))
