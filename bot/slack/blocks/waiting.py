"""A planner that takes its time: how long it has been, and the ways out."""

from __future__ import annotations

from bot.slack.blocks.rendered import Rendered
from bot.slack.buttons import Action, Subject, actions, button
from bot.slack.texts import escape, render, sections
from bot.workflow.overview import PlanOverview

__all__ = ["waiting"]


def waiting(plan: PlanOverview, attempt: int, *, current: bool) -> Rendered:
    """Return the offer of a way out; one line once it is over."""
    text = render("waiting", plan=plan, seconds=plan.waited, current=current)
    about = Subject(plan=plan.id, attempt=attempt)
    ways = (button(Action.ASK_AGAIN, about), button(Action.BUILT_IN, about), button(Action.STOP, about))
    return Rendered(
        text=escape(f"{plan.title}: {'still waiting' if current else 'no longer waiting'} for {plan.planner}"),
        blocks=[*sections(text), *(actions(*ways) if current else [])],
    )
