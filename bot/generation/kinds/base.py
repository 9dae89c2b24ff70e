"""What every type of field tells: its pieces of Python, and examples of good and bad values."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import ClassVar

from bot.documents.entities.entity_specs import EntityField, EntitySpecs
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.values import Expression

__all__ = [
    "ANNOTATED",
    "BASES",
    "DATES",
    "ENUMS",
    "EXAMPLES",
    "FIELD",
    "INDEXED_LENGTH",
    "TYPES",
    "Json",
    "Kind",
    "expression",
]

type Json = bool | int | float | str | list[Json] | dict[str, Json] | None

EXAMPLES = 24
"""How many different examples of a unique field the factories of a service take turns with."""
INDEXED_LENGTH = 255
"""Longest indexed text without a length of its own: databases can't index texts of any length."""
BASES = "from app.models import base"
TYPES = "from app.schemas import types"
FIELD = "from pydantic import Field"
ANNOTATED = "from typing import Annotated"
DATES = "import datetime as dt"
ENUMS = "from app.models import enums"


def expression(text: str, *imports: str) -> Expression:
    """Return a piece of Python with the imports that it needs."""
    return Expression(text, frozenset(imports))


class Kind:
    """One field's type. Subclasses fill in the pieces of Python and the examples; JSON values are as clients send."""

    python: ClassVar[Expression]
    column: ClassVar[Expression]
    migration: ClassVar[Expression]
    takes_bounds: ClassVar[bool] = False
    takes_pattern: ClassVar[bool] = False
    wrong: ClassVar[tuple[Json, ...]] = (["a list"],)

    def __init__(self, where: str, field: EntityField, specs: EntitySpecs) -> None:
        """Check the field's modifiers. Raises UnsupportedSpecsError with a sentence for people."""
        self.where, self.field, self.specs = where, field, specs
        if not self.takes_bounds and (field.minimum is not None or field.maximum is not None):
            raise UnsupportedSpecsError(
                f"{where} has a least or a greatest value, which {field.type.name} doesn't know."
            )
        if field.pattern is not None and not self.takes_pattern:
            raise UnsupportedSpecsError(f"{where} has a pattern, which only str knows.")
        self.check()

    def check(self) -> None:
        """Check what is particular to the type. Raises UnsupportedSpecsError."""

    def model_type(self) -> Expression:
        """Return the column's type in the model."""
        return self.column

    def migration_type(self) -> Expression:
        """Return the column's type in the migration."""
        return self.migration

    def annotation(self) -> Expression:
        """Return the type of the attribute in the model."""
        return self.python

    def schema(self) -> Expression:
        """Return the type of an input, with all its limits."""
        raise NotImplementedError

    def read(self) -> Expression:
        """Return the type of an output."""
        return self.schema()

    def default(self, text: str) -> Expression:
        """Return the Python value of a default. Raises ValueError where the text is none."""
        raise NotImplementedError

    def examples(self) -> list[Json]:
        """Return different good values, at most `EXAMPLES`."""
        raise NotImplementedError

    def refused(self) -> list[Json]:
        """Return bad values."""
        return list(self.wrong)

    def edges(self) -> list[Json]:
        """Return good values that stand exactly on a limit."""
        return []

    def number(self, text: str | None, parse: type[int] | type[float] | type[Decimal]) -> int | float | Decimal | None:
        """Read a bound. Raises UnsupportedSpecsError where it is no finite number of the type."""
        if text is None:
            return None
        try:
            value = parse(text)
        except (ValueError, InvalidOperation):
            value = None
        if value is None or not Decimal(str(value)).is_finite():
            raise UnsupportedSpecsError(f"{text!r} is no limit for {self.where}; give a number.")
        return value

    def count(self, text: str | None) -> int | None:
        """Read a bound that counts letters or items."""
        value = self.number(text, int)
        if value is not None and value < 0:
            raise UnsupportedSpecsError(f"{text!r} is no length for {self.where}; give a number from 0.")
        return None if value is None else int(value)
