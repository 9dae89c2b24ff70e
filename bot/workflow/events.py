"""The append-only account of what happened to a plan."""

from __future__ import annotations

import logging

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Event, Plan

__all__ = ["PLANTHREAD", "record"]

PLANTHREAD = "planthread"
"""The actor of what Planthread does by itself."""

LOGGED = ("before", "after", "hold", "stage", "step", "number", "commit")
"""What of an event's data the log tells: names of ours and numbers, nothing that people or models wrote."""

log = logging.getLogger(PLANTHREAD)


def record(
    session: AsyncSession, plan: Plan, actor: str, what: str, message_key: str = "", **data: str | int | list[str]
) -> None:
    """Write one event in the transaction of the change it tells of; the log tells it too, once it is true."""
    session.add(
        Event(
            workspace=plan.workspace, plan_id=plan.id, actor=actor, what=what, message_key=message_key, data=dict(data)
        )
    )
    told = {name: data[name] for name in LOGGED if data.get(name)}
    fields = {"plan": plan.id, **told}
    event.listen(session.sync_session, "after_commit", lambda _: log.info("plan: %s", what, extra=fields), once=True)
