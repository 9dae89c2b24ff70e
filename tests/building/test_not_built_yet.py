"""The delivered README names what the plan asks for and nobody has built, as long as nobody has."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.building.build_run import BuildFolders, BuildRun
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import Conversation, Interview, Proposal
from bot.store.database import Database
from bot.verification.sandbox import Level, Sandbox
from tests.building.test_after_a_thread import LETTERS
from tests.building.test_changes import Delivery, Judges, judges
from tests.git_commands import git
from tests.workflow.office import ScriptedPlanner

__all__ = ["judges"]

SECTION = "## Not built yet"


class WithLetters:
    """The built-in planner, whose first proposal holds one behaviour that no template knows."""

    name = "planner with letters"

    def __init__(self) -> None:
        self.built_in = BuiltInPlanner()

    async def interview(self, conversation: Conversation) -> Interview:
        """Ask what the built-in planner asks."""
        return await self.built_in.interview(conversation)

    async def propose(self, conversation: Conversation) -> Proposal:
        """Propose what the built-in planner does, and the behaviour; a change takes it back."""
        proposal = await self.built_in.propose(conversation)
        custom = () if conversation.earlier else (LETTERS,)
        return proposal.model_copy(update={"custom": custom})


@pytest.fixture
def office(database: Database, judges: Judges, tmp_path: Path) -> Delivery:
    """Give an office that plans a behaviour no template knows."""
    office = Delivery(database, ScriptedPlanner(), tmp_path, Level.SANDBOXED)
    office.planning = WithLetters()
    return office


def without_a_model(office: Delivery) -> None:
    """Let nobody write what only a model could."""
    folder = office.folder
    folders = BuildFolders(folder / "repositories", folder / "work", folder / "cache")
    office.builder = BuildRun(office.database, folders, office.publisher, Sandbox(Level.SANDBOXED, "asked"), None)


async def test_what_was_left_open_stands_in_the_readme_until_the_plan_is_without_it(office: Delivery) -> None:
    without_a_model(office)
    await office.delivered()

    readme = (office.clone / "README.md").read_text()
    assert readme.count(SECTION) == 1
    assert f"| {LETTERS.title} | {LETTERS.done} | `app/services/letters.py` |" in readme
    assert "in the thread of the plan" in readme
    assert git(office.clone, "show", "origin/generated:README.md") == readme.strip(), "later builds start from the same"

    office.edit("README.md", "# Library", "# Our library")
    await office.asked("add a subtitle to books")
    await office.approve((await office.plan()).review)
    await office.run()
    await office.merge()

    office.pull()
    later = (office.clone / "README.md").read_text()
    assert SECTION not in later
    assert later.startswith("# Our library"), "what people wrote stays"


async def test_where_everything_is_built_the_readme_says_nothing_of_it(office: Delivery) -> None:
    await office.delivered()

    assert office.writer.asked == [LETTERS.title]
    assert SECTION not in (office.clone / "README.md").read_text()
    assert SECTION not in git(office.clone, "show", "origin/generated:README.md")
