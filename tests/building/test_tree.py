"""Whole trees: formatted at once, the same bytes each time, sound after each task."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest
from ruff import find_ruff_bin  # type: ignore[import-untyped]  # ruff ships no types

from bot.building import tree
from bot.building.tree import FormattingError, format_tree, service_tree
from bot.documents.entities.entity_specs import EntitySpecs
from bot.generation.blueprint import load_blueprint
from tests.generation.samples import LEND, build_inputs, everything, library


def write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def ruff(folder: Path, *command: str) -> str:
    outcome = subprocess.run(
        [find_ruff_bin(), *command, "--no-cache", "."], cwd=folder, capture_output=True, text=True, check=False
    )
    return "" if outcome.returncode == 0 else outcome.stdout + outcome.stderr


@pytest.mark.parametrize("specs", [library(), everything()], ids=["library", "everything"])
def test_the_tree_is_sound_after_each_task(tmp_path: Path, specs: EntitySpecs) -> None:
    for files in service_tree(build_inputs(specs)).values():
        for path, content in files.items():
            if path.endswith(".py"):
                assert ast.get_docstring(ast.parse(content)), path
        write(tmp_path, files)
        assert ruff(tmp_path, "check") == ""
        assert ruff(tmp_path, "format", "--check") == ""


def test_equal_inputs_give_equal_bytes() -> None:
    first, second = (service_tree(build_inputs(everything())) for _ in range(2))
    assert first == second


def test_every_key_link_and_every_artifact_is_found_in_the_tree() -> None:
    inputs = build_inputs(library(), custom=(LEND,))
    files: dict[str, str] = {}
    for task in service_tree(inputs).values():
        files |= {path: content.decode() for path, content in task.items()}
    for phase in inputs.task_plan.phases:
        for link in phase.must_haves.key_links:
            assert link.pattern in files[link.source], link
        written = [artifact for artifact in phase.must_haves.artifacts if phase.slug != "custom-behaviour"]
        assert all(files[artifact.path].strip() for artifact in written)


def test_every_file_of_a_derived_task_is_rendered() -> None:
    inputs = build_inputs(library(), custom=(LEND,))
    trees = service_tree(inputs)
    for task in inputs.task_plan.tasks():
        expected = {"app/api/router.py"} if task.title == LEND.title else set(task.files)
        assert trees[task.number].keys() == expected


def test_python_is_formatted_and_the_rest_stays() -> None:
    files = {
        "app/thing.py": b"import sys\nimport os\nx = {  'a':1 }\n",
        "notes.txt": b"x = {  'a':1 }\n",
        "bad.py": b"def (",
    }
    formatted = format_tree(files, load_blueprint())
    assert formatted["app/thing.py"] == b'import os\nimport sys\n\nx = {"a": 1}\n'
    assert formatted["notes.txt"] == files["notes.txt"]
    assert formatted["bad.py"] == files["bad.py"]


def test_settings_inside_a_tree_change_nothing() -> None:
    hostile = {
        "ruff.toml": b"line-length = 20\n",
        "pyproject.toml": b"[tool.ruff]\nexclude = ['*']\n",
        "a.py": b"x = [1,2,3,4,5,6,7,8]\n",
    }
    assert format_tree(hostile, load_blueprint())["a.py"] == b"x = [1, 2, 3, 4, 5, 6, 7, 8]\n"


@pytest.mark.parametrize("path", ["../evil.py", "/etc/evil.py", "app/../../evil.py", ""])
def test_a_path_that_leaves_the_tree_is_refused(path: str) -> None:
    with pytest.raises(FormattingError, match="leads out of the repository"):
        format_tree({path: b""}, load_blueprint())


def test_a_broken_template_is_never_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "render_service", lambda _: {"1.1": {"app/main.py": b"def ("}})
    with pytest.raises(FormattingError, match=r"1\.1/app/main\.py"):
        service_tree(build_inputs(library()))
