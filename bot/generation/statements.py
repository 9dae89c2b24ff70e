"""What migrations do, as statements of Alembic: each function writes one from table definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.generation.tables import Check, Column, ForeignKey, Index, Schema, Table, Unique
from bot.generation.values import Expression, literal

__all__ = [
    "added_foreign_key",
    "batch",
    "condition",
    "create_foreign_key",
    "create_index",
    "create_indexes",
    "create_table",
    "creation",
    "drop_foreign_key",
    "drop_index",
    "drop_table",
    "operation_name",
    "removal",
]


def creation(schema: Schema) -> list[Expression]:
    """Write what makes every table, parents first, with its indexes; foreign keys that close a circle come last."""
    statements = [statement for table in schema.tables for statement in (create_table(table), *create_indexes(table))]
    return statements + [create_foreign_key(table, key) for table, key in deferred_keys(schema)]


def removal(schema: Schema) -> list[Expression]:
    """Write what takes every table away, in the opposite order of its creation."""
    statements = [drop_foreign_key(table, key) for table, key in reversed(list(deferred_keys(schema)))]
    for table in reversed(schema.tables):
        statements += [drop_index(table.name, index) for index in reversed(table.indexes)]
        statements.append(drop_table(table))
    return statements


def deferred_keys(schema: Schema) -> Iterator[tuple[Table, ForeignKey]]:
    """Give the foreign keys that can only be added when every table is there."""
    for table in schema.tables:
        yield from ((table, key) for key in table.foreign_keys if key.is_deferred)


def create_table(table: Table) -> Expression:
    """Write what makes a table; indexes and deferred foreign keys are statements of their own."""
    arguments = [
        literal(table.name),
        *(column_argument(column) for column in table.columns),
        *(foreign_key_argument(key) for key in table.foreign_keys if not key.is_deferred),
        f"sa.PrimaryKeyConstraint({names(table.primary_key)}, name={operation_name(table.key_name)})",
        *(unique_argument(unique) for unique in table.uniques),
        *(check_argument(check) for check in table.checks),
    ]
    return Expression(f"op.create_table({'\n'.join(f'{argument},' for argument in arguments)}\n)")


def drop_table(table: Table) -> Expression:
    """Write what takes a table away."""
    return Expression(f"op.drop_table({literal(table.name)})")


def column_argument(column: Column) -> str:
    """Write a column."""
    server_default = f", server_default={column.server_default}" if column.server_default else ""
    return f"sa.Column({literal(column.name)}, {column.type}{server_default}, nullable={column.nullable})"


def foreign_key_argument(key: ForeignKey) -> str:
    """Write a foreign key of a new table."""
    targets = [f"{key.target_table}.{column}" for column in key.target_columns]
    return (
        f"sa.ForeignKeyConstraint({literal(list(key.columns))}, {literal(targets)}, "
        f"name={operation_name(key.name)}, ondelete={literal(key.on_delete)},)"
    )


def unique_argument(unique: Unique) -> str:
    """Write a unique constraint of a new table."""
    return f"sa.UniqueConstraint({names(unique.columns)}, name={operation_name(unique.name)})"


def check_argument(check: Check) -> str:
    """Write a CHECK constraint of a new table."""
    return f"sa.CheckConstraint({condition(check.condition)}, name={operation_name(check.name)})"


def create_indexes(table: Table) -> list[Expression]:
    """Write what makes every index of a table."""
    return [create_index(table.name, index) for index in table.indexes]


def create_index(table: str, index: Index) -> Expression:
    """Write what makes an index."""
    arguments = f"{operation_name(index.name)}, {literal(table)}, {literal(list(index.columns))}"
    return Expression(f"op.create_index({arguments}{index_options(index)})")


def index_options(index: Index) -> str:
    """Write what is particular to an index: unique, or about some rows only."""
    unique = ", unique=True" if index.unique else ""
    if index.where is None:
        return unique
    where = f"sa.text({condition(index.where)})"
    return f"{unique}, sqlite_where={where}, postgresql_where={where}"


def condition(sql: str) -> str:
    """Write a SQL condition; a colon in it stands for itself, not for a value to come."""
    return literal(sql.replace(":", "\\:"))


def drop_index(table: str, index: Index) -> Expression:
    """Write what takes an index away."""
    return Expression(f"op.drop_index({operation_name(index.name)}, table_name={literal(table)})")


def create_foreign_key(table: Table, key: ForeignKey) -> Expression:
    """Write what adds a foreign key to a table that is there."""
    return batch(table.name, [added_foreign_key(key)])


def added_foreign_key(key: ForeignKey) -> str:
    """Write a foreign key that a batch adds."""
    columns = f"{literal(list(key.columns))}, {literal(list(key.target_columns))}"
    arguments = f"{operation_name(key.name)}, {literal(key.target_table)}, {columns}"
    return f"batch.create_foreign_key({arguments}, ondelete={literal(key.on_delete)},)"


def drop_foreign_key(table: Table, key: ForeignKey) -> Expression:
    """Write what takes a foreign key away."""
    return batch(table.name, [f'batch.drop_constraint({operation_name(key.name)}, type_="foreignkey")'])


def batch(table: str, changes: Iterable[str]) -> Expression:
    """Write changes of one table; SQLite makes the table anew for them."""
    body = "".join(f"\n        {change}" for change in changes)
    return Expression(f"with op.batch_alter_table({literal(table)}) as batch:{body}")


def operation_name(name: str) -> str:
    """Write the whole name of a constraint or an index, to which no convention is applied again."""
    return f"op.f({literal(name)})"


def names(columns: Iterable[str]) -> str:
    """Write columns as arguments."""
    return ", ".join(literal(column) for column in columns)
