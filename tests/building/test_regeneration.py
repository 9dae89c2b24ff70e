"""Building upon a repository keeps what people wrote, says what they have to decide, and loses neither side."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.generation import rendering
from bot.generation.blueprint import Blueprint
from tests.building.conftest import Story
from tests.building.regenerated import ADDED, CHANGES, DROPPED, EDITS, MANY_TO_MANY, SPECS, built, edited, git


def test_every_edit_survives_every_change(story: Story) -> None:
    assert {name: step.lost for name, step in story[1].items()} == {name: [] for name in CHANGES}


def test_only_the_changes_beside_an_edit_conflict(story: Story) -> None:
    assert {name: (step.result.exit_code, list(step.conflicts)) for name, step in story[1].items()} == {
        "add a field": (1, ["app/models/book.py"]),
        "drop a field": (0, []),
        "rename a field": (0, []),
        "add an entity": (0, []),
        "add an enum value": (0, []),
        "make 1-N N-M": (1, ["app/services/book.py"]),
    }
    assert story[1]["drop a field"].status == ""


@pytest.mark.parametrize(
    ("name", "edit", "ours", "theirs"),
    [
        ("add a field", "next to a generated field", "", "    pages: Mapped[int] = mapped_column(sa.Integer())\n"),
        (
            "make 1-N N-M",
            "inside a generated method",
            '        await self.require_reference(values, "author_id", "author_id", Author, "author")\n',
            '        await self.require_links(values, "author_ids", "authors", Author, "author")\n',
        ),
    ],
)
def test_both_sides_of_a_conflict_stand_there(story: Story, name: str, edit: str, ours: str, theirs: str) -> None:
    step, (path, _, text) = story[1][name], EDITS[edit]

    assert f"<<<<<<< main\n{text}{ours}=======\n{theirs}>>>>>>> generated\n" in step.conflicts[path]
    assert f"conflict: {path}" in step.result.stdout
    assert f"UU {path}" in step.status


def test_what_was_decided_holds_what_was_generated_and_what_a_person_wrote(story: Story) -> None:
    model = (story[0] / "app/models/book.py").read_text()
    service = (story[0] / "app/services/book.py").read_text()

    assert "    # A person: readers ask for this one.\n    pages: Mapped[int]" in model
    assert "byline: Mapped[str | None]" in model
    assert "author_id: Mapped" not in model
    assert "knows more of them.\n        await self.require_links(" in service


def test_each_change_adds_one_migration_and_the_first_stays_as_it_was(story: Story, first: Path) -> None:
    versions = story[0] / "migrations/versions"

    assert sorted(path.name for path in versions.glob("*.py")) == [
        "0001_initial.py",
        "0002_add_pages_to_books.py",
        "0003_drop_note_from_books.py",
        "0004_rename_subtitle_of_books_to_byline.py",
        "0005_create_tags.py",
        "0006_change_values.py",
        "0007_change_tables.py",
    ]
    initial = "migrations/versions/0001_initial.py"
    assert (story[0] / initial).read_bytes() == (first / initial).read_bytes()


def test_pure_output_knows_nothing_of_people_and_the_documents_follow(story: Story) -> None:
    folder = story[0]
    pure = git(folder, "ls-tree", "-r", "--name-only", "generated").splitlines()

    assert ".planthread/record.json" in pure
    assert "app/core/greeting.py" not in pure
    assert not [path for path in pure if path.startswith(".planning")]
    assert "A person" not in git(folder, "show", "generated:app/models/book.py")
    assert "lost" in (folder / ".planning/entity_specs.txt").read_text()
    assert not (folder / ".planthread").exists()
    assert "authors: Author (ManyToMany)" in (folder / ".planning/entity_specs.txt").read_text()
    assert git(folder, "log", "--first-parent", "--format=%s", "-3").splitlines() == [
        "Merge what was generated anew for Reading room",
        "Plan the change of Reading room",
        "Merge what was generated anew for Reading room",
    ], "documents are a commit of their own, but where a person finished the merge"
    assert len(git(folder, "log", "--first-parent", "--format=%s", "generated").splitlines()) == 1 + len(CHANGES)


def test_the_same_specs_again_change_nothing(story: Story) -> None:
    folder, before = story[0], git(story[0], "rev-parse", "main", "generated")
    again = built(folder, MANY_TO_MANY, day="2026-12-24")

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


def test_what_the_upgrade_takes_away_is_said_and_the_build_can_be_taken_back(repository: Path) -> None:
    before = git(repository, "rev-parse", "main")
    note = "note: books.note is dropped with all its values. To keep them, keep the field."
    done = built(repository, SPECS.replace("  - note: Optional[str] (max 100)\n", ""))
    assert (done.exit_code, note in done.stdout) == (0, True), done.output
    assert f"`git reset --keep {before[:12]}` takes this build back." in done.stdout
    git(repository, "reset", "--quiet", "--keep", before[:12])

    kept = built(
        repository, SPECS.replace("- note: Optional[str] (max 100", "- memo: Optional[str] (max 100, renamed from note")
    )
    assert (kept.exit_code, "note:" in kept.stdout) == (0, False), kept.output
    migrations = sorted(path.name for path in (repository / "migrations/versions").glob("*.py"))
    assert migrations == ["0001_initial.py", "0002_rename_note_of_books_to_memo.py"]


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


def dirty(folder: Path) -> None:
    (folder / "README.md").write_text("mine\n")


def dirtier(folder: Path) -> None:
    dirty(folder)
    (folder / "ruff.toml").write_text("mine\n")


def merging(folder: Path) -> None:
    git(folder, "switch", "--quiet", "--create", "side")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "side")
    git(folder, "switch", "--quiet", "main")
    git(folder, "merge", "--quiet", "--no-ff", "--no-commit", "side")


def detached(folder: Path) -> None:
    git(folder, "switch", "--quiet", "--detach")


def on_generated(folder: Path) -> None:
    git(folder, "switch", "--quiet", "generated")


def foreign(folder: Path) -> None:
    git(folder, "branch", "--quiet", "-D", "generated")


def touched(folder: Path) -> None:
    on_generated(folder)
    (folder / "README.md").write_text("mine\n")
    git(folder, "commit", "--quiet", "--all", "--message", "mine")
    git(folder, "switch", "--quiet", "main")


def unreadable(folder: Path) -> None:
    on_generated(folder)
    (folder / ".planthread/record.json").write_text('{"format": 99}')
    git(folder, "commit", "--quiet", "--all", "--message", "later")
    git(folder, "switch", "--quiet", "main")


def without_migrations(folder: Path) -> None:
    (folder / "migrations/versions/0001_initial.py").write_text("down_revision = 'x'\nrevision = 1\n")
    git(folder, "commit", "--quiet", "--all", "--message", "mine")


def in_the_way(folder: Path) -> None:
    (folder / "migrations/versions/0002_add_pages_to_books.py").write_text("mine\n")


@pytest.mark.parametrize(
    ("arrange", "words"),
    [
        (dirty, "'README.md' differs from the last commit; `git commit` or `git stash` it first"),
        (dirtier, "'README.md' and 1 more differ from the last commit; `git commit` or `git stash` them first"),
        (merging, "A merge is not finished"),
        (detached, "`git switch main` first"),
        (on_generated, "people's work doesn't go there"),
        (foreign, "Planthread did not generate"),
        (touched, "Somebody committed on the branch `generated`"),
        (unreadable, "its record has the format 99"),
        (without_migrations, "names no revision"),
        (in_the_way, "Move it aside"),
    ],
)
def test_a_repository_in_no_state_for_it_is_refused_and_stays_as_it_is(
    repository: Path, arrange: Callable[[Path], None], words: str
) -> None:
    arrange(repository)
    before = (git(repository, "for-each-ref"), git(repository, "status", "--porcelain"))
    refused = built(repository, ADDED)

    assert refused.exit_code == 1
    assert words in refused.stderr
    assert (git(repository, "for-each-ref"), git(repository, "status", "--porcelain")) == before


def test_a_folder_of_other_things_and_a_folder_inside_a_repository_are_refused(repository: Path) -> None:
    other = repository / "app"
    refused = built(other, ADDED)
    assert refused.exit_code == 2
    assert "holds something already and is no repository" in refused.stderr


def test_a_clone_goes_on_from_the_branch_of_its_remote(repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(repository), str(clone))

    done = built(clone, ADDED)

    assert done.exit_code == 0, done.output
    assert git(clone, "rev-parse", "generated~1") == git(repository, "rev-parse", "generated")
    assert "pages: Mapped[int]" in (clone / "app/models/book.py").read_text()


def test_a_template_of_a_newer_version_comes_as_a_commit_of_its_own(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = rendering.render_file

    def newer(blueprint: Blueprint, template: str, *rest: Any) -> bytes:
        text = original(blueprint, template, *rest)
        return text + b"\nWritten by a newer version.\n" if template == "README.md.j2" else text

    monkeypatch.setattr(rendering, "render_file", newer)
    done = built(repository, ADDED)

    assert done.exit_code == 0, done.output
    assert git(repository, "log", "--reverse", "--format=%s", "generated").splitlines() == [
        "Generate Reading room",
        "Write Reading room as this version of Planthread does",
        "Generate Reading room from changed specs",
    ]
    changed = git(repository, "show", "--name-only", "--format=", "generated~1").splitlines()
    assert changed == [".planthread/record.json", "README.md"]
    assert "Written by a newer version." in (repository / "README.md").read_text()


def test_bad_specs_leave_a_repository_alone(repository: Path) -> None:
    before = git(repository, "for-each-ref")
    assert built(repository, "Please change something.\n").exit_code == 1
    assert git(repository, "for-each-ref") == before


def killed(folder: Path, specs: str, place: str) -> int:
    """Build in a process of its own, which kills itself where a method begins."""
    document = folder.parent / "killed.specs.txt"
    document.write_text(specs)
    script = (
        "import os, signal, sys\n"
        "from bot.cli import app\n"
        "from bot.repository.checkout import Checkout\n"
        "from bot.repository.scratch import Scratch\n"
        "def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)\n"
        f"{place} = die\n"
        "app(sys.argv[1:])\n"
    )
    arguments = ["build", str(document), "--out", str(folder), "--no-verify", "--date", "2026-11-20"]
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        check=False,
    ).returncode


@pytest.mark.parametrize(
    "place", ["Scratch.merge", "Scratch.hand_over", "Checkout.move_references", "Checkout.place_index"]
)
def test_a_build_that_was_killed_is_undone_or_finished_by_the_next(repository: Path, place: str) -> None:
    edited(repository)
    git(repository, "switch", "--quiet", "--create", "plain", "main~1")
    assert killed(repository, ADDED, place) == -signal.SIGKILL

    done = built(repository, ADDED)

    assert done.exit_code == 0, done.output
    assert git(repository, "status", "--porcelain") == ""
    assert (
        git(repository, "log", "--format=%s", "-2")
        == "Plan the change of Reading room\nMerge what was generated anew for Reading room"
    )
    assert "pages: Mapped[int]" in (repository / "app/models/book.py").read_text()
    assert git(repository, "log", "--format=%s", "-1", "main") == "What a person needs"


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="no prlimit (install util-linux)")
@pytest.mark.parametrize("limit", [200, 20_000], ids=["before anything is made", "while commits are handed over"])
def test_a_full_disk_changes_nothing_and_is_said(repository: Path, limit: int) -> None:
    before = git(repository, "for-each-ref")
    document = repository.parent / "full.specs.txt"
    document.write_text(ADDED)
    root = Path(__file__).resolve().parents[2]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(
        ["prlimit", f"--fsize={limit}", sys.executable, "-m", "bot.cli", "build", str(document), "--no-verify",
         "--out", str(repository)],
        cwd=root,
        env={**environment, "PYTHONPATH": str(root)},  # what counts lines would need the disk as well
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "make room, then run it again" in done.stderr
    assert git(repository, "for-each-ref") == before
    assert git(repository, "status", "--porcelain") == ""
