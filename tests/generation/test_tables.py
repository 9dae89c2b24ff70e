"""Table definitions: all that the database holds, in an order in which it can be made, safe to keep and to print."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.documents.entities.entity_specs import EntitySpecs
from bot.generation.statements import creation, removal
from bot.generation.tables import Check, Column, ForeignKey, Index, Schema, Table, Unique, schema_of
from tests.generation.samples import everything, library, ruled

TAGGING = Table(
    name="book_tags",
    columns=(Column(name="book_id", type="sa.Integer()"), Column(name="tag_id", type="sa.Integer()")),
    primary_key=("book_id", "tag_id"),
    checks=(Check(name="ck_book_tags_apart", condition="book_id <> tag_id OR 'it''s' = '%'"),),
    indexes=(
        Index(name="ix_book_tags_tag_id", columns=("tag_id",)),
        Index(name="uq_book_tags_first", columns=("book_id",), unique=True, where="tag_id = 1"),
    ),
    foreign_keys=(
        ForeignKey(
            name="fk_book_tags_book_id_books",
            columns=("book_id",),
            target_table="books",
            target_columns=("id",),
            on_delete="CASCADE",
        ),
    ),
)


def test_a_library_has_its_tables_parents_first() -> None:
    books, members, loans = schema_of(library()).tables

    assert [table.entity for table in (books, members, loans)] == ["Book", "Member", "Loan"]
    assert books.column("price") == Column(name="price", type="sa.Numeric(precision=8, scale=2)")
    assert books.column("created_at") == Column(
        name="created_at", type="sa.DateTime(timezone=True)", server_default="sa.func.now()"
    )
    assert loans.column("returned_at") == Column(name="returned_at", type="sa.DateTime(timezone=True)", nullable=True)
    assert books.uniques == (Unique(name="uq_books_isbn", columns=("isbn",)),)
    assert books.indexes == (Index(name="ix_books_status", columns=("status",)),)
    assert [key.name for key in loans.foreign_keys] == ["fk_loans_member_id_members", "fk_loans_book_id_books"]
    assert members.foreign_keys == ()


def test_one_key_of_a_circle_is_deferred_and_delete_rules_are_kept() -> None:
    schema = schema_of(everything())
    keys = {key.name: key for table in schema.tables for key in table.foreign_keys}

    assert [name for name, key in keys.items() if key.is_deferred] == ["fk_departments_head_id_doctors"]
    assert keys["fk_departments_head_id_doctors"].on_delete == "SET NULL"
    assert keys["fk_departments_head_id_doctors"].target_columns == ("number",)
    assert keys["fk_doctors_department_id_departments"].on_delete == "CASCADE"
    assert keys["fk_pages_parent_id_pages"].on_delete == "RESTRICT"


@pytest.mark.parametrize("specs", [library(), everything(), ruled()])
def test_tables_come_back_from_json_as_they_went_in(specs: EntitySpecs) -> None:
    schema = schema_of(specs)
    assert Schema.model_validate_json(schema.model_dump_json()) == schema


@pytest.mark.parametrize(
    "change",
    [
        {"type": "sa.Integer(), evil()"},
        {"type": "__import__('os')"},
        {"type": "sa.text('x')"},
        {"name": "a b"},
        {"server_default": "sa.text('evil')"},
    ],
)
def test_definitions_hold_nothing_but_names_and_types(change: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Column.model_validate({"name": "pages", "type": "sa.Integer()", **change})


def test_every_part_of_a_table_is_written() -> None:
    made = "\n".join(statement.text for statement in creation(Schema(tables=(TAGGING,))))

    assert "sa.PrimaryKeyConstraint('book_id', 'tag_id', name=op.f('pk_book_tags'))" in made
    assert """sa.CheckConstraint("book_id <> tag_id OR 'it''s' = '%'", name=op.f('ck_book_tags_apart'))""" in made
    assert "op.create_index(op.f('ix_book_tags_tag_id'), 'book_tags', ['tag_id'])" in made
    assert "unique=True, sqlite_where=sa.text('tag_id = 1'), postgresql_where=sa.text('tag_id = 1'))" in made


def test_tables_go_in_the_opposite_order_of_their_making() -> None:
    schema = schema_of(everything())
    made = [text.text for text in creation(schema) if text.text.startswith("op.create_table")]
    gone = [text.text for text in removal(schema) if text.text.startswith("op.drop_table")]

    assert [table.name for table in reversed(schema.tables)] == [text.split("'")[1] for text in gone]
    assert [table.name for table in schema.tables] == [text.split("'")[1] for text in made]
    assert removal(schema)[0].text.startswith("with op.batch_alter_table('departments') as batch:")
