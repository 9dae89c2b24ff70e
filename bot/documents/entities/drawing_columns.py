"""In which column of a drawing each entity stands, and in which order: what is named to the left of what names it.

A line that leads past a column has a passage there, so that it crosses no box; the columns are put in the order in
which their lines cross least often (the layered drawing of Sugiyama, Tagawa and Toda, 1981).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean

from bot.documents.entities.diagram import many_to_many_pairs
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.frozen import Frozen

__all__ = ["Columns", "Passage", "Place", "columns_of"]

SWEEPS = 4
"""How often the columns are put in order, from the left and from the right."""
MOST_STEPS = 400
"""Lines, counted from column to column, beyond which no order makes a drawing clear."""


class Passage(Frozen):
    """The place in a column where the lines to an entity lead past its boxes."""

    column: int
    target: str


type Place = str | Passage
"""What stands in a column: the name of an entity, or a passage."""
type Steps = Sequence[tuple[Place, Place]]
"""Places of two columns beside each other that a line joins, the left one first."""


class Columns(Frozen):
    """The places of a drawing, column by column from the left, each from above."""

    places: tuple[tuple[Place, ...], ...]

    def column(self, name: str) -> int:
        """Return the number of the column in which an entity stands."""
        return next(number for number, column in enumerate(self.places) if name in column)

    def passages(self, source: str, target: str) -> list[Passage]:
        """Return where a line from an entity leads past boxes, in the order of its way."""
        return passages(self.column(source), self.column(target), target)


def columns_of(specs: EntitySpecs) -> Columns:
    """Return the places of all entities and of the lines between them."""
    levels = levels_of(specs)
    ways = [(source, target) for source, target in ways_of(specs) if levels[source] != levels[target]]
    columns: list[list[Place]] = [
        [name for name in levels if levels[name] == level] for level in sorted(set(levels.values()))
    ]
    number = {name: index for index, column in enumerate(columns) for name in column if isinstance(name, str)}
    steps: set[tuple[Place, Place]] = set()
    for source, target in ways:
        between = passages(number[source], number[target], target)
        for passage in between:
            if passage not in columns[passage.column]:
                columns[passage.column].append(passage)
        way: list[Place] = [source, *between, target]
        steps |= {pair if number[source] < number[target] else pair[::-1] for pair in pairwise(way)}
    return Columns(places=tuple(map(tuple, ordered(columns, sorted(steps, key=str)))))


def passages(start: int, end: int, target: str) -> list[Passage]:
    """Return the passages of a line between two columns."""
    inner = range(start + 1, end) if start < end else range(start - 1, end, -1)
    return [Passage(column=number, target=target) for number in inner]


def levels_of(specs: EntitySpecs) -> dict[str, int]:
    """Return how many others stand between an entity and one that names nobody; a circle is cut."""
    known = {entity.name: entity for entity in specs.entities}
    levels = dict.fromkeys(known, 0)
    for _ in known:
        before = dict(levels)
        for name, entity in known.items():
            targets = [target for target in targets_of(entity, known) if target != name]
            levels[name] = min(max((levels[target] + 1 for target in targets), default=0), len(known) - 1)
        if levels == before:
            break
    return levels | {name: level for name in known if (level := nearest(name, levels, known)) is not None}


def nearest(name: str, levels: Mapping[str, int], known: Mapping[str, Entity]) -> int | None:
    """Return the column beside the first of those that name an entity, where it names nobody; None for all others."""
    namers = [levels[other] for other, entity in known.items() if name in targets_of(entity, known)]
    return min(namers) - 1 if namers and not targets_of(known[name], known) else None


def ways_of(specs: EntitySpecs) -> list[tuple[str, str]]:
    """Return which entity a line leads from, and to which."""
    known = {entity.name: entity for entity in specs.entities}
    keys = [(entity.name, target) for entity in specs.entities for target in targets_of(entity, known)]
    return keys + [(left, right) for left, right in many_to_many_pairs(specs) if {left, right} <= known.keys()]


def targets_of(entity: Entity, known: Mapping[str, Entity]) -> list[str]:
    """Return the entities whose keys an entity has."""
    named = (field.foreign_key for field in entity.fields)
    return [target for target in named if target is not None and target in known]


def ordered(columns: list[list[Place]], steps: Steps) -> list[list[Place]]:
    """Return the columns in the order, of those tried, in which the fewest lines cross; as given if none is better."""
    if len(steps) > MOST_STEPS:
        return columns
    tried = [columns]
    for sweep in range(SWEEPS):
        tried.append(swept(tried[-1], steps) if sweep % 2 == 0 else from_right(tried[-1], steps))
    return min(tried, key=lambda order: crossings(order, steps))


def from_right(columns: list[list[Place]], steps: Steps) -> list[list[Place]]:
    """Return the columns put in order from the right."""
    return swept(columns[::-1], [step[::-1] for step in steps])[::-1]


def swept(columns: list[list[Place]], steps: Steps) -> list[list[Place]]:
    """Return the columns with each place at the mean height of those in the column before that it is joined with."""
    result = columns[:1]
    joined: dict[Place, list[Place]] = {}
    for before, place in steps:
        joined.setdefault(place, []).append(before)
    for column in columns[1:]:
        heights = {place: float(index) for index, place in enumerate(result[-1])}
        means = {
            place: fmean([heights[one] for one in joined.get(place, ())] or [float(index)])
            for index, place in enumerate(column)
        }
        result.append(sorted(column, key=means.__getitem__))
    return result


def crossings(columns: list[list[Place]], steps: Steps) -> int:
    """Return how often lines between neighbouring columns cross."""
    at = {place: (number, index) for number, column in enumerate(columns) for index, place in enumerate(column)}
    drawn = [(at[left][0], at[left][1], at[right][1]) for left, right in steps]
    return sum(
        one[0] == other[0] and (one[1] - other[1]) * (one[2] - other[2]) < 0
        for number, one in enumerate(drawn)
        for other in drawn[:number]
    )
