"""Repositories that are built, edited by a person, and built upon again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli import app
from tests.git_commands import git

__all__ = ["ADDED", "CHANGES", "DROPPED", "EDITS", "SPECS", "WITH_VALUE", "Grown", "built", "edited", "git", "grown"]

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
ADDED = SPECS.replace("  - status:", "  - pages: int (min 0)\n  - status:")
DROPPED = ADDED.replace("  - note: Optional[str] (max 100)\n", "")
RENAMED = DROPPED.replace(
    "- subtitle: Optional[str] (max 100)", "- byline: Optional[str] (max 100, renamed from subtitle)"
)
WITH_ENTITY = f"{RENAMED}{TAG}"
WITH_VALUE = WITH_ENTITY.replace("available, lent", "available, lent, lost")
MANY_TO_MANY = WITH_VALUE.replace("  - author_id: Optional[int] (foreign key to Author)\n", "").replace(
    "API_PATH: /api/v1/books\n", "API_PATH: /api/v1/books\nRELATIONS:\n  - authors: Author (ManyToMany)\n"
)
CHANGES = {
    "add a field": ADDED,
    "drop a field": DROPPED,
    "rename a field": RENAMED,
    "add an entity": WITH_ENTITY,
    "add an enum value": WITH_VALUE,
    "make 1-N N-M": MANY_TO_MANY,
}
"""The kinds of change, each upon the one before."""

EDITS = {
    "next to a generated field": ("app/models/book.py", "    status:", "    # A person: readers ask for this one.\n"),
    "inside a generated method": (
        "app/services/book.py",
        "        await self.",
        "        # A person: the old catalogue knows more of them.\n",
    ),
    "inside a method of all entities": (
        "app/repositories/base.py",
        "        return ",
        "        # A person: this was slow once.\n",
    ),
    "in a generated test": ("tests/api/test_books.py", "    assert", "    # A person: the first thing to look at.\n"),
}
"""What a person writes: the file, how the line begins that it goes before, and the text."""
OWN_FILE = "app/core/greeting.py"


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
    """Let a person edit next to a generated field, inside generated methods and in a generated test."""
    for path, before, text in EDITS.values():
        edit(folder / path, before, text)
    (folder / OWN_FILE).write_text('"""A file of a person."""\n')
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "What a person needs")


def lost(folder: Path) -> list[str]:
    """Return the edits of the person that are not there, or not in the place where they were made."""
    gone = [] if (folder / OWN_FILE).exists() else ["a file of one's own"]
    return gone + [name for name, (path, _, text) in EDITS.items() if (folder / path).read_text().count(text) != 1]


@dataclass
class Grown:
    """A change of the specs, and how the build upon it went. ``conflicts`` maps files to what stands in them."""

    result: Result
    conflicts: dict[str, str]
    lost: list[str]
    status: str


def with_own_lines(folder: Path, path: str) -> None:
    """Decide a conflict as a person who takes what is generated, and keeps what is their own."""
    began = git(folder, "show", f":1:{path}").splitlines()
    side, decided = "", list[str]()
    for line in (folder / path).read_text().splitlines(keepends=True):
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            side = {"<": "ours", "=": "theirs", ">": ""}[line[0]]
        elif side != "ours" or line.rstrip("\n") not in began:
            decided.append(line)
    (folder / path).write_text("".join(decided))
    git(folder, "add", path)


def grown(folder: Path, specs: str, day: str, *options: str) -> Grown:
    """Build changed specs or features upon a repository; decide conflicts, and commit."""
    result = built(folder, specs, *options, day=day)
    conflicts = [line for line in git(folder, "diff", "--name-only", "--diff-filter=U").splitlines() if line]
    texts = {path: (folder / path).read_text() for path in conflicts}
    found = Grown(result, texts, lost(folder), git(folder, "status", "--porcelain"))
    for path in conflicts:
        with_own_lines(folder, path)
    if conflicts:
        git(folder, "commit", "--quiet", "--no-edit")
    return found
