"""Asking whether a plan shall be cancelled: a private message with the button that does it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.slack.blocks.rendered import Rendered
from bot.slack.buttons import Action, Subject, actions, button
from bot.slack.texts import escape, render, sections
from bot.store.tables import Plan
from bot.workflow.cancelling import require_cancellable
from bot.workflow.overview import overview
from bot.workflow.refusals import Refused

__all__ = ["CANCEL_WORDS", "cancel_asked", "cancel_one_of"]

CANCEL_WORDS = frozenset({"cancel", "cancel it", "cancel plan", "cancel the plan", "cancel this plan"})
"""What asks whether to cancel; only the button of that question does it."""


async def cancel_asked(session: AsyncSession, plan: Plan) -> Rendered:
    """Return the question whether a plan shall be cancelled. Raises Refused where it can't be."""
    require_cancellable(plan)
    text = render("cancel", plan=await overview(session, plan))
    sure = button(Action.CANCEL, Subject(plan=plan.id), style="danger")
    return Rendered(text=escape(f"Cancel {plan.title}?"), blocks=[*sections(text), *actions(sure)])


async def cancel_one_of(session: AsyncSession, plans: Sequence[Plan]) -> Rendered:
    """Return the question for the only plan that is meant. Raises Refused where several are, or it can't be."""
    if len(plans) > 1:
        names = ", ".join(f"`/plan cancel {plan.handle}`" for plan in plans)
        raise Refused(f"Which of your plans? Say {names}.")
    return await cancel_asked(session, plans[0])
