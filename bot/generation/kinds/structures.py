"""Types kept as JSON: objects, and lists of other types."""

from __future__ import annotations

import json

from bot.documents.entities.entity_specs import EntityField, EntitySpecs
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.kinds.base import ANNOTATED, BASES, EXAMPLES, FIELD, TYPES, Json, Kind, expression
from bot.generation.values import Expression, literal

__all__ = ["JsonObject", "ListOf"]


class JsonObject(Kind):
    """``JSON``: an object with any content."""

    python = expression("dict[str, Any]", "from typing import Any")
    column = expression("sa.JSON(none_as_null=True)")
    migration = expression("sa.JSON()")
    wrong = (5, "text", ["a list"])

    def check(self) -> None:
        """Refuse what databases can't compare."""
        if self.field.unique or self.field.index:
            raise UnsupportedSpecsError(f"{self.where} is JSON, which can't be unique or indexed; leave that out.")

    def schema(self) -> Expression:
        """Return an object."""
        return expression("types.JsonObject", TYPES)

    def default(self, text: str) -> Expression:
        """Return the object that a text of JSON means."""
        value = json.loads(text)
        if not isinstance(value, dict) or not is_finite(value):
            raise ValueError(text)
        return expression(literal(value))

    def examples(self) -> list[Json]:
        """Return different objects."""
        return [{"number": number, "nested": {"list": [1, "two", None]}} for number in range(1, EXAMPLES + 1)]


class ListOf(Kind):
    """A list of scalars or of values of an enum, kept as JSON. Bounds count its items."""

    takes_bounds = True
    wrong = (5, "text", {"a": "mapping"})

    def __init__(self, where: str, field: EntityField, specs: EntitySpecs, item: Kind) -> None:
        """Begin with the kind of the items."""
        self.item = item
        super().__init__(where, field, specs)

    def check(self) -> None:
        """Check the lengths."""
        self.minimum, self.maximum = self.count(self.field.minimum) or 0, self.count(self.field.maximum)
        if self.maximum is not None and self.minimum > self.maximum:
            raise UnsupportedSpecsError(f"{self.where} can't have a value: its least length is above its greatest.")

    def annotation(self) -> Expression:
        """Return a list of the items' type."""
        inner = self.item.annotation()
        return Expression(f"list[{inner.text}]", inner.imports)

    def model_type(self) -> Expression:
        """Return a JSON column that reads as a list of the items' type."""
        inner = self.item.annotation()
        return Expression(f"base.JsonList({inner.text})", inner.imports | {BASES})

    def migration_type(self) -> Expression:
        """Return a JSON column."""
        return expression("sa.JSON()")

    def schema(self) -> Expression:
        """Return a list with its lengths."""
        inner = self.item.schema()
        limits = [f"min_length={self.minimum}"] if self.minimum else []
        limits += [f"max_length={self.maximum}"] if self.maximum is not None else []
        if not limits:
            return Expression(f"list[{inner.text}]", inner.imports)
        return Expression(
            f"Annotated[list[{inner.text}], Field({', '.join(limits)})]", inner.imports | {ANNOTATED, FIELD}
        )

    def read(self) -> Expression:
        """Return a list of outputs."""
        inner = self.item.read()
        return Expression(f"list[{inner.text}]", inner.imports)

    def default(self, text: str) -> Expression:
        """Return the list that a text of JSON means."""
        values = json.loads(text)
        long_enough = isinstance(values, list) and len(values) >= self.minimum
        if not long_enough or (self.maximum is not None and len(values) > self.maximum):
            raise ValueError(text)
        items = [self.item.default(value if isinstance(value, str) else json.dumps(value)) for value in values]
        imports = frozenset(line for item in items for line in item.imports)
        return Expression(f"[{', '.join(item.text for item in items)}]", imports)

    def examples(self) -> list[Json]:
        """Return lists of good items."""
        good = self.item.examples()
        length = max(self.minimum, min(2, self.maximum if self.maximum is not None else 2))
        return [[good[(start + step) % len(good)] for step in range(length)] for start in range(len(good))]

    def refused(self) -> list[Json]:
        """Return lists of bad items, and lists beside the lengths."""
        good = self.item.examples()[0]
        values: list[Json] = [*self.wrong, [self.item.refused()[0]], [None]]
        if self.minimum:
            values.append([good] * (self.minimum - 1))
        if self.maximum is not None:
            values.append([good] * (self.maximum + 1))
        return values

    def edges(self) -> list[Json]:
        """Return the shortest and the longest list."""
        good = self.item.examples()[0]
        longest: list[Json] = [] if self.maximum is None else [[good] * self.maximum]
        return [[good] * self.minimum, *longest]


def is_finite(value: object) -> bool:
    """Tell whether JSON has no NaN and no infinity, which are no JSON."""
    if isinstance(value, dict):
        return all(is_finite(item) for item in value.values())
    if isinstance(value, list):
        return all(is_finite(item) for item in value)
    return not isinstance(value, float) or value - value == 0
