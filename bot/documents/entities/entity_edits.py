"""Edits of entity_specs on the text layer: one field's name, one field's type, or one more line, and nothing else.

Each function returns an `Edit` for `bot.documents.text.edits.apply_edits`. An edit is made only where the text says
plainly what it would change; whether the result is what was meant is proved by reading it again.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.documents.entities.entity_blocks import BULLETS, line_without_comments
from bot.documents.entities.entity_specs import Entity, EntityField
from bot.documents.entities.entity_specs_reader import SpecsReading, read_entity_specs
from bot.documents.entities.entity_specs_writer import field_line
from bot.documents.entities.field_types import read_type
from bot.documents.text.edits import Edit, apply_edits
from bot.documents.text.quoted_text import split_brackets, split_commas
from bot.documents.text.source_text import SourceText

__all__ = ["EditRefused", "add_field", "rename_field", "set_field_type"]


class EditRefused(Exception):  # noqa: N818 - what people see says what is refused
    """The text doesn't hold what should be changed, or can't be changed in one place; the message says what to do."""


def set_field_type(source: SourceText, entity: str, field: str, new_type: str) -> Edit:
    """Return the edit that gives a field another type, such as ``Optional[Decimal]``; its modifiers stay.

    Raises EditRefused.
    """
    reading = read_entity_specs(source.text)
    span = field_span(source, reading, entity, field)
    rest = span.text[span.colon + 1 :]
    start = span.colon + 1 + len(rest) - len(rest.lstrip(" \t*"))
    spelled = (split_commas(split_brackets(span.text[start:]).head) or [""])[0].partition("=")[0].strip()
    if not spelled or not span.text.startswith(spelled, start):
        raise EditRefused(f"The type of {entity}.{field} can't be told from the rest of its line; write it by hand.")
    edit = Edit(span.offset + start, span.offset + start + len(spelled), new_type)
    specs = reading.specs
    declared = {*(one.name for one in specs.entities), *(one.name for one in specs.enums)}
    after = field_after(source, edit, reading, entity, field) if is_type(new_type) else None
    if after is None or after.type != read_type(new_type, declared).type:
        raise EditRefused(
            f"“{one_line(new_type)}” can't be the type of {entity}.{field}; write one such as str or int."
        )
    return edit


def is_type(text: str) -> bool:
    """Tell whether a text is a type and nothing beside it."""
    plain = all(char.isalnum() or char in "_[]<>|,?/ " for char in text)
    return plain and text == text.strip() and split_commas(text) == [text]


def rename_field(source: SourceText, entity: str, field: str, new_name: str) -> Edit:
    """Return the edit that gives a field another name; relations, rules and other entities are left as they are.

    Raises EditRefused.
    """
    reading = read_entity_specs(source.text)
    span = field_span(source, reading, entity, field)
    marked = span.text[span.start : span.colon]
    name = marked.strip().strip("`*").strip().rstrip("?")
    start = span.offset + span.start + marked.index(name)
    edit = Edit(start, start + len(name), new_name)
    if field_after(source, edit, reading, entity, new_name) is None:
        raise EditRefused(
            f"“{one_line(new_name)}” can't be a field's name, or {entity} has it; write one in snake_case."
        )
    return edit


def add_field(source: SourceText, entity: str, field: EntityField) -> Edit:
    """Return the edit that adds a field after the last one of its entity, with that one's indent and bullet.

    Raises EditRefused.
    """
    reading = read_entity_specs(source.text)
    owner = owner_of(reading, entity)
    places = [
        reading.places[f"{entity}.{one.name}"] for one in owner.fields if f"{entity}.{one.name}" in reading.places
    ]
    numbers = [place.line for place in places if place.line is not None]
    if not numbers:
        raise EditRefused(f"{entity} has no field to add another after; write “FIELDS:” and one field first.")
    line = source.lines[max(numbers) - 1]
    before = line.text[: item_start(line.text)]
    added = f"{source.newline}{before}{field_line(field)}"
    edit = Edit(line.end, line.end, added)
    if field_after(source, edit, reading, entity, field.name) != field:
        raise EditRefused(f"`{field.name}` can't be added to {entity}; a field of that name may be there already.")
    return edit


def one_line(text: str) -> str:
    """Return hostile text as one short line."""
    return " ".join(text.split())[:80]


def owner_of(reading: SpecsReading, entity: str) -> Entity:
    """Return the entity of that name. Raises EditRefused where there is none."""
    owner = reading.specs.entity(entity)
    if owner is None:
        raise EditRefused(f"There is no entity {one_line(entity)}; name one of the document.")
    return owner


@dataclass(frozen=True)
class FieldSpan:
    """The line of a field: its offset in the text, its text without comments, where the name begins, its colon."""

    offset: int
    text: str
    start: int
    colon: int


def field_span(source: SourceText, reading: SpecsReading, entity: str, field: str) -> FieldSpan:
    """Return where a field stands. Raises EditRefused where it can't be told."""
    place = reading.places.get(f"{entity}.{field}")
    if owner_of(reading, entity).field(field) is None or place is None or not place.line or not place.column:
        raise EditRefused(f"{entity} has no field {one_line(field)}; name one of its fields.")
    line = source.lines[place.line - 1]
    before = " " * (place.column - 1)
    text = before + line_without_comments(line.text[place.column - 1 :])
    start = item_start(text)
    colon = text.find(":", start)
    if colon < 0:
        raise EditRefused(f"The line of {entity}.{field} has no colon; write it by hand.")
    return FieldSpan(line.start, text, start, colon)


def item_start(text: str) -> int:
    """Return the offset of a line's text after its indent and bullet."""
    start = len(text) - len(text.lstrip())
    if text.startswith(BULLETS, start):
        start += len(BULLETS[0])
    return start + len(text[start:]) - len(text[start:].lstrip())


def field_after(source: SourceText, edit: Edit, before: SpecsReading, entity: str, name: str) -> EntityField | None:
    """Return a field as it is read after an edit; None where the edit touched more than one field of its entity."""
    if any(char in edit.new.strip("\r\n") for char in "\r\n"):
        return None
    after = read_entity_specs(apply_edits(source, [edit]).text)
    left, right = owner_of(before, entity), after.specs.entity(entity)
    if right is None or len(after.specs.entities) != len(before.specs.entities):
        return None
    changed = [field for field in right.fields if field not in left.fields]
    gone = [field for field in left.fields if field not in right.fields]
    same = (field for field in right.fields if field.name == name)
    twice = sum(field.name == name for field in right.fields) != 1
    return None if len(changed) > 1 or len(gone) > 1 or twice else next(same)
