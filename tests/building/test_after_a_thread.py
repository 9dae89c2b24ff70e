"""What a thread delivered goes on from the command line: custom behaviours stay, in the code and in the plan."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import pytest

from bot.building.checking import Workshop
from bot.building.commits import AUTHOR_EMAIL, AUTHOR_NAME, documents_commit, generated_commit, task_commit
from bot.building.generation import first_generation
from bot.building.inputs import inputs_of
from bot.building.planning_documents import every_document, judged_as_a_whole
from bot.building.record import GENERATED, RECORD, inputs_of_record, read_record
from bot.building.tree import service_tree
from bot.building.verdicts import judgements
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.tasks.task_plan import TaskKind
from bot.generation.custom import CustomBehaviour, module_of
from bot.generation.inputs import BuildInputs
from bot.planning.conversation import Proposal
from bot.repository.git import Repository
from bot.store.tables import Plan
from bot.verification.sandbox import Level, Sandbox
from bot.workflow.documents import derive_documents
from tests.building.regenerated import ADDED, SPECS, built, git

LENDING = CustomBehaviour(
    title="Lend a book",
    slug="lend_book",
    criterion="WHEN a client lends a book, THE System SHALL note who has it.",
    done="A lent book tells who has it.",
)
LETTERS = CustomBehaviour(
    title="Letters to readers",
    slug="letters",
    criterion="WHEN a book is late, THE System SHALL write a letter.",
    done="A letter lies in the outbox.",
)
STARTED = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)


def approved(specs: str, unwritten: tuple[str, ...]) -> BuildInputs:
    """Return what people approved in a thread: a service with two behaviours that no template knows."""
    proposal = Proposal(
        title="Reading room",
        introduction="Readers find books here.",
        specs=read_entity_specs(specs).specs,
        assumptions=("One copy of each title.",),
        custom=(LENDING, LETTERS),
    )
    documents, findings = derive_documents(proposal)
    assert not [finding for finding in findings if finding.severity == "error"]
    plan = Plan(
        workspace="T1",
        channel="C1",
        handle="P-1",
        title=proposal.title,
        stage="building",
        starter="U1",
        approved_at=STARTED,
    )
    return inputs_of(plan, documents).model_copy(update={"unwritten": unwritten})


async def deliver(inputs: BuildInputs, bare: Path, folder: Path) -> None:
    """Deliver as a thread does: a commit a task, the code of custom tasks on `main` only, pure output beside it."""
    repository, trees = Repository(bare), service_tree(inputs)
    await repository.create()
    head = await repository.commit("main", None, documents_commit(inputs))
    for position, task in enumerate(inputs.task_plan.tasks(), 1):
        if task.kind is TaskKind.CUSTOM and module_of(task) in inputs.unwritten:
            continue
        files = dict(trees[task.number])
        if task.kind is TaskKind.CUSTOM:
            files |= {path: b"'By a model.'\n" for path in task.files if path not in files}
        head = await repository.commit("main", head, task_commit(inputs, position, task, files))
    pure = first_generation(inputs, trees, is_derived=True)
    await repository.commit(GENERATED, None, generated_commit(inputs, pure.files))
    await repository.check_out(folder, GENERATED)


@pytest.fixture
def delivered(tmp_path: Path) -> Path:
    """Return the clone of a repository in which one behaviour was written and one left to people."""
    folder = tmp_path / "books"
    asyncio.run(deliver(approved(SPECS, ("letters",)), tmp_path / "bare.git", folder))
    return folder


def test_the_record_says_all_that_the_plan_came_from(delivered: Path) -> None:
    inputs = approved(SPECS, ("letters",))
    record = read_record(git(delivered, "show", f"generated:{RECORD}").encode())

    assert (record.custom, record.unwritten) == ((LENDING, LETTERS), ("letters",))
    assert inputs_of_record(record, inputs.blueprint, STARTED, AUTHOR_NAME, AUTHOR_EMAIL) == inputs
    differing = git(delivered, "diff", "--name-only", "generated", "main", "--", "app", "tests").splitlines()
    assert differing == ["app/api/endpoints/lend_book.py", "app/services/lend_book.py", "tests/api/test_lend_book.py"]


def test_a_later_build_keeps_what_only_people_and_models_wrote(delivered: Path) -> None:
    done = built(delivered, ADDED, day="2026-11-21")

    assert done.exit_code == 0, done.output
    router = (delivered / "app/api/router.py").read_text()
    assert "lend_book" in router
    assert "letters" not in router, "nobody has written it yet"
    assert (delivered / "app/services/lend_book.py").read_text() == "'By a model.'\n"
    assert "pages: Mapped[int]" in (delivered / "app/models/book.py").read_text()
    tasks = (delivered / ".planning/tasks.md").read_text()
    assert ("Lend a book" in tasks, "Letters to readers" in tasks) == (True, True)
    requirements = (delivered / ".planning/requirements.md").read_text()
    assert LENDING.criterion in requirements
    assert "Readers find books here." in requirements
    assert "One copy of each title." in requirements
    assert "pages" in requirements, "requirements follow the new specs"


def test_the_same_specs_change_nothing(delivered: Path) -> None:
    again = built(delivered, SPECS, day="2026-11-21")
    assert "Nothing has changed since the last build." in again.stdout, again.output


def test_custom_tasks_are_ticked_by_no_build_that_did_not_judge_them() -> None:
    inputs = approved(SPECS, ("letters",))
    jobs = list(
        judgements(inputs, service_tree(inputs), Workshop(Path(), Sandbox(Level.TRUSTED_ONLY, "not asked"), None))
    )
    tasks = every_document(inputs, *judged_as_a_whole(inputs, "a" * 40))[".planning/tasks.md"]

    custom = [task.number for task in inputs.task_plan.tasks() if task.kind is TaskKind.CUSTOM]
    assert len(jobs) == len(inputs.task_plan.tasks()) - len(custom) == len(inputs.task_plan.tasks()) - 2
    text = (tasks or b"").decode()
    assert text.count("- [-] ") >= len(custom)
    for number in custom:
        assert f"- [-] {number} " in text
    assert "- [ ]" not in text


def test_features_that_specs_name_are_those_of_the_plan() -> None:
    marked = SPECS.replace(
        "  - created_at", "  - deleted_at: Optional[datetime] (index, for soft-delete)\n  - created_at"
    )
    inputs = approved(marked, ())

    assert inputs.features == ("docker", "soft-delete")
    assert "deleted_at: Optional[datetime] (index, for soft-delete)" in write_entity_specs(inputs.specs)
    assert any("restores a deleted row" in criterion.text for criterion in inputs.requirements.criteria())
    assert "app/repositories/soft_deletes.py" in {path for files in service_tree(inputs).values() for path in files}
