"""Relations that become many-to-many, or cease to be: the pairs move between a foreign key and a joining table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.generation.alterations import execute, guard, rows_of
from bot.generation.matching import TableMatch, TableMatches
from bot.generation.tables import ForeignKey, Table
from bot.generation.values import Expression, literal

__all__ = ["PairCopy", "PairMove", "pair_copies", "pair_moves"]


@dataclass(frozen=True)
class PairMove:
    """Pairs of a holder's key and what its foreign key names, and the table that joins the two."""

    match: TableMatch
    """The table that holds the foreign key on one side of the change."""
    key: ForeignKey
    joining: Table
    holder_column: str
    """The column of the joining table that names the holder."""
    target_column: str
    is_joined: bool
    """Whether the pairs go into the joining table; otherwise they come back out of it."""

    @property
    def column(self) -> str:
        """Return the foreign key's column."""
        return self.key.columns[0]

    def statements(self) -> list[Expression]:
        """Write the move; coming back, a holder with several pairs stops it, since a key has room for one."""
        return self.joined() if self.is_joined else self.parted()

    def descriptions(self) -> list[Expression]:
        """Describe the two tables, as they are called once tables have their new names."""
        holder = self.match.old if self.is_joined else self.match.new
        key, column = self.match.new.column(self.match.new.primary_key[0]), holder.column(self.column)
        both = [self.joining.column(self.holder_column), self.joining.column(self.target_column)]
        return [
            rows_of(self.match.new.name, [item for item in (key, column) if item]),
            rows_of(self.joining.name, [item for item in both if item], "pairs"),
        ]

    def joined(self) -> list[Expression]:
        """Write what copies the pairs into the joining table."""
        key, column = f"rows.c[{literal(self.match.new.primary_key[0])}]", f"rows.c[{literal(self.column)}]"
        found = f"sa.select({key}, {column}).where({column}.is_not(None))"
        columns = literal([self.holder_column, self.target_column])
        return [*self.descriptions(), execute(f"sa.insert(pairs).from_select({columns}, {found})")]

    def parted(self) -> list[Expression]:
        """Write what copies the pairs back into the foreign key."""
        key = f"rows.c[{literal(self.match.new.primary_key[0])}]"
        holder, target = f"pairs.c[{literal(self.holder_column)}]", f"pairs.c[{literal(self.target_column)}]"
        several = f"sa.select({holder}).group_by({holder}).having(sa.func.count() > 1)"
        sentence = (
            f"{self.match.new.name}: a row goes with several of {self.key.target_table}, and {self.column} has room "
            f"for one. Leave one pair in {self.joining.name}, then run the migration again."
        )
        found = f"sa.select({target}).where({holder} == {key}).scalar_subquery()"
        return [
            *self.descriptions(),
            guard(several, sentence),
            execute(f"sa.update(rows).values({{{literal(self.column)}: {found}}})"),
        ]


@dataclass(frozen=True)
class PairCopy:
    """Pairs that go from one joining table into another, whose two columns stand the other way round."""

    source: Table
    target: Table

    def statements(self) -> list[Expression]:
        """Write what copies the pairs."""
        first, second = (f"pairs.c[{literal(column.name)}]" for column in self.source.columns)
        columns = literal([column.name for column in self.target.columns])
        return [
            rows_of(self.source.name, self.source.columns, "pairs"),
            rows_of(self.target.name, self.target.columns, "turned"),
            execute(f"sa.insert(turned).from_select({columns}, sa.select({second}, {first}))"),
        ]


def pair_copies(matches: TableMatches) -> list[PairCopy]:
    """Find the joining tables that come for one that goes, since the other of the two entities stands first now."""
    joining = [table for table in matches.created if not table.entity]
    found: list[PairCopy] = []
    for source in (table for table in matches.removed if not table.entity):
        ends = [matches.names.get(key.target_table) for key in reversed(source.foreign_keys)]
        targets = [table for table in joining if ends == [key.target_table for key in table.foreign_keys]]
        found += [PairCopy(source, target) for target in targets if len(targets) == 1]
    return [copy for copy in found if sum(copy.target is other.target for other in found) == 1]


def pair_moves(matches: TableMatches) -> list[PairMove]:
    """Find the foreign keys that give way to a joining table of the same two tables, and those that replace one."""
    into = [move for table in matches.created for move in moves(table, matches, is_joined=True)[:1]]
    back = [move for table in matches.removed for move in moves(table, matches, is_joined=False)[:1]]
    first = {(move.match.new.name, move.column): move for move in reversed(into + back)}
    return [move for move in into + back if first[move.match.new.name, move.column] is move]


def moves(joining: Table, matches: TableMatches, *, is_joined: bool) -> list[PairMove]:
    """Return the foreign keys whose pairs a joining table takes over, or gives back."""
    if joining.entity or len(joining.foreign_keys) != 2:
        return []
    now = matches.names
    found: list[PairMove] = []
    for match in matches.kept:
        holder, going = (match.old, match.dropped) if is_joined else (match.new, match.added)
        names = {column.name for column in going}
        for key in holder.foreign_keys:
            target = now.get(key.target_table, key.target_table) if is_joined else key.target_table
            columns = joined_columns(joining, now, match.new.name, target)
            if columns and key.columns[0] in names:
                found.append(PairMove(match, key, joining, *columns, is_joined))
    return found


def joined_columns(joining: Table, now: Mapping[str, str], holder: str, target: str) -> tuple[str, str] | None:
    """Return the joining table's columns for a holder and a target, or None where it joins others.

    ``now`` maps what tables were called before to what they are called after.
    """
    first, second = joining.foreign_keys
    for one, other in ((first, second), (second, first)):
        ends = [now.get(key.target_table, key.target_table) for key in (one, other)]
        if ends == [holder, target]:
            return one.columns[0], other.columns[0]
    return None
