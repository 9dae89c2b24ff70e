"""The words that name judges in documents, and what each means for people, apart from the judges themselves."""

from __future__ import annotations

__all__ = ["BY_HAND", "JUDGES"]

JUDGES = (
    "python-syntax", "ruff check", "ruff format --check", "mypy", "pytest", "alembic round-trip", "import app.main:app",
    "openapi",
)  # fmt: skip
"""The words; ``pytest`` may be followed by paths of files or folders."""

BY_HAND = {
    "python-syntax": "every Python file can be parsed",
    "ruff check": "`uv run ruff check .`",
    "ruff format --check": "`uv run ruff format --check .`",
    "mypy": "`uv run mypy`",
    "pytest": "`uv run pytest` with the same paths",
    "alembic round-trip": "`uv run alembic` with `upgrade head`, `check`, `downgrade base`, and the first two again",
    "import app.main:app": "`uv run python -c 'import app.main'`",
    "openapi": "the application's OpenAPI document has an id for each operation and no reference into nowhere",
}
"""What each word means for people in the repository: a command of theirs, or what is looked at."""
