"""What a migration takes away on its way up, and how to keep it: said at the build and in the migration itself."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.entity_specs import Entity
from bot.documents.naming import joined
from bot.generation.account_specs import AUTH, is_brought
from bot.generation.feature_specs import SOFT_DELETE
from bot.generation.matching import Side, TableMatch, TableMatches
from bot.generation.pairs import PairMove, pair_copies
from bot.generation.successors import mark_of, successors
from bot.generation.tables import Column, Table

__all__ = ["losses"]


def losses(old: Side, new: Side, matches: TableMatches, moves: list[PairMove]) -> tuple[str, ...]:
    """Return a sentence for each table and column that goes with what is in it, and for keys that can't go on."""
    moved = {move.joining.name for move in moves if not move.is_joined}
    moved |= {copy.source.name for copy in pair_copies(matches)}
    later = successors(old, new, matches)
    gone = [table for table in matches.removed if table.entity]
    pairs = [table for table in matches.removed if not table.entity and table.name not in moved]
    with_entity = {item.name for item in pairs if any(ends_at(item, table) for table in gone)}
    return (
        *(
            lost_rows(table, [item for item in pairs if ends_at(item, table)], old, later.get(table.entity))
            for table in gone
        ),
        *(lost_pairs(table) for table in pairs if table.name not in with_entity),
        *lost_values(old, matches, moves),
        *(sentence for match in matches.kept for sentence in other_rows(match, matches)),
    )


def ends_at(joining: Table, table: Table) -> bool:
    """Tell whether a joining table names rows of a table."""
    return any(key.target_table == table.name for key in joining.foreign_keys)


def lost_rows(table: Table, pairs: list[Table], old: Side, later: str | None) -> str:
    """Say that an entity's table goes, with the pairs that name its rows, and which new one may be the same."""
    entity = old.specs.entity(table.entity)
    also = f", and so is each pair in {joined([item.name for item in pairs])}" if pairs else ""
    feature = feature_of(entity) if entity else None
    keep = f"build with the feature {feature}" if feature else f"keep the entity {table.entity}"
    keep += f", or if {later} is what it is called now, write {mark_of(table.entity, later)}" if later else ""
    return f"{table.name} is dropped with all its rows{also}. To keep them, {keep}."


def lost_pairs(table: Table) -> str:
    """Say that the pairs of a many-to-many relation go."""
    ends = joined([key.target_table for key in table.foreign_keys])
    return f"{table.name} is dropped with all its pairs of {ends}. To keep them, keep the many-to-many relation."


def lost_values(old: Side, matches: TableMatches, moves: list[PairMove]) -> Iterator[str]:
    """Say which columns go; what a feature kept in many tables is said once."""
    of_features: dict[tuple[str, str], list[str]] = {}
    for match in matches.kept:
        entity = old.specs.entity(match.old.entity)
        moved = {move.column for move in moves if move.is_joined and move.match is match}
        for column in match.dropped:
            field = entity.field(column.name) if entity else None
            if field is not None and field.feature:
                of_features.setdefault((field.feature, column.name), []).append(match.old.name)
            elif column.name not in moved:
                yield lost_column(match, column)
    for (feature, name), tables in of_features.items():
        yield lost_with_feature(feature, name, tables)


def lost_column(match: TableMatch, column: Column) -> str:
    """Say that a column goes, and which new one may be the same under another name."""
    alike = [new.name for new in match.added if new.type == column.type]
    renamed = f", or write `renamed from {column.name}` at {joined(alike, 'or')} if that is the same" if alike else ""
    return f"{match.old.name}.{column.name} is dropped with all its values. To keep them, keep the field{renamed}."


def lost_with_feature(feature: str, name: str, tables: list[str]) -> str:
    """Say that what a feature kept in some tables goes; moments of deletions go only where nothing is deleted."""
    if feature == SOFT_DELETE:
        return (
            f"{name} of {joined(tables)} is dropped with the feature {feature}: "
            "the migration stops while a row is deleted, since it would be back."
        )
    return f"{name} of {joined(tables)} is dropped with all its values. To keep them, build with the feature {feature}."


def other_rows(match: TableMatch, matches: TableMatches) -> Iterator[str]:
    """Say which columns name rows of another table from now on."""
    for column, earlier, later in match.retargeted(matches.names):
        yield (
            f"{match.old.name}.{column.name} named rows of {earlier.target_table} and names rows of "
            f"{later.target_table} from now on: the migration stops while a row has a value there. "
            f"To keep the values, keep the field and add another for {later.target_table}."
        )


def feature_of(entity: Entity) -> str | None:
    """Return the feature that brought a whole entity, or None for one of the specs."""
    features = {field.feature for field in entity.fields}
    if is_brought(entity):
        return AUTH
    return features.pop() if len(features) == 1 else None
