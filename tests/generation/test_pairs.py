"""Pairs move between a foreign key and a joining table, and stay when what they join gets another name."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.documents.entities.entity_specs import (
    Cardinality,
    EntitySpecs,
    Relation,
)
from bot.generation.matching import Side
from bot.generation.tables import Column, ForeignKey, Index, Schema, Table, schema_of
from tests.generation.migrating import (
    AUTHORS,
    Rows,
    column,
    emptied,
    migrated,
    side_of,
)
from tests.generation.samples import entity, key, refers_to, text


def one_author(*, optional: bool) -> EntitySpecs:
    """Return books that have one author each."""
    book = entity("Book", "books", key(), text("title"), refers_to("Author", "author_id", optional=optional))
    return EntitySpecs(entities=(AUTHORS, book))


def many_authors() -> Side:
    """Return books that have any number of authors."""
    specs = EntitySpecs(entities=(AUTHORS, entity("Book", "books", key(), text("title"))))
    ends = (("book_id", "books"), ("author_id", "authors"))
    joining = Table(
        name="book_authors",
        columns=tuple(Column(name=name, type="sa.Integer()") for name, _ in ends),
        primary_key=("book_id", "author_id"),
        indexes=(Index(name="ix_book_authors_author_id", columns=("author_id",)),),
        foreign_keys=tuple(
            ForeignKey(
                name=f"fk_book_authors_{name}_{table}",
                columns=(name,),
                target_table=table,
                target_columns=("id",),
                on_delete="CASCADE",
            )
            for name, table in ends
        ),
    )
    return Side(Schema(tables=(*schema_of(specs).tables, joining)), specs)


SHELF: Rows = {
    "authors": [{"id": 1, "name": "Frank"}, {"id": 2, "name": "Jane"}],
    "books": [{"id": 1, "title": "Dune", "author_id": 1}, {"id": 2, "title": "Emma", "author_id": 2}],
}


@pytest.mark.parametrize("optional", [True, False])
def test_pairs_move_into_a_joining_table_and_back(engine: sa.Engine, optional: bool) -> None:
    outcome = migrated(engine, side_of(one_author(optional=optional)), many_authors(), SHELF)

    assert (outcome.wrong, outcome.stopped) == ([], "")
    assert outcome.up["book_authors"] == [{"book_id": 1, "author_id": 1}, {"book_id": 2, "author_id": 2}]
    assert [row["author_id"] for row in outcome.down["books"]] == [1, 2]


def test_a_key_has_room_for_one(engine: sa.Engine) -> None:
    later: Rows = {"book_authors": [{"book_id": 1, "author_id": 2}]}
    outcome = migrated(engine, side_of(one_author(optional=True)), many_authors(), SHELF, later)
    assert outcome.stopped == (
        "books: a row goes with several of authors, and author_id has room for one. "
        "Leave one pair in book_authors, then run the migration again."
    )


def test_many_to_many_becomes_one_to_many_and_goes(engine: sa.Engine) -> None:
    rows: Rows = {
        "authors": SHELF["authors"],
        "books": [{"id": 1, "title": "Dune"}, {"id": 2, "title": "Emma"}],
        "book_authors": [{"book_id": 2, "author_id": 1}],
    }
    outcome = migrated(engine, many_authors(), side_of(one_author(optional=True)), rows)
    assert (outcome.wrong, outcome.stopped) == ([], "")
    assert column(outcome, "books", "author_id") == [None, 1]
    assert outcome.down["book_authors"] == [{"book_id": 2, "author_id": 1}]
    without = many_authors().specs
    gone = migrated(emptied(engine), many_authors(), side_of(without), rows)
    assert (gone.wrong, gone.stopped, gone.down["book_authors"]) == ([], "", [])


def test_pairs_stay_when_a_table_that_they_join_gets_another_name(engine: sa.Engine) -> None:
    old = many_to_many("books")
    new = many_to_many("volumes")
    pairs = next(table.name for table in schema_of(old).tables if not table.entity)
    later = next(table.name for table in schema_of(new).tables if not table.entity)
    ends = [key.columns[0] for key in (schema_of(old).table(pairs) or AUTHORS_TABLE).foreign_keys]
    rows: Rows = {
        "authors": SHELF["authors"],
        "books": [{"id": 7, "title": "Dune"}],
        pairs: [dict(zip(ends, (7, 2), strict=True))],
    }
    outcome = migrated(engine, side_of(old), side_of(new), rows)

    assert (outcome.wrong, outcome.stopped) == ([], "")
    assert later != pairs
    assert [tuple(row.values()) for row in outcome.up[later]] == [(7, 2)]
    assert [tuple(row.values()) for row in outcome.down[pairs]] == [(7, 2)]


AUTHORS_TABLE = schema_of(EntitySpecs(entities=(AUTHORS,))).tables[0]


def many_to_many(table: str) -> EntitySpecs:
    """Return books with any number of authors, in a table of this name."""
    authors = Relation(name="authors", target="Author", cardinality=Cardinality.MANY_TO_MANY)
    book = entity("Book", table, key(), text("title"), relations=(authors,))
    return EntitySpecs(entities=(AUTHORS, book))
