"""Each judge passes a good tree, fails a bad one, and leaves nothing behind, with bubblewrap and without."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.verification.environments import Environment
from bot.verification.judge_words import JUDGES
from bot.verification.judges import CheckResult, UnknownJudge, check_judge, run_judge
from bot.verification.sandbox import Limits, Sandbox, Trust

GOOD_TEST = "def test_one() -> None:\n    assert 1 + 1 == 2\n\n\ndef test_two() -> None:\n    assert True\n"


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


async def judged(
    word: str, tree: Path, environment: Environment | None, sandbox: Sandbox, trust: Trust = Trust.TEMPLATES
) -> CheckResult:
    before = files_of(tree)
    result = await run_judge(word, tree, environment, trust, sandbox, Limits(seconds=120))
    assert files_of(tree) == before
    assert result.word == word
    return result


@pytest.mark.parametrize("word", ["rm -rf /", "", "ruff", "ruff check --fix", "pytest -x", "pytest ../x", "pytest /etc",
                                  "pytest  a", "mypy app", "python-syntax x", "pytest;ls", "PYTEST"])  # fmt: skip
async def test_other_words_are_refused_before_anything_runs(word: str, tree: Path, plain: Sandbox) -> None:
    with pytest.raises(UnknownJudge) as refused:
        await run_judge(word, tree, None, Trust.TEMPLATES, plain)
    assert str(refused.value).endswith(".")


def is_known(word: str) -> bool:
    """Tell whether a word may run."""
    try:
        check_judge(word)
    except UnknownJudge:
        return False
    return True


def test_every_word_of_the_list_and_paths_for_pytest_are_known() -> None:
    good = [*JUDGES, "pytest tests/api/test_books.py", "pytest tests/a tests/b"]
    assert [word for word in (*good, "mypy tests", "pytest ../a") if is_known(word)] == good


async def test_syntax_is_judged_without_running_anything(tree: Path, sandbox: Sandbox) -> None:
    write(tree, {"a.py": "raise SystemExit(3)\n", "b/c.py": "x = 1\n"})
    good = await judged("python-syntax", tree, None, sandbox, Trust.FOREIGN)
    assert (good.passed, good.exit_code, good.tail) == (True, 0, "2 files, 0 problems")
    write(tree, {"b/d.py": "x = = 1\n", "deep.py": "(" * 5000, "null.py": "a\0b"})
    bad = await judged("python-syntax", tree, None, sandbox, Trust.FOREIGN)
    assert (bad.passed, bad.exit_code) == (False, 1)
    assert "b/d.py:1: invalid syntax" in bad.tail
    assert "5 files, 3 problems" in bad.tail


async def test_ruff_judges_lint_and_format_for_every_tree(tree: Path, sandbox: Sandbox) -> None:
    write(tree, {"pyproject.toml": "[tool.ruff]\nfix = true\n", "a.py": "x = 1\n"})
    for word in ("ruff check", "ruff format --check"):
        assert (await judged(word, tree, None, sandbox, Trust.FOREIGN)).passed
    write(tree, {"b.py": "import os\nx  =  1\n"})
    lint = await judged("ruff check", tree, None, sandbox)
    assert not lint.passed
    assert "F401" in lint.tail
    form = await judged("ruff format --check", tree, None, sandbox)
    assert not form.passed
    assert "b.py" in form.tail


async def test_mypy_is_strict_and_keeps_its_cache_beside_the_environment(
    tree: Path, environment: Environment, sandbox: Sandbox
) -> None:
    write(tree, {"app/__init__.py": "", "app/a.py": "def one() -> int:\n    return 1\n"})
    assert (await judged("mypy", tree, environment, sandbox)).passed
    assert files_of(environment.mypy_cache)
    write(tree, {"app/a.py": "def one():\n    return 1\n"})
    bad = await judged("mypy", tree, environment, sandbox)
    assert not bad.passed
    assert "no-untyped-def" in bad.tail


@pytest.mark.sandbox
async def test_mypy_over_a_foreign_tree_reads_the_cache_and_cannot_write_it(
    tree: Path, environment: Environment, contained: Sandbox
) -> None:
    write(tree, {"app/__init__.py": "", "app/a.py": "x: int = 1\n"})
    assert (await judged("mypy", tree, environment, contained)).passed
    before = {path: path.stat().st_mtime_ns for path in environment.mypy_cache.rglob("*")}
    write(tree, {"app/b.py": "import json\n\nx: str = json.dumps(1)\n"})
    assert (await judged("mypy", tree, environment, contained, Trust.FOREIGN)).passed
    assert {path: path.stat().st_mtime_ns for path in environment.mypy_cache.rglob("*")} == before


async def test_pytest_counts_what_was_collected_and_what_passed(
    tree: Path, environment: Environment, sandbox: Sandbox
) -> None:
    write(tree, {"tests/test_good.py": GOOD_TEST, "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-v'\n"})
    good = await judged("pytest", tree, environment, sandbox)
    assert (good.passed, good.exit_code, good.collected, good.passed_tests) == (True, 0, 2, 2)
    assert "2 passed" in good.tail
    assert not re.search("planthread-[0-9a-f]{16}", good.tail)
    write(tree, {"tests/test_bad.py": "def test_bad() -> None:\n    assert 'left' == 'right'\n"})
    bad = await judged("pytest", tree, environment, sandbox)
    assert (bad.passed, bad.exit_code, bad.collected, bad.passed_tests) == (False, 1, 3, 2)
    assert "assert 'left' == 'right'" in bad.tail
    only = await judged("pytest tests/test_good.py", tree, environment, sandbox)
    assert (only.passed, only.collected) == (True, 2)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "import pytest\n\n\n@pytest.mark.skip\ndef test_one() -> None:\n    assert False\n",
        "import pytest\n\n\n@pytest.mark.xfail\ndef test_one() -> None:\n    assert False\n",
        "import os\n\n\ndef test_one() -> None:\n    os._exit(0)\n",
    ],
)
async def test_a_green_exit_without_a_passed_test_is_no_pass(
    content: str, tree: Path, environment: Environment, sandbox: Sandbox
) -> None:
    write(tree, {"tests/test_it.py": content})
    result = await judged("pytest", tree, environment, sandbox)
    assert (result.passed, result.passed_tests) == (False, 0)


async def test_a_missing_test_file_is_no_pass(tree: Path, environment: Environment, sandbox: Sandbox) -> None:
    result = await judged("pytest tests/test_none.py", tree, environment, sandbox)
    assert (result.passed, result.exit_code) == (False, 4)


async def test_the_environment_of_the_bot_reaches_no_judge(
    tree: Path, environment: Environment, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    content = "import os\n\n\ndef test_it() -> None:\n    print(sorted(os.environ))\n    assert False\n"
    write(tree, {"tests/test_it.py": content})
    result = await judged("pytest", tree, environment, sandbox)
    assert "PYTHONDONTWRITEBYTECODE" in result.tail
    assert not {"SLACK_BOT_TOKEN", "xoxb-secret", *(set(os.environ) & {"GITHUB_TOKEN", "OPENAI_API_KEY"})} & set(
        result.tail.replace("'", " ").split()
    )


async def test_colours_and_control_characters_stay_out_of_the_tail(
    tree: Path, environment: Environment, sandbox: Sandbox
) -> None:
    content = (
        "def test_it() -> None:\n    print('\\x1b[31mred\\x1b[0m \\x1b]0;title\\x07 bell\\x07')\n    assert False\n"
    )
    write(tree, {"tests/test_it.py": content})
    tail = (await judged("pytest", tree, environment, sandbox)).tail
    assert "red" in tail
    assert not {"\x1b", "\x07"} & set(tail)


ALEMBIC = {
    "alembic.ini": "[alembic]\nscript_location = migrations\nprepend_sys_path = .\npath_separator = os\n",
    "migrations/env.py": (
        "import os\nfrom alembic import context\n"
        "from sqlalchemy import Column, Integer, MetaData, NullPool, Table, create_engine\n"
        "metadata = MetaData()\nTable('books', metadata, Column('id', Integer, primary_key=True))\n"
        "url = os.environ['DATABASE_URL'].replace('+aiosqlite', '')\n"
        "with create_engine(url, poolclass=NullPool).connect() as connection:\n"
        "    context.configure(connection=connection, target_metadata=metadata)\n"
        "    with context.begin_transaction():\n        context.run_migrations()\n"
    ),
    "migrations/versions/one.py": (
        "import sqlalchemy as sa\nfrom alembic import op\nrevision = '1'\ndown_revision = None\n"
        "def upgrade():\n    op.create_table('books', sa.Column('id', sa.Integer, primary_key=True))\n"
        "def downgrade():\n    op.drop_table('books')\n"
    ),
}


async def test_the_round_trip_goes_up_down_and_up_again(tree: Path, environment: Environment, sandbox: Sandbox) -> None:
    write(tree, ALEMBIC)
    good = await judged("alembic round-trip", tree, environment, sandbox)
    assert good.passed, good.tail
    assert good.tail.count("No new upgrade operations detected") == 2
    write(
        tree,
        {"migrations/versions/one.py": ALEMBIC["migrations/versions/one.py"].replace("op.drop_table('books')", "pass")},
    )
    bad = await judged("alembic round-trip", tree, environment, sandbox)
    assert not bad.passed
    assert "already exists" in bad.tail


APPLICATION = """
class Application:
    def openapi(self):
        return {"openapi": "3.1.0", "info": {"title": "Library"}, "paths": {"/books": {
            "get": {"operationId": "list_books", "responses": {"200": {}}},
            "post": {"operationId": "list_books" if TWICE else "create_book", "responses": {"201": {}}},
        }}}


app = Application()
"""


async def test_the_application_is_imported_and_its_document_judged(
    tree: Path, environment: Environment, sandbox: Sandbox
) -> None:
    write(tree, {"app/__init__.py": "", "app/main.py": f"TWICE = False\n{APPLICATION}"})
    imported = await judged("import app.main:app", tree, environment, sandbox)
    assert imported.passed, imported.tail
    good = await judged("openapi", tree, environment, sandbox)
    assert good.passed, good.tail
    write(tree, {"app/main.py": f"TWICE = True\n{APPLICATION}"})
    assert (await judged("import app.main:app", tree, environment, sandbox)).passed
    bad = await judged("openapi", tree, environment, sandbox)
    assert not bad.passed
    assert "'list_books' is missing or used twice" in bad.tail
    write(tree, {"app/main.py": "import nowhere\n"})
    broken = await judged("import app.main:app", tree, environment, sandbox)
    assert not broken.passed
    assert "No module named 'nowhere'" in broken.tail


async def test_a_foreign_tree_is_not_run_without_bubblewrap(
    tree: Path, environment: Environment, plain: Sandbox
) -> None:
    touched = tree.parent / "touched"
    write(tree, {"conftest.py": f"open({str(touched)!r}, 'w')\n", "test_it.py": GOOD_TEST})
    for word in ("pytest", "mypy", "alembic round-trip", "import app.main:app", "openapi"):
        result = await judged(word, tree, environment, plain, Trust.FOREIGN)
        assert (result.passed, result.exit_code) == (False, None)
        assert "bubblewrap isn't installed" in result.not_run_reason
    assert not touched.exists()


async def test_a_tree_without_an_environment_is_not_run(tree: Path, plain: Sandbox) -> None:
    result = await judged("pytest", tree, None, plain)
    assert not result.passed
    assert "make setup" in result.not_run_reason
