"""Statements that change tables with rows in them: guards, fillings, copies of pairs, and batches of changes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from bot.generation.conversions import Conversion
from bot.generation.statements import added_foreign_key, condition, operation_name
from bot.generation.tables import Check, Column, ForeignKey, Table, Unique
from bot.generation.values import Expression, literal

__all__ = [
    "added_column",
    "added_constraint",
    "altered_column",
    "closed_column",
    "comment",
    "dropped_column",
    "dropped_constraint",
    "execute",
    "guard",
    "rename_key",
    "rename_table",
    "rows_of",
]

LINE = 80
"""Letters of a sentence on one line of a migration."""
POSTGRESQL_TYPES = {"Double": "DOUBLE PRECISION", "String": "VARCHAR"}


def comment(words: str) -> Expression:
    """Write a comment. Raises ValueError where the words are more than one line."""
    if not words.isprintable():
        raise ValueError(f"{words!r} is no comment")
    return Expression(f"\n    # {words}")


def rows_of(table: str, columns: Iterable[Column], name: str = "rows") -> Expression:
    """Write a light description of a table, to read or change its rows with."""
    described = ", ".join(f"sa.column({literal(column.name)}, {column.type})" for column in columns)
    return Expression(f"{name} = sa.table({literal(table)}, {described})")


def guard(selected: str, sentence: str) -> Expression:
    """Write what stops the migration with a sentence while a query finds a row."""
    lines = textwrap.wrap(sentence, LINE, drop_whitespace=False, break_on_hyphens=False)
    return Expression(f"require_none({selected}, {' '.join(literal(line) for line in lines)})")


def execute(statement: str, imports: frozenset[str] = frozenset()) -> Expression:
    """Write a statement that changes rows."""
    return Expression(f"op.execute({statement})", imports)


def rename_table(old: Table, new: Table) -> Expression:
    """Write what gives a table another name."""
    return Expression(f"op.rename_table({literal(old.name)}, {literal(new.name)})")


def rename_key(old: Table, new: Table) -> Expression:
    """Write what gives the primary key of a renamed table its name too, so that the old one is free again.

    SQLite knows no such names.
    """
    statement = f'ALTER INDEX IF EXISTS "{old.key_name}" RENAME TO "{new.key_name}"'
    return Expression(
        f'if op.get_context().dialect.name == "postgresql":\n        op.execute(sa.text({literal(statement)}))'
    )


def added_column(column: Column, *, is_nullable: bool) -> str:
    """Write a column that a batch adds."""
    server_default = f", server_default={column.server_default}" if column.server_default else ""
    return f"batch.add_column(sa.Column({literal(column.name)}, {column.type}{server_default}, nullable={is_nullable}))"


def dropped_column(column: Column) -> str:
    """Write a column that a batch takes away."""
    return f"batch.drop_column({literal(column.name)})"


def altered_column(old: Column, new: Column, conversion: Conversion, *, is_nullable: bool) -> str | None:
    """Write all that changes in a column, or None where nothing does."""
    changes: list[str] = []
    if new.name != old.name:
        changes.append(f"new_column_name={literal(new.name)}")
    if new.type != old.type:
        changes.append(f"type_={new.type}")
    if new.type != old.type and conversion.needs_cast:
        changes.append(f"postgresql_using={literal(cast(old.name, new.type))}")
    if is_nullable != old.nullable:
        changes.append(f"nullable={is_nullable}")
    if new.server_default != old.server_default:
        changes.append(f"server_default={new.server_default}")
    if not changes:
        return None
    return f"batch.alter_column({literal(old.name)}, existing_type={old.type}, {', '.join(changes)},)"


def cast(column: str, sql_type: str) -> str:
    """Return how PostgreSQL makes values of a type out of those of a column."""
    name, _, sizes = sql_type.removeprefix("sa.").removesuffix(")").partition("(")
    numbers = ", ".join(part.partition("=")[2] for part in sizes.split(", ") if part)
    written = POSTGRESQL_TYPES.get(name, name.upper())
    return f'CAST("{column}" AS {written}{f"({numbers})" if numbers else ""})'


def dropped_constraint(constraint: ForeignKey | Unique | Check) -> str:
    """Write a constraint that a batch takes away."""
    kinds = {ForeignKey: "foreignkey", Unique: "unique", Check: "check"}
    return f"batch.drop_constraint({operation_name(constraint.name)}, type_={literal(kinds[type(constraint)])})"


def closed_column(column: Column) -> str:
    """Write a column that has room for nothing no longer."""
    return f"batch.alter_column({literal(column.name)}, existing_type={column.type}, nullable=False)"


def added_constraint(constraint: ForeignKey | Unique | Check) -> str:
    """Write a constraint that a batch adds."""
    name = operation_name(constraint.name)
    match constraint:
        case ForeignKey():
            return added_foreign_key(constraint)
        case Unique():
            return f"batch.create_unique_constraint({name}, {literal(list(constraint.columns))})"
        case Check():
            return f"batch.create_check_constraint({name}, {condition(constraint.condition)})"
