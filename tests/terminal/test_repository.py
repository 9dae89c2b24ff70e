"""A conversation about an existing repository: its facts are shown first, again when asked, and in the review."""

from __future__ import annotations

from pathlib import Path

from bot.inspection.facts import inspect_repository
from tests.terminal.conftest import Terminal
from tests.terminal.test_conversation import ANSWERS, REQUEST

MODELS = 'class Shelf(Base):\n    __tablename__ = "books"\n'


def repository(folder: Path) -> Path:
    """Write a small repository, hostile in its names."""
    root = folder / "shop"
    root.mkdir()
    (root / "requirements.txt").write_text("fastapi==0.95.0\nSQLAlchemy==1.4.50\n")
    (root / "models.py").write_text(MODELS)
    (root / "red\x1b[31m.py").write_text("def (:")
    return root


async def test_the_facts_are_shown_first_and_the_review_is_held_against_them(
    terminal: Terminal, tmp_path: Path
) -> None:
    facts = inspect_repository(repository(tmp_path))
    await terminal.converse(REQUEST, *ANSWERS, repository=facts)

    assert terminal.written[0].startswith(
        "▸ For the repository shop; nothing in it was run, and nothing is written to it"
    )
    assert "   ORM: sqlalchemy ==1.4.50 (requirements.txt:2)" in terminal.written[0]
    assert "   stored: Shelf in books (models.py:1)" in terminal.written[0]
    assert "   not read: red?[31m.py is no Python that can be read." in terminal.written[0]
    assert "assumed: The service gets a repository of its own; nothing is written to shop" in terminal.text
    assert (
        "⚠ warning: The repository has SQLAlchemy 1 and has no Alembic; the service that is built has SQLAlchemy 2"
        in terminal.text
    )
    assert "⚠ warning: Book: the repository has the table books already (models.py:1)." in terminal.text
    assert "\x1b" not in terminal.written[0]


async def test_they_are_shown_again_from_what_was_kept(terminal: Terminal, tmp_path: Path) -> None:
    await terminal.converse(REQUEST, "repository", *ANSWERS, repository=inspect_repository(repository(tmp_path)))

    assert terminal.text.count("   stored: Shelf in books (models.py:1)") == 2


async def test_without_one_it_is_said_how_to_name_one(terminal: Terminal) -> None:
    await terminal.converse(REQUEST, "repository")

    assert "planthread new --repository PATH" in terminal.text
    assert "For the repository" not in terminal.text
