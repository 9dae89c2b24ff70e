"""What `planthread rules` does in the database: each work gives text, or leaves with a sentence."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import make_url, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.cli.configuration import fail
from bot.cli.db_work import refusals
from bot.cli.findings import printable
from bot.documents.naming import joined
from bot.settings import Settings
from bot.store.data_folder import DataFolder
from bot.store.database import Database, sqlite_url
from bot.store.migrate import newest_revision, schema_of
from bot.store.tables import HouseRulesRevision, Plan
from bot.terminal.conversation import TERMINAL
from bot.workflow.house_rules import change_house_rules, current_house_rules, house_rules_revisions
from bot.workflow.refusals import Refused

__all__ = ["changed", "revisions", "shown"]

SHIPPED = "These are the rules that ship with Planthread; nobody has changed them in {workspace}."


def shown(settings: Settings, workspace: str, *, is_terminal: bool) -> tuple[str, str]:
    """Return the text of the rules that hold, and where they come from."""

    async def work(session: AsyncSession, workspace: str) -> tuple[str, str]:
        current = await current_house_rules(session, workspace)
        if current.at is None:
            return current.text, SHIPPED.format(workspace=workspace)
        return current.text, f"Revision {current.revision}, {current.at:%Y-%m-%d %H:%M} UTC, by {current.changed_by}."

    return run(settings, workspace, work, is_terminal=is_terminal)


def changed(settings: Settings, workspace: str, text: str, by: str, *, is_terminal: bool) -> str:
    """Keep a text as the rules from now on."""

    async def work(session: AsyncSession, workspace: str) -> str:
        before = await current_house_rules(session, workspace)
        current = await change_house_rules(session, workspace, text, by or getpass.getuser())
        if current.revision == before.revision:
            return f"These rules hold in {workspace} already."
        count = len(current.document.rules())
        return f"Revision {current.revision} holds in {workspace}: {count} rules. The next build follows them."

    return run(settings, workspace, work, is_terminal=is_terminal, writes=True)


def revisions(settings: Settings, workspace: str, *, is_terminal: bool) -> list[str]:
    """Return a line a revision."""

    async def work(session: AsyncSession, workspace: str) -> list[str]:
        rows = await house_rules_revisions(session, workspace)
        lines = [
            f"{row.revision}  {row.at:%Y-%m-%d %H:%M} UTC  {printable(row.changed_by)}  {row.fingerprint[:12]}"
            for row in rows
        ]
        return lines or [SHIPPED.format(workspace=workspace)]

    return run(settings, workspace, work, is_terminal=is_terminal)


def run[Answer](
    settings: Settings,
    workspace: str,
    work: Callable[[AsyncSession, str], Awaitable[Answer]],
    *,
    is_terminal: bool,
    writes: bool = False,
) -> Answer:
    """Do work in the database of a bot (it may go on meanwhile), or of the terminal's own plans."""
    place = settings.data / TERMINAL
    if is_terminal:
        place.mkdir(parents=True, exist_ok=True)

    url = sqlite_url(place / "plans.db") if is_terminal else settings.database_url

    async def within() -> Answer:
        database = Database(url)
        try:
            if is_terminal:
                await DataFolder(place).upgrade(database)
            await require_schema(database)
            async with database.write() if writes else database.read() as session:
                named = TERMINAL if is_terminal else await the_workspace(session, workspace)
                return await work(session, named)
        finally:
            await database.close()

    try:
        with refusals(url):
            return asyncio.run(within())
    except Refused as error:
        raise fail([str(error)], 1) from None


async def require_schema(database: Database) -> None:
    """Raise Refused where the database isn't there, or isn't at this version's schema."""
    file = make_url(database.url).database if database.is_sqlite else None
    found = None
    if file is None or await asyncio.to_thread(Path(file).is_file):
        async with database.engine.connect() as connection:
            found = await connection.run_sync(schema_of)
    if found != newest_revision():
        where = f"at schema {found}" if found else "not there yet"
        raise Refused(f"The database is {where}. Run `planthread db upgrade` first, or start the bot once.")


async def the_workspace(session: AsyncSession, named: str) -> str:
    """Return the workspace that is meant. Raises Refused where there are several and none was named."""
    if named:
        return named
    queries = (select(col(Plan.workspace)).distinct(), select(col(HouseRulesRevision.workspace)).distinct())
    known = sorted({workspace for query in queries for workspace in await session.scalars(query)})
    if len(known) == 1:
        return known[0]
    if not known:
        raise Refused("No workspace has a plan yet. Name one with `--workspace`, or `--terminal`.")
    raise Refused(f"There are several workspaces: {joined(known)}. Name one with `--workspace`.")
