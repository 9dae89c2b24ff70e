"""Which table and which column of new specs continue one of the old ones; the rest is made, or goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.documents.entities.entity_specs import EntityField, EntitySpecs
from bot.documents.entities.renaming import followed_names
from bot.documents.naming import snake_case
from bot.generation.kinds import Kind
from bot.generation.tables import Check, Column, ForeignKey, Index, Schema, Table, Unique
from bot.generation.view import specs_view

__all__ = ["Side", "TableMatch", "TableMatches", "match_tables"]


WORD = r"(?<![a-z0-9]){}(?![a-z0-9])"
"""A name among the words of another."""


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
    """Match tables by their entity or its former name, else by their own name, and joining tables by what they join.

    Columns are matched by their names; one that the specs call renamed continues the one of its former name.
    """
    names = followed_names(old.specs, new.specs)
    found: dict[str, TableMatch] = {}
    for same in (same_entity, same_name):
        for table in new.schema.tables:
            taken = {match.old.name for match in found.values()}
            earlier = same(old.schema, new.schema, table, names) if table.entity and table.name not in found else None
            if earlier is not None and earlier.name not in taken:
                found[table.name] = TableMatch(earlier, table, match_columns(earlier, table, old, new, names))
    found |= match_joining(old.schema, new.schema, {match.old.name: match.new.name for match in found.values()})
    return TableMatches(
        kept=tuple(found[table.name] for table in new.schema.tables if table.name in found),
        created=tuple(table for table in new.schema.tables if table.name not in found),
        removed=tuple(
            table for table in old.schema.tables if all(table.name != match.old.name for match in found.values())
        ),
    )


def same_entity(old: Schema, _: Schema, table: Table, names: Mapping[str, str]) -> Table | None:
    """Return the old table of an entity, whatever the entity was called; ``names`` maps former names to new ones."""
    return next(
        (item for item in old.tables if item.entity and names.get(item.entity, item.entity) == table.entity), None
    )


def same_name(old: Schema, new: Schema, table: Table, names: Mapping[str, str]) -> Table | None:
    """Return the old table of the same name, where its entity is gone."""
    earlier = old.table(table.name)
    if earlier is None or not earlier.entity:
        return None
    goes_on = any(item.entity == names.get(earlier.entity, earlier.entity) for item in new.tables)
    return None if goes_on else earlier


def match_joining(old: Schema, new: Schema, names: Mapping[str, str]) -> dict[str, TableMatch]:
    """Match joining tables that join the same two tables, whatever these are called now: first those of one relation.

    ``names`` maps what tables of entities were called before to what they are called after.
    """
    found: dict[str, TableMatch] = {}
    for same in (same_relation, joins_the_same):
        for table in (table for table in new.tables if not table.entity and table.name not in found):
            taken = {match.old.name for match in found.values()}
            left = [item for item in old.tables if not item.entity and item.name not in taken]
            joining = [item for item in left if joins_the_same(item, table, names) and same(item, table, names)]
            if len(joining) == 1:
                found[table.name] = TableMatch(joining[0], table, match_ends(joining[0], table))
    return found


def same_relation(old: Table, new: Table, names: Mapping[str, str]) -> bool:
    """Tell whether two joining tables have the name of the same relation behind the name of their first table."""
    return any(
        old.name.startswith(f"{before}_") and new.name == f"{after}{old.name.removeprefix(before)}"
        for before, after in names.items()
        if after == new.foreign_keys[0].target_table
    )


def joins_the_same(old: Table, new: Table, names: Mapping[str, str]) -> bool:
    """Tell whether two joining tables join the same two tables, under whatever names these go now."""
    before = [names.get(key.target_table) for key in old.foreign_keys]
    return not old.entity and before == [key.target_table for key in new.foreign_keys]


def match_ends(old: Table, new: Table) -> tuple[tuple[Column, Column], ...]:
    """Pair the columns of two joining tables, first with first."""
    return tuple(zip(old.columns, new.columns, strict=False))


def match_columns(
    before: Table, after: Table, old: Side, new: Side, names: Mapping[str, str]
) -> tuple[tuple[Column, Column], ...]:
    """Pair the columns of a table with those that they were; a hint counts where the former name is free."""
    entity = new.specs.entity(after.entity)
    hints = {field.name: former_name(field, before, old, names) for field in entity.fields} if entity else {}
    pairs: list[tuple[Column, Column]] = []
    for column in after.columns:
        former = hints.get(column.name) or ""
        earlier = before.column(column.name) or (before.column(former) if after.column(former) is None else None)
        if earlier is not None and all(earlier is not kept for kept, _ in pairs):
            pairs.append((earlier, column))
    return tuple(pairs)


def former_name(field: EntityField, before: Table, old: Side, names: Mapping[str, str]) -> str:
    """Return what a field was called: as it says itself, or as a key to a renamed entity was called after that.

    ``shelf_id`` that named a Shelf is ``rack_id`` where Shelf is called Rack now.
    """
    if field.renamed_from or not field.foreign_key:
        return field.renamed_from or ""
    holder = old.specs.entity(before.entity)
    for former, name in names.items():
        called = WORD.format(snake_case(name)), snake_case(former)
        guess = re.sub(*called, field.name) if name == field.foreign_key else field.name
        key = holder.field(guess) if holder and guess != field.name else None
        if key is not None and key.foreign_key == former:
            return guess
    return ""
