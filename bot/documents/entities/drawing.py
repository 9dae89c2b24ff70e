"""Where everything stands in a drawing of entity_specs: boxes in columns, what is named to the left of what names it.

Lengths are in pixels of a picture at its natural size; whoever paints it chooses colours and letters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.documents.entities.diagram import many_to_many_pairs
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.frozen import Frozen

__all__ = ["Box", "Drawing", "Line", "Row", "draw"]

LETTER = 7.8
"""The width that a letter of 13 pixels needs at most."""
HEADER = 36
ROW = 24
EDGE = 14
BETWEEN_COLUMNS = 96
BETWEEN_BOXES = 30
MARGIN = 12
LONGEST_WORD = 36
"""Letters of a name or a type; longer ones are cut, so that no name makes the picture endless."""


class Row(Frozen):
    """One field: its middle is at ``y``."""

    name: str
    kind: str
    y: float
    is_new: bool = False


class Box(Frozen):
    """One entity: upper left corner, size, fields. ``middle`` is the height of its title."""

    name: str
    x: float
    y: float
    width: float
    height: float
    rows: tuple[Row, ...]
    is_new: bool = False

    @property
    def middle(self) -> float:
        """Return the height at which lines to the entity end."""
        return self.y + HEADER / 2


class Line(Frozen):
    """A curve by its four points: from a field to the entity that it names, or between two of a many-to-many."""

    points: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
    is_many_to_many: bool = False


class Drawing(Frozen):
    """A whole picture."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(specs: EntitySpecs, before: EntitySpecs | None = None) -> Drawing:
    """Return the drawing of all entities; what is not in ``before``, or of another kind there, is marked as new."""
    columns = in_columns(specs)
    heights = [sum(height(entity) for entity in column) + BETWEEN_BOXES * (len(column) - 1) for column in columns]
    tallest = max(heights, default=0.0)
    boxes: dict[str, Box] = {}
    x = float(MARGIN)
    for column, whole in zip(columns, heights, strict=True):
        y = MARGIN + (tallest - whole) / 2
        for entity in column:
            boxes[entity.name] = box(entity, x, y, before)
            y += height(entity) + BETWEEN_BOXES
        x += max(boxes[entity.name].width for entity in column) + BETWEEN_COLUMNS
    width = x - BETWEEN_COLUMNS + MARGIN + EDGE * 3 if boxes else 2 * MARGIN
    lines = (*key_lines(specs, boxes), *pair_lines(specs, boxes))
    return Drawing(width=width, height=tallest + 2 * MARGIN, boxes=tuple(boxes.values()), lines=lines)


def in_columns(specs: EntitySpecs) -> list[list[Entity]]:
    """Return the entities by how many others stand between them and one that names nobody; a circle is cut."""
    known = {entity.name: entity for entity in specs.entities}
    levels = dict.fromkeys(known, 0)
    for _ in known:
        before = dict(levels)
        for name, entity in known.items():
            targets = [target for target in targets_of(entity, known) if target != name]
            levels[name] = min(max((levels[target] + 1 for target in targets), default=0), len(known) - 1)
        if levels == before:
            break
    used = sorted(set(levels.values()))
    return [[known[name] for name in known if levels[name] == level] for level in used]


def targets_of(entity: Entity, known: Mapping[str, Entity]) -> list[str]:
    """Return the entities whose keys an entity has."""
    named = (field.foreign_key for field in entity.fields)
    return [target for target in named if target is not None and target in known]


def shown(entity: Entity) -> list[EntityField]:
    """Return the fields that a picture shows: those that not every entity has."""
    return [field for field in entity.fields if not (field.primary_key or field.is_timestamp)]


def kind_of(field: EntityField) -> str:
    """Return the type as people read it."""
    name = f"→ {field.foreign_key}" if field.foreign_key else field.type.name + ("[]" if field.type.is_list else "")
    return cut(name) + ("?" if field.optional else "")


def cut(text: str) -> str:
    """Return a word of bearable length."""
    return text if len(text) <= LONGEST_WORD else f"{text[: LONGEST_WORD - 1]}…"


def height(entity: Entity) -> float:
    """Return how high an entity's box is."""
    return HEADER + ROW * len(shown(entity)) + (EDGE / 2 if shown(entity) else 0)


def box(entity: Entity, x: float, y: float, before: EntitySpecs | None) -> Box:
    """Return the box of an entity at a place."""
    fields = shown(entity)
    longest = max((len(cut(field.name)) + len(kind_of(field)) + 3 for field in fields), default=0)
    old = before.entity(entity.name) if before else None
    known = {field.name: kind_of(field) for field in old.fields} if old else {}
    return Box(
        name=cut(entity.name),
        x=x,
        y=y,
        width=2 * EDGE + LETTER * max(longest, len(cut(entity.name)) + 2),
        height=height(entity),
        is_new=before is not None and old is None,
        rows=tuple(
            Row(
                name=cut(field.name),
                kind=kind_of(field),
                y=y + HEADER + ROW * (number + 0.5),
                is_new=before is not None and known.get(field.name) != kind_of(field),
            )
            for number, field in enumerate(fields)
        ),
    )


def key_lines(specs: EntitySpecs, boxes: Mapping[str, Box]) -> list[Line]:
    """Return a line from each foreign key to what it names."""
    lines: list[Line] = []
    for entity in specs.entities:
        for row, field in zip(boxes[entity.name].rows, shown(entity), strict=True):
            target = boxes.get(field.foreign_key or "")
            if target is not None:
                lines.append(curve(boxes[entity.name], row.y, target, target.middle))
    return lines


def pair_lines(specs: EntitySpecs, boxes: Mapping[str, Box]) -> list[Line]:
    """Return a line for each pair that a many-to-many relation joins."""
    pairs: Sequence[tuple[str, str]] = list(many_to_many_pairs(specs))
    return [
        curve(boxes[left], boxes[left].middle, boxes[right], boxes[right].middle).model_copy(
            update={"is_many_to_many": True}
        )
        for left, right in pairs
        if left in boxes and right in boxes
    ]


def curve(source: Box, start: float, target: Box, end: float) -> Line:
    """Return a curve between two boxes: side to side where one stands left of the other, else around the right."""
    if target.x + target.width <= source.x:
        first, last, bend = source.x, target.x + target.width, (source.x - target.x - target.width) / 2
        return Line(points=((first, start), (first - bend, start), (last + bend, end), (last, end)))
    if source.x + source.width <= target.x:
        first, last, bend = source.x + source.width, target.x, (target.x - source.x - source.width) / 2
        return Line(points=((first, start), (first + bend, start), (last - bend, end), (last, end)))
    first, last = source.x + source.width, target.x + target.width
    bend = max(first, last) + EDGE * 3
    return Line(points=((first, start), (bend, start), (bend, end), (last, end)))
