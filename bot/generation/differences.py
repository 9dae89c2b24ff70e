"""Migration differences: from the tables that are there to those that new specs want, and all the way back.

The way back is the same computation with its sides exchanged. What can't be filled in refuses the build on the way
forward; on the way back, where rows may have come meanwhile, it stops the migration with a sentence. Nothing that rows
hold is altered without being said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.generation.alterations import (
    added_column,
    added_constraint,
    altered_column,
    closed_column,
    comment,
    dropped_column,
    dropped_constraint,
    execute,
    rename_key,
    rename_table,
    rows_of,
)
from bot.generation.conversions import conversion
from bot.generation.feature_specs import AUDIT_ENTRY
from bot.generation.filling import filling
from bot.generation.guards import guards_after, guards_before, is_singular, stopped_by_rows
from bot.generation.losses import losses
from bot.generation.matching import Side, TableMatch, TableMatches, match_tables
from bot.generation.pairs import PairMove, pair_copies, pair_moves
from bot.generation.refusals import require_possible
from bot.generation.statements import (
    batch,
    create_foreign_key,
    create_index,
    create_indexes,
    create_table,
    drop_foreign_key,
    drop_index,
    drop_table,
)
from bot.generation.tables import Column, Table
from bot.generation.values import Expression, literal

__all__ = ["Difference", "difference"]


@dataclass(frozen=True)
class Difference:
    """A migration's statements in both directions, and what people should know before it runs."""

    matches: TableMatches
    upgrade: tuple[Expression, ...]
    downgrade: tuple[Expression, ...]
    notes: tuple[str, ...]
    losses: tuple[str, ...] = ()
    """Those of the notes that say what the upgrade takes away, or stops at."""


def difference(old: Side, new: Side) -> Difference:
    """Return what leads from the old tables to the new ones and back.

    Raises UnsupportedSpecsError with a sentence where rows would lose or could never get their values.
    """
    matches = match_tables(old, new)
    moves = pair_moves(matches)
    require_possible(old, new, matches, moves)
    forward = Way(old, new, matches, moves)
    back = matches.reversed()
    backward = Way(new, old, back, pair_moves(back))
    lost = losses(old, new, matches, moves)
    return Difference(
        matches=matches,
        upgrade=tuple(forward.statements()),
        downgrade=tuple(backward.statements()),
        notes=(*lost, *forward.notes),
        losses=lost,
    )


class Way:
    """One direction of a migration: statements in an order in which each finds what it needs."""

    def __init__(self, old: Side, new: Side, matches: TableMatches, moves: list[PairMove]) -> None:
        """Go from the old side to the new one."""
        self.old, self.new, self.matches, self.moves = old, new, matches, moves
        self.notes: list[str] = []

    def statements(self) -> list[Expression]:
        """Return every statement of this direction; notes are there afterwards."""
        filled = {match.new.name: list(self.fillings(match)) for match in self.matches.kept}
        checked = {match.new.name: list(guards_after(match)) for match in self.matches.kept}
        early = {
            match.new.name
            for match in self.matches.kept
            if filled[match.new.name] or checked[match.new.name] or match.renamed or self.comes_back(match)
        }
        kept, made = self.matches.kept, self.matches.created
        return [
            *(step for match in kept for step in guards_before(match, self.old, self.new, self.matches.names)),
            *(drop_index(match.old.name, index) for match in kept for index in match.gone_indexes),
            *(step for match in kept if match.old.name != match.new.name for step in renamed_table(match)),
            *(step for match in kept if match.new.name in early for step in self.first_batch(match)),
            *(step for table in made for step in (create_table(table), *create_indexes(table))),
            *(step for match in kept for step in filled[match.new.name]),
            *(step for move in self.moves for step in move.statements()),
            *(step for copy in pair_copies(self.matches) for step in copy.statements()),
            *self.renamed_in_trail(),
            *(step for match in kept for step in checked[match.new.name]),
            *(step for match in kept for step in self.last_batch(match, is_begun=match.new.name in early)),
            *(create_index(match.new.name, index) for match in kept for index in match.new_indexes),
            *(create_foreign_key(table, key) for table in made for key in table.foreign_keys if key.is_deferred),
            *self.removals(),
        ]

    def comes_back(self, match: TableMatch) -> bool:
        """Tell whether pairs come back into a column of a table."""
        return any(move.match is match and not move.is_joined for move in self.moves)

    def first_batch(self, match: TableMatch) -> Iterator[Expression]:
        """Give the batch after which all columns are there under their new names, with room for nothing."""
        changes = [dropped_constraint(constraint) for constraint in match.gone_constraints]
        changes += [text for pair in match.kept if (text := self.altered(*pair, is_filled=False))]
        changes += [added_column(column, is_nullable=self.starts_empty(column)) for column in match.added]
        if changes:
            yield batch(match.new.name, changes)

    def last_batch(self, match: TableMatch, *, is_begun: bool) -> Iterator[Expression]:
        """Give the batch after which a table is as it should be."""
        changes: list[str] = []
        if is_begun:
            changes += [closed_column(column) for column in self.closing(match)]
        else:
            changes += [dropped_constraint(constraint) for constraint in match.gone_constraints]
            changes += [text for pair in match.kept if (text := self.altered(*pair, is_filled=True))]
            changes += [added_column(column, is_nullable=column.nullable) for column in match.added]
        changes += [dropped_column(column) for column in match.dropped]
        changes += [added_constraint(constraint) for constraint in match.new_constraints]
        if changes:
            yield batch(match.new.name, changes)

    def altered(self, before: Column, after: Column, *, is_filled: bool) -> str | None:
        """Write what changes in a column; one that is required from now on is closed once its rows are filled."""
        is_nullable = after.nullable if is_filled or before.nullable == after.nullable else True
        return altered_column(before, after, conversion(before, after), is_nullable=is_nullable)

    def starts_empty(self, column: Column) -> bool:
        """Tell whether a new column has no values before it is filled."""
        return column.server_default is None

    def closing(self, match: TableMatch) -> list[Column]:
        """Return the columns that had room for nothing until their rows were filled."""
        opened = [column for column in match.added if self.starts_empty(column)]
        opened += [after for before, after in match.kept if before.nullable]
        return [column for column in opened if not column.nullable]

    def fillings(self, match: TableMatch) -> Iterator[Expression]:
        """Give what fills new required columns, and those that become required, where rows are there."""
        moved = {move.column for move in self.moves if move.match is match and not move.is_joined}
        for column in match.added:
            if column.nullable or column.server_default is not None:
                continue
            if column.name in moved:
                continue
            yield from self.filled(match.new, column)
        for before, after in match.kept:
            if before.nullable and not after.nullable:
                yield from self.refilled(match.new, after)

    def filled(self, table: Table, column: Column) -> Iterator[Expression]:
        """Give what fills a new column; where no value is the right one, rows stop the migration."""
        kind = self.new.kind(table, column.name)
        value = filling(kind) if kind and not is_singular(table, column) else None
        if value is None:
            yield from stopped_by_rows(table, column)
            return
        words = "its default" if value.is_default else "a neutral value, since it has no default"
        self.notes.append(f"{table.name}.{column.name} is new and required: rows that are there get {words}.")
        yield comment(f"`{column.name}` is new and required: rows that are there get {words}.")
        yield rows_of(table.name, [column])
        yield execute(f"sa.update(rows).values({{{literal(column.name)}: {value.value.text}}})", value.value.imports)

    def refilled(self, table: Table, column: Column) -> Iterator[Expression]:
        """Give what fills the gaps of a column that becomes required, where it has a default."""
        kind = self.new.kind(table, column.name)
        value = filling(kind) if kind and not is_singular(table, column) else None
        if value is None or not value.is_default:
            return
        self.notes.append(f"{table.name}.{column.name} becomes required: rows without a value get its default.")
        yield comment(f"`{column.name}` becomes required: rows without a value get its default.")
        yield rows_of(table.name, [column])
        empty = f"rows.c[{literal(column.name)}].is_(None)"
        values = f"{{{literal(column.name)}: {value.value.text}}}"
        yield execute(f"sa.update(rows).where({empty}).values({values})", value.value.imports)

    def renamed_in_trail(self) -> Iterator[Expression]:
        """Give what lets the trail of all changes speak of renamed entities by their new names."""
        trail = next((match.new for match in self.matches.kept if is_trail(match, self.old, self.new)), None)
        column = trail.column("entity") if trail else None
        for match in self.matches.kept:
            if trail and column and match.old.entity != match.new.entity:
                yield rows_of(trail.name, [column])
                values = f"{{{literal(column.name)}: {literal(match.new.entity)}}}"
                is_former = f"rows.c[{literal(column.name)}] == {literal(match.old.entity)}"
                yield execute(f"sa.update(rows).where({is_former}).values({values})")

    def removals(self) -> Iterator[Expression]:
        """Give what takes away tables that nothing names any more, children first."""
        gone = self.matches.removed
        for table in reversed(gone):
            yield from (drop_foreign_key(table, key) for key in table.foreign_keys if key.is_deferred)
        for table in reversed(gone):
            yield from (drop_index(table.name, index) for index in reversed(table.indexes))
            yield drop_table(table)


def renamed_table(match: TableMatch) -> Iterator[Expression]:
    """Give what renames a table with its primary key; other constraints and indexes are made anew under new names."""
    yield rename_table(match.old, match.new)
    yield rename_key(match.old, match.new)


def is_trail(match: TableMatch, old: Side, new: Side) -> bool:
    """Tell whether a table keeps the trail of all changes, before and after."""
    names = {match.old.entity, match.new.entity}
    entities = (old.specs.entity(match.old.entity), new.specs.entity(match.new.entity))
    return names == {AUDIT_ENTRY.name} and all(entity and not entity.is_writable for entity in entities)
