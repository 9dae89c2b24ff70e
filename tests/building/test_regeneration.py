"""Building upon a repository keeps what people wrote, says what they have to decide, and loses neither side."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.building.regenerated import ALL_KEPT, SPECS, TAG, Grown, built, edited, git, grown

ADDED = SPECS.replace("  - status:", "  - pages: int (min 0)\n  - status:")
DROPPED = ADDED.replace("  - note: Optional[str] (max 100)\n", "")
RENAMED = DROPPED.replace(
    "- subtitle: Optional[str] (max 100)", "- byline: Optional[str] (max 100, renamed from subtitle)"
)
WITH_ENTITY = f"{RENAMED}{TAG}"
WITH_VALUE = WITH_ENTITY.replace("available, lent", "available, lent, lost")
CHANGES = {"add": ADDED, "drop": DROPPED, "rename": RENAMED, "entity": WITH_ENTITY, "value": WITH_VALUE}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository as it was first built."""
    folder = tmp_path_factory.mktemp("first") / "books"
    done = built(folder, SPECS, "--name", "Reading room")
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def repository(first: Path, tmp_path: Path) -> Path:
    """Return a copy of that repository to work in."""
    return Path(shutil.copytree(first, tmp_path / "books", symlinks=True))


@pytest.fixture(scope="module")
def story(first: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Grown]]:
    """Let a person edit a repository, and build one change upon another."""
    folder = Path(shutil.copytree(first, tmp_path_factory.mktemp("story") / "books", symlinks=True))
    edited(folder)
    days = range(21, 30)
    return folder, {
        name: grown(folder, name, specs, f"2026-11-{day}")
        for day, (name, specs) in zip(days, CHANGES.items(), strict=False)
    }


def test_every_edit_survives_every_change(story: tuple[Path, dict[str, Grown]]) -> None:
    assert {name: step.kept for name, step in story[1].items()} == dict.fromkeys(CHANGES, ALL_KEPT)


def test_only_the_change_beside_the_edit_conflicts_and_both_sides_stand_there(
    story: tuple[Path, dict[str, Grown]],
) -> None:
    steps = story[1]

    assert {name: (step.result.exit_code, step.conflicts) for name, step in steps.items()} == {
        "add": (1, ["app/models/book.py"]),
        "drop": (0, []),
        "rename": (0, []),
        "entity": (0, []),
        "value": (0, []),
    }
    assert "conflict: app/models/book.py" in steps["add"].result.stdout
    assert "UU app/models/book.py" in steps["add"].status
    assert steps["drop"].status == ""
    model = (story[0] / "app/models/book.py").read_text()
    assert "pages: Mapped[int]" in model
    assert "byline: Mapped[str | None]" in model


def test_each_change_adds_one_migration_and_the_first_stays_as_it_was(
    story: tuple[Path, dict[str, Grown]], first: Path
) -> None:
    versions = story[0] / "migrations/versions"

    assert sorted(path.name for path in versions.glob("*.py")) == [
        "0001_initial.py",
        "0002_add_pages_to_books.py",
        "0003_drop_note_from_books.py",
        "0004_rename_subtitle_of_books_to_byline.py",
        "0005_create_tags.py",
        "0006_change_values.py",
    ]
    initial = "migrations/versions/0001_initial.py"
    assert (story[0] / initial).read_bytes() == (first / initial).read_bytes()


def test_pure_output_knows_nothing_of_people_and_the_documents_follow(story: tuple[Path, dict[str, Grown]]) -> None:
    folder = story[0]
    pure = git(folder, "ls-tree", "-r", "--name-only", "generated").splitlines()

    assert ".planthread/record.json" in pure
    assert "app/core/greeting.py" not in pure
    assert not [path for path in pure if path.startswith(".planning")]
    assert "A person" not in git(folder, "show", "generated:app/models/book.py")
    assert "lost" in (folder / ".planning/entity_specs.txt").read_text()
    assert not (folder / ".planthread").exists()
    assert git(folder, "log", "--format=%s", "-1") == "Plan the change of Reading room"
    assert len(git(folder, "log", "--first-parent", "--format=%s", "generated").splitlines()) == 1 + len(CHANGES)


def test_the_same_specs_again_change_nothing(story: tuple[Path, dict[str, Grown]]) -> None:
    folder, before = story[0], git(story[0], "rev-parse", "main", "generated")
    again = built(folder, WITH_VALUE, day="2026-12-24")

    assert again.exit_code == 0, again.output
    assert "Nothing has changed since the last build." in again.stdout
    assert git(folder, "rev-parse", "main", "generated") == before


def test_a_new_repository_has_its_pure_output_beside_it(first: Path) -> None:
    assert git(first, "log", "--format=%s", "generated") == "Generate Reading room"
    names = git(first, "diff", "--name-only", "main", "generated").splitlines()
    assert {name.split("/")[0] for name in names} == {".planning", ".planthread"}


def test_the_same_steps_give_the_same_hashes(repository: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(repository, tmp_path / "other", symlinks=True))
    for folder in (repository, other):
        assert built(folder, ADDED, day="2026-11-21").exit_code == 0
    assert git(repository, "rev-parse", "main", "generated") == git(other, "rev-parse", "main", "generated")


def test_a_merge_that_is_taken_back_can_be_built_again_with_other_specs(repository: Path) -> None:
    edited(repository)
    before = git(repository, "rev-parse", "main")
    assert built(repository, ADDED).exit_code == 1
    git(repository, "merge", "--abort")
    assert git(repository, "status", "--porcelain") == ""

    assert built(repository, SPECS.replace("max 100", "max 90")).exit_code == 0
    assert git(repository, "rev-parse", "main~1^1") == before
    migrations = sorted(path.name for path in (repository / "migrations/versions").glob("*.py"))
    assert migrations == ["0001_initial.py", "0002_change_books.py"], "what was taken back left nothing"


def test_features_and_the_name_stay_unless_others_are_asked_for(repository: Path) -> None:
    done = built(repository, ADDED)

    assert done.exit_code == 0, done.output
    assert (repository / "Dockerfile").exists()
    assert (repository / "README.md").read_text().startswith("# Reading room")


def test_a_migration_of_a_person_is_followed(repository: Path) -> None:
    mine = (repository / "migrations/versions/0001_initial.py").read_text()
    mine = mine.replace('revision: str = "0001"', 'revision: str = "0007_mine"')
    mine = mine.replace("down_revision: str | None = None", 'down_revision: str | None = "0001"')
    (repository / "migrations/versions/0007_mine.py").write_text(mine)
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "A migration of mine")

    assert built(repository, ADDED).exit_code == 0
    text = (repository / "migrations/versions/0008_add_pages_to_books.py").read_text()
    assert 'down_revision: str | None = "0007_mine"' in text

    (repository / "migrations/versions/0009_other.py").write_text(mine.replace('"0007_mine"', '"other"'))
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "Another head")
    refused = built(repository, DROPPED)
    assert refused.exit_code == 1
    assert "`alembic merge heads` joins them" in refused.stderr


def test_a_new_required_key_is_refused_and_nothing_moves(repository: Path) -> None:
    before = git(repository, "rev-parse", "main", "generated")
    refused = built(
        repository,
        SPECS.replace("  - label", "").replace("- note: Optional[str] (max 100)", "- code: str (max 9, unique)"),
    )

    assert refused.exit_code == 1
    assert "Make it optional first" in refused.stderr
    assert git(repository, "rev-parse", "main", "generated") == before
    assert git(repository, "status", "--porcelain") == ""
