"""The append-only account of what happened to a plan."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Event, Plan

__all__ = ["PLANTHREAD", "record"]

PLANTHREAD = "planthread"
"""The actor of what Planthread does by itself."""


def record(
    session: AsyncSession, plan: Plan, actor: str, what: str, message_key: str = "", **data: str | int | list[str]
) -> None:
    """Write one event in the transaction of the change it tells of."""
    session.add(
        Event(
            workspace=plan.workspace, plan_id=plan.id, actor=actor, what=what, message_key=message_key, data=dict(data)
        )
    )
