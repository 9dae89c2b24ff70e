"""Where a plan's repository goes: made once, and opened to those whom the channel named."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.channel_settings import settings_of
from bot.workflow.ports import Publisher, Remote

__all__ = ["made_remote"]


async def made_remote(database: Database, publisher: Publisher, plan: Plan, description: str) -> Remote:
    """Make a plan's repository, or find it again, and give access to it; repeated, it is the same.

    Raises PublishingError, also for somebody who can't be given access.
    """
    async with database.read() as session:
        access = (await settings_of(session, plan.workspace, plan.channel)).github_access
    remote = await publisher.create(plan.handle, description, plan.id)
    if access:
        await publisher.grant(remote, access)
    return remote
