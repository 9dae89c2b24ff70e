"""What rows must not hold when a table changes: each stops the migration with a sentence before anything is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from bot.generation.alterations import guard, rows_of
from bot.generation.conversions import conversion
from bot.generation.feature_specs import SOFT_DELETE
from bot.generation.filling import filling
from bot.generation.kinds import Kind
from bot.generation.matching import Side, TableMatch
from bot.generation.statements import condition
from bot.generation.tables import Check, Column, ForeignKey, Index, Table, Unique
from bot.generation.values import Expression, literal

__all__ = ["guards_after", "guards_before", "is_singular", "stopped_by_rows"]


def is_singular(table: Table, column: Column) -> bool:
    """Tell whether no value could be right for every row: the column names rows, or is unique."""
    named = [key.columns for key in table.foreign_keys] + [unique.columns for unique in table.uniques]
    named += [index.columns for index in table.indexes if index.unique]
    return any(column.name in columns for columns in named)


def guards_before(match: TableMatch, old: Side, new: Side, now: Mapping[str, str]) -> Iterator[Expression]:
    """Give what stops a migration at values that have no place in their column's new type, or that must not go.

    ``now`` maps what tables were called before to what they are called after.
    """
    yield from guarded_deletions(match, old)
    yield from guarded_targets(match, now)
    for before, after in match.kept:
        for obstacle, complaint in obstacles(match, before, after, old, new):
            yield rows_of(match.old.name, [before])
            sentence = (
                f"{match.old.name}.{before.name}: the value of a row {complaint}. "
                "Change it first, then run the migration again."
            )
            yield guard(f"sa.select(rows).where({obstacle})", sentence)


def guarded_deletions(match: TableMatch, old: Side) -> Iterator[Expression]:
    """Give what stops a migration that takes away the moments of deletions: rows would be back that people deleted."""
    entity = old.specs.entity(match.old.entity)
    for column in match.dropped:
        field = entity.field(column.name) if entity else None
        if field is not None and field.feature == SOFT_DELETE:
            yield rows_of(match.old.name, [column])
            yield guard(
                f"sa.select(rows).where(rows.c[{literal(column.name)}].is_not(None))",
                f"{match.old.name}.{column.name}: a row is deleted, and would be back without this column. "
                "Remove it for good or restore it first, then run the migration again.",
            )


def guarded_targets(match: TableMatch, now: Mapping[str, str]) -> Iterator[Expression]:
    """Give what stops a migration at a foreign key that would name the same number in another table."""
    for column, earlier, later in match.retargeted(now):
        what = "Empty it" if column.nullable else "Remove these rows"
        yield rows_of(match.old.name, [column])
        yield guard(
            f"sa.select(rows).where(rows.c[{literal(column.name)}].is_not(None))",
            f"{match.old.name}.{column.name}: a row names one of {earlier.target_table}, and from now on that would "
            f"be a row of {later.target_table} which happens to have the same key. {what} first, then run the "
            "migration again.",
        )


def obstacles(match: TableMatch, before: Column, after: Column, old: Side, new: Side) -> Iterator[tuple[str, str]]:
    """Give the conditions under which a value can't go on, each with what is wrong then."""
    converted = conversion(before, after)
    if converted.obstacle:
        yield converted.obstacle, converted.sentence
    kind = new.kind(match.new, after.name)
    yield from foreign_values(before, old.kind(match.old, before.name), kind)
    if before.nullable and not after.nullable and not has_default(match.new, after, kind):
        yield f"rows.c[{literal(before.name)}].is_(None)", "is missing, and it is required from now on"


def has_default(table: Table, column: Column, kind: Kind | None) -> bool:
    """Tell whether gaps of a column are filled with its default."""
    value = filling(kind) if kind and not is_singular(table, column) else None
    return value is not None and value.is_default


def foreign_values(column: Column, old: Kind | None, new: Kind | None) -> Iterator[tuple[str, str]]:
    """Give the condition under which a row holds a value that its enum does not have."""
    before, after = values_of(old), values_of(new)
    if new is None or after is None or (before is not None and set(before) <= set(after)):
        return
    name = f"rows.c[{literal(column.name)}]"
    gone = [value for value in before or () if value not in after]
    if new.field.type.is_list:
        texts = [literal(json.dumps(value)) for value in gone]
        found = [f"sa.cast({name}, sa.Text()).contains({text}, autoescape=True)" for text in texts]
        yield (f"sa.or_({', '.join(found)})" if len(found) > 1 else found[0]), f"holds what {new.field.type.name} loses"
        return
    obstacle = f"{name}.in_({literal(gone)})" if gone else f"{name}.not_in({literal(list(after))})"
    yield obstacle, f"is none of {new.field.type.name}"


def values_of(kind: Kind | None) -> tuple[str, ...] | None:
    """Return the only values that a field takes, or None where there is no such list."""
    enum = kind.specs.enum_of(kind.field) if kind else None
    return enum.values if enum else None


def guards_after(match: TableMatch) -> Iterator[Expression]:
    """Give what stops a migration at rows that break a constraint which they had not to keep before."""
    table = match.new
    for constraint in match.new_constraints:
        if isinstance(constraint, Unique) and is_new_unique(match, constraint.columns):
            yield from guarded_unique(table, constraint.columns, None)
        if isinstance(constraint, Check) and constraint.condition not in {item.condition for item in match.old.checks}:
            yield from guarded_check(table, constraint)
        if isinstance(constraint, ForeignKey) and is_new_key(match, constraint):
            yield from guarded_key(table, constraint)
    for index in match.new_indexes:
        if index.unique and is_new_partial(match, index):
            yield from guarded_unique(table, index.columns, index.where)


def is_new_unique(match: TableMatch, columns: tuple[str, ...]) -> bool:
    """Tell whether columns that were there before need not have been unique."""
    former = {after.name: before.name for before, after in match.kept}
    if not set(columns) <= set(former):
        return False
    return all(set(unique.columns) != {former[column] for column in columns} for unique in match.old.uniques)


def is_new_partial(match: TableMatch, index: Index) -> bool:
    """Tell whether rows need not have kept to a unique index before; what was unique among all is so among some."""
    former = {after.name: before.name for before, after in match.kept}
    columns = tuple(former.get(column, "") for column in index.columns)
    if any(set(unique.columns) == set(columns) for unique in match.old.uniques):
        return False
    return all((old.columns, old.where, old.unique) != (columns, index.where, True) for old in match.old.indexes)


def is_new_key(match: TableMatch, key: ForeignKey) -> bool:
    """Tell whether a column that was there before named no rows; one that named others is empty by now."""
    former = {after.name: before.name for before, after in match.kept}
    if key.columns[0] not in former:
        return False
    return all(old.columns[0] != former[key.columns[0]] for old in match.old.foreign_keys)


def guarded_unique(table: Table, columns: tuple[str, ...], where: str | None) -> Iterator[Expression]:
    """Give the guard of values that must not repeat."""
    described = [column for column in table.columns if column.name in columns]
    names = [f"rows.c[{literal(name)}]" for name in columns]
    conditions = [f"{name}.is_not(None)" for name in names] + ([f"sa.text({condition(where)})"] if where else [])
    yield rows_of(table.name, described)
    yield guard(
        f"sa.select({', '.join(names)}).where({', '.join(conditions)}).group_by({', '.join(names)})"
        ".having(sa.func.count() > 1)",
        f"{table.name}: {' and '.join(columns)} must not repeat from now on, and two rows are alike. "
        "Change one of them first, then run the migration again.",
    )


def guarded_check(table: Table, check: Check) -> Iterator[Expression]:
    """Give the guard of a condition that every row must meet."""
    yield rows_of(table.name, table.columns[:1])
    yield guard(
        f"sa.select(rows).where(sa.text({condition(f'NOT ({check.condition})')}))",
        f"{table.name}: a row breaks {check.name}. Change it first, then run the migration again.",
    )


def guarded_key(table: Table, key: ForeignKey) -> Iterator[Expression]:
    """Give the guard of values that must name a row of another table."""
    column = table.column(key.columns[0])
    if column is None:
        return
    name, target = f"rows.c[{literal(column.name)}]", f"named.c[{literal(key.target_columns[0])}]"
    yield rows_of(table.name, [column])
    yield rows_of(key.target_table, [column.model_copy(update={"name": key.target_columns[0]})], "named")
    yield guard(
        f"sa.select({name}).where({name}.is_not(None), {name}.not_in(sa.select({target})))",
        f"{table.name}.{column.name}: a row names none of {key.target_table}. "
        "Change it first, then run the migration again.",
    )


def stopped_by_rows(table: Table, column: Column) -> Iterator[Expression]:
    """Give what stops a migration at any row, where a new required column has no value that is right for it."""
    yield rows_of(table.name, [column])
    yield guard(
        f"sa.select(rows).where(rows.c[{literal(column.name)}].is_(None))",
        f"{table.name}.{column.name} is required, and no value is right for the rows that are there. "
        "Remove them first, then run the migration again.",
    )
