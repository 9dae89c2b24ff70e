"""The conversation in a terminal, with the same parts as the bot, and none that only a workspace needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from bot.app.core import Core, compose, github_tokens
from bot.inspection.facts import RepositoryFacts
from bot.logs import configure_logging
from bot.repository.git import Repository
from bot.settings import Settings
from bot.starting import (
    only_one,
    room_on,
    tidy,
)
from bot.store.data_folder import DataFolder
from bot.store.tables import Plan
from bot.terminal.conversation import converse
from bot.terminal.lines import line_reader, line_writer
from bot.terminal.scripts import Script
from bot.workflow.imports import GivenPlan
from bot.workflow.ports import Stage

__all__ = ["terminal"]


async def terminal(
    settings: Settings,
    script: Path | None,
    out: Path | None,
    repository: RepositoryFacts | None = None,
    given: GivenPlan | None = None,
) -> int:
    """Hold the conversation on this terminal, and put the delivered repository at ``out``; return the exit code.

    ``repository`` is what was read from an existing repository that the plan is for, ``given`` a file that is built as
    it stands. Plans made here live in a folder
    of their own below the data folder. Raises StartError, and ScriptError where the script can't go on.
    """
    configure_logging(settings.planthread_log, tells_plans=False)
    said = Script(script) if script else None
    data = settings.data / "terminal"
    with room_on(data), only_one(data), tidy(DataFolder(data)):
        core = await compose(settings, data, f"sqlite+aiosqlite:///{data / 'plans.db'}")
        try:
            write = line_writer()
            read_line = said.reader(write) if said else line_reader(write)
            shows = github_tokens(settings) is not None
            earlier = await known_plans(core)
            talk = await converse(
                core.database,
                lambda: run_until_idle(core, earlier),
                core.planner.name,
                read_line,
                write,
                shows_address=shows,
                repository=repository,
                given=given,
            )
            if talk.code == 0 and talk.plan_id is not None:
                write(f"The repository is in {await check_out(core, data, talk.plan_id, out)}")
            if said and talk.code == 0 and (unsaid := said.unsaid()):
                write(unsaid)
            return talk.code
        finally:
            await core.database.close()


async def check_out(core: Core, data: Path, plan_id: str, out: Path | None) -> Path:
    """Put a plan's repository into a folder that people work in."""
    async with core.database.read() as session:
        plan = await session.get_one(Plan, plan_id)
    place = out or Path(plan.handle)
    await Repository(DataFolder(data).repositories / f"{plan_id}.git").check_out(place)
    return place


async def known_plans(core: Core) -> list[str]:
    """Return the ids of the plans that are there already, such as one that Ctrl-C left."""
    async with core.database.read() as session:
        return list(await session.scalars(select(col(Plan.id))))


async def run_until_idle(core: Core, without: Sequence[str]) -> None:
    """Run what plans want, but those, until nothing is wanted; the terminal needs no engine."""
    while True:
        async with core.database.read() as session:
            query = select(Plan).where(col(Plan.run_stage).is_not(None), col(Plan.hold).is_(None))
            plans = list(await session.scalars(query.where(col(Plan.id).not_in(without))))
        if not plans:
            return
        for plan in plans:
            await core.runners[Stage(plan.run_stage or "")](plan.id, plan.run_attempt)
