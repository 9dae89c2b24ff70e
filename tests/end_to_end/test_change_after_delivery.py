"""A change after delivery, whole: a hand edit, a wish in the thread, a reviewed branch, Merge, and rows that stay.

All judges run, so it is one of the matrix: `make matrix`, or this file with ``-m matrix``.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.building.migrated import program
from tests.end_to_end.clones import clone, git, own_tests
from tests.end_to_end.conftest import Start
from tests.end_to_end.people import Person, button_labels, text_of
from tests.end_to_end.programs import Program, until

IDEA = "new a book list: books with a title, a price and a status available/lent"
MODEL = "app/models/book.py"
OURS = "    # Ours: prices are in euros.\n"

pytestmark = [pytest.mark.environment, pytest.mark.matrix, pytest.mark.timeout(1800)]


def test_people_keep_their_edits_and_their_rows(
    start: Start, people: Callable[[Program, str], Person], tmp_path: Path, cache: Path
) -> None:
    page, _bot = start()
    mara, jon = people(page, "Mara"), people(page, "Jon")
    head = delivered(mara)
    place = clone(re.search(r"git clone (\S+)`", text_of(mara.sees("git clone", head)))[1], tmp_path / "clone")  # type: ignore[index]
    database = tmp_path / "rows.db"
    migrated(place, cache, database, "upgrade head")
    with sqlite3.connect(database) as rows:
        rows.execute("INSERT INTO books (title, price, status) VALUES ('Emma', 12, 'available')")
    edited_by_hand(place, next((tmp_path / "data").rglob("remotes/*.git")))

    jon.say("@planthread add a subtitle to books; the price is at most 500", head)
    review = jon.sees("Touches", head)
    assert "Book.subtitle" in text_of(review)
    assert f"people edited {MODEL}, which is kept" in text_of(review)
    assert "Forget it" in button_labels(review)
    jon.press(review, "Approve and build")
    offered = jon.sees("change 1 is ready to merge", head)
    git("fetch", "--quiet", folder=place)
    assert "subtitle" not in git("show", f"origin/main:{MODEL}", folder=place)
    jon.press(offered, "Merge")
    jon.sees("change 1 is merged", head)

    git("pull", "--quiet", folder=place)
    model = (place / MODEL).read_text()
    assert OURS in model
    assert "subtitle" in model
    assert " passed" in own_tests(place, cache)
    assert "- [ ]" not in (place / ".planning/tasks.md").read_text()
    migrated(place, cache, database, "upgrade head")
    assert read(database, "SELECT title, price, subtitle FROM books") == [("Emma", 12, None)]
    migrated(place, cache, database, "downgrade -1")
    assert read(database, "SELECT title, price FROM books") == [("Emma", 12)]
    until(lambda: "· delivered" in text_of(mara.top()[0]), "the card at its end", mara.log)


def delivered(mara: Person) -> str:
    """Plan and approve a book list; return its thread once it is delivered."""
    mara.command(IDEA)
    head: str = mara.sees("gathering requirements")["ts"]
    mara.sees("1.", head)
    mara.say("you decide", head)
    mara.press(mara.sees(", for review", head), "Approve and build")
    mara.sees("is ready", head)
    return head


def edited_by_hand(place: Path, remote: Path) -> None:
    """Edit a model, and push it as somebody with access does."""
    text = (place / MODEL).read_text()
    assert "\n    price:" in text
    (place / MODEL).write_text(text.replace("\n    price:", f"\n{OURS}    price:", 1))
    git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-qam", "Euros", folder=place)
    git("push", "--quiet", str(remote), "main", folder=place)


def migrated(place: Path, cache: Path, database: Path, command: str) -> None:
    """Move a database with the service's own migrations."""
    alembic = program(place, cache, "alembic")
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": f"sqlite+aiosqlite:///{database}"}
    done = subprocess.run([alembic, *command.split()], cwd=place, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]


def read(database: Path, query: str) -> list[tuple[object, ...]]:
    """Return rows."""
    with sqlite3.connect(database) as rows:
        return rows.execute(query).fetchall()
