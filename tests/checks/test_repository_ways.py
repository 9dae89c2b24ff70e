"""A plan for an existing repository keeps to its ways, or is told where it doesn't."""

from __future__ import annotations

import pytest

from bot.checks.repository_ways import RepositoryWays, check_against_repository

ASYNC, SYNC = RepositoryWays(is_asynchronous=True), RepositoryWays(is_asynchronous=False)


@pytest.mark.parametrize(
    ("ways", "line", "rule"),
    [
        (ASYNC, "- [ ] 1. engine = create_engine(url) with psycopg2", "PT801"),
        (SYNC, "- [ ] 1. Routes are `async def` with AsyncSession", "PT801"),
        (RepositoryWays(has_alembic=False), "Run `alembic upgrade head`", "PT802"),
        (RepositoryWays(has_alembic=False), "Files: migrations/versions/0001_books.py", "PT802"),
        (RepositoryWays(pydantic_major=2), "Add a @validator for the price", "PT803"),
        (RepositoryWays(pydantic_major=2), "with `orm_mode = True`", "PT803"),
        (RepositoryWays(pydantic_major=1), "answer with BookOut.model_validate(book)", "PT803"),
        (RepositoryWays(has_async_client=True), "tests with TestClient", "PT804"),
        (RepositoryWays(has_async_client=False), "tests with AsyncClient", "PT804"),
    ],
)
def test_what_the_repository_does_otherwise_is_found_at_its_line(ways: RepositoryWays, line: str, rule: str) -> None:
    (finding,) = check_against_repository([(1, "# Tasks"), (2, line)], ways, "tasks.md")

    assert (finding.rule, finding.place.file, finding.place.line) == (rule, "tasks.md", 2)
    assert check_against_repository([(1, line)], RepositoryWays()) == ()


@pytest.mark.parametrize(
    ("ways", "line"),
    [
        (ASYNC, "`async def` with AsyncSession, never create_engine("),
        (SYNC, "plain def routes with create_engine(url)"),
        (RepositoryWays(has_alembic=True), "alembic upgrade head"),
        (RepositoryWays(has_alembic=False), "no alembic upgrade here"),
        (RepositoryWays(pydantic_major=2), "a field_validator and model_validate"),
        (RepositoryWays(pydantic_major=1), "a @validator, orm_mode"),
        (RepositoryWays(has_async_client=True), "tests use AsyncClient, not TestClient"),
    ],
)
def test_what_keeps_to_its_ways_is_fine(ways: RepositoryWays, line: str) -> None:
    assert check_against_repository([(1, line)], ways) == ()
