"""Where everything stands in a drawing of entity_specs: boxes in columns, and lines between them.

Lengths are in pixels of a picture at its natural size; whoever paints it chooses colours and letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.documents.entities.diagram import many_to_many_pairs
from bot.documents.entities.drawing_columns import Columns, Passage, Place, columns_of
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.plain_types import spoken_type
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
KEY_END = "_id"
OF_ACCOUNTS = frozenset({"is_active", "is_superuser", "is_verified"})
"""What accounts hold for the service itself, where a feature brings it."""
HASH = "hashed_password"
"""What is kept of the password, where a feature brings it: people know it as that."""
OPTIONAL = " (optional)"

type Point = tuple[float, float]
"""From the left, and from above."""


class Row(Frozen):
    """One field: its middle is at ``y``. ``field`` is its name in the entity specs."""

    name: str
    kind: str
    y: float
    field: str
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

    @property
    def right(self) -> float:
        """Return where the right side is."""
        return self.x + self.width

    def at(self, y: float) -> Gap:
        """Return a height of the box, from side to side."""
        return Gap(left=self.x, right=self.right, y=y)


class Gap(Frozen):
    """A height of a column, from its left side to its right."""

    left: float
    right: float
    y: float


class Line(Frozen):
    """A chain of cubic curves: from a field to the entity that it names, or between two of a many-to-many.

    The first point begins it; each three that follow are a curve: where it bends to, from where, and its end.
    """

    points: tuple[Point, ...]
    is_many_to_many: bool = False

    @property
    def path(self) -> str:
        """Return the line as the ``d`` of an SVG path."""
        (x, y), *bends = self.points
        return f"M {x:g} {y:g} C {' '.join(f'{x:g} {y:g}' for x, y in bends)}"

    @property
    def end(self) -> Point:
        """Return where the line arrives."""
        return self.points[-1]


class Drawing(Frozen):
    """A whole picture."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]

    @property
    def has_new(self) -> bool:
        """Tell whether anything is marked as new."""
        return any(box.is_new or any(row.is_new for row in box.rows) for box in self.boxes)


@dataclass
class Places:
    """Where everything stands: the box of each entity, and the gaps in which lines pass the boxes of a column."""

    columns: Columns
    boxes: dict[str, Box]
    gaps: dict[Passage, Gap]

    def line(self, source: str, start: float, target: str, *, is_many_to_many: bool = False) -> Line:
        """Return the line from a height at one box to the title of another, through the gaps on its way."""
        end = self.boxes[target].middle
        way = [self.gaps[passage] for passage in self.columns.passages(source, target)]
        stops = [self.boxes[source].at(start), *way, self.boxes[target].at(end)]
        if self.columns.column(source) == self.columns.column(target):
            points = around(self.boxes.values(), self.boxes[source].at(start), self.boxes[target].at(end))
        else:
            points = through(stops)
        return Line(points=tuple(points), is_many_to_many=is_many_to_many)


def draw(specs: EntitySpecs, before: EntitySpecs | None = None) -> Drawing:
    """Return the drawing of all entities; what is not in ``before``, or of another kind there, is marked as new."""
    known = {entity.name: entity for entity in specs.entities}
    places = Places(columns_of(specs), {}, {})
    heights = [whole_height(column, known) for column in places.columns.places]
    tallest, x = max(heights, default=0.0), float(MARGIN)
    for column, whole in zip(places.columns.places, heights, strict=True):
        y = MARGIN + (tallest - whole) / 2
        right = x + max(width(known[place], specs) for place in column if isinstance(place, str))
        for place in column:
            if isinstance(place, str):
                places.boxes[place] = box(known[place], x, y, specs, before)
            else:
                places.gaps[place] = Gap(left=x, right=right, y=y)
            y += place_height(place, known) + BETWEEN_BOXES
        x = right + BETWEEN_COLUMNS
    lines = (*key_lines(specs, places), *pair_lines(specs, places))
    return Drawing(
        width=x - BETWEEN_COLUMNS + MARGIN + EDGE * 3 if known else 2 * MARGIN,
        height=tallest + 2 * MARGIN,
        boxes=tuple(places.boxes.values()),
        lines=lines,
    )


def whole_height(column: Sequence[Place], known: Mapping[str, Entity]) -> float:
    """Return how high a column is."""
    return sum(place_height(place, known) for place in column) + BETWEEN_BOXES * (len(column) - 1)


def place_height(place: Place, known: Mapping[str, Entity]) -> float:
    """Return how high a box is; a passage needs no more than what is between two boxes."""
    return height(known[place]) if isinstance(place, str) else 0.0


def shown(entity: Entity) -> list[EntityField]:
    """Return the fields that a picture shows: those that not every entity, or not every account, has."""
    return [
        field
        for field in entity.fields
        if not (field.primary_key or field.is_timestamp or (field.feature and field.name in OF_ACCOUNTS))
    ]


def name_of(field: EntityField) -> str:
    """Return what people call a field: a link by what it leads to."""
    if field.feature and field.name == HASH:
        return "password"
    return cut((field.name.removesuffix(KEY_END) if field.foreign_key else field.name) or field.name)


def kind_of(field: EntityField, specs: EntitySpecs) -> str:
    """Return what a field holds as people say it: a type in plain words, or the values that it is one of."""
    enum = specs.enum_of(field)
    if field.foreign_key:
        kind = f"→ {field.foreign_key}"
    elif enum and enum.values and not field.type.is_list:
        kind = f"one of {', '.join(enum.values)}".replace("_", " ")
    elif field.feature and field.name == HASH:
        kind = "kept secret"
    else:
        kind = spoken_type(field.type)
    return kind + (OPTIONAL if field.optional else "")


def short_kind(field: EntityField, specs: EntitySpecs) -> str:
    """Return what a field holds in the room that a picture has: of many values how many there are."""
    kind = kind_of(field, specs)
    enum = specs.enum_of(field)
    if enum is None or field.foreign_key or len(kind) <= LONGEST_WORD:
        return cut(kind.removesuffix(OPTIONAL)) + (OPTIONAL if field.optional else "")
    return f"one of {len(enum.values)} values{OPTIONAL if field.optional else ''}"


def cut(text: str) -> str:
    """Return a word of bearable length."""
    return text if len(text) <= LONGEST_WORD else f"{text[: LONGEST_WORD - 1]}…"


def height(entity: Entity) -> float:
    """Return how high an entity's box is."""
    return HEADER + ROW * len(shown(entity)) + (EDGE / 2 if shown(entity) else 0)


def width(entity: Entity, specs: EntitySpecs) -> float:
    """Return how wide an entity's box is."""
    longest = max((len(name_of(field)) + len(short_kind(field, specs)) + 3 for field in shown(entity)), default=0)
    return 2 * EDGE + LETTER * max(longest, len(cut(entity.name)) + 2)


def box(entity: Entity, x: float, y: float, specs: EntitySpecs, before: EntitySpecs | None) -> Box:
    """Return the box of an entity at a place."""
    fields = shown(entity)
    old = before.entity(entity.name) if before else None
    known = {field.name: kind_of(field, before) for field in old.fields} if before and old else {}
    return Box(
        name=cut(entity.name),
        x=x,
        y=y,
        width=width(entity, specs),
        height=height(entity),
        is_new=before is not None and old is None,
        rows=tuple(
            Row(
                name=name_of(field),
                kind=short_kind(field, specs),
                field=field.name,
                y=y + HEADER + ROW * (number + 0.5),
                is_new=before is not None and known.get(field.name) != kind_of(field, specs),
            )
            for number, field in enumerate(fields)
        ),
    )


def key_lines(specs: EntitySpecs, places: Places) -> list[Line]:
    """Return a line from each foreign key to what it names."""
    return [
        places.line(entity.name, row.y, field.foreign_key)
        for entity in specs.entities
        for row, field in zip(places.boxes[entity.name].rows, shown(entity), strict=True)
        if field.foreign_key in places.boxes
    ]


def pair_lines(specs: EntitySpecs, places: Places) -> list[Line]:
    """Return a line for each pair that a many-to-many relation joins."""
    return [
        places.line(left, places.boxes[left].middle, right, is_many_to_many=True)
        for left, right in many_to_many_pairs(specs)
        if left in places.boxes and right in places.boxes
    ]


def through(stops: Sequence[Gap]) -> list[Point]:
    """Return a line from column to column, straight past the boxes of those between."""
    is_leftward = stops[0].left > stops[-1].left
    first = stops[0]
    points = [(first.left if is_leftward else first.right, first.y)]
    for here, there in pairwise(stops):
        leave, arrive = (here.left, there.right) if is_leftward else (here.right, there.left)
        middle = (leave + arrive) / 2
        points += [(middle, here.y), (middle, there.y), (arrive, there.y)]
        if there is not stops[-1]:
            end = there.left if is_leftward else there.right
            points += [(arrive, there.y), (end, there.y), (end, there.y)]
    return points


def around(boxes: Iterable[Box], start: Gap, end: Gap) -> list[Point]:
    """Return a line between two heights of one column, around the right of the boxes between them."""
    low, high = sorted((start.y, end.y))
    beside = [one.right for one in boxes if one.x == start.left and one.y < high and one.y + one.height > low]
    bend = max(beside) + EDGE * 3
    return [(start.right, start.y), (bend, start.y), (bend, end.y), (end.right, end.y)]
