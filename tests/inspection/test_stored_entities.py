"""What a repository stores is known by its classes; a version is said only where it can be no other."""

from __future__ import annotations

import pytest

from bot.inspection.facts import RepositoryFacts, facts_of
from bot.inspection.source_tree import SourceTree


def facts(files: dict[str, str]) -> RepositoryFacts:
    return facts_of(SourceTree(files=files), "shop")


@pytest.mark.parametrize(
    ("code", "table"),
    [
        ('class Book(Base):\n    __tablename__ = "books"\n', "books"),
        ('class Book(Base):\n    __tablename__: str = "books"\n', "books"),
        ("class Book(SQLModel, table=True):\n    id: int\n", "book"),
        ('class Book(SQLModel, table=True):\n    __tablename__ = "books"\n', "books"),
        ("class Book(models.Model):\n    title = models.TextField()\n", ""),
        ('class Book(Model):\n    class Meta:\n        table = "books"\n', "books"),
        ('class Book(models.Model):\n    class Meta:\n        db_table = "books"\n', "books"),
    ],
)
def test_a_class_that_stores_rows_is_known_with_its_table(code: str, table: str) -> None:
    (entity,) = facts({"app/models.py": code}).ways.entities

    assert (entity.name, entity.table, entity.place) == ("Book", table, "app/models.py:1")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("app/a.py", "class Book(BaseModel):\n    title: str\n"),
        ("app/a.py", "class Book(SQLModel):\n    title: str\n"),
        ("app/a.py", "class Base(Model):\n    class Meta:\n        abstract = True\n"),
        ("app/a.py", "class Mixin:\n    @declared_attr\n    def __tablename__(cls): return 'x'\n"),
        ("tests/a.py", 'class Book(Base):\n    __tablename__ = "books"\n'),
    ],
)
def test_schemas_mixins_and_what_tests_make_store_nothing(path: str, code: str) -> None:
    assert facts({path: code}).ways.entities == ()


def test_the_fact_names_the_first_and_the_prompt_all() -> None:
    code = "".join(f'class Thing{number}(Base):\n    __tablename__ = "things{number}"\n' for number in range(8))
    found = facts({"app/models.py": code})

    assert found.value("stored").endswith("Thing5 in things5 and 2 more")
    assert "stored: Thing7 in things7 (app/models.py:15)" in found.for_prompt().splitlines()
    assert found.for_prompt().startswith("repository: shop\n")
    assert found.for_prompt().count("stored: ") == 8


@pytest.mark.parametrize(
    ("wanted", "major"),
    [
        ("sqlalchemy>=1.4", None), ("sqlalchemy>=1.4,<2", 1), ("sqlalchemy>=1.4,<=1.4.50", 1),
        ("sqlalchemy>=1.4,<3", None),
        ("sqlalchemy==1.4.50", 1), ("sqlalchemy~=1.4", 1), ("sqlalchemy>=2", 2), ("sqlalchemy<2.0", 1),
        ("sqlalchemy", None),
    ],
)  # fmt: skip
def test_an_open_version_is_no_fact(wanted: str, major: int | None) -> None:
    assert facts({"requirements.txt": f"{wanted}\n"}).ways.sqlalchemy_major == major


def test_ways_of_a_repository_on_sqlmodel() -> None:
    code = "from fastapi import FastAPI\napp = FastAPI()\n"
    lock = '[[package]]\nname = "sqlalchemy"\nversion = "2.0.44"\n'
    ways = facts({"requirements.txt": "fastapi\nsqlmodel\n", "uv.lock": lock, "src/shop/main.py": code}).ways

    assert (ways.framework, ways.mapper, ways.sqlalchemy_major) == ("fastapi", "sqlalchemy", 2)
    assert ways.application == "src/shop"


def test_an_open_pydantic_does_not_contradict_its_second_version() -> None:
    found = facts({"requirements.txt": "pydantic>=1.10\n", "a.py": "from pydantic import field_validator\n"})

    assert found.ways.pydantic_major == 2
    assert found.findings == ()
