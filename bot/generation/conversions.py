"""What becomes of values when a column changes its type: which changes there are, and which values stand in their way.

Every change that is allowed is allowed both ways, so that a migration can go down again.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.generation.tables import Column
from bot.generation.values import literal
from bot.patterns import regex

__all__ = ["Conversion", "conversion", "is_convertible"]

SIZES = regex(r"(\w+)=(\d+)")
INT_DIGITS = 10
"""Digits of the largest whole number of 32 bits."""
LARGEST_INT = 2**31 - 1
NUMBER = "^(0|-?[1-9][0-9]{0,8})$"
"""Texts that are whole numbers, written in the one way in which a number becomes text."""
FAMILIES = {"Integer": "int", "Double": "float", "Numeric": "Decimal", "String": "str", "Text": "str"}
BOTH_WAYS = frozenset(
    {
        frozenset({"int", "float"}),
        frozenset({"int", "Decimal"}),
        frozenset({"float", "Decimal"}),
        frozenset({"int", "str"}),
    }
)


@dataclass(frozen=True)
class Conversion:
    """How a column changes its type. ``obstacle`` is a condition of SQLAlchemy over ``rows``; empty where none is."""

    obstacle: str = ""
    sentence: str = ""
    needs_cast: bool = False


def family(column: Column) -> str:
    """Return the family of a column's type; types that nothing changes into are families of their own."""
    name = column.type.removeprefix("sa.").partition("(")[0]
    return FAMILIES.get(name, name)


def sizes(column: Column) -> dict[str, int]:
    """Return length, precision and scale of a column's type."""
    return {name: int(size) for name, size in SIZES.findall(column.type)}


def is_convertible(old: Column, new: Column) -> bool:
    """Tell whether values of a type can become values of another, and back."""
    before, after = family(old), family(new)
    return before == after or frozenset({before, after}) in BOTH_WAYS


def conversion(old: Column, new: Column) -> Conversion:
    """Return how the values of a column become those of its new type."""
    if old.type == new.type:
        return Conversion()
    column = f"rows.c[{literal(old.name)}]"
    before, after = family(old), family(new)
    if after == "str":
        return to_text(column, before, old, new)
    if before == "str":
        return Conversion(f"~{column}.regexp_match({literal(NUMBER)})", "is no whole number", needs_cast=True)
    if after == "int":
        return Conversion(
            f"sa.or_(sa.func.round({column}) != {column}, sa.func.abs({column}) > {LARGEST_INT})",
            "is no whole number of 32 bits",
            needs_cast=True,
        )
    if after == "Decimal":
        return to_decimal(column, before, old, new)
    return Conversion(needs_cast=True)


def to_text(column: str, before: str, old: Column, new: Column) -> Conversion:
    """Convert to text: nothing may be longer than the new length."""
    longest = sizes(new).get("length")
    earlier = INT_DIGITS + 1 if before == "int" else sizes(old).get("length")
    needs_cast = before != "str"
    if longest is None or (earlier is not None and earlier <= longest):
        return Conversion(needs_cast=needs_cast)
    text = f"sa.cast({column}, sa.Text())" if needs_cast else column
    return Conversion(f"sa.func.length({text}) > {longest}", f"is longer than {longest} letters", needs_cast)


def to_decimal(column: str, before: str, old: Column, new: Column) -> Conversion:
    """Convert to an exact number: nothing may have more digits before or after the point than it keeps."""
    size = sizes(new)
    places, whole = size["scale"], size["precision"] - size["scale"]
    old_places = 0 if before == "int" else sizes(old).get("scale")
    old_whole = INT_DIGITS if before == "int" else sizes(old).get("precision", 0) - (old_places or 0)
    exact = f"sa.cast({column}, sa.Numeric())" if before == "float" else column
    obstacles: list[str] = []
    if old_places is None or old_places > places:
        obstacles.append(f"sa.func.round({exact}, {places}) != {exact}")
    if old_places is None or old_whole > whole:
        obstacles.append(f"sa.func.abs({column}) >= {10**whole}")
    condition = f"sa.or_({', '.join(obstacles)})" if len(obstacles) > 1 else "".join(obstacles)
    sentence = f"has more than {whole} digits before or {places} after the point" if obstacles else ""
    return Conversion(condition, sentence, needs_cast=before != "Decimal")
