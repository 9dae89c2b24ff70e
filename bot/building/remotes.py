"""Where a plan's repository goes: made once, and opened to those whom the channel names, then or later."""

from __future__ import annotations

import time
from collections.abc import Sequence

import structlog

from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.builds import remote_of
from bot.workflow.channel_settings import settings_of
from bot.workflow.notices import Notice, is_told, settle_notice, tell_notice, without_retry
from bot.workflow.ports import Publisher, PublishingError, Remote, RemoteBusyError

__all__ = ["Invitations", "made_remote"]

NOBODY_NAMED = (
    "{name} is private, and nobody was named who gets access: only {seen} can open it. Name people or teams in "
    "`/plan settings`, and they are invited within a minute; the build goes on meanwhile."
)
OURS = "planthread"
"""The topic of every repository."""
REST_SECONDS = 1800.0
"""How long a repository that refused invitations is left alone."""

log = structlog.get_logger(__name__)


async def made_remote(
    database: Database, publisher: Publisher, plan: Plan, description: str, topics: Sequence[str] = ()
) -> Remote:
    """Make a plan's repository, or find it again, and give access to it; repeated, it is the same.

    Where the channel names nobody, the thread is told who sees it. Raises PublishingError, also for somebody who can't
    be given access.
    """
    async with database.read() as session:
        settings = await settings_of(session, plan.workspace, plan.channel)
    remote = await publisher.create(plan.handle, description, plan.id, settings.github_owner)
    try:
        await publisher.label(remote, [*topics, OURS])
    except PublishingError as refusal:
        log.warning("a repository has no topics", plan=plan.id, reason=str(refusal))
    if settings.github_access:
        await publisher.grant(remote, settings.github_access)
    elif seen := await publisher.seen_by(remote):
        async with database.write() as session:
            row = await session.get_one(Plan, plan.id)
            await tell_notice(session, row, Notice.ACCESS, NOBODY_NAMED.format(name=remote.name, seen=seen))
    return remote


class Invitations:
    """Invites whom a channel names after it was told that nobody was."""

    def __init__(self, database: Database, publisher: Publisher) -> None:
        """Invite by this publisher."""
        self._database = database
        self._publisher = publisher
        self._refused: dict[str, tuple[tuple[str, ...], float]] = {}

    async def look_at(self, plan: Plan) -> None:
        """Invite who is named now. Raises PublishingError where the remote refuses; the thread is told."""
        async with self._database.read() as session:
            is_open = await is_told(session, plan, Notice.ACCESS)
            named = (await settings_of(session, plan.workspace, plan.channel)).github_access if is_open else ()
        if not named or self._rests(plan, named):
            return
        try:
            await self._publisher.grant(remote_of(plan), named)
        except PublishingError as refusal:
            self._refused[plan.id] = named, time.monotonic() + REST_SECONDS
            if not isinstance(refusal, RemoteBusyError):
                async with self._database.write() as session:
                    row = await session.get_one(Plan, plan.id)
                    await tell_notice(session, row, Notice.ACCESS, without_retry(str(refusal)))
            raise
        self._refused.pop(plan.id, None)
        async with self._database.write() as session:
            words = f"{', '.join(named)} can open {plan.remote_name}, or have an invitation to."
            await settle_notice(session, await session.get_one(Plan, plan.id), Notice.ACCESS, words)

    def _rests(self, plan: Plan, named: tuple[str, ...]) -> bool:
        """Tell whether these names were refused a short while ago."""
        refused, until = self._refused.get(plan.id, ((), 0.0))
        return refused == named and time.monotonic() < until
