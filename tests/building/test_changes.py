"""A change to what was delivered: from a sentence in the thread to a branch, and to main, with people's edits kept."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.building import build_run, change_build
from bot.building.build_run import BuildFolders, BuildRun
from bot.building.custom_task import CustomTasks, CustomWork
from bot.building.edited_files import EditedFiles, edited_files
from bot.building.merge_run import MergeRun
from bot.building.tree import format_tree
from bot.building.watch import Watch
from bot.documents.tasks.task_plan import Task
from bot.generation.custom import CustomBehaviour
from bot.generation.inputs import BuildInputs
from bot.generation.rendering import render_task
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import Conversation, Interview, Planner, Proposal
from bot.publishing.local import LocalPublisher
from bot.repository.git import Repository
from bot.store.database import Database
from bot.store.tables import Change, Event, Plan
from bot.verification.evidence import Check
from bot.verification.sandbox import Level, Sandbox
from bot.workflow.builds import retry
from bot.workflow.changes import ask_merge, change_numbered
from bot.workflow.checkpoints import answer_checkpoint, answer_in_words
from bot.workflow.overview import PlanOverview
from bot.workflow.plan_defaults import NOBODY_ELSE
from bot.workflow.planning_run import PlanningRun
from bot.workflow.ports import Publisher
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent
from bot.workflow.stages import Hold
from tests.git_commands import git
from tests.workflow.office import ADA, JON, MARA, Office, ScriptedPlanner

IDEA = "A library: books with a title, a price and pages"


class Judges:
    """Stand in for the judges: they pass, and note which words were asked with how much trust."""

    def __init__(self) -> None:
        self.asked: list[tuple[tuple[str, ...], str, frozenset[str]]] = []
        self.fail = ""

    async def check(
        self, words: Sequence[str], tree: dict[str, bytes], _workshop: object, trust: str
    ) -> tuple[Check, ...]:
        """Judge nothing."""
        self.asked.append((tuple(words), str(trust), frozenset(tree)))
        return tuple(
            Check(word=word, passed=word != self.fail, exit_code=0, collected=5, passed_tests=5, tail="said so")
            for word in words
        )


class Writer:
    """Stand in for a model that writes custom tasks; what it writes always passes."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def build(
        self, inputs: BuildInputs, task: Task, built: set[str], _tree: object, _workshop: object, *_: object
    ) -> CustomWork:
        """Write one line a file, and the router as the templates do."""
        self.asked.append(task.title)
        written = dict.fromkeys(task.files, b"router = None\n")
        files = written | await asyncio.to_thread(format_tree, render_task(inputs, task, built), inputs.blueprint)
        return CustomWork(files, (Check(word="pytest", passed=True, exit_code=0, collected=1, passed_tests=1),))


class Delivery(Office):
    """An office with a bare remote that people clone, and a builder whose judges say yes."""

    def __init__(
        self,
        database: Database,
        planner: ScriptedPlanner,
        folder: Path,
        level: Level,
        publisher: Publisher | None = None,
    ) -> None:
        super().__init__(database, planner)
        self.folder = folder
        self.publisher = publisher or LocalPublisher(folder / "remotes", "http://127.0.0.1:8000")
        folders = BuildFolders(folder / "repositories", folder / "work", folder / "cache")
        self.writer = Writer()
        custom = cast("CustomTasks", self.writer)
        self.builder = BuildRun(database, folders, self.publisher, Sandbox(level, "asked"), custom)
        self.planning: Planner = BuiltInPlanner()
        self.merger = MergeRun(database, folders.repositories, self.publisher)
        self.edited = EditedFiles(folders.repositories, self.publisher)
        self.watch = Watch(database, folders.repositories, self.publisher)
        self.clone = folder / "clone"

    async def run(self) -> None:
        """Run what the plan wants until it wants nothing."""
        while (plan := await self.plan()).run_stage is not None and plan.hold is None:
            runner = {
                "plan": PlanningRun(self.database, self.planning, self.edited.of).run,
                "build": self.builder.run,
                "merge": self.merger.run,
            }[plan.run_stage]
            await runner(plan.id, plan.run_attempt)

    async def built(self) -> Plan:
        """Plan, approve, and build as far as it goes without people."""
        await self.start(IDEA)
        await self.run()
        for question in await self.open_questions():
            await self.answer(question, "you decide")
        await self.run()
        await self.approve((await self.plan()).review)
        await self.run()
        return await self.plan()

    async def answer_build(self, text: str, person: str = MARA) -> None:
        """Answer what the build asks, in a message to the bot."""

        async def take(session: AsyncSession, plan: Plan) -> str:
            found = await answer_in_words(session, plan, text, addressed=True)
            assert found is not None
            return await answer_checkpoint(session, plan, *found, person, self.key())

        await self.within(take)
        await self.run()

    async def delivered(self) -> Path:
        """Plan, approve and build; return a person's clone."""
        if (await self.built()).hold == Hold.WAITING:
            await self.answer_build(NOBODY_ELSE)
        assert (await self.plan()).stage == "delivered", await self.plan()
        self.pull()
        return self.clone

    async def asked(self, text: str, person: str = JON) -> ReviewContent:
        """Ask for a change and return what its review says."""
        await self.change(text, (await self.plan()).review, person)
        await self.run()
        return ReviewContent.model_validate((await self.review()).content)

    async def retry(self, person: str = MARA) -> None:
        """Press Retry."""
        await self.within(lambda session, plan: retry(session, plan, person, self.key()))
        await self.run()

    async def merge(self, number: int = 1, person: str = MARA, commit: str = "") -> str:
        """Press Merge, of the newest message or of one that showed another commit; return what the person hears."""

        async def press(session: AsyncSession, plan: Plan) -> str:
            shown = commit or (await change_numbered(session, plan, number)).commit or ""
            return await ask_merge(session, plan, number, person, self.key(), shown)

        said = str(await self.within(press))
        await self.run()
        return said

    async def changes(self) -> Sequence[Change]:
        """Return the plan's changes."""
        return await self.rows(Change)

    @property
    def remote(self) -> Path:
        """Return the bare repository that people push to."""
        return next((self.folder / "remotes").glob("**/*.git"))

    def pull(self) -> None:
        """Clone the remote, or bring the clone up to date."""
        if self.clone.exists():
            git(self.clone, "pull", "--quiet")
            return
        subprocess.run(["git", "clone", "--quiet", self.remote, self.clone], check=True)

    def edit(self, path: str, before: str, after: str) -> None:
        """Edit a file by hand, and push."""
        place = self.clone / path
        text = place.read_text()
        assert before in text
        place.write_text(text.replace(before, after, 1))
        git(self.clone, "commit", "--quiet", "--all", "--message", "By hand")
        git(self.clone, "push", "--quiet")


class Adding:
    """A planner that adds one custom behaviour to what was proposed before."""

    name = "adding planner"

    def __init__(self, behaviour: CustomBehaviour) -> None:
        self.behaviour = behaviour

    async def interview(self, _conversation: Conversation) -> Interview:
        """Ask nothing."""
        return Interview(title="Library", slots=(), questions=())

    async def propose(self, conversation: Conversation) -> Proposal:
        """Propose what was there, and the behaviour."""
        assert conversation.earlier is not None
        return conversation.earlier.proposal.model_copy(update={"custom": (self.behaviour,)})


@contextmanager
def judging(judges: Judges) -> Iterator[None]:
    """Let these judge in place of the real ones."""

    async def no_environment(*_: object) -> None:
        return None

    with pytest.MonkeyPatch.context() as patch:
        for module in (build_run, change_build):
            patch.setattr(module, "check_tree", judges.check)
            patch.setattr(module, "prepare_environment", no_environment)
        yield


@pytest.fixture
def judges() -> Iterator[Judges]:
    """Let no judge really run: `make matrix` does."""
    made = Judges()
    with judging(made):
        yield made


@pytest.fixture
async def office(database: Database, judges: Judges, tmp_path: Path) -> Delivery:
    """Give an office with a delivered library."""
    office = Delivery(database, ScriptedPlanner(), tmp_path, Level.SANDBOXED)
    await office.delivered()
    return office


async def test_a_sentence_becomes_a_branch_and_people_merge_it(office: Delivery, judges: Judges) -> None:
    office.edit("app/models/book.py", "\n    price:", "\n    # By hand: in euros.\n    price:")
    judges.asked.clear()
    content = await office.asked("add a subtitle to books")
    assert content.radius is not None
    assert content.radius.fields.new == ("Book.subtitle",)
    assert content.radius.edited == ("app/models/book.py",)
    assert content.radius.finished, "tasks that are done are built again"
    with pytest.raises(Refused, match="review 1"):
        await office.approve(1)
    await office.approve((await office.plan()).review, person=JON)
    await office.run()

    plan = await office.plan()
    (change,) = await office.changes()
    assert (plan.stage, plan.hold, change.number, change.branch) == ("delivered", None, 1, "planthread/change-1")
    (words, trust, _), *more = judges.asked
    assert not more, "the merged tree is judged once, as a whole"
    assert {"mypy", "pytest", "alembic round-trip"} <= set(words)
    assert trust == "foreign", "people edited it"
    assert card_waits(await office.overview())
    git(office.clone, "fetch", "--quiet")
    assert "subtitle" not in (office.clone / "app/models/book.py").read_text(), "main is people's"
    branch = git(office.clone, "show", "origin/planthread/change-1:app/models/book.py")
    assert "subtitle: Mapped[str" in branch
    assert "# By hand: in euros." in branch
    assert (
        len(git(office.clone, "ls-tree", "--name-only", "origin/planthread/change-1", "migrations/versions/").split())
        == 2
    )
    tasks = git(office.clone, "show", "origin/planthread/change-1:.planning/tasks.md")
    assert "- [x]" in tasks
    assert "- [ ]" not in tasks
    card = await office.overview()
    assert card.done == len(card.tasks)
    touched = {step.commit for step in await office.steps() if step.number in content.radius.tasks.changed}
    assert touched == {change.merge}

    await office.merge()
    assert not card_waits(await office.overview())
    office.pull()
    assert "subtitle" in (office.clone / "app/models/book.py").read_text()
    (change,) = await office.changes()
    assert change.merged_commit == git(office.clone, "rev-parse", "HEAD").strip()
    with pytest.raises(Refused, match="merged already"):
        await office.merge()


def card_waits(view: PlanOverview) -> bool:
    """Tell whether the card says that somebody is waited for."""
    return bool(view.waiting_for)


async def test_a_change_upon_a_change_that_nobody_merged(office: Delivery) -> None:
    for text in ("add a subtitle to books", "add a shelf to books"):
        await office.asked(text)
        await office.approve((await office.plan()).review)
        await office.run()

    git(office.clone, "fetch", "--quiet")
    second = git(office.clone, "show", "origin/planthread/change-2:app/models/book.py")
    assert "subtitle" in second
    assert "shelf" in second
    await office.merge(2)
    await office.merge(1)
    assert [change.merged_commit is not None for change in await office.changes()] == [True, True]


async def test_main_that_went_on_is_merged_and_not_overwritten(office: Delivery) -> None:
    await office.asked("add a subtitle to books")
    await office.approve((await office.plan()).review)
    await office.run()
    office.edit("README.md", "#", "A word of ours.\n\n#")
    mine = git(office.clone, "rev-parse", "HEAD").strip()

    await office.merge(person=JON)
    office.pull()
    assert "A word of ours." in (office.clone / "README.md").read_text()
    assert "subtitle" in (office.clone / "app/models/book.py").read_text()
    assert mine in git(office.clone, "rev-list", "HEAD").split()


async def test_lines_that_both_changed_are_left_to_people(office: Delivery) -> None:
    office.edit("app/models/book.py", "\n    price:", "\n    isbn: Mapped[str]\n    price:")
    text = (office.clone / "app/models/book.py").read_text()
    line = next(line for line in text.splitlines() if line.strip().startswith("title:"))
    office.edit("app/models/book.py", line, line + "  # ours")
    await office.asked("make the title of books optional")
    await office.approve((await office.plan()).review)
    await office.run()

    plan = await office.plan()
    assert (plan.stage, plan.hold) == ("building", "blocked")
    assert "`app/models/book.py`" in plan.hold_reason
    assert "# ours" in git(office.clone, "show", "origin/main:app/models/book.py")

    git(office.clone, "fetch", "--quiet")
    git(office.clone, "merge", "--quiet", "-X", "ours", "origin/planthread/change-1")
    git(office.clone, "push", "--quiet")

    await office.within(lambda session, plan: retry(session, plan, MARA, office.key()))
    await office.run()
    plan = await office.plan()
    assert (plan.stage, plan.hold) == ("delivered", None)


async def test_a_change_can_be_forgotten_and_another_asked(office: Delivery) -> None:
    before = (await office.plan()).review
    await office.asked("add a subtitle to books")
    await office.forget(JON)
    plan = await office.plan()
    assert (plan.stage, plan.review) == ("delivered", before + 2)
    with pytest.raises(Refused, match="no change"):
        await office.forget()

    content = await office.asked("add a shelf to books")
    assert content.radius is not None
    assert content.radius.fields.new == ("Book.shelf",)
    assert content.radius.fields.gone == ()


async def test_what_is_there_already_opens_no_review_and_can_not_be_approved(office: Delivery) -> None:
    before = (await office.plan()).review
    await office.asked("add a title to books")
    plan = await office.plan()
    assert (plan.stage, plan.review, plan.run_stage) == ("delivered", before, None)
    assert "nothing changed" in [event.what for event in await office.rows(Event)]
    with pytest.raises(Refused, match="is delivered"):
        await office.approve(plan.review)


async def test_what_is_not_understood_is_asked_about_and_can_be_forgotten(office: Delivery) -> None:
    await office.asked("let pigeons carry the books")
    assert (await office.plan()).stage == "gathering"
    assert await office.open_questions()
    await office.forget()
    assert ((await office.plan()).stage, await office.open_questions()) == ("delivered", [])


async def test_only_who_may_approve_merges(office: Delivery) -> None:
    await office.asked("add a subtitle to books")
    await office.approve((await office.plan()).review)
    await office.run()
    with pytest.raises(Refused, match="can merge"):
        await office.merge(person=ADA)
    assert (await office.plan()).run_stage is None


async def test_edited_files_are_those_that_differ_from_pure_output(office: Delivery) -> None:
    office.edit("app/models/book.py", "\n    price:", "\n    # By hand.\n    price:")
    remote = Repository(office.remote)
    main, generated = await remote.head("main"), await remote.head("generated")
    assert main
    assert generated
    assert await edited_files(remote, main, generated) == {"app/models/book.py"}
