"""Where a plan's repository goes: made once, and opened to those whom the channel names, then or later."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.building.failures import BuildWaits, plan_of_build
from bot.building.rests import Rests
from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.access import access_asked, ask_access, names_in, wait_for_access
from bot.workflow.builds import remote_of
from bot.workflow.channel_settings import settings_of
from bot.workflow.notices import Notice, is_told, settle_notice, tell_notice, without_retry
from bot.workflow.plan_defaults import Delivery
from bot.workflow.ports import Publisher, PublishingError, Remote, RemoteBusyError, lies_here

__all__ = ["Invitations", "made_remote", "open_to_people"]

OURS = "planthread"
"""The topic of every repository."""
REST_SECONDS = 1800.0
"""How long a repository that refused invitations is left alone."""

log = structlog.get_logger(__name__)


async def made_remote(
    database: Database, publisher: Publisher, plan: Plan, description: str, topics: Sequence[str] = ()
) -> Remote:
    """Make a plan's repository, or find it again, and give access to it; repeated, it is the same.

    Where the channel names nobody, `open_to_people` asks. One that is there stays where it is, whatever the channel
    decided since. Raises PublishingError, also for somebody who can't be given access.
    """
    async with database.read() as session:
        settings = await settings_of(session, plan.workspace, plan.channel)
    stays = lies_here(plan.remote_name) if plan.remote_name else settings.delivery is Delivery.HERE
    remote = await publisher.create(plan.handle, description, plan.id, settings.github_owner, stays_here=stays)
    try:
        await publisher.label(remote, [*topics, OURS])
    except PublishingError as refusal:
        log.warning("a repository has no topics", plan=plan.id, reason=str(refusal))
    if settings.github_access:
        await publisher.grant(remote, settings.github_access)
    return remote


async def open_to_people(database: Database, publisher: Publisher, plan: Plan, attempt: int, remote: Remote) -> None:
    """Give access to whom people named when they were asked; where nobody was, ask, once, and let the build wait.

    Names that the remote refuses are asked for again. Raises BuildWaits, BuildOvertaken and PublishingError.
    """
    async with database.read() as session:
        settings = await settings_of(session, plan.workspace, plan.channel)
        point = await access_asked(session, plan)
    if settings.github_access:
        return
    refused = ""
    if point is not None and point.answer is not None:
        try:
            await publisher.grant(remote, names_in(point.answer))
        except RemoteBusyError:
            raise
        except PublishingError as refusal:
            refused = refusal.said
        else:
            return
    seen = await publisher.seen_by(remote)
    if not seen:
        return
    async with database.write() as session:
        row = await plan_of_build(session, plan.id, attempt)
        if point is not None and point.answer is None:
            await wait_for_access(session, row, remote.name, attempt)
        else:
            await ask_access(session, row, remote.name, seen, refused)
    raise BuildWaits


class Invitations:
    """Invites whom a channel names after it was told that nobody was, as builds did before they asked."""

    def __init__(self, database: Database, publisher: Publisher) -> None:
        """Invite by this publisher."""
        self._database = database
        self._publisher = publisher
        self._rests = Rests()

    async def look_at(self, plan: Plan) -> None:
        """Invite who is named now. Raises PublishingError where the remote refuses; the thread is told."""
        async with self._database.read() as session:
            is_open = await is_told(session, plan, Notice.ACCESS)
            named = (await settings_of(session, plan.workspace, plan.channel)).github_access if is_open else ()
        if not named or self._rests.holds(plan.id, named):
            return
        try:
            await self._publisher.grant(remote_of(plan), named)
        except PublishingError as refusal:
            self._rests.begin(plan.id, REST_SECONDS, named)
            if not isinstance(refusal, RemoteBusyError):
                async with self._database.write() as session:
                    row = await session.get_one(Plan, plan.id)
                    await tell_notice(session, row, Notice.ACCESS, without_retry(refusal))
            raise
        self._rests.end(plan.id)
        async with self._database.write() as session:
            words = f"{', '.join(named)} can open {plan.remote_name}, or have an invitation to."
            await settle_notice(session, await session.get_one(Plan, plan.id), Notice.ACCESS, words)
