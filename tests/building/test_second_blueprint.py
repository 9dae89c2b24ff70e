"""A second blueprint is a folder: a build with it makes a repository of its own kind, which stays with it."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from bot.building.record import RECORD
from bot.generation.blueprint import BlueprintNotRead, load_blueprint
from tests.building.regenerated import ADDED, SPECS, built, git
from tests.building.second_blueprint import second_blueprint


@pytest.fixture
def blueprint(tmp_path: Path) -> str:
    """Return the path of a blueprint that does not ship."""
    return str(second_blueprint(tmp_path / "templates"))


@pytest.fixture
def shapes(blueprint: str, tmp_path: Path) -> Path:
    """Return a repository that was built with it."""
    folder = tmp_path / "books"
    done = built(folder, SPECS, "--blueprint", blueprint, "--name", "Reading room")
    assert done.exit_code == 0, done.output
    return folder


def test_it_builds_its_own_files_a_commit_a_task(shapes: Path) -> None:
    files = git(shapes, "ls-files", "--", ".", ":!.planning").splitlines()

    assert files == [
        "README.md", "pyproject.toml", "ruff.toml", "shapes/author.py", "shapes/book.py", "uv.lock",
    ]  # fmt: skip
    assert git(shapes, "log", "--reverse", "--format=%s").splitlines() == [
        "Plan Reading room",
        "Project skeleton",
        "Shape of authors",
        "Shape of books",
    ]
    (shape,) = (
        node for node in ast.parse((shapes / "shapes/book.py").read_text()).body if isinstance(node, ast.ClassDef)
    )
    assert shape.name == "Book"
    assert "Plain Python, without a database" in (shapes / ".planning/phases/01-shapes/01-01-PLAN.md").read_text()
    assert json.loads(git(shapes, "show", f"generated:{RECORD}"))["blueprint"]["name"] == "shapes"


def test_a_later_build_merges_and_writes_no_migration_where_there_are_none(shapes: Path, blueprint: str) -> None:
    shape = shapes / "shapes/book.py"
    shape.write_text(f"{shape.read_text()}\n# A person: this one is ours.\n")
    git(shapes, "commit", "--quiet", "--all", "--message", "Ours")

    done = built(shapes, ADDED, "--blueprint", blueprint)

    assert done.exit_code == 0, done.output
    assert "    pages: object = None\n" in shape.read_text()
    assert "# A person: this one is ours." in shape.read_text()
    assert not (shapes / "migrations").exists()


def test_a_repository_stays_with_its_blueprint(shapes: Path) -> None:
    before = git(shapes, "for-each-ref")
    other = built(shapes, ADDED, "--blueprint", "fastapi")
    missing = built(shapes, ADDED)

    assert (other.exit_code, missing.exit_code) == (1, 2)
    assert "was built with the blueprint shapes and stays with it" in other.stderr
    assert "There is no blueprint shapes; name one of these: fastapi, or the path of a folder" in missing.stderr
    assert git(shapes, "for-each-ref") == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--blueprint", "djungle"), "There is no blueprint djungle; name one of these: fastapi"),
        (("--blueprint", "../templates"), "There is no blueprint templates"),
        (("--blueprint", "djungle", "--features", "mail"), "There is no blueprint djungle"),
    ],
)
def test_a_blueprint_that_is_not_there_is_said(tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    refused = built(tmp_path / "books", SPECS, *options)

    assert refused.exit_code == 2
    assert words in refused.stderr
    assert not (tmp_path / "books").exists()


def test_features_are_those_of_the_blueprint(blueprint: str, tmp_path: Path) -> None:
    refused = built(tmp_path / "books", SPECS, "--blueprint", blueprint, "--features", "mail")
    assert refused.exit_code == 2
    assert "--features mail is not there; there are: none." in refused.stderr


@pytest.mark.parametrize("text", ["name = [", 'name = "shapes"\n', 'name = "../shapes"\n'])
def test_a_manifest_that_is_none_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "blueprint.toml").write_text(text)
    with pytest.raises(BlueprintNotRead, match="can't be read"):
        load_blueprint(str(tmp_path))
