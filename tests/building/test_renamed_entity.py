"""A whole entity gets another name: people's edits go along, and so does every row in the database."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.building.migrated import migrated
from tests.building.regenerated import SPECS, built, git

BOOKS = "API_PATH: /api/v1/books\n"
SHELVED = SPECS.replace(BOOKS, f"{BOOKS}RELATIONS:\n  - shelves: Shelf (ManyToMany)\n")
SHELF = """
ENTITY: Shelf
TABLE: shelves
FIELDS:
  - id: int (primary key, auto-generated)
  - label: str (max 50, unique)
  - author_id: Optional[int] (foreign key to Author)
  - created_at: datetime
  - updated_at: datetime
API_PATH: /api/v1/shelves

ENTITY: Box
TABLE: boxes
FIELDS:
  - id: int (primary key, auto-generated)
  - name: str (max 50)
  - shelf_id: int (foreign key to Shelf)
  - created_at: datetime
  - updated_at: datetime
API_PATH: /api/v1/boxes
"""
EDITED = {
    "app/models/shelf.py": "app/models/rack.py",
    "app/services/shelf.py": "app/services/rack.py",
    "tests/factories/shelf.py": "tests/factories/rack.py",
}
OAK = "\n\n# A person: shelves are of oak.\n"
FEATURES = ("--features", "audit,soft-delete")


def in_racks(specs: str) -> str:
    """Return specs that call shelves racks."""
    for old, new in (("Shelf", "Rack"), ("shelves", "racks"), ("shelf_id", "rack_id")):
        specs = specs.replace(old, new)
    return specs.replace("ENTITY: Rack", "ENTITY: Rack (renamed from Shelf)")


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository in which a person edited a model, and then its entity got another name."""
    folder = tmp_path_factory.mktemp("renamed") / "books"
    assert built(folder, SHELVED + SHELF, *FEATURES).exit_code == 0
    for path in EDITED:
        edited = folder / path
        edited.write_text(f"{edited.read_text()}{OAK}")
    git(folder, "commit", "--quiet", "--all", "--message", "What a person knows of shelves")
    done = built(folder, in_racks(SHELVED + SHELF), day="2026-11-21")
    assert (done.exit_code, "note:" in done.stdout) == (0, False), done.output
    return folder


def test_edits_go_along_with_the_name(renamed: Path) -> None:
    assert [(renamed / path).read_text().endswith(OAK) for path in EDITED.values()] == [True] * len(EDITED)
    assert [path.name for path in renamed.rglob("*shel*") if ".git" not in path.parts] == [
        "0002_rename_shelves_to_racks.py"
    ]
    assert "- Shelf is now called Rack\n" in git(renamed, "log", "--format=%B", "-3")


def test_a_mark_on_what_was_dropped_before_makes_a_new_table(renamed: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(renamed, tmp_path / "books", symlinks=True))
    later = in_racks(SHELVED + SHELF).replace("(renamed from Shelf)", "(renamed from Case)")
    done = built(folder, later, day="2026-11-22")
    assert (done.exit_code, "note:" in done.stdout) == (0, False), done.output
    assert not list((folder / "migrations/versions").glob("0003*"))


@pytest.mark.environment
def test_every_row_goes_up_and_comes_down(renamed: Path, address: str, cache: Path) -> None:
    with migrated(renamed, address, cache) as database:
        assert database.alembic("upgrade 0001") == "done"
        database.run(
            "INSERT INTO authors (id, name) VALUES (1, 'Frank')",
            "INSERT INTO books (id, title, status) VALUES (1, 'Dune', 'lent'), (2, 'Emma', 'lent')",
            "INSERT INTO shelves (id, label, author_id) VALUES (5, 'A', 1), (7, 'B', NULL)",
            "INSERT INTO boxes (id, name, shelf_id) VALUES (3, 'maps', 7)",
            "INSERT INTO books_shelves (book_id, shelf_id) VALUES (1, 5), (1, 7), (2, 7)",
            "INSERT INTO audit_entries (id, entity, key, action, changes, actor, request_id) VALUES "
            "('00000000000000000000000000000001', 'Shelf', '5', 'created', '{}', 'Ann', '1')",
        )
        for _ in range(2):
            assert [database.alembic(command) for command in ("upgrade head", "check")] == ["done", "done"]
            assert database.rows("racks", "id", "label", "author_id") == [(5, "A", 1), (7, "B", None)]
            assert database.rows("boxes", "id", "rack_id") == [(3, 7)]
            assert database.rows("books_racks", "book_id", "rack_id") == [(1, 5), (1, 7), (2, 7)]
            assert database.rows("audit_entries", "entity") == [("Rack",)]
            assert database.alembic("downgrade 0001") == "done"
            assert database.rows("shelves", "id", "label", "author_id") == [(5, "A", 1), (7, "B", None)]
            assert database.rows("boxes", "id", "shelf_id") == [(3, 7)]
            assert database.rows("books_shelves", "book_id", "shelf_id") == [(1, 5), (1, 7), (2, 7)]
            assert database.rows("audit_entries", "entity") == [("Shelf",)]


def test_what_a_person_put_at_the_new_place_stays_there(renamed: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(renamed, tmp_path / "books", symlinks=True))
    mine = folder / "app/models/case.py"
    mine.write_text("# A person: mine.\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "A file of mine")
    later = in_racks(SHELVED + SHELF).replace("(renamed from Shelf)", "").replace("Rack", "Case")
    done = built(folder, later.replace("ENTITY: Case", "ENTITY: Case (renamed from Rack)"), day="2026-11-22")

    assert done.exit_code == 1
    assert "conflict: app/models/case.py" in done.stdout
    assert "# A person: mine." in mine.read_text()
    assert (folder / "app/services/case.py").read_text().endswith(OAK)
