"""Databases that generated migrations are run on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.generated_services.postgresql import PostgreSQL


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    """Give an empty database."""
    if request.param == "sqlite":
        made = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
        yield made
        made.dispose()
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    with server.database() as address:
        made = sa.create_engine(address.replace("asyncpg", "psycopg"), poolclass=sa.NullPool)
        yield made
        made.dispose()
