"""Sync and async mixed in one plan."""

from __future__ import annotations

import pytest

from bot.checks.sync_async import Mixture, mixtures


def mixed(*lines: str) -> list[tuple[str, str]]:
    """Return the words that don't go together."""
    return [
        (found.asynchronous, found.blocking) for found in mixtures([(str(n), line) for n, line in enumerate(lines)])
    ]


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("Write `async def` routes", "Connect with psycopg2", ("async def", "psycopg2")),
        ("postgresql+asyncpg://…", "engine = create_engine(url)", ("asyncpg", "create_engine")),
        ("Use AsyncSession", "def get(db = Session(engine))", ("AsyncSession", "Session")),
        ("Use aiosqlite", "Ask with requests.get(url)", ("aiosqlite", "requests.get")),
        ("async def lend(): …", "then time.sleep(1)", ("async def", "time.sleep")),
        ("Test with `AsyncClient`", "client = TestClient(app)", ("AsyncClient", "TestClient")),
    ],
)
def test_what_blocks_is_found_beside_what_must_not_block(first: str, second: str, words: tuple[str, str]) -> None:
    assert mixed(first, second) == [words]
    assert mixed(second, first) == [words]
    assert mixed(first) == []
    assert mixed(second) == []


@pytest.mark.parametrize(
    "line",
    [
        "Use create_async_engine(url) and AsyncSession(engine)", "async_sessionmaker(engine)",
        "Alembic runs with psycopg2",
        "A Celery worker may call time.sleep(1)", "Not psycopg2", "Use it instead of psycopg2",
        "Call requests.get( in a thread", "HTTP requests. Getting them is fast", "Read the request", "db.Session(…)",
        "TestClient for websockets",
    ],
)  # fmt: skip
def test_what_does_not_block_is_passed_by(line: str) -> None:
    assert mixed("Write `async def` routes with AsyncClient", line) == []


def test_a_mixture_names_who_says_what() -> None:
    found = mixtures([("1.1", "Make books\nUse asyncpg"), ("1.2", "Or\npsycopg2")])
    assert found == [Mixture("asyncpg", "1.1", "psycopg2", "1.2")]
