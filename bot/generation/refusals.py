"""What no migration can do with rows inside: each is refused before anything is built, with what to do instead."""

from __future__ import annotations

from collections.abc import Mapping

from bot.generation.conversions import is_convertible
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import UUID_KEYS
from bot.generation.guards import is_singular
from bot.generation.matching import Side, TableMatch, TableMatches
from bot.generation.pairs import PairMove
from bot.generation.successors import mark_of, successors
from bot.generation.tables import Column, Table

__all__ = ["require_possible"]


def require_possible(old: Side, new: Side, matches: TableMatches, moves: list[PairMove]) -> None:
    """Return where a migration can be written. Raises UnsupportedSpecsError with one sentence."""
    require_free_names(matches)
    formers = {name: former for former, name in successors(old, new, matches).items()}
    marks = {
        each.name: mark_of(formers[each.entity], each.entity) for each in matches.created if each.entity in formers
    }
    for match in matches.kept:
        require_same_kind_of_keys(match, old, new)
        require_same_key(match)
        filled = {move.column for move in moves if move.match is match and not move.is_joined}
        for column in match.added:
            if column.name not in filled:
                require_fillable(match, column, marks)
        for before, after in match.kept:
            require_convertible(match, before, after, old, new)


def require_free_names(matches: TableMatches) -> None:
    """Refuse a table whose new name another table still has."""
    old_names = {match.old.name for match in matches.kept} | {table.name for table in matches.removed}
    for match in matches.kept:
        if match.new.name != match.old.name and match.new.name in old_names:
            raise UnsupportedSpecsError(
                f"The table {match.old.name} can't become {match.new.name} while another has that name; "
                "do it in two builds, the other table first."
            )
    removed = {table.name for table in matches.removed} | {
        match.old.name for match in matches.kept if match.old.name != match.new.name
    }
    for table in matches.created:
        if table.name in removed:
            raise UnsupportedSpecsError(
                f"The new table {table.name} has the name of one that goes; do it in two builds, "
                "or give the new one another name."
            )


def require_same_kind_of_keys(match: TableMatch, old: Side, new: Side) -> None:
    """Refuse to take up or to give up the feature that makes UUIDs of keys."""
    is_before, is_after = (has_uuid_keys(side, table) for side, table in ((old, match.old), (new, match.new)))
    if is_before == is_after:
        return
    if is_after:
        raise UnsupportedSpecsError(
            f"The feature {UUID_KEYS} would give new keys to rows that others know by their numbers, so it can only be "
            "chosen when a repository is new. Build again without it here, or build a new repository with it."
        )
    raise UnsupportedSpecsError(
        f"This repository was built with the feature {UUID_KEYS}, and rows can't change their keys. "
        f"Build again with {UUID_KEYS} among its features."
    )


def has_uuid_keys(side: Side, table: Table) -> bool:
    """Tell whether the feature made the key of a table's entity."""
    entity = side.specs.entity(table.entity)
    return bool(entity and entity.primary_key and entity.primary_key.feature == UUID_KEYS)


def require_same_key(match: TableMatch) -> None:
    """Refuse another primary key: other tables keep its values."""
    keys = [[table.column(name) for name in table.primary_key] for table in (match.old, match.new)]
    kept = {before.name: after for before, after in match.kept}
    for before, after in zip(*keys, strict=False):
        if before is None or after is None or kept.get(before.name) != after or before.type != after.type:
            raise UnsupportedSpecsError(
                f"The key of {match.new.entity or match.new.name} can't change with rows inside, since other rows "
                "name it. Keep the key as it was, or describe a new entity and move the rows."
            )


def require_fillable(match: TableMatch, column: Column, marks: Mapping[str, str]) -> None:
    """Refuse a new required column that no value could fill.

    ``marks`` maps tables that come to what would say that they were there under another name.
    """
    if column.nullable or column.server_default is not None or not is_singular(match.new, column):
        return
    key = next((key for key in match.new.foreign_keys if column.name in key.columns), None)
    what = "names another row" if key else "is unique"
    mark = marks.get(key.target_table) if key else None
    hint = f" If it is what was there under another name, write {mark} and keep every row." if mark else ""
    raise UnsupportedSpecsError(
        f"{match.new.entity}.{column.name} is new, required and {what}, so rows that are there can't get a value. "
        f"Make it optional first, fill it, and require it in a later build.{hint}"
    )


def require_convertible(match: TableMatch, before: Column, after: Column, old: Side, new: Side) -> None:
    """Refuse a change of type that would lose values."""
    former, kind = old.kind(match.old, before.name), new.kind(match.new, after.name)
    shapes = [(item.field.type.is_list, item.field.type.name == "JSON") for item in (former, kind) if item]
    items = {item.field.type.name for item in (former, kind) if item and item.field.type.is_list}
    if is_convertible(before, after) and len(set(shapes)) < 2 and len(items) < 2:
        return
    words = [
        f"{'a list of ' if item.field.type.is_list else ''}{item.field.type.name}" for item in (former, kind) if item
    ]
    change = f"from {words[0]} to {words[1]}" if len(words) > 1 else "its type"
    raise UnsupportedSpecsError(
        f"{match.new.entity or match.new.name}.{after.name} can't change {change} with rows inside. Add a field of the "
        "new type, move the values, and drop the old field in a later build."
    )
