"""Runs a generated migration up and down on a database with rows in it, and compares what it leaves with the tables."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations

from bot.building.tree import format_tree
from bot.documents.entities.entity_specs import EntityField, EntitySpecs
from bot.generation.blueprint import load_blueprint
from bot.generation.differences import Difference, difference
from bot.generation.matching import Side
from bot.generation.revision import render_revision
from bot.generation.statements import creation
from bot.generation.tables import Schema, schema_of
from bot.generation.values import Expression
from tests.generation.samples import STARTED, entity, key, text, typed

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
Held = dict[str, list[dict[str, Any]]]


NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
ROWS: Rows = {
    "books": [
        {"id": 1, "title": "Dune", "isbn": "1" * 13, "price": Decimal("1.50"), "status": "lent"},
        {"id": 2, "title": "Emma", "isbn": "2" * 13, "price": Decimal("20.00"), "status": "available"},
    ],
    "members": [{"id": 1, "name": "Mara", "email": "mara@example.com"}],
    "loans": [{"id": 1, "member_id": 1, "book_id": 1, "lent_at": NOON, "due_at": NOON}],
}
AUTHORS = entity("Author", "authors", key(), text("name"))


@dataclass
class Outcome:
    """What a migration left: the rows after each way, what was not as the tables say, and what stopped it."""

    up: Held = field(default_factory=dict)
    down: Held = field(default_factory=dict)
    wrong: list[object] = field(default_factory=list)
    stopped: str = ""


def side_of(specs: EntitySpecs, schema: Schema | None = None) -> Side:
    """Return the tables of specs beside them."""
    return Side(schema or schema_of(specs), specs)


def found(old: EntitySpecs, new: EntitySpecs) -> Difference:
    """Return the difference of two specs."""
    return difference(side_of(old), side_of(new))


def migration_text(made: Difference) -> str:
    """Return the file of a difference as people receive it."""
    revision = render_revision(made, "0002", "0001", STARTED, load_blueprint())
    return format_tree({revision.path: revision.content}, load_blueprint())[revision.path].decode()


def migrated(
    engine: sa.Engine, old: Side, new: Side, rows: Rows, later: Rows | None = None, changes: Iterable[str] = ()
) -> Outcome:
    """Make the old tables, put rows in, go up, add later rows or change some, come down, and go up again."""
    revision = functions(
        render_revision(difference(old, new), "0002", "0001", STARTED, load_blueprint()).content.decode()
    )
    outcome = Outcome()
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.commit()
        with connection.begin():
            begun(connection, old.schema)
            insert(connection, old.schema, rows)
        try:
            run(connection, revision["upgrade"])
            outcome.wrong += compared(connection, new.schema)
            outcome.up = held(connection, new.schema)
            insert(connection, new.schema, later or {})
            for change in changes:
                connection.exec_driver_sql(change)
            connection.commit()
            run(connection, revision["downgrade"])
            outcome.wrong += compared(connection, old.schema)
            outcome.down = held(connection, old.schema)
            connection.commit()
            run(connection, revision["upgrade"])
            outcome.wrong += compared(connection, new.schema)
        except RuntimeError as error:
            outcome.stopped = str(error)
            connection.rollback()
    return outcome


def functions(text: str) -> dict[str, Any]:
    """Return what a migration's file defines."""
    names: dict[str, Any] = {}
    exec(compile(text, "migration", "exec"), names)  # noqa: S102 - our own migration, as Alembic would load it
    return names


def run(connection: sa.Connection, function: Any) -> None:
    """Run one way of a migration as one transaction, and find no row that names nothing afterwards."""
    if connection.in_transaction():
        connection.commit()
    with connection.begin():
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        with Operations.context(MigrationContext.configure(connection)):
            function()
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []


def begun(connection: sa.Connection, schema: Schema) -> None:
    """Make tables as the initial migration does."""
    steps: list[Expression] = creation(schema)
    body = "\n".join(f"    {step.text}" for step in steps)
    with Operations.context(MigrationContext.configure(connection)):
        functions(f"import sqlalchemy as sa\nfrom alembic import op\ndef upgrade():\n{body}\n")["upgrade"]()


def table_of(schema: Schema, name: str) -> sa.Table:
    """Return a table of the definitions as SQLAlchemy knows it."""
    return metadata_of(schema).tables[name]


def metadata_of(schema: Schema) -> sa.MetaData:
    """Return the definitions as SQLAlchemy knows them."""
    metadata = sa.MetaData()
    for table in schema.tables:
        parts: list[Any] = [
            sa.Column(
                column.name,
                eval(column.type),  # noqa: S307 - `SqlType` lets nothing but types pass
                nullable=column.nullable,
                primary_key=column.name in table.primary_key,
                server_default=sa.func.now() if column.server_default else None,
            )
            for column in table.columns
        ]
        parts += [sa.UniqueConstraint(*unique.columns, name=unique.name) for unique in table.uniques]
        parts += [sa.CheckConstraint(check.condition, name=check.name) for check in table.checks]
        for link in table.foreign_keys:
            targets = [f"{link.target_table}.{column}" for column in link.target_columns]
            parts.append(
                sa.ForeignKeyConstraint(
                    link.columns, targets, name=link.name, ondelete=link.on_delete, use_alter=link.is_deferred
                )
            )
        made = sa.Table(table.name, metadata, *parts)
        for index in table.indexes:
            where = sa.text(index.where) if index.where else None
            columns = [made.c[column] for column in index.columns]
            sa.Index(index.name, *columns, unique=index.unique, sqlite_where=where, postgresql_where=where)
    return metadata


def compared(connection: sa.Connection, schema: Schema) -> list[object]:
    """Return what `alembic check` would find, and CHECK constraints that are not there."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    wrong: list[object] = list(compare_metadata(context, metadata_of(schema)))
    inspector = sa.inspect(connection)
    for table in schema.tables:
        there = {check["name"] for check in inspector.get_check_constraints(table.name)}
        wrong += [(table.name, check.name) for check in table.checks if check.name not in there]
        uniques = {unique["name"] for unique in inspector.get_unique_constraints(table.name)}
        wrong += [(table.name, unique.name) for unique in table.uniques if unique.name not in uniques]
        keys = {key["name"] for key in inspector.get_foreign_keys(table.name)}
        wrong += [(table.name, key.name) for key in table.foreign_keys if key.name not in keys]
    return wrong


def insert(connection: sa.Connection, schema: Schema, rows: Rows) -> None:
    """Put rows into tables."""
    for table, values in rows.items():
        connection.execute(sa.insert(table_of(schema, table)), [dict(row) for row in values])


def held(connection: sa.Connection, schema: Schema) -> Held:
    """Return the rows of every table, in the order of their first column, as plain values."""
    found: Held = {}
    for table in metadata_of(schema).sorted_tables:
        rows = connection.execute(sa.select(table).order_by(next(iter(table.c)))).mappings()
        found[table.name] = [{name: plain(value) for name, value in row.items()} for row in rows]
    return found


def plain(value: object) -> object:
    """Return a value as a test writes it."""
    if isinstance(value, Decimal | uuid.UUID | dt.time):
        return str(value)
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None).isoformat()
    return value.isoformat() if isinstance(value, dt.date) else value


def changed(specs: EntitySpecs, name: str, *fields: EntityField, without: tuple[str, ...] = ()) -> EntitySpecs:
    """Return specs in which an entity's fields of these names are others, new ones come last, and some are gone."""
    new = {field.name: field for field in fields}
    entities = []
    for item in specs.entities:
        if item.name != name:
            entities.append(item)
            continue
        former = {field.renamed_from: field.name for field in fields if field.renamed_from}
        kept = [
            new.pop(former.get(field.name, field.name), field) for field in item.fields if field.name not in without
        ]
        entities.append(item.model_copy(update={"fields": (*kept, *new.values())}))
    return specs.model_copy(update={"entities": tuple(entities)})


def number(name: str, **modifiers: object) -> EntityField:
    """Return a field of whole numbers."""
    return EntityField.model_validate({"name": name, "type": typed("int"), **modifiers})


def moved(
    engine: sa.Engine, old: EntitySpecs, new: EntitySpecs, rows: Rows = ROWS, later: Rows | None = None
) -> Outcome:
    """Migrate, and find every table as it should be after each way."""
    outcome = migrated(engine, side_of(old), side_of(new), rows, later)
    assert outcome.wrong == []
    return outcome


def column(outcome: Outcome, table: str, name: str) -> list[object]:
    """Return the values of a column after going up."""
    return [row[name] for row in outcome.up[table]]


def emptied(engine: sa.Engine) -> sa.Engine:
    """Return the database with nothing in it."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
            return engine
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        for table in sa.inspect(connection).get_table_names():
            connection.exec_driver_sql(f'DROP TABLE "{table}"')
    return engine
