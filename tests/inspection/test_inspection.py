"""Repositories of several layouts are read into facts with their evidence; nothing runs and no link is followed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.inspection import source_tree
from bot.inspection.dependencies import dependencies_of
from bot.inspection.facts import RepositoryFacts, facts_of, inspect_repository
from bot.inspection.source_tree import NotARepositoryError, SourceTree

ASYNC_APP = """\
from fastapi import APIRouter, FastAPI
from sqlalchemy.ext.asyncio import create_async_engine

app = FastAPI()
router = APIRouter()
engine = create_async_engine("sqlite+aiosqlite://")


@router.get("/books")
async def books() -> list[str]:
    return []


@app.post("/books")
async def add() -> None: ...
"""
REVISION = 'revision = "{}"\ndown_revision = {}\n'

UV_REPOSITORY = {
    "pyproject.toml": '[project]\nname = "shop"\nrequires-python = ">=3.12"\n'
    'dependencies = [\n  "fastapi[standard]>=0.110",\n'
    '  "SQLAlchemy>=2,<3",\n  "aiosqlite",\n]\n[dependency-groups]\ndev = ["pytest", "httpx", "ruff", "mypy"]\n',
    "uv.lock": '[[package]]\nname = "pydantic"\nversion = "2.14.1"\n\n'
    '[[package]]\nname = "sqlalchemy"\nversion = "2.0.44"\n',
    "src/shop/__init__.py": "",
    "src/shop/main.py": ASYNC_APP,
    "src/shop/models/book.py": "class Book: ...\n",
    "src/shop/api/routers/books.py": "",
    "alembic.ini": "[alembic]\nscript_location = migrations\n",
    "migrations/env.py": "from sqlalchemy import create_engine\n\ncreate_engine('sqlite://')\n",
    "migrations/versions/one.py": REVISION.format("a1", "None"),
    "migrations/versions/two.py": REVISION.format("b2", '"a1"'),
    "tests/conftest.py": "from httpx import AsyncClient\n\nclient = AsyncClient()\n",
    "tests/schemas/test_book.py": "",
    ".github/workflows/ci.yml": "on: push\n",
}
OLD_REPOSITORY = {
    "requirements.txt": "# web\nfastapi==0.95.0\npydantic<2\nSQLAlchemy==1.4.50 --hash=sha256:00\npsycopg2-binary\n",
    "app/main.py": "import fastapi\nfrom sqlalchemy import create_engine\n\napp = fastapi.FastAPI()\n"
    "engine = create_engine('x')\n\n\n@app.post('/')\ndef make() -> None: ...\n",
    "app/schemas.py": "from pydantic import BaseModel, validator\n",
    "test/test_main.py": "from fastapi.testclient import TestClient\n\nclient = TestClient(None)\n",
}
POETRY_REPOSITORY = {
    "pyproject.toml": '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\npython = "^3.11"\n'
    'fastapi = {extras = ["all"], version = "^0.110"}\npydantic = "^2.5"\n'
    '[tool.poetry.group.dev.dependencies]\npytest = "*"\n'
}


def facts(files: dict[str, str]) -> RepositoryFacts:
    return facts_of(SourceTree(files=files))


def test_an_asynchronous_repository_with_a_lock_and_migrations() -> None:
    found = facts(UV_REPOSITORY)

    assert {fact.name: fact.value for fact in found.facts} == {
        "Python": ">=3.12",
        "package manager": "uv, locked in uv.lock",
        "web framework": "fastapi >=0.110",
        "Pydantic": "2",
        "ORM": "sqlalchemy 2.0.44",
        "database drivers": "aiosqlite",
        "database access": "asynchronous, 2 async and 0 plain routes",
        "Alembic": "2 revisions in migrations/versions, head b2",
        "test tools": "pytest, httpx",
        "test client": "AsyncClient",
        "layout": "src layout, application in src/shop",
        "models": "src/shop/models",
        "routers": "src/shop/api",
        "tests": "tests",
        "linters": "ruff",
        "type checker": "mypy",
        "CI": ".github/workflows/ci.yml",
    }
    evidence = {fact.name: fact.evidence for fact in found.facts}
    assert evidence["web framework"] == ("pyproject.toml:5",)
    assert evidence["Pydantic"] == ("uv.lock:2",)
    assert evidence["database access"] == ("src/shop/main.py:6", "src/shop/main.py:10")
    assert evidence["Alembic"] == ("alembic.ini:2",)
    assert found.findings == ()
    assert (found.ways.is_asynchronous, found.ways.has_alembic) == (True, True)
    assert (found.ways.pydantic_major, found.ways.has_async_client) == (2, True)


def test_a_synchronous_repository_of_older_versions() -> None:
    found = facts(OLD_REPOSITORY)

    assert found.value("web framework") == "fastapi ==0.95.0"
    assert found.value("ORM") == "sqlalchemy ==1.4.50"
    assert found.value("package manager") == "pip"
    assert found.value("Pydantic") == "1"
    assert found.value("Alembic") == "none"
    assert found.value("database access") == "synchronous, 0 async and 1 plain route"
    assert found.value("schemas") == "app/schemas.py"
    assert (found.ways.is_asynchronous, found.ways.has_alembic) == (False, False)
    assert (found.ways.pydantic_major, found.ways.has_async_client) == (1, False)
    assert "ORM: sqlalchemy ==1.4.50 (requirements.txt:4)" in found.for_prompt().splitlines()


def test_a_poetry_repository_without_a_database() -> None:
    found = facts(POETRY_REPOSITORY)

    assert found.value("Python") == "^3.11"
    assert found.value("package manager") == "Poetry, without a lock"
    assert found.value("web framework") == "fastapi ^0.110"
    assert found.value("Alembic") == ""
    assert (found.ways.is_asynchronous, found.ways.has_alembic, found.ways.pydantic_major) == (None, None, 2)


def test_other_lists_of_packages_are_read_too() -> None:
    tree = SourceTree(
        files={
            "setup.cfg": "[options]\ninstall_requires =\n  fastapi>=0.1\n  asyncpg\n"
            "[options.extras_require]\ntest = pytest\n",
            "Pipfile": '[packages]\nflask = "*"\n[dev-packages]\nmypy = {version = "==1.8"}\n',
            "requirements/dev.in": "ruff; python_version > '3'\n-r base.txt\ngit+https://example.org/x\n",
            "broken/pyproject.toml": "[project\n",
        }
    )

    found = {(one.name, one.version, one.file, one.line) for one in dependencies_of(tree)}

    assert found == {
        ("fastapi", ">=0.1", "setup.cfg", 3),
        ("asyncpg", "", "setup.cfg", 4),
        ("pytest", "", "setup.cfg", 6),
        ("flask", "", "Pipfile", 2),
        ("mypy", "==1.8", "Pipfile", 4),
        ("ruff", "", "requirements/dev.in", 1),
    }


@pytest.mark.parametrize(
    ("files", "rule", "said"),
    [
        (
            {"requirements.txt": "pydantic>=2\n", "a.py": "from pydantic import validator\n"},
            "pydantic-versions",
            "1 at a.py:1",
        ),
        (
            {
                "requirements.txt": "x\n",
                "a.py": ASYNC_APP,
                "b.py": "import sqlalchemy\nsqlalchemy.create_engine('x')\n",
            },
            "sync-beside-async",
            "asynchronous engine at a.py:6, and a blocking one at b.py:2",
        ),
        (
            {"v/a.py": REVISION.format("a1", "None"), "v/b.py": REVISION.format("b2", "None")},
            "alembic-heads",
            "2 heads: a1 and b2",
        ),
    ],
)
def test_a_contradiction_is_a_finding_at_its_place(files: dict[str, str], rule: str, said: str) -> None:
    (finding,) = facts(files).findings

    assert finding.rule == rule
    assert said in finding.message
    assert finding.place.line


def test_merged_migrations_have_one_head() -> None:
    files = {"v/a.py": REVISION.format("a", "None"), "v/b.py": REVISION.format("b", "None")}
    files["v/c.py"] = REVISION.format("c", '("a", "b")')

    assert facts(files).value("Alembic") == "3 revisions in v, head c"


def written(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def test_nothing_runs_and_no_link_is_followed(tmp_path: Path) -> None:
    outside = written(tmp_path / "outside", {"secret.py": "from fastapi import FastAPI\nFastAPI()\n"})
    trap = f"import pathlib\npathlib.Path({str(tmp_path / 'ran')!r}).write_text('x')\n"
    root = written(
        tmp_path / "inside", {"setup.py": trap, "conftest.py": trap, "broken.py": "def (:\n", "node_modules/a.py": ""}
    )
    (root / "linked.py").symlink_to(outside / "secret.py")
    (root / "folder").symlink_to(outside)
    os.mkfifo(root / "pipe.py")

    found = inspect_repository(root)

    assert not (tmp_path / "ran").exists()
    assert found.value("layout") == ""
    assert any(line.startswith("linked.py was not read: ") for line in found.left_out)
    assert any(line.startswith("pipe.py was not read: ") for line in found.left_out)
    assert "broken.py is no Python that can be read." in found.left_out


def test_what_is_too_large_or_too_many_is_left_out_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_tree, "LARGEST_FILE", 10)
    monkeypatch.setattr(source_tree, "MOST_FILES", 2)
    root = written(tmp_path, {"a.py": "", "b.py": "x = 1234567890\n", "c.py": "", "d.py": "", "e.py": ""})

    found = inspect_repository(root)

    assert [line.split(" ")[0] for line in found.left_out] == ["b.py", "More"]


@pytest.mark.parametrize("name", ["missing", "empty", "file.txt"])
def test_what_is_no_repository_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("x")

    with pytest.raises(NotARepositoryError, match="name the folder of a repository"):
        inspect_repository(tmp_path / name)


def test_a_package_is_found_where_it_is_listed_and_not_where_others_name_it() -> None:
    lock = (
        '[[package]]\nname = "fastapi"\nversion = "0.110.0"\ndependencies = [{ name = "pydantic" }]\n'
        '[[package]]\nname="pydantic"\nversion="2.5.0"\n'
    )
    poetry = '[tool.poetry.dependencies]\npyjwt = "^2"\njwt = "^1"\n[tool.poetry.dependencies.ruff]\nversion = "^1"\n'
    tree = SourceTree(files={"pyproject.toml": poetry, "uv.lock": lock})

    assert [(one.name, one.file, one.line) for one in dependencies_of(tree)] == [
        ("pyjwt", "pyproject.toml", 2),
        ("jwt", "pyproject.toml", 3),
        ("ruff", "pyproject.toml", 4),
        ("fastapi", "uv.lock", 2),
        ("pydantic", "uv.lock", 6),
    ]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("uv.lock", "".join(f"[[package]]\nname='p{number}'\nversion='1'\n" for number in range(60_000))),
        (
            "pyproject.toml",
            "[tool.poetry.dependencies]\n" + "".join(f"'p{number}'='1'\n" for number in range(60_000)),
        ),
    ],
    ids=["a lock", "a table"],
)
def test_a_list_of_very_many_packages_is_read_in_good_time(file: str, text: str) -> None:
    found = dependencies_of(SourceTree(files={file: text}))

    assert (len(found), found[-1].line) == (60_000, len(text.splitlines()) - (file == "uv.lock"))


def test_hostile_code_is_named_and_not_read() -> None:
    deep = "x = " + "(" * 5000 + ")" * 5000
    found = facts({"deep.py": deep, "nul.py": "x = 1\0", "fine.py": "import fastapi\n"})

    assert set(found.left_out) == {"deep.py is no Python that can be read.", "nul.py is no Python that can be read."}
