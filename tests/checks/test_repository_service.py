"""A service that is planned for an existing repository: what it does otherwise, and which names it would take twice."""

from __future__ import annotations

import pytest

from bot.checks.repository_service import check_service, taken_names
from bot.checks.repository_ways import KnownEntity, RepositoryWays
from bot.documents.entities.entity_specs import EntitySpecs
from bot.generation.blueprint import load_blueprint
from tests.generation.samples import entity, key

SPECS = EntitySpecs(entities=(entity("Book", "books", key()), entity("LibraryCard", "library_cards", key())))
HERE = load_blueprint().ways


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        (
            {"is_asynchronous": False},
            "reaches its database synchronously; the service that is built is asynchronous",
        ),
        ({"has_alembic": False}, "has no Alembic; the service that is built changes its tables with Alembic"),
        ({"pydantic_major": 1}, "has Pydantic 1; the service that is built has Pydantic 2"),
        ({"sqlalchemy_major": 1}, "has SQLAlchemy 1; the service that is built has SQLAlchemy 2"),
        ({"mapper": "tortoise-orm"}, "maps its tables with tortoise-orm; the service"),
        ({"framework": "flask"}, "is made with flask; the service that is built is made with fastapi"),
        ({"has_async_client": False}, "tests with TestClient; the service that is built tests with AsyncClient"),
    ],
)
def test_another_way_is_found(ways: dict[str, object], said: str) -> None:
    (finding,) = check_service(SPECS, RepositoryWays.model_validate(ways), HERE)

    assert (finding.rule, finding.severity) == ("PT805", "warning")
    assert said in finding.message


def test_all_other_ways_are_one_sentence() -> None:
    (finding,) = check_service(SPECS, RepositoryWays(is_asynchronous=False, pydantic_major=1, has_alembic=True), HERE)

    assert finding.message == (
        "The repository reaches its database synchronously and has Pydantic 1; the service that is built is "
        "asynchronous up to its database and has Pydantic 2."
    )


def test_another_layout_is_found() -> None:
    (finding,) = check_service(SPECS, RepositoryWays(application="src/shop"), HERE)

    assert finding.rule == "PT806"
    assert "in src/shop, and that of the service is in app." in finding.message


def test_the_same_ways_and_unknown_ones_are_fine() -> None:
    assert check_service(SPECS, HERE, HERE) == ()
    assert check_service(SPECS, RepositoryWays(), HERE) == ()
    assert check_service(SPECS, RepositoryWays(is_asynchronous=False), RepositoryWays()) == ()


@pytest.mark.parametrize(
    ("name", "table", "said"),
    [
        ("Publication", "books", "Book: the repository has the table books already (m.py:1)."),
        ("Book", "", "Book: the repository has Book already (m.py:1)."),
        ("Book", "publications", "Book: the repository has Book already (m.py:1)."),
        ("LibraryCARD", "cards", "LibraryCard: the repository has LibraryCARD already (m.py:1)."),
    ],
)
def test_a_name_or_a_table_that_is_there_is_found(name: str, table: str, said: str) -> None:
    there = RepositoryWays(entities=(KnownEntity(name=name, table=table, place="m.py:1"),), application="src")
    (finding,) = taken_names(SPECS, there)

    assert (finding.rule, finding.message) == ("PT807", said)


def test_other_names_are_free() -> None:
    assert (
        taken_names(SPECS, RepositoryWays(entities=(KnownEntity(name="Author", table="authors", place="a:1"),))) == ()
    )
