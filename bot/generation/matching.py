"""Which table and which column of new specs continue one of the old ones; the rest is made, or goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.documents.entities.entity_specs import EntitySpecs
from bot.generation.kinds import Kind
from bot.generation.tables import Check, Column, ForeignKey, Index, Schema, Table, Unique
from bot.generation.view import specs_view

__all__ = ["Side", "TableMatch", "TableMatches", "match_tables"]


@dataclass(frozen=True)
class Side:
    """The tables before or after a change, and the specs that say what their columns mean."""

    schema: Schema
    specs: EntitySpecs

    def kind(self, table: Table, column: str) -> Kind | None:
        """Return the kind of the field that a column keeps, or None for a column that keeps none."""
        if self.specs.entity(table.entity) is None:
            return None
        view = specs_view(self.specs).entity(table.entity)
        return next((item.kind for item in view.fields if item.field.name == column), None)


@dataclass(frozen=True)
class TableMatch:
    """A table before and after; ``kept`` pairs the columns that go on, under the same name or another."""

    old: Table
    new: Table
    kept: tuple[tuple[Column, Column], ...]

    @property
    def added(self) -> tuple[Column, ...]:
        """Return the columns that are new."""
        going_on = {after.name for _, after in self.kept}
        return tuple(column for column in self.new.columns if column.name not in going_on)

    @property
    def dropped(self) -> tuple[Column, ...]:
        """Return the columns that go."""
        going_on = {before.name for before, _ in self.kept}
        return tuple(column for column in self.old.columns if column.name not in going_on)

    @property
    def renamed(self) -> tuple[tuple[Column, Column], ...]:
        """Return the columns that go on under another name."""
        return tuple((before, after) for before, after in self.kept if before.name != after.name)

    @property
    def gone_constraints(self) -> tuple[ForeignKey | Unique | Check, ...]:
        """Return the constraints that do not go on as they were."""
        return constraints_beside(self.old, self.new)

    @property
    def new_constraints(self) -> tuple[ForeignKey | Unique | Check, ...]:
        """Return the constraints that are there only afterwards."""
        return tuple(reversed(constraints_beside(self.new, self.old)))

    @property
    def gone_indexes(self) -> tuple[Index, ...]:
        """Return the indexes that do not go on as they were."""
        return tuple(index for index in self.old.indexes if index not in self.new.indexes)

    @property
    def new_indexes(self) -> tuple[Index, ...]:
        """Return the indexes that are there only afterwards."""
        return tuple(index for index in self.new.indexes if index not in self.old.indexes)

    def retargeted(self, now: Mapping[str, str]) -> Iterator[tuple[Column, ForeignKey, ForeignKey]]:
        """Give the columns that go on and name rows of another table than before, each with its key before and after.

        ``now`` maps what tables were called before to what they are called after.
        """
        for before, after in self.kept:
            earlier, later = key_over(self.old, before), key_over(self.new, after)
            if earlier and later and now.get(earlier.target_table) != later.target_table:
                yield before, earlier, later

    def reversed(self) -> TableMatch:
        """Return the way back."""
        return TableMatch(self.new, self.old, tuple((after, before) for before, after in self.kept))


@dataclass(frozen=True)
class TableMatches:
    """What goes on, what is made, and what goes, each in the order of its own side."""

    kept: tuple[TableMatch, ...]
    created: tuple[Table, ...]
    removed: tuple[Table, ...]

    @property
    def names(self) -> dict[str, str]:
        """Map what tables were called before to what they are called after."""
        return {match.old.name: match.new.name for match in self.kept}

    def reversed(self) -> TableMatches:
        """Return the way back."""
        return TableMatches(tuple(match.reversed() for match in self.kept), self.removed, self.created)


def constraints_beside(table: Table, other: Table) -> tuple[ForeignKey | Unique | Check, ...]:
    """Return the constraints of a table that another has not; when a key was added does not count."""
    known = {without_order(key) for key in other.foreign_keys}
    return (
        *(key for key in table.foreign_keys if without_order(key) not in known),
        *(unique for unique in table.uniques if unique not in other.uniques),
        *(check for check in table.checks if check not in other.checks),
    )


def key_over(table: Table, column: Column) -> ForeignKey | None:
    """Return the foreign key that a column keeps, or None."""
    return next((key for key in table.foreign_keys if key.columns == (column.name,)), None)


def without_order(key: ForeignKey) -> ForeignKey:
    """Return a foreign key as a database knows it."""
    return key.model_copy(update={"is_deferred": False})


def match_tables(old: Side, new: Side) -> TableMatches:
    """Match tables by their entity, else by their name, and joining tables by what they join; columns by their names.

    A column that the specs call renamed continues the one of its former name.
    """
    found: dict[str, TableMatch] = {}
    for table in new.schema.tables:
        earlier = earlier_table(old.schema, new.schema, table)
        if earlier is not None and all(earlier.name != match.old.name for match in found.values()):
            found[table.name] = TableMatch(earlier, table, match_columns(earlier, table, new.specs))
    taken = {match.old.name: match.new.name for match in found.values()}
    for table in new.schema.tables:
        if table.name in found or table.entity:
            continue
        joining = [item for item in old.schema.tables if item.name not in taken and joins_the_same(item, table, taken)]
        if len(joining) == 1:
            found[table.name] = TableMatch(joining[0], table, match_ends(joining[0], table))
    return TableMatches(
        kept=tuple(found[table.name] for table in new.schema.tables if table.name in found),
        created=tuple(table for table in new.schema.tables if table.name not in found),
        removed=tuple(
            table for table in old.schema.tables if all(table.name != match.old.name for match in found.values())
        ),
    )


def joins_the_same(old: Table, new: Table, names: Mapping[str, str]) -> bool:
    """Tell whether two joining tables join the same two tables, under whatever names these go now."""
    before = [names.get(key.target_table) for key in old.foreign_keys]
    return not old.entity and before == [key.target_table for key in new.foreign_keys]


def match_ends(old: Table, new: Table) -> tuple[tuple[Column, Column], ...]:
    """Pair the columns of two joining tables, first with first."""
    return tuple(zip(old.columns, new.columns, strict=False))


def earlier_table(old: Schema, new: Schema, table: Table) -> Table | None:
    """Return the table that one was before, or None for a new one."""
    same_entity = next((item for item in old.tables if table.entity and item.entity == table.entity), None)
    if same_entity is not None:
        return same_entity
    same_name = old.table(table.name)
    if same_name is None or bool(same_name.entity) != bool(table.entity):
        return None
    goes_on = any(item.entity == same_name.entity for item in new.tables if same_name.entity)
    return None if goes_on else same_name


def match_columns(old: Table, new: Table, specs: EntitySpecs) -> tuple[tuple[Column, Column], ...]:
    """Pair the columns of a table with those that they were; a hint counts where the former name is free."""
    entity = specs.entity(new.entity)
    hints = {field.name: field.renamed_from for field in entity.fields} if entity else {}
    pairs: list[tuple[Column, Column]] = []
    for column in new.columns:
        former = hints.get(column.name) or ""
        earlier = old.column(column.name) or (old.column(former) if new.column(former) is None else None)
        if earlier is not None and all(earlier is not before for before, _ in pairs):
            pairs.append((earlier, column))
    return tuple(pairs)
