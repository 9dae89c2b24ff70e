"""A service grows by every kind of change while rows are in its database: all of them are there after each way."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.building.conftest import Story
from tests.building.migrated import Cells, Migrated, migrated, program

pytestmark = pytest.mark.environment

COLUMNS = ("id", "title", "status")


def test_rows_go_up_through_every_change_and_come_down(story: Story, address: str, cache: Path) -> None:
    with migrated(story[0], address, cache) as database:
        assert database.alembic("upgrade 0001") == "done"
        database.run(
            "INSERT INTO authors (id, name) VALUES (1, 'Frank'), (2, 'Jane')",
            "INSERT INTO books (id, title, status, subtitle, note, author_id) VALUES "
            "(1, 'Dune', 'lent', 'A novel', 'worn', 1), (2, 'Emma', 'available', NULL, NULL, NULL)",
        )
        goes_up(database)
        goes_down(database)
        assert database.alembic("downgrade base") == "done"
        assert [database.alembic(command) for command in ("upgrade head", "check")] == ["done", "done"]


def goes_up(database: Migrated) -> None:
    """Go up one change at a time, and look at the rows after each; some come on the way."""
    ways = {
        "0002": (*COLUMNS, "subtitle", "note", "pages", "author_id"),
        "0003": (*COLUMNS, "subtitle", "pages", "author_id"),
        "0004": (*COLUMNS, "byline", "pages", "author_id"),
        "0005": (*COLUMNS, "byline", "pages", "author_id"),
        "0006": (*COLUMNS, "byline", "pages", "author_id"),
        "0007": (*COLUMNS, "byline", "pages"),
    }
    found: dict[str, list[Cells]] = {}
    for revision, columns in ways.items():
        assert database.alembic(f"upgrade {revision}") == "done", revision
        found[revision] = database.rows("books", *columns)
        if revision == "0005":
            database.run("INSERT INTO tags (id, label, book_id) VALUES (1, 'desert', 1)")
        if revision == "0006":
            database.run("INSERT INTO books (id, title, status, pages, author_id) VALUES (3, 'Ulla', 'lost', 9, 2)")

    dune, emma = (1, "Dune", "lent"), (2, "Emma", "available")
    assert found == {
        "0002": [(*dune, "A novel", "worn", 0, 1), (*emma, None, None, 0, None)],
        "0003": [(*dune, "A novel", 0, 1), (*emma, None, 0, None)],
        "0004": [(*dune, "A novel", 0, 1), (*emma, None, 0, None)],
        "0005": [(*dune, "A novel", 0, 1), (*emma, None, 0, None)],
        "0006": [(*dune, "A novel", 0, 1), (*emma, None, 0, None)],
        "0007": [(*dune, "A novel", 0), (*emma, None, 0), (3, "Ulla", "lost", None, 9)],
    }
    assert database.rows("tags", "id", "label", "book_id") == [(1, "desert", 1)]
    assert database.rows("books_authors", "book_id", "author_id") == [(1, 1), (3, 2)]
    assert database.alembic("check") == "done"


def goes_down(database: Migrated) -> None:
    """Come down one change at a time; what a row holds that was impossible before stops it, and stays."""
    database.run("INSERT INTO books_authors (book_id, author_id) VALUES (1, 2)")
    assert "a row goes with several of authors" in database.alembic("downgrade 0006")
    assert database.rows("books_authors", "book_id", "author_id") == [(1, 1), (1, 2), (3, 2)]
    database.run("DELETE FROM books_authors WHERE book_id = 1 AND author_id = 1")

    assert database.alembic("downgrade 0006") == "done"
    assert database.rows("books", "id", "author_id") == [(1, 2), (2, None), (3, 2)]

    assert "the value of a row is none of BookStatus" in database.alembic("downgrade 0005")
    database.run("UPDATE books SET status = 'lent' WHERE id = 3")
    ways = {
        "0005": ("id", "title", "status", "byline", "pages", "author_id"),
        "0004": ("id", "title", "status", "byline", "pages", "author_id"),
        "0003": ("id", "title", "status", "subtitle", "pages", "author_id"),
        "0002": ("id", "title", "status", "subtitle", "note", "pages", "author_id"),
        "0001": ("id", "title", "status", "subtitle", "note", "author_id"),
    }
    found: dict[str, list[Cells]] = {}
    for revision, columns in ways.items():
        assert database.alembic(f"downgrade {revision}") == "done", revision
        found[revision] = database.rows("books", *columns)

    dune, emma, ulla = (1, "Dune", "lent"), (2, "Emma", "available"), (3, "Ulla", "lent")
    assert found == {
        "0005": [(*dune, "A novel", 0, 2), (*emma, None, 0, None), (*ulla, None, 9, 2)],
        "0004": [(*dune, "A novel", 0, 2), (*emma, None, 0, None), (*ulla, None, 9, 2)],
        "0003": [(*dune, "A novel", 0, 2), (*emma, None, 0, None), (*ulla, None, 9, 2)],
        "0002": [(*dune, "A novel", None, 0, 2), (*emma, None, None, 0, None), (*ulla, None, None, 9, 2)],
        "0001": [(*dune, "A novel", None, 2), (*emma, None, None, None), (*ulla, None, None, 2)],
    }
    assert database.rows("authors", "id", "name") == [(1, "Frank"), (2, "Jane")]


def test_the_service_that_grew_passes_its_own_tests(story: Story, cache: Path) -> None:
    tests = ("tests/api/test_books.py", "tests/services/test_book.py", "tests/test_migrations.py")
    done = subprocess.run(
        [str(program(story[0], cache, "pytest")), "-q", "-p", "no:cacheprovider", "--no-cov", *tests],
        cwd=story[0],
        env={"PATH": os.defpath, "HOME": str(story[0]), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
