"""What a model answers for a task of an imported plan is judged: places, reasons for deviations, tests that assert."""

from __future__ import annotations

from typing import cast

import pytest

from bot.language_model.port import LanguageModel
from bot.planning.imported.plan import ImportedPlan, ImportedTask
from bot.planning.imported.reading import read_imported_plan
from bot.planning.imported.task_writer import (
    ImportedTaskAnswer,
    ImportedTaskRequest,
    ImportedTaskWriter,
    WrittenTask,
    prompt_of,
    wrong_answer,
)

DECLARED = "- [ ] 1. A\n  - Files: `app/a.py`, `app/__init__.py`\n  - Verify: `pytest tests`\n"
GOOD = {"app/a.py": "A = 1\n", "app/__init__.py": ""}


def request(text: str = DECLARED, there: tuple[str, ...] = ()) -> ImportedTaskRequest:
    """Return what a model is asked for the first task of a checklist."""
    plan, _ = read_imported_plan("tasks.md", text)
    return asked(plan, plan.tasks[0], there)


def asked(plan: ImportedPlan, task: ImportedTask, there: tuple[str, ...]) -> ImportedTaskRequest:
    """Return what a model is asked for a task."""
    return ImportedTaskRequest(plan=plan, task=task, paths=there, existing={}, house_rules=("H1: a rule",))


def wrong(files: dict[str, str], reasons: dict[str, str] | None = None, **about: object) -> list[str]:
    """Return what is wrong with an answer."""
    answer = ImportedTaskAnswer.model_validate(
        {
            "files": [{"path": path, "text": text} for path, text in files.items()],
            "deviations": [{"path": path, "reason": reason} for path, reason in (reasons or {}).items()],
        }
    )
    return wrong_answer(answer, request(**about))  # type: ignore[arg-type]


def test_exactly_what_is_declared_may_be_taken() -> None:
    assert wrong(GOOD) == []


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../x.py",
        "a/../../x",
        ".git/hooks/pre-push",
        ".GIT/config",
        ".planning/STATE.md",
        "C:\\x",
        "~/x",
        "",
    ],
)
def test_no_file_lies_outside_or_where_a_build_writes_itself(path: str) -> None:
    (sentence,) = wrong({**GOOD, path: "x\n"}, {path: "needed"})
    assert "no plain path inside the repository" in sentence


@pytest.mark.parametrize(
    ("files", "reasons", "says"),
    [
        ({}, {}, "no file is written"),
        ({**GOOD, "app/b.py": "B = 1\n"}, {}, "app/b.py is not declared"),
        ({"app/a.py": "A = 1\n"}, {}, "app/__init__.py is declared by the task and missing"),
        ({**GOOD, "app/a.py/x": "x\n"}, {"app/a.py/x": "why"}, "a file and a folder"),
        ({**GOOD, "app/a.py": "def broken(:\n"}, {}, "no valid Python"),
        ({**GOOD, "app/a.py": "raise NotImplementedError\n"}, {}, "unimplemented"),
        ({**GOOD, "app/a.py": ""}, {}, "app/a.py is empty"),
        ({**GOOD, "app/a.py": "K = 'ghp_a1b2c3d4e5f6g7h8i9j0'\n"}, {}, "a secret"),
        ({**GOOD, "app/a.py": "A = '" + "a" * 40_001 + "'\n"}, {}, "characters"),
        ({**GOOD, "test_a.py": "def test_a() -> None:\n    pass\n"}, {"test_a.py": "why"}, "asserts nothing"),
    ],
)
def test_what_is_wrong_goes_back(files: dict[str, str], reasons: dict[str, str], says: str) -> None:
    assert any(says in sentence for sentence in wrong(files, reasons))


def test_a_deviation_needs_its_reason_and_then_counts() -> None:
    more = {**GOOD, "app/b.py": "B = 1\n"}

    assert wrong(more, {"app/b.py": "a needs it"}) == []
    assert wrong(more, {"app/b.py": " "}) != []
    assert wrong({"app/a.py": "A = 1\n"}, there=("app/__init__.py",)) == [], "a declared file may be there already"


PIPELINES = [
    ".github/workflows/ci.yml",
    ".GitHub/workflows/ci.yml",
    ".github/CODEOWNERS",
    ".gitignore",
    "app/.gitattributes",
    ".gitlab-ci.yml",
    "deploy/Jenkinsfile",
    ".circleci/config.yml",
    ".pre-commit-config.yaml",
    "azure-pipelines.yml",
    ".husky/pre-push",
]


@pytest.mark.parametrize("text", [DECLARED, "- [ ] 1. A\n  - Verify: `pytest tests`\n"], ids=["declared", "none"])
@pytest.mark.parametrize("path", PIPELINES)
async def test_what_steers_git_or_a_host_is_left_out_and_told_unless_the_plan_names_it(path: str, text: str) -> None:
    files = {**GOOD, path: "on: push\n"}
    asked_for = request(text)

    written = await written_by(files, {path: "it needs this"}, asked_for)

    assert (set(written.files), written.refused) == (set(GOOD), (path,))
    assert written.deviations == (
        f"`{path}` was not written: it steers git, or what a host runs, and the approved plan doesn't name it.",
    )
    named = request(text.replace("1. A", f"1. A, with `{path}`"))
    written = await written_by(files, {path: "the task names it"}, named)
    assert (path in written.files, written.refused) == (True, ())


async def test_a_path_that_only_holds_or_begins_another_names_it_not() -> None:
    files = {**GOOD, ".gitignore": "*\n"}
    for said in ("`app/.gitignore`", "`.gitignored`", "`.gitignore/x`"):
        written = await written_by(files, {".gitignore": "so"}, request(DECLARED.replace("1. A", f"1. A {said}")))
        assert written.refused == (".gitignore",), said
    assert wrong({".gitignore": "*\n"}, {".gitignore": "so"}) == [
        ".gitignore is left out, since the plan doesn't name it; write the task's other files"
    ]
    assert wrong({**GOOD, "app/.gitkeep": ""}, {"app/.gitkeep": "keeps the folder"}) == []


class Saying:
    """Stands in for a model that gives one answer."""

    name = "one answer"

    def __init__(self, said: ImportedTaskAnswer) -> None:
        self.said = said

    async def answer(self, *_: object) -> ImportedTaskAnswer:
        """Give it, whatever is asked."""
        return self.said


async def written_by(files: dict[str, str], reasons: dict[str, str], about: ImportedTaskRequest) -> WrittenTask:
    """Return what is taken of an answer."""
    answer = ImportedTaskAnswer.model_validate(
        {
            "files": [{"path": path, "text": text} for path, text in files.items()],
            "deviations": [{"path": path, "reason": reason} for path, reason in reasons.items()],
        }
    )
    return await ImportedTaskWriter(cast("LanguageModel", Saying(answer))).write(about)


def test_a_task_that_names_no_verification_needs_tests() -> None:
    text = "- [ ] 1. A\n"

    assert wrong({"a.py": "A = 1\n"}, text=text) == [
        "the task names no verification, so it needs a file of tests, and there is none"
    ]
    tests = {"a.py": "A = 1\n", "tests/test_a.py": "def test_a() -> None:\n    assert True\n"}
    assert wrong(tests, text=text) == []
    assert "write tests for it" in prompt_of(request(text))
