"""The Home tabs that people opened: kept as rows, drawn when they are opened and when a plan of theirs changes."""

from __future__ import annotations

import hashlib
import json
import math
import time
from collections.abc import Collection, Sequence
from datetime import timedelta

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.slack.blocks.home import home_view
from bot.slack.home import home_of
from bot.slack.plan_pages import NO_PAGES, PlanPages
from bot.slack.private_channels import PrivateChannels
from bot.slack.refusals import reason_of
from bot.store.database import Database
from bot.store.tables import Event, HomeTab, Plan, now
from bot.workflow.involvement import channels_of
from bot.workflow.overview import overview
from bot.workflow.people import took_part
from bot.workflow.policy import policy_of
from bot.workflow.work_loop import WorkLoop

__all__ = ["HomeTabs", "redraw_home"]

EVERY_SECONDS = 5.0
PAUSE_SECONDS = 3.0
"""How long changes are gathered before the tabs are drawn: a build changes its plan many times a second."""
AT_ONCE = 50
"""Tabs that are drawn in one round."""
KEPT_FRESH = timedelta(days=14)
"""A tab that nobody opened for so long is drawn when it is opened again."""
PERSON_IS_GONE = frozenset({"user_not_found", "user_disabled", "account_inactive", "not_enabled"})

log = structlog.get_logger(__name__)


async def redraw_home(session: AsyncSession, workspace: str, person: str, *, opened: bool = False) -> None:
    """Have somebody's Home tab drawn anew; one that was never opened is left alone, unless it is being opened."""
    row = await session.get(HomeTab, (workspace, person))
    if opened:
        row = row or HomeTab(workspace=workspace, person=person)
        row.opened_at, row.fingerprint = now(), ""
    if row is not None:
        row.due = True
        session.add(row)


class HomeTabs:
    """Draws the tabs that are due."""

    def __init__(
        self, database: Database, client: AsyncWebClient, pause: float = PAUSE_SECONDS, pages: PlanPages = NO_PAGES
    ) -> None:
        """Draw through this client; ``pause``: seconds for which changes are gathered."""
        self._database = database
        self._client = client
        self._private_channels = PrivateChannels(client)
        self._pause = pause
        self._pages = pages
        self._loop = WorkLoop("drawing Home tabs", lambda: self._pause or EVERY_SECONDS)
        self._seen: int | None = None
        self._marked = -math.inf

    def wake(self) -> None:
        """Look for changes soon."""
        self._loop.wake()

    async def run(self) -> None:
        """Draw until cancelled: what was opened at once, what changed after a while, together with what follows it.

        At the start every tab is due: plans may have changed while nobody watched.
        """
        await self._loop.run(self._round)

    async def _round(self) -> None:
        await self.draw()
        if time.monotonic() - self._marked >= self._pause:
            await self.mark()
            await self.draw()
            self._marked = time.monotonic()

    async def mark(self) -> None:
        """Note which tabs show, or are to show, plans that something happened to since the last look."""
        async with self._database.read() as session:
            newest = await session.scalar(select(func.max(col(Event.id)))) or 0
            changed = await self._changed(session)
            tabs = await concerned_tabs(session, changed)
        if self._seen is None or tabs:
            async with self._database.write() as session:
                everybody = update(HomeTab).where(col(HomeTab.opened_at) > now() - KEPT_FRESH).values(due=True)
                if self._seen is None:
                    await session.execute(everybody)
                for workspace, person in tabs:
                    await redraw_home(session, workspace, person)
        self._seen = newest

    async def _changed(self, session: AsyncSession) -> Sequence[Plan]:
        if self._seen is None:
            return []
        moved = select(col(Event.plan_id)).where(col(Event.id) > self._seen)
        return (await session.scalars(select(Plan).where(col(Plan.id).in_(moved)))).all()

    async def draw(self) -> None:
        """Draw the tabs that are due; one that Slack doesn't take now stays due."""
        async with self._database.read() as session:
            query = select(HomeTab).where(col(HomeTab.due)).order_by(col(HomeTab.opened_at).desc()).limit(AT_ONCE)
            due = (await session.scalars(query)).all()
        for tab in due:
            try:
                await self._draw(tab)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("Slack can't be reached; Home tabs are drawn later", reason=str(error))
                return
            except SlackApiError as error:
                log.warning("a Home tab is drawn later: who is in a channel is unknown", reason=reason_of(error))

    async def _draw(self, tab: HomeTab) -> None:
        """Draw one tab. What is marked as due while it is drawn stays due."""
        async with self._database.read() as session:
            channels = await channels_of(session, tab.workspace, tab.person)
        closed = await self._private_channels.closed_to(tab.person, channels)
        async with self._database.write() as session:
            row = await session.get(HomeTab, (tab.workspace, tab.person))
            if row is None:
                return
            row.due = False
        async with self._database.read() as session:
            content = await home_of(session, tab.workspace, tab.person, closed, self._pages)
        view = home_view(content)
        fingerprint = hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()[:32]
        drawn = fingerprint == tab.fingerprint or await self._publish(tab, view)
        async with self._database.write() as session:
            row = await session.get(HomeTab, (tab.workspace, tab.person))
            if row is not None and drawn:
                row.fingerprint, row.plans = fingerprint, list(content.shown)

    async def _publish(self, tab: HomeTab, view: dict[str, object]) -> bool:
        """Publish a view; tell whether Slack took it. Who is gone has no tab any more."""
        try:
            await self._client.views_publish(user_id=tab.person, view=view)
        except SlackApiError as error:
            reason = reason_of(error)
            log.warning("a Home tab was refused", reason=reason, person=tab.person)
            if reason in PERSON_IS_GONE:
                await self._forget(tab)
            return False
        except (aiohttp.ClientError, TimeoutError, OSError):
            async with self._database.write() as session:
                await redraw_home(session, tab.workspace, tab.person)
            raise
        return True

    async def _forget(self, tab: HomeTab) -> None:
        async with self._database.write() as session:
            row = await session.get(HomeTab, (tab.workspace, tab.person))
            if row is not None:
                await session.delete(row)


async def concerned_tabs(session: AsyncSession, changed: Sequence[Plan]) -> Collection[tuple[str, str]]:
    """Return workspace and person of the fresh tabs that these plans concern: they show them, or are to show them."""
    if not changed:
        return []
    query = select(HomeTab).where(col(HomeTab.opened_at) > now() - KEPT_FRESH, ~col(HomeTab.due))
    tabs = (await session.scalars(query)).all()
    if not tabs:
        return []
    people: set[tuple[str, str]] = set()
    for plan in changed:
        view = await overview(session, plan)
        named = (await policy_of(session, plan)).named
        everybody = {*await took_part(session, plan), *view.waiting_for, *named}
        people |= {(plan.workspace, person) for person in everybody}
    ids = {plan.id for plan in changed}
    return [(tab.workspace, tab.person) for tab in tabs if (tab.workspace, tab.person) in people or ids & {*tab.plans}]
