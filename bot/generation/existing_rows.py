"""What rows that are there already get in new required fields: told with a change, before anybody approves it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.entity_specs import EntityField, EntitySpecs
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.fields import fills_from_clock
from bot.generation.filling import neutral
from bot.generation.guards import is_singular
from bot.generation.kinds import Kind
from bot.generation.matching import Side, TableMatch, match_tables
from bot.generation.names import entity_names, words
from bot.generation.pairs import pair_moves
from bot.generation.tables import Column, schema_of

__all__ = ["existing_rows"]

SAID = {"": "an empty text", "[]": "an empty list", "{}": "an empty object", "True": "true", "False": "false"}
"""Values in words, by how Python writes them."""
LONGEST_VALUE = 60


def existing_rows(before: EntitySpecs, after: EntitySpecs) -> tuple[str, ...]:
    """Return a sentence for each required field that rows have no value for yet; what can't be built says that.

    Empty where nothing that is required was added.
    """
    try:
        old, new = Side(schema_of(before), before), Side(schema_of(after), after)
        matches = match_tables(old, new)
        moves = pair_moves(matches)
    except UnsupportedSpecsError as error:
        return (str(error),)
    filled = {(move.match.new.name, move.column) for move in moves if not move.is_joined}
    return tuple(
        sentence
        for match in matches.kept
        for column, is_new in required_columns(match)
        if (match.new.name, column.name) not in filled and (sentence := told(match, column, new, is_new=is_new))
    )


def required_columns(match: TableMatch) -> Iterator[tuple[Column, bool]]:
    """Yield the columns that are required from now on, and whether they are new."""
    yield from ((column, True) for column in match.added if not column.nullable)
    yield from ((after, False) for former, after in match.kept if former.nullable and not after.nullable)


def told(match: TableMatch, column: Column, new: Side, *, is_new: bool) -> str:
    """Return what rows of a table get in a column; nothing for a column that fills itself."""
    kind = new.kind(match.new, column.name)
    entity = new.specs.entity(match.new.entity)
    if kind is None or entity is None or column.server_default is not None or fills_from_clock(kind.field):
        return ""
    rows, name = entity_names(entity).plural, words(column.name)
    if is_singular(match.new, column):
        return (
            f"No value of “{name}” is right for the {rows} that exist: the migration stops while any is without one. "
            f"If that is not meant, say “make the {name} optional”."
        )
    if kind.field.default is not None:
        which = f"Existing {rows}" if is_new else f"Existing {rows} without “{name}”"
        return f"{which} get {in_words(kind.field.default)} as “{name}”, its default."
    if not is_new:
        return f"The migration stops where one of the {rows} has no “{name}”: fill these in first, or say its default."
    return (
        f"Existing {rows} get {in_words(neutral(kind))} as “{name}”. "
        f"For another value, say {suggestion(kind.field, kind)}, or “make the {name} optional”."
    )


def suggestion(field: EntityField, kind: Kind) -> str:
    """Return a sentence that gives a field a default."""
    return f"“the default of the {words(field.name)} is {in_words(kind.examples()[0])}”"


def in_words(value: object) -> str:
    """Return a value as people read it, of bearable length."""
    text = SAID.get(str(value), str(value))
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"
