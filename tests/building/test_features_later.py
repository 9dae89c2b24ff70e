"""Features are switched on and off over a repository that people edited, with rows in its database."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.building.conftest import Story
from tests.building.migrated import migrated
from tests.building.regenerated import MANY_TO_MANY, Grown, built, git, grown

CHOICES = ("docker,soft-delete", "docker,soft-delete,audit", "docker,audit,auth", "docker")
"""Each feature that stores something comes and goes, alone and beside others."""
OF_SOFT_DELETE, OF_AUDIT = "app/repositories/soft_deletes.py", "app/repositories/audit_trail.py"
OF_AUTH = "app/api/dependencies/auth.py"


@pytest.fixture(scope="module")
def switched(story: Story, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, tuple[Grown, set[str]]]]:
    """Choose other features again and again; tell how each build went, and what was there after it."""
    folder = Path(shutil.copytree(story[0], tmp_path_factory.mktemp("features") / "books", symlinks=True))
    steps = {}
    for day, features in enumerate(CHOICES, 1):
        step = grown(folder, MANY_TO_MANY, f"2026-12-{day:02}", "--features", features)
        steps[features] = (step, set(git(folder, "ls-files").splitlines()))
    return folder, steps


def test_edits_stay_and_files_come_and_go(switched: tuple[Path, dict[str, tuple[Grown, set[str]]]]) -> None:
    steps = switched[1]

    assert {name: (step.result.exit_code, step.conflicts, step.lost) for name, (step, _) in steps.items()} == {
        name: (0, {}, []) for name in CHOICES
    }
    assert [OF_SOFT_DELETE in files for _, files in steps.values()] == [True, True, False, False]
    assert [OF_AUDIT in files for _, files in steps.values()] == [False, True, True, False]
    assert [OF_AUTH in files for _, files in steps.values()] == [False, False, True, False]


def test_features_that_came_and_went_leave_nothing_but_their_migrations(
    switched: tuple[Path, dict[str, tuple[Grown, set[str]]]], story: Story
) -> None:
    folder = switched[0]
    git(folder, "fetch", "--quiet", str(story[0]), "main")
    changed = git(folder, "diff", "--name-only", "FETCH_HEAD", "main", "--", ".", ":!.planning").splitlines()
    assert changed == [
        "migrations/versions/0008_change_tables.py",
        "migrations/versions/0009_change_tables.py",
        "migrations/versions/0010_change_tables.py",
        "migrations/versions/0011_change_tables.py",
    ]


@pytest.mark.environment
def test_rows_live_through_features_that_come_and_go(
    switched: tuple[Path, dict[str, tuple[Grown, set[str]]]], address: str, cache: Path
) -> None:
    stays = [(1, "Dune", 412), (2, "Emma", 320)]
    with migrated(switched[0], address, cache) as database:
        assert database.alembic("upgrade 0007") == "done"
        database.run(
            "INSERT INTO authors (id, name) VALUES (1, 'Frank')",
            "INSERT INTO books (id, title, status, pages) VALUES (1, 'Dune', 'lent', 412), (2, 'Emma', 'lost', 320)",
            "INSERT INTO books_authors (book_id, author_id) VALUES (1, 1)",
            "INSERT INTO tags (id, label, book_id) VALUES (1, 'desert', 1)",
        )
        for revision in ("0008", "0009"):
            assert database.alembic(f"upgrade {revision}") == "done", revision
            assert database.rows("books", "id", "title", "pages") == stays
        database.run(
            "UPDATE tags SET deleted_at = '2026-12-02 12:00:00' WHERE id = 1",
            "INSERT INTO tags (id, label, created_by) VALUES (2, 'desert', 'mara')",
            "INSERT INTO audit_entries (id, entity, key, action, changes, actor, request_id) VALUES "
            "('5b0f2c1e7d5a4f6f8a1b2c3d4e5f6a7b', 'Tag', '1', 'deleted', '{}', 'mara', 'r1')",
        )

        for way in ("upgrade 0010", "downgrade 0007"):
            assert "tags.deleted_at: a row is deleted, and would be back" in database.alembic(way)
            assert database.rows("tags", "id", "label") == [(1, "desert"), (2, "desert")]
        if database.rows("alembic_version", "version_num") == [("0008",)]:
            assert database.alembic("upgrade 0009") == "done"
        database.run("DELETE FROM tags WHERE deleted_at IS NOT NULL")

        for revision in ("0010", "0011"):
            assert database.alembic(f"upgrade {revision}") == "done", revision
            assert database.rows("books", "id", "title", "pages") == stays
            assert database.rows("tags", "id", "label") == [(2, "desert")]
        assert database.alembic("check") == "done"
        for revision in ("0010", "0009", "0008", "0007"):
            assert database.alembic(f"downgrade {revision}") == "done", revision
            assert database.rows("books", "id", "title", "pages") == stays
            assert database.rows("tags", "id", "label") == [(2, "desert")]
        assert database.rows("books_authors", "book_id", "author_id") == [(1, 1)]


def test_uuid_keys_are_refused_with_what_to_do_and_nothing_moves(repository: Path) -> None:
    before = git(repository, "for-each-ref"), git(repository, "status", "--porcelain")
    refused = built(repository, MANY_TO_MANY, "--features", "docker,uuid-keys")

    assert refused.exit_code == 1
    assert "The feature uuid-keys would give new keys to rows that others know by their numbers" in refused.stderr
    assert (git(repository, "for-each-ref"), git(repository, "status", "--porcelain")) == before
