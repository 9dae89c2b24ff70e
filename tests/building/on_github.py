"""A library on GitHub, with one change offered as a pull request: made once, copied for each test."""

from __future__ import annotations

import asyncio
import copy
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.publishing.github import GitHubPublisher
from bot.slack.rendering import render_item
from bot.store.database import Database, sqlite_url
from bot.store.migrate import upgrade
from bot.store.tables import Change, Plan
from bot.verification.sandbox import Level
from tests.building.test_changes import Delivery, Judges, judging
from tests.git_commands import git
from tests.stand_ins.github import GitHubStandIn
from tests.workflow.office import JON, ScriptedPlanner

__all__ = ["TOKEN", "Kept", "github", "kept", "offered", "office", "shown"]

TOKEN = "ghp_thetokenthatnobodymaysee"


@dataclass
class Kept:
    """What was made once: a folder, which plan it is about, and what the stand-in knew."""

    folder: Path
    plan_id: str
    url: str
    pulls: list[dict[str, Any]]


async def offered(office: Delivery, words: str = "add a subtitle to books") -> Change:
    """Ask for a change, approve it, and have its pull request opened."""
    await office.asked(words)
    await office.approve((await office.plan()).review, person=JON)
    await office.run()
    return (await office.changes())[-1]


async def shown(office: Delivery, name: str) -> tuple[str, list[str]]:
    """Return text and buttons of a message, as they are sent now."""
    item = await office.message(name)
    async with office.database.read() as session:
        rendered = await render_item(session, item, await session.get_one(Plan, office.plan_id))
    assert rendered is not None
    texts = [block["text"]["text"] for block in rendered.blocks if block["type"] == "section"]
    buttons = [
        one["text"]["text"] for block in rendered.blocks if block["type"] == "actions" for one in block["elements"]
    ]
    return " ".join(texts), buttons


async def make(folder: Path) -> Kept:
    """Plan, approve, build, deliver, and offer one change."""
    database = Database(sqlite_url(folder / "plans.db"))
    await upgrade(database)
    with GitHubStandIn(folder / "remotes", TOKEN) as github:
        publisher = GitHubPublisher(TOKEN, "acme", github.url, github.url)
        office = Delivery(database, ScriptedPlanner(), folder, Level.SANDBOXED, publisher)
        await office.delivered()
        await offered(office)
        await database.close()
        return Kept(folder, office.plan_id, github.url, github.pulls)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Make it once; the judges that say yes are gone again before any other test."""
    with judging(Judges()):
        return asyncio.run(make(tmp_path_factory.mktemp("on_github")))


@pytest.fixture
def github(kept: Kept, tmp_path: Path) -> Iterator[GitHubStandIn]:
    """Give a GitHub that holds a copy of it."""
    shutil.copytree(kept.folder, tmp_path, symlinks=True, dirs_exist_ok=True)
    with GitHubStandIn(tmp_path / "remotes", TOKEN) as running:
        running.pulls = copy.deepcopy(kept.pulls)
        for pull in running.pulls:
            pull["html_url"] = pull["html_url"].replace(kept.url, running.url)
        yield running


@pytest.fixture
async def office(kept: Kept, github: GitHubStandIn, tmp_path: Path) -> AsyncIterator[Delivery]:
    """Give an office with a copy of it."""
    database = Database(sqlite_url(tmp_path / "plans.db"))
    async with database.write() as session:
        for column in ("plan.web_url", "plan.clone_url", "plan.push_url", "change.url"):
            table, name = column.split(".")
            moved = text(f'UPDATE "{table}" SET {name} = replace({name}, :old, :new)')  # noqa: S608 - names of our own
            await session.execute(moved, {"old": kept.url, "new": github.url})
    publisher = GitHubPublisher(TOKEN, "acme", github.url, github.url)
    made = Delivery(database, ScriptedPlanner(), tmp_path, Level.SANDBOXED, publisher)
    made.plan_id, made._keys = kept.plan_id, 100
    git(made.clone, "remote", "set-url", "origin", str(made.remote))
    with judging(Judges()):
        yield made
    await database.close()
