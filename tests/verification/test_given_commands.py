"""Commands of an imported plan over trees of any layout: in the sandbox only, and contained."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.planning.imported.commands import AllowedCommand, allowed_command
from bot.verification.environments import Environment
from bot.verification.given_commands import import_roots, run_given
from bot.verification.judges import CheckResult
from bot.verification.sandbox import Limits, Sandbox

TREE = {
    "packages/shared/pyproject.toml": "",
    "packages/shared/shared_things/__init__.py": "NAME = 'shared'\n",
    "apps/backend/src/__init__.py": "",
    "apps/backend/src/main.py": "from shared_things import NAME\n\n__all__ = ['NAME']\n",
    "apps/backend/pyproject.toml": "",
    "apps/backend/tests/test_main.py": (
        "from src.main import NAME\n\n\ndef test_name() -> None:\n    assert NAME == 'shared'\n"
    ),
    "apps/backend/tests/test_none.py": (
        "import pytest\n\n\n@pytest.mark.skip\ndef test_skipped() -> None:\n    assert 0\n"
    ),
}


def command(text: str) -> AllowedCommand:
    """Return a command of the allow-list."""
    found = allowed_command(text)
    assert found is not None
    return found


async def run(
    text: str, tree: Path, files: dict[str, str], environment: Environment | None, sandbox: Sandbox
) -> CheckResult:
    """Run a command over files, which are as they were afterwards."""
    for name, content in files.items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    result = await run_given(command(text), tree, files.keys(), environment, sandbox, Limits(seconds=120))
    assert {str(path.relative_to(tree)): path.read_text() for path in tree.rglob("*") if path.is_file()} == files
    return result


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("cd apps/backend && pytest", True),
        ("cd apps/backend && pytest tests/test_main.py::test_name", True),
        ("cd apps/backend && pytest tests/test_none.py", False),
        ("cd apps/backend && pytest tests/test_other.py", False),
        ('python -c "from shared_things import NAME"', True),
        ('python -c "from shared_things import OTHER"', False),
        ('cd apps/backend && python -c "import src.main"', True),
        ("python -m compileall apps", True),
        ("cd apps/other && pytest", False),
        ("ruff check apps", True),
    ],
)
async def test_a_foreign_layout_is_judged_where_it_stands(
    text: str, passes: bool, tree: Path, environment: Environment, contained: Sandbox
) -> None:
    result = await run(text, tree, TREE, environment, contained)

    assert result.passed is passes, result.tail
    assert result.word == command(text).shown()
    if passes and text.endswith("pytest"):
        assert (result.collected, result.passed_tests) == (2, 1)


@pytest.mark.sandbox
async def test_a_hostile_conftest_reaches_nothing(
    tree: Path, environment: Environment, contained: Sandbox, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.write_text("mine")
    hostile = {
        "conftest.py": f"import os, socket\nopen({str(outside)!r}, 'w').write('theirs')\n",
        "test_a.py": "def test_a() -> None:\n    assert True\n",
    }

    result = await run("pytest", tree, hostile, environment, contained)

    assert not result.passed
    assert outside.read_text() == "mine"


async def test_nothing_runs_without_a_sandbox_but_what_only_reads(
    tree: Path, environment: Environment, plain: Sandbox
) -> None:
    result = await run("cd apps/backend && pytest", tree, TREE, environment, plain)
    assert (result.passed, result.exit_code) == (False, None)
    assert "nobody here vouches for" in result.not_run_reason
    assert (await run("ruff check apps", tree, TREE, environment, plain)).passed


def test_folders_with_a_project_file_can_be_imported_from() -> None:
    assert import_roots(TREE) == [".", "apps/backend", "packages/shared"]
    assert import_roots({"lib/setup.py": "", "lib/src/a/__init__.py": ""}) == [".", "lib", "lib/src"]
