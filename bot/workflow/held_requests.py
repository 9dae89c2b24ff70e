"""Plans that somebody asked for where the bot isn't yet: kept, and begun once it is invited."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.redaction import redact
from bot.planning.built_in.words.greetings import pleasantry
from bot.store.tables import HeldRequest, OutboxItem, now
from bot.workflow.plans import LONGEST_TEXT, NewPlan, start_plan
from bot.workflow.refusals import Refused

__all__ = ["begin_held", "hold_request", "send_again"]

KEPT_FOR = timedelta(days=7)
MOST_HELD = 3
"""Requests of one person that a channel keeps."""
NOT_THERE = ("channel_not_found", "not_in_channel")
"""Why messages were refused while the bot was not in their channel."""


async def hold_request(session: AsyncSession, new: NewPlan) -> bool:
    """Keep what somebody asked for; False where they have asked for too much already, or for nothing.

    What nobody invited the bot for in a week goes.
    """
    await session.execute(delete(HeldRequest).where(col(HeldRequest.at) <= now() - KEPT_FOR))
    text = redact(new.text.strip())[:LONGEST_TEXT]
    mine = col(HeldRequest.workspace) == new.workspace, col(HeldRequest.channel) == new.channel
    query = select(func.count()).select_from(HeldRequest).where(*mine, col(HeldRequest.person) == new.author)
    if not text or pleasantry(text) or (await session.scalar(query) or 0) >= MOST_HELD:
        return False
    session.add(HeldRequest(workspace=new.workspace, channel=new.channel, person=new.author, text=text, key=new.key))
    return True


async def begin_held(session: AsyncSession, workspace: str, channel: str, planner: str) -> int:
    """Begin what was asked for in a channel, oldest first; return how many plans. What is a week old is let go.

    So is what no plan can begin with, such as a greeting: it holds up nobody else's.
    """
    here = col(HeldRequest.workspace) == workspace, col(HeldRequest.channel) == channel
    rows = (await session.scalars(select(HeldRequest).where(*here).order_by(col(HeldRequest.id)))).all()
    fresh = [row for row in rows if row.at > now() - KEPT_FOR]
    begun = 0
    for row in fresh:
        new = NewPlan(workspace=workspace, channel=channel, author=row.person, text=row.text, key=row.key)
        with contextlib.suppress(Refused):
            await start_plan(session, new, planner)
            begun += 1
    await session.execute(delete(HeldRequest).where(*here))
    return begun


async def send_again(session: AsyncSession, workspace: str, channel: str) -> None:
    """Have the messages of a channel sent that were refused because the bot was not in it."""
    refused = (
        col(OutboxItem.workspace) == workspace,
        col(OutboxItem.channel) == channel,
        col(OutboxItem.error).in_(NOT_THERE),
    )
    await session.execute(update(OutboxItem).where(*refused).values(version=OutboxItem.version + 1, error=""))
