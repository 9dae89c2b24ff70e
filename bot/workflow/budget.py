"""What a plan's model calls used, and the budget that they stay within: at its end the plan rests and asks.

The allowance of a plan is the budget of its channel, where that decided one, else the configured budget; or what a
person raised it to by letting the plan go on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field
from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.store.tables import ChannelSettings, Event, ModelUsage, Plan
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.runs import block

__all__ = [
    "BudgetReached",
    "PlanUsage",
    "budget_of",
    "grant_more",
    "remaining",
    "rest_for_budget",
    "usage_of",
]

REACHED, RAISED = "budget reached", "budget raised"
MILLION = 1_000_000


class BudgetReached(Exception):  # noqa: N818 (an outcome that people are asked about, not a fault)
    """The plan has used its allowance. ``used`` and ``allowed`` are tokens, ``step`` is what one consent adds."""

    def __init__(self, used: int, allowed: int, step: int) -> None:
        """Keep the numbers."""
        super().__init__(f"{used} of {allowed} tokens are used")
        self.used, self.allowed, self.step = used, allowed, step


class PlanUsage(Frozen):
    """What the model calls of a plan used: tokens, and money by currency where prices were configured."""

    tokens: int = 0
    costs: Mapping[str, int] = Field(default_factory=dict)
    """Millionths of each currency."""

    def told(self) -> str:
        """Return it in words, such as ``41,000 tokens (0.21 USD)``; empty where nothing was used."""
        if not self.tokens:
            return ""
        money = ", ".join(f"{cost / MILLION:.2f} {currency}" for currency, cost in sorted(self.costs.items()))
        return f"{self.tokens:,} tokens" + (f" ({money})" if money else "")


async def usage_of(session: AsyncSession, plan_id: str, since: datetime | None = None) -> PlanUsage:
    """Return what the model calls of a plan used so far, or since a moment."""
    query = (
        select(
            col(ModelUsage.currency),
            func.sum(col(ModelUsage.input_tokens) + col(ModelUsage.output_tokens)),
            func.sum(col(ModelUsage.cost)),
        )
        .where(col(ModelUsage.plan_id) == plan_id)
        .group_by(col(ModelUsage.currency))
    )
    if since is not None:
        query = query.where(col(ModelUsage.at) > since)
    rows = (await session.execute(query)).all()
    costs = {currency: int(cost) for currency, _, cost in rows if currency}
    return PlanUsage(tokens=sum(int(tokens) for _, tokens, _ in rows), costs=costs)


async def budget_of(session: AsyncSession, plan_id: str, usual: int) -> int:
    """Return what a plan may use, in tokens: what its channel decided, else what is usual; 0 sets no limit."""
    of_its_channel = and_(
        col(Plan.workspace) == col(ChannelSettings.workspace), col(Plan.channel) == col(ChannelSettings.channel)
    )
    query = select(col(ChannelSettings.budget)).join(Plan, of_its_channel).where(col(Plan.id) == plan_id)
    decided = await session.scalar(query)
    return usual if decided is None else decided


async def remaining(session: AsyncSession, plan_id: str, budget: int) -> BudgetReached | None:
    """Return why a plan may ask nothing more, or None while it may."""
    used = (await usage_of(session, plan_id)).tokens
    event = await newest(session, plan_id, RAISED)
    allowed = max(budget, int(event.data["tokens"]) if event else 0)
    return BudgetReached(used, allowed, budget) if used >= allowed else None


async def rest_for_budget(session: AsyncSession, plan: Plan, reached: BudgetReached) -> None:
    """Hold a plan that has used its allowance, and ask whether it may go on."""
    record(session, plan, PLANTHREAD, REACHED, used=reached.used, allowed=reached.allowed, step=reached.step)
    await block(
        session,
        plan,
        f"it has used {reached.used:,} tokens of the {reached.allowed:,} that it may use, so it rests. "
        f"To let it use {reached.step:,} more, press `Retry` (or say `resume`); PLANTHREAD_BUDGET "
        "sets what every plan may use, and the settings of a channel what its own may.",
    )


async def grant_more(session: AsyncSession, plan: Plan, person: str, key: str) -> None:
    """Raise the allowance of a plan that rests for it: who lets it go on consents to that. Otherwise do nothing."""
    event = await newest(session, plan.id, REACHED, RAISED)
    if event is None or event.what == RAISED:
        return
    used = (await usage_of(session, plan.id)).tokens
    tokens = max(used, int(event.data["allowed"])) + int(event.data["step"])
    record(session, plan, person, RAISED, key, tokens=tokens)


async def newest(session: AsyncSession, plan_id: str, *what: str) -> Event | None:
    """Return the newest event of these kinds."""
    query = select(Event).where(col(Event.plan_id) == plan_id, col(Event.what).in_(what))
    return await session.scalar(query.order_by(col(Event.id).desc()).limit(1))
