"""What `planthread db purge` and `db forget` do: they count first, and do it when told to; a bot may go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import inspect, select
from sqlalchemy.engine import Connection
from sqlmodel import col

from bot.cli.configuration import fail
from bot.cli.db_work import number, refusals, run
from bot.patterns import regex
from bot.settings import Settings
from bot.store.data_folder import DataFolder
from bot.store.database import Database
from bot.store.migrate import newest_revision, schema_of
from bot.store.tables import Plan
from bot.workflow.erasure import forget_person, is_known, known_of
from bot.workflow.retention import Purged, purge, what_would_go

__all__ = ["forgotten", "purged"]

MEMBER = regex(r"[UW][A-Z0-9]{2,30}")


def purged(settings: Settings, days: int, *, does_it: bool) -> str:
    """Say what is older than so many days, and purge it where that is wanted."""
    if days < 1:
        raise fail([f"--days {days} would let go what ended today; say 1 or more."], 2)
    before = datetime.now(UTC) - timedelta(days=days)

    async def work(database: Database) -> Purged:
        await require_schema(database)
        if not does_it:
            async with database.read() as session:
                return await what_would_go(session, before)
        async with database.write() as session:
            gone = await purge(session, before)
        if not gone.is_nothing:
            await database.rewrite()
        return gone

    with refusals(settings.database_url):
        counted = run(settings, work)
    if counted.is_nothing:
        return f"Nothing is older than {number(days, 'day')}."
    if not does_it:
        return f"Older than {number(days, 'day')}: {told(counted)}. Say it again with --yes to let it go."
    return f"Gone: {told(counted)}.{backups_left(settings)}"


def told(counted: Purged) -> str:
    """Return counts in words."""
    return (
        f"the texts of {number(counted.plans, 'plan')}, {number(counted.deliveries, 'handled delivery')}, "
        f"{number(counted.messages, 'note')} of messages and {counted.firings} of digests"
    )


def forgotten(settings: Settings, person: str, workspace: str, *, does_it: bool) -> str:
    """Say what is known of a person, and forget them where that is wanted."""
    if not MEMBER.fullmatch(person):
        raise fail([f"{person[:40]} is no member id; it looks like U012AB3CD (in Slack: profile, Copy member ID)."], 2)

    async def work(database: Database) -> str:
        await require_schema(database)
        async with database.read() as session:
            workspaces = list(await session.scalars(select(col(Plan.workspace)).distinct()))
        chosen = chosen_workspace(workspaces, workspace)
        async with database.read() as session:
            if not await is_known(session, chosen, person):
                raise fail([f"Nobody with the id {person} is known here, so there is nothing to forget."], 1)
        if not does_it:
            async with database.read() as session:
                plans, messages = await known_of(session, chosen, person)
            what = f"{number(messages, 'message')} and answers in {number(plans, 'plan')}"
            return f"{person} is known by {what}. This can't be undone: say it again with --yes."
        async with database.write() as session:
            erased = await forget_person(session, chosen, person)
        await database.rewrite()
        gone = f" Nothing was left of {', '.join(erased.cancelled)}: cancelled." if erased.cancelled else ""
        what = f"{number(erased.messages, 'message')} and answers in {number(erased.plans, 'plan')}"
        return f"Forgotten: {what}.{gone}{backups_left(settings)}"

    with refusals(settings.database_url):
        return run(settings, work)


def chosen_workspace(workspaces: Sequence[str], asked: str) -> str:
    """Return the workspace that is meant. Raises SystemExit with a sentence where that is not clear."""
    if asked in workspaces or (asked and not workspaces):
        return asked
    if not asked and len(workspaces) <= 1:
        return workspaces[0] if workspaces else ""
    raise fail([f"Say which workspace, with --workspace: {', '.join(sorted(workspaces))}."], 2)


async def require_schema(database: Database) -> None:
    """Leave with a sentence where there is no database of this version's schema. Raises NewerSchemaError."""

    def state(connection: Connection) -> str | None:
        return schema_of(connection) if inspect(connection).has_table("alembic_version") else None

    if database.is_sqlite and not database.exists():
        raise fail(["There is no database yet, so there is nothing to let go. Check PLANTHREAD_DATA."], 1)
    async with database.engine.connect() as connection:
        found = await connection.run_sync(state)
    if found != newest_revision():
        raise fail([f"The schema is {found or 'not there'}; bring it up to date first: `planthread db upgrade`."], 1)


def backups_left(settings: Settings) -> str:
    """Name what still holds what was there before: backups, and what restoring one moved aside."""
    folder = DataFolder(settings.data)
    backups = len(list(folder.backups.glob("*.zip")))
    aside = [str(place) for place in folder.moved_aside()]
    if not (backups or aside):
        return ""
    named = [f"{number(backups, 'backup')} in {folder.backups}"] * bool(backups) + aside
    if backups + len(aside) == 1:
        return f" {named[0]} still holds what was there; delete it too."
    return f" {' and '.join(named)} still hold what was there; delete them too."
