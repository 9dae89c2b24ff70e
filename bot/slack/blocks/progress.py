"""How far a build is, in words: what can be built here is counted, and what nothing here can write stands beside it."""

from __future__ import annotations

from bot.slack.texts import bar, clip, count
from bot.workflow.overview import PlanOverview

__all__ = ["progress", "unwritten"]

MOST_QUOTED = 3
LONGEST_QUOTE = 120


def progress(plan: PlanOverview, *, with_bar: bool = True, done: str = "") -> str:
    """Return how many tasks are done, such as ``▓▓▓░ 12 of 36 tasks``; what can't be written is no part of all.

    ``done`` is what stands behind the tasks that are counted, in a sentence.
    """
    total, whose = len(plan.buildable), " of this change" if len(plan.counted) < len(plan.tasks) else ""
    told = f"{plan.done} of {count(total, 'task')}{whose}{done}"
    if plan.unwritten:
        told = f"all {count(total, 'task')}{whose} that I can build are built" if plan.done == total else told
        told += f" · {len(plan.unwritten)} more that nothing here can write"
    return f"{bar(plan.done, total)} {told}" if with_bar else told


def unwritten(plan: PlanOverview) -> list[str]:
    """Return the titles of the tasks that nothing here can write: the first as quotes, and how many more there are."""
    quotes = [f"“{clip(task.title.strip('“”'), LONGEST_QUOTE)}”" for task in plan.unwritten]
    more = [f"and {len(quotes) - MOST_QUOTED} more"] if len(quotes) > MOST_QUOTED else []
    return [*quotes[:MOST_QUOTED], *more]
