"""Custom tasks: a model's files are taken only when they are exactly what was asked, and safe to judge further."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.language_model.openai_model import OpenAIModel
from bot.planning.conversation import PlannerError
from bot.planning.model.custom_task import CustomTaskRequest, CustomTaskWriter
from bot.planning.model.written_files import wrong_files
from bot.planning.shipped_rules import shipped_house_rules
from tests.stand_ins.library_script import CUSTOM_FILES, LIBRARY_SPECS, OVERDUE
from tests.stand_ins.model import ModelStandIn, Step

REQUEST = CustomTaskRequest(
    title=OVERDUE["title"],
    criterion=OVERDUE["criteria"][0],
    done=OVERDUE["done"],
    specs=LIBRARY_SPECS,
    paths=tuple(CUSTOM_FILES),
    existing={"app/repositories/base.py": "import fastapi_pagination\n\nOLD = 1\n"},
    house_rules=shipped_house_rules().lines(),
    problem="test_only_late_loans failed: got 500",
)
GOOD = list(CUSTOM_FILES.items())
SERVICE = "app/services/overdue_loans.py"
TEST = "tests/api/test_overdue_loans.py"


def step(files: list[tuple[str, str]]) -> Step:
    return Step(content={"files": [{"path": path, "text": text} for path, text in files]})


@contextmanager
def scripted(*steps: Step) -> Iterator[ModelStandIn]:
    must_hold = ("overdue_loans.py", "ENTITY: Loan", "SHALL answer one page", "OLD = 1")
    with ModelStandIn({"custom_task": list(steps)}, must_hold=must_hold) as server:
        yield server


async def write(server: ModelStandIn) -> dict[str, str]:
    model = OpenAIModel(api_key=server.key, base_url=server.url, model="some-model", retries=0)
    try:
        return (await CustomTaskWriter(model).write(REQUEST)).files
    finally:
        await model.close()


async def test_the_files_are_taken_and_the_earlier_failure_was_told() -> None:
    with scripted(step(GOOD)) as server:
        assert await write(server) == CUSTOM_FILES

    assert "test_only_late_loans failed: got 500" in server.prompts()[0]


async def test_what_is_wrong_goes_back_to_the_model() -> None:
    with scripted(step(GOOD[:2]), Step(content="{}"), step(GOOD)) as server:
        assert await write(server) == CUSTOM_FILES

    assert f"{TEST} is missing" in server.prompts()[1]
    assert "files: Field required" in server.prompts()[2]


async def test_after_three_repairs_a_person_is_told() -> None:
    told = r"asked 4 times for the files of “Overdue loans”.*is missing.*Give a hint"
    with scripted(step(GOOD[:2])) as server, pytest.raises(PlannerError, match=told):
        await write(server)
    assert len(server.requests) == 4


async def test_a_refusal_is_said() -> None:
    with scripted(Step("refusal")) as server, pytest.raises(PlannerError, match="declined"):
        await write(server)


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        (SERVICE, "", "is empty"),
        (SERVICE, "def broken(:\n", "no valid Python"),
        (SERVICE, "import subprocess\n", "imports subprocess"),
        (SERVICE, "import requests\n", "imports requests"),
        (SERVICE, "from importlib import reload\n", "imports importlib"),
        (SERVICE, "VALUE = eval('1')\n", "calls eval"),
        (SERVICE, "def f() -> None:\n    raise NotImplementedError\n", "unimplemented"),
        (SERVICE, "KEY = 'ghp_0123456789abcdefghijABCDEFGHIJ456789'\n", "secret"),
        (SERVICE, "X = 1\0\n", "NUL"),
        (SERVICE, "X = 1\n" * 10_000, "at most"),
        (TEST, "VALUE = 1\n", "holds no test"),
        (TEST, "def test_nothing() -> None:\n    print()\n", "asserts nothing"),
    ],
)
def test_a_file_that_may_not_be_taken_is_named(path: str, text: str, says: str) -> None:
    files = [(path, text) if path == name else (name, good) for name, good in GOOD]

    found = wrong_files(files, REQUEST.paths, REQUEST.existing)

    assert any(path in line and says in line for line in found)


def test_other_paths_are_refused() -> None:
    files = [*GOOD, ("../outside.py", "X = 1\n"), GOOD[0]]

    found = wrong_files(files, REQUEST.paths, REQUEST.existing)

    assert "../outside.py was not asked for; write only the listed files" in found
    assert f"{SERVICE} is there 2 times" in found


@pytest.mark.parametrize(
    "path",
    [
        "/etc/cron.d/evil", "C:\\evil.py", "app/../../evil.py", ".git/hooks/pre-push", ".git/config", "conftest.py",
        "tests/conftest.py", "pyproject.toml", "uv.lock", "Makefile", ".github/workflows/ci.yml", SERVICE + "/",
    ],
)  # fmt: skip
def test_a_model_writes_no_file_that_others_run_or_read(path: str) -> None:
    assert wrong_files([*GOOD, (path, "X = 1\n")], REQUEST.paths, REQUEST.existing) == [
        f"{path} was not asked for; write only the listed files"
    ]


@pytest.mark.parametrize("more", ["commands", "packages"])
async def test_an_answer_that_asks_for_commands_or_packages_is_not_taken(more: str) -> None:
    greedy = step(GOOD).content | {more: ["pip install evil"]}
    with scripted(Step(content=greedy), step(GOOD)) as server:
        assert await write(server) == CUSTOM_FILES

    assert f"{more}: Extra inputs are not permitted" in server.prompts()[1]


def test_good_files_have_nothing_wrong() -> None:
    assert wrong_files(GOOD, REQUEST.paths, REQUEST.existing) == []
