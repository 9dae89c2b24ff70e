"""Repositories that are built, edited by a person, and built upon again."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli import app

__all__ = ["SPECS", "Grown", "built", "git", "grown"]

SPECS = """\
ENTITY: Author
TABLE: authors
FIELDS:
  - id: int (primary key, auto-generated)
  - name: str (max 200)
  - created_at: datetime
  - updated_at: datetime
API_PATH: /api/v1/authors

ENTITY: Book
TABLE: books
FIELDS:
  - id: int (primary key, auto-generated)
  - title: str (max 200)
  - status: BookStatus (default available)
  - subtitle: Optional[str] (max 100)
  - note: Optional[str] (max 100)
  - author_id: Optional[int] (foreign key to Author)
  - created_at: datetime
  - updated_at: datetime
API_PATH: /api/v1/books

ENUM: BookStatus
VALUES: available, lent
"""
TAG = """
ENTITY: Tag
TABLE: tags
FIELDS:
  - id: int (primary key, auto-generated)
  - label: str (max 50, unique)
  - book_id: Optional[int] (foreign key to Book)
  - created_at: datetime
  - updated_at: datetime
API_PATH: /api/v1/tags
"""
BESIDE_A_FIELD = "    # A person: readers ask for this one.\n"
IN_A_METHOD = "        # A person: this was slow once.\n"
IN_A_TEST = "    # A person: the first thing to look at.\n"


def git(folder: Path, *arguments: str) -> str:
    """Run git as a person would, and return what it says."""
    told = subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=Mara", "-c", "user.email=mara@example.org", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


def built(folder: Path, specs: str, *options: str, day: str = "2026-11-20") -> Result:
    """Run `planthread build` without checks."""
    document = folder.parent / f"{folder.name}.specs.txt"
    document.write_text(specs)
    arguments = ["build", str(document), "--out", str(folder), "--no-verify", "--date", day, *options]
    return CliRunner().invoke(app, arguments)


def edit(path: Path, before: str, text: str) -> None:
    """Put a line before the first one that begins so."""
    lines = path.read_text().splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if line.startswith(before))
    path.write_text("".join([*lines[:place], text, *lines[place:]]))


def edited(folder: Path) -> None:
    """Let a person edit next to a generated field, inside a generated method and in a generated test."""
    edit(folder / "app/models/book.py", "    status:", BESIDE_A_FIELD)
    edit(folder / "app/repositories/base.py", "        return ", IN_A_METHOD)
    edit(folder / "tests/api/test_books.py", "    assert", IN_A_TEST)
    (folder / "app/core/greeting.py").write_text('"""A file of a person."""\n')
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "What a person needs")


def kept(folder: Path) -> dict[str, bool]:
    """Tell which edits of the person are there."""
    return {
        "field": BESIDE_A_FIELD in (folder / "app/models/book.py").read_text(),
        "method": IN_A_METHOD in (folder / "app/repositories/base.py").read_text(),
        "test": IN_A_TEST in (folder / "tests/api/test_books.py").read_text(),
        "file": (folder / "app/core/greeting.py").exists(),
    }


ALL_KEPT = {"field": True, "method": True, "test": True, "file": True}


@dataclass
class Grown:
    """A change of the specs, and how the build upon it went."""

    name: str
    specs: str
    result: Result
    conflicts: list[str]
    kept: dict[str, bool]
    status: str


def with_both_sides(folder: Path, path: str) -> None:
    """Decide a conflict as a person who wants both sides: markers go, lines stay."""
    lines = (folder / path).read_text().splitlines(keepends=True)
    (folder / path).write_text(
        "".join(line for line in lines if not line.startswith(("<<<<<<<", "=======", ">>>>>>>")))
    )
    git(folder, "add", path)


def grown(
    folder: Path, name: str, specs: str, day: str, decide: Callable[[Path, str], None] = with_both_sides
) -> Grown:
    """Build changed specs upon a repository; decide conflicts, and commit."""
    result = built(folder, specs, day=day)
    conflicts = [line for line in git(folder, "diff", "--name-only", "--diff-filter=U").splitlines() if line]
    found = Grown(name, specs, result, conflicts, kept(folder), git(folder, "status", "--porcelain"))
    for path in conflicts:
        decide(folder, path)
    if conflicts:
        git(folder, "commit", "--quiet", "--no-edit")
    return found
