"""Whatever is taken out of a prompt, the stand-in refuses the request: no part can get lost unnoticed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.inspection.facts import facts_of
from bot.inspection.source_tree import SourceTree
from bot.language_model import prompts
from bot.language_model.openai_model import AnswerForm, request
from bot.planning.conversation import Answer, Conversation, Earlier, Message, Question
from bot.planning.derived import derive
from bot.planning.imported.reading import read_imported_plan
from bot.planning.imported.task_writer import ImportedTaskRequest
from bot.planning.imported.task_writer import prompt_of as imported_task_prompt
from bot.planning.model.asking import repair_prompt
from bot.planning.model.custom_task import CustomTaskRequest
from bot.planning.model.custom_task import prompt_of as custom_task_prompt
from bot.planning.model.model_answers import EntitySpecsAnswer, RequirementsAnswer, TaskPlanAnswer
from bot.planning.model.model_prompts import (
    TOLD_OF_REPOSITORY,
    entity_specs_prompt,
    interview_prompt,
    requirements_prompt,
    revision_prompt,
    task_plan_prompt,
)
from bot.planning.model.proposals import first_proposal, with_tasks
from bot.planning.shipped_rules import shipped_house_rules
from bot.resources import resource
from tests.stand_ins.library_script import (
    LIBRARY_ENTITIES,
    LIBRARY_REQUIREMENTS,
    LIBRARY_SPECS,
    LIBRARY_TASKS,
    OVERDUE,
)
from tests.stand_ins.model import SCHEMAS, what_is_missing

BLOCK = re.compile(r"\{%-? *for .*?\{%-? *endfor *-?%\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{.*?\}\}")
INCLUDE = re.compile(r"\{% *include .*?%\}")
FEES = Question(id="fees", text="What happens when a book is late?", reason="", default="Nothing")
STORED = 'class Shelf(Base):\n    __tablename__ = "shelves"\n'
WANTED = RequirementsAnswer.model_validate(LIBRARY_REQUIREMENTS)
FIRST = Conversation(
    messages=(Message(author="Mara", text="a library for our office", timestamp="1"),),
    answers=(Answer(question=FEES, text="A fee of 1 euro", author="Jon", timestamp="2"),),
    findings=("PT227: an open finding",),
    repository=facts_of(SourceTree(files={"shop/models.py": STORED}), "shop"),
)
PROPOSAL = with_tasks(
    first_proposal(WANTED, EntitySpecsAnswer.model_validate(LIBRARY_ENTITIES), FIRST),
    TaskPlanAnswer.model_validate(LIBRARY_TASKS),
    FIRST,
)
CHANGED = FIRST.model_copy(
    update={
        "changes": (Message(author="Jon", text="books need a shelf", timestamp="3"),),
        "earlier": Earlier(proposal=PROPOSAL, changes=0),
    }
)
TASK = CustomTaskRequest(
    title=OVERDUE["title"],
    criterion=OVERDUE["criteria"][0],
    done=OVERDUE["done"],
    specs=LIBRARY_SPECS,
    paths=("app/services/overdue_loans.py",),
    existing={"app/main.py": "MAIN = 1"},
    house_rules=shipped_house_rules().lines(),
    problem="what failed before",
    notes=("a week is seven working days",),
)
GIVEN, _ = read_imported_plan(
    "tasks.md", "- [ ] 1. Spots\n  - Files: `app/spots.py`\n  - Verify: `pytest tests/spots`\n"
)
GIVEN_TASK = ImportedTaskRequest(
    plan=GIVEN,
    task=GIVEN.tasks[0],
    paths=("app/garages.py",),
    existing={"app/garages.py": "GARAGES = 2"},
    house_rules=shipped_house_rules().lines(),
    problem="what failed before",
    facts="repository: parking",
)
THERE = ("<<<BEGIN MATERIAL repository>>>\nrepository: shop", "stored: Shelf in shelves (shop/models.py:1)")
HEARD = ("a library for our office", "A fee of 1 euro", "PT227: an open finding")
PROMPTS: dict[str, tuple[Callable[[], str], tuple[str, ...]]] = {
    "interview": (lambda: interview_prompt(FIRST), (*HEARD, *THERE)),
    "requirements": (lambda: requirements_prompt(FIRST), HEARD),
    "entity_specs": (lambda: entity_specs_prompt(FIRST, WANTED), (*HEARD, *THERE, "Lend once", OVERDUE["criteria"][1])),
    "task_plan": (
        lambda: task_plan_prompt(FIRST, PROPOSAL, derive(PROPOSAL)),
        (*HEARD, *THERE, "Overdue loans", "app/api/endpoints/overdue_loans.py", "ENTITY: Loan"),
    ),
    "revision": (
        lambda: revision_prompt(CHANGED, PROPOSAL),
        (*HEARD, *THERE, "<<<BEGIN MATERIAL change>>>\nJon: books need a shelf", "Overdue loans", "ENTITY: Loan"),
    ),
    "repair": (
        lambda: repair_prompt(requirements_prompt(FIRST), '{"title": 1}', ["title: it is a number"]),
        (*HEARD, '{"title": 1}', "- title: it is a number"),
    ),
    "custom_task": (
        lambda: custom_task_prompt(TASK),
        (
            "- `app/services/overdue_loans.py`", "BEGIN MATERIAL app/main.py>>>\nMAIN = 1", "what failed before",
            "a week is seven working days", OVERDUE["criteria"][0], "ENTITY: Loan",
        ),
    ),
    "imported_task": (
        lambda: imported_task_prompt(GIVEN_TASK),
        (
            "<<<BEGIN MATERIAL task>>>\n1 Spots", "- `app/spots.py`", "pytest tests/spots", "what failed before",
            "<<<BEGIN MATERIAL facts>>>\nrepository: parking",
            "<<<BEGIN MATERIAL paths>>>\napp/garages.py", "BEGIN MATERIAL app/garages.py>>>\nGARAGES = 2",
        ),
    ),
}  # fmt: skip


def removals() -> Iterator[tuple[str, str, str]]:
    """Yield each template that a decision is rendered from with one part taken out: decision, file, the part."""
    folder = resource("prompts")
    for decision in PROMPTS:
        main = f"{decision}.md.j2"
        text = (folder / main).read_text()
        parts = re.findall(r"include \"(.*?)\"", text)
        for file in (main, *parts):
            source = (folder / file).read_text()
            pieces = [found.group() for pattern in (BLOCK, VARIABLE, INCLUDE) for found in pattern.finditer(source)]
            yield from ((decision, file, piece) for piece in dict.fromkeys(pieces))


def lacks(decision: str) -> str:
    """Return what the stand-in misses in the request of a decision."""
    write, must_hold = PROMPTS[decision]
    schema = SCHEMAS["requirements" if decision == "repair" else decision]
    body = request("some-model", decision, write(), schema, AnswerForm.SCHEMA)
    return what_is_missing(body, must_hold)[1]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a copy of the prompts that may be changed, from which they are rendered meanwhile."""
    copy = Path(shutil.copytree(resource("prompts"), tmp_path / "prompts"))
    monkeypatch.setattr(prompts, "resource", lambda _name: copy)
    prompts.environment.cache_clear()
    yield copy
    prompts.environment.cache_clear()


@pytest.mark.parametrize("decision", PROMPTS)
def test_a_whole_prompt_lacks_nothing(decision: str) -> None:
    assert lacks(decision) == ""


@pytest.mark.parametrize(("decision", "file", "piece"), list(removals()))
def test_a_prompt_without_one_of_its_parts_is_refused(folder: Path, decision: str, file: str, piece: str) -> None:
    source = (folder / file).read_text()
    assert piece in source
    (folder / file).write_text(source.replace(piece, ""))

    assert lacks(decision) != ""


@pytest.mark.parametrize("decision", PROMPTS)
def test_the_repository_is_told_where_a_decision_needs_it_and_nowhere_else(decision: str) -> None:
    prompt = PROMPTS[decision][0]()

    assert all(piece in prompt for piece in THERE) == (decision in TOLD_OF_REPOSITORY)
    assert ("shelves" in prompt) == (decision in TOLD_OF_REPOSITORY)


def test_every_prompt_is_tried() -> None:
    assert {path.name.removesuffix(".md.j2") for path in resource("prompts").glob("*.j2")} == set(PROMPTS)
    assert len(list(removals())) > 60
